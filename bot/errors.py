"""Errors of bot/ that a person can put right, each saying how, in the language of who reads it.

SwitchProblem
├── NoReason
└── NoSuchChannel
"""

from __future__ import annotations


class SwitchProblem(Exception):
    """Công tắc của kênh chưa được thay đổi."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class NoReason(SwitchProblem):
    """Ghi lý do tắt kênh: lý do vào sổ theo dõi và hiện cho đồng nghiệp."""


class NoSuchChannel(SwitchProblem):
    """Không có kênh này: chọn webchat, zalo hoặc telegram."""
