"""The HTTP side: /lookup as the contract says, and the /control interface of the tests."""

from __future__ import annotations

import asyncio
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "emulated-dossier-token"  # noqa: S105 -- opens nothing but the emulator
SOURCE = "Hệ thống một cửa điện tử (mô phỏng)"
#: Wrong proofs for one code after which it is closed.
TRIES = 5
Json = dict[str, Any]


def demonstration() -> dict[str, Json]:
    """Dossiers in three states. The proof of each is the end of the telephone number given at the counter."""
    unit = "Trung tâm Phục vụ hành chính công phường Cầu Giấy"
    soon = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011 -- a demonstration's day
    return {
        "H26.12-251103-0012": {"proof": "5678", "stage": "in_progress", "unit": unit, "due_on": soon},
        "H26.12-251103-0013": {
            "proof": "1234",
            "stage": "supplement_wanted",
            "unit": unit,
            "missing": ["Giấy chứng sinh", "Giấy xác nhận nơi cư trú"],
            "note": "Nộp bổ sung tại nơi đã nộp hồ sơ.",
        },
        "000.00.12.G01-260102-0003": {"proof": "9999", "stage": "ready", "unit": unit},
    }


@dataclass(kw_only=True)
class World:
    """The dossiers by code, wrong proofs by code, calls received, and what goes wrong next.

    Each fault is a status to answer with, "slow", "not_json", "too_large" or "drip".
    """

    token: str = TOKEN
    dossiers: dict[str, Json] = field(default_factory=demonstration)
    wrong: dict[str, int] = field(default_factory=dict)
    calls: list[Json] = field(default_factory=list)
    faults: list[Any] = field(default_factory=list)


def application(world: World) -> Starlette:
    """The system of one city. Its state is `app.state.world`."""
    app = Starlette(
        routes=[
            Route("/lookup", lookup, methods=["POST"]),
            Route("/control/faults", control_faults, methods=["POST"]),
            Route("/control/dossiers", control_dossiers, methods=["POST"]),
            Route("/control/reset", control_reset, methods=["POST"]),
            Route("/control/calls", control_calls),
        ]
    )
    app.state.world = world
    return app


async def lookup(request: Request) -> Response:
    """Token first, then what the tests ordered to go wrong, then the dossier."""
    world: World = request.app.state.world
    given = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {world.token}".encode()):
        return _refused(401, "unauthorized")
    asked = await _json(request)
    world.calls.append(asked)
    if world.faults:
        return await _misbehave(world.faults.pop(0))
    return _answered(world, str(asked.get("code", "")), str(asked.get("proof", "")))


def _answered(world: World, code: str, proof: str) -> Response:
    if not proof:  # the same for a code that is not there, so that it says nothing
        wanted = {"asks": "4 số cuối của số điện thoại đã ghi khi nộp hồ sơ", "digits": 4}
        return JSONResponse({"error": "proof_wanted", "proof": wanted}, status_code=403)
    if world.wrong.get(code, 0) >= TRIES:
        return _refused(429, "too_many_wrong_proofs")
    dossier = world.dossiers.get(code)
    if dossier is None or not hmac.compare_digest(dossier["proof"], proof):
        world.wrong[code] = world.wrong.get(code, 0) + 1
        return _refused(404, "not_shown")
    shown = {key: value for key, value in dossier.items() if key != "proof"}
    told = {"code": code, "source": SOURCE, "as_of": datetime.now(UTC).isoformat()}
    return JSONResponse({**told, **shown})


async def _misbehave(fault: Any) -> Response:
    if fault == "slow":
        await asyncio.sleep(20)
    if fault == "not_json":
        return Response("<html>", media_type="application/json")
    if fault == "too_large":
        return Response(b" " * 100_000, media_type="application/json")
    if fault == "not_as_agreed":
        return JSONResponse({"code": "H26.12-251103-0012", "stage": "lost"})
    return _refused(fault if isinstance(fault, int) else 503, "fault")


def _refused(status: int, error: str) -> Response:
    return JSONResponse({"error": error}, status_code=status)


async def _json(request: Request) -> Json:
    """The JSON object in the body; {} for anything else."""
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


async def control_faults(request: Request) -> Response:
    """Order what goes wrong next: {"faults": [503, "slow", "not_json", "too_large", "not_as_agreed"]}."""
    request.app.state.world.faults.extend((await _json(request)).get("faults", []))
    return JSONResponse({"ok": True})


async def control_dossiers(request: Request) -> Response:
    """Add dossiers by code: {"H26…": {"proof": "1234", "stage": "ready", "unit": "…"}}."""
    request.app.state.world.dossiers.update(await _json(request))
    return JSONResponse({"ok": True})


async def control_reset(request: Request) -> Response:
    request.app.state.world = World(token=request.app.state.world.token)
    return JSONResponse({"ok": True})


async def control_calls(request: Request) -> Response:
    return JSONResponse(request.app.state.world.calls)
