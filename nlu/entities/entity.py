"""Entity: one thing that a text names, where it stands and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is named. The comment gives the form of Entity.value."""

    REPORT_CODE = "report_code"  # PA-2026-000123
    DOSSIER_CODE = "dossier_code"  # H26.12-251103-0012
    PROCEDURE_CODE = "procedure_code"  # 1.001193
    DOCUMENT_NUMBER = "document_number"  # as written: 1207/QĐ-UBND
    E_MAIL = "e_mail"  # lower case
    PHONE = "phone"  # digits, in the country's own form: 0912345678
    IDENTITY_NUMBER = "identity_number"  # digits
    PASSPORT = "passport"  # upper case
    BANK_ACCOUNT = "bank_account"  # digits
    TAX_CODE = "tax_code"  # digits, with its branch: 0101234567-001
    PLATE = "plate"  # upper case letters and digits: 29H112345
    PERSON_NAME = "person_name"  # folded; only names_of_people reads it, for what everyone may see
    MONEY = "money"  # đồng: 2500000
    DATE = "date"  # ISO 8601, a day or an interval; of the lunar calendar --MM-DD, --MM or ---DD
    HOUR = "hour"  # HH:MM
    STREET = "street"  # as written: ngõ 12 phố Kim Ngưu
    WARD = "ward"  # as written: phường Láng Hạ. Which unit it is today, office.places tells
    LANDMARK = "landmark"  # as written: chợ Đồng Xuân
    RELATIVE = "relative"  # one of people.RELATIVES
    FOREIGNER = "foreigner"  # a country as in ISO 3166-1, or "" where none is named
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"  # ""
    ALL_VIETNAMESE = "all_vietnamese"  # ""; it is said that no foreigner is concerned
    DECEASED = "deceased"  # ""
    AGE = "age"  # years: 8
    REPRESENTATIVE = "representative"  # ""; someone acts for someone else


@dataclass(frozen=True, kw_only=True)
class Entity:
    """text: the words as they stand at start:end of the cleaned text (nlu.text.clean).

    value: normalised as Kind says. is_lunar: a day of the lunar calendar, recognised and never converted.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: str = ""
    is_lunar: bool = False

    def overlaps(self, other: Entity) -> bool:
        return self.start < other.end and other.start < self.end
