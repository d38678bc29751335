"""A Zalo OpenAPI server to test against: the other end of the wire, as strict as the real one.

Run it with `python -m emulators.zalo`; from Python, see emulators/zalo/client.py. Zalo offers no sandbox.
docs/developers/emulators.md names the sources of what it does and says what is uncertain: what is not known
without a live account is decided to the stricter side.
"""
