"""Ports of this machine."""

from __future__ import annotations

import socket

from motcua.environment import EnvironmentProblem


def refuse_taken_port(host: str, port: int, *, command: str) -> None:
    """Raises EnvironmentProblem when nothing can listen there; command: what to call with another port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise EnvironmentProblem(
                f"Cannot listen on {host}:{port} ({problem.strerror}). "
                f"End what uses that port, or choose another: {command} --port {port + 1}"
            ) from problem
