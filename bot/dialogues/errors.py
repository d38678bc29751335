"""Errors of bot/dialogues."""

from __future__ import annotations


class DialogueProblem(Exception):
    """A file of dialogues cannot be read; the text says which and what to correct."""
