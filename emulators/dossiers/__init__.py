"""A city's dossier system to test and show against: the other end of docs/developers/dossiers.md.

Run it with `python -m emulators.dossiers`; from Python, see emulators/dossiers/client.py.
"""
