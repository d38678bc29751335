"""Where the map's tiles come from; no address: the map is drawn without, and nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.environment_values import EnvironmentProblem, refuse_in_the_open, refuse_without, web_address

ADVICE = "the address of a tile server, such as https://tiles.example.vn/{z}/{x}/{y}.png, or leave it out"


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """url: with {z}, {x} and {y}, "" for none. origin: what browsers may load pictures from.

    attribution: what the tiles' licence wants to be said, "" only without an address.
    """

    url: str = ""
    origin: str = ""
    attribution: str = ""


def read_tiles(values: Mapping[str, str]) -> Tiles:
    """Raises EnvironmentProblem for an address browsers could not use, or one without its attribution."""
    url = values.get("MOTCUA_TILES_URL", "")
    if not url:
        return Tiles()
    parts = web_address("MOTCUA_TILES_URL", url, advice=ADVICE)
    refuse_in_the_open("MOTCUA_TILES_URL", parts)
    if not all(mark in parts.path for mark in ("{z}", "{x}", "{y}")) or "{" in parts.netloc:
        raise EnvironmentProblem(f"MOTCUA_TILES_URL is {url!r}; set it to {ADVICE}.")
    attribution = values.get("MOTCUA_TILES_ATTRIBUTION", "")
    advice = "what the tiles' licence wants to be said, such as '© OpenStreetMap contributors'"
    refuse_without(attribution, "MOTCUA_TILES_ATTRIBUTION", advice=advice)
    return Tiles(url=url, origin=f"{parts.scheme}://{parts.netloc}", attribution=attribution)
