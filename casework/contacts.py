"""Who sent a report and how to reach that person, as far as it was given. Only officials in charge see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Contact:
    """ "" where something was not given."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


NOBODY = Contact()
