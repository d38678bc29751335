"""For tests: orders to an emulator over real HTTP, the part that all its clients have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from emulators.loopback import wait_until

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Running:
    """A running emulator, wherever it runs."""

    url: str
    _http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=10, trust_env=False), repr=False, compare=False
    )

    def post(self, path: str, order: Json | None = None) -> Json:
        """A control request. Raises httpx.HTTPStatusError with the emulator's words when it is refused."""
        answer = self._http.post(f"{self.url}/control/{path}", json=order or {})
        if answer.is_error:
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return dict(answer.json())

    def get(self, path: str, **query: Any) -> Any:
        """What /control tells."""
        return self._http.get(f"{self.url}/control/{path}", params=query).raise_for_status().json()

    def fault(self, call: str, kind: str, **details: Any) -> None:
        """Order a fault of a call or of "updates", see emulators.faults.Fault."""
        self.post("faults", {"call": call, "kind": kind, **details})

    def forget_faults(self) -> None:
        self._http.delete(f"{self.url}/control/faults").raise_for_status()

    def faults_that_happened(self) -> Counter[str]:
        """How often each has, by "call kind"."""
        return Counter(self.get("faults")["happened"])

    def leads(self, public: str, *, to: str) -> None:
        """What begins with this public address is reached at an address of this machine."""
        self.post("webhook", {"leads": public, "to": to})

    def reset(self) -> None:
        self.post("reset")

    def state(self) -> Json:
        return dict(self.get("state"))

    def wait_until_idle(self, *, within: float) -> None:
        """Until nothing is under way to a webhook, held back by a fault or to be sent again."""
        wait_until(lambda: bool(self.get("idle")["is_idle"]), within=within, what="the end of all deliveries")
