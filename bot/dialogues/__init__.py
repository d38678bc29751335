"""Dialogues as specification: written conversations, played to the real responder, and what came of them."""
