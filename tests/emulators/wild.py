"""Right bodies with one part replaced by anything, for what must answer whatever comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
SCALARS |= st.floats(allow_nan=False, allow_infinity=False)
WILD = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=5), SCALARS, max_size=2)
HTTP = httpx.Client(trust_env=False, verify=False)  # noqa: S501 -- loopback, without TLS
# The emulator stays as it is between the examples: what they leave there changes nothing.
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a structure: what holds it, and under which key."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@st.composite
def nearly_right(draw: st.DrawFn, asked: Sequence[tuple[str, Any]]) -> tuple[str, Any]:
    """One of these paths with its body, one part of which is replaced by anything."""
    path, body = deepcopy(draw(st.sampled_from(asked)))
    holder, key = draw(st.sampled_from(list(places(body))))
    holder[key] = draw(WILD)
    return path, body
