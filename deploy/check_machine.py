"""Before anything is installed: can Một Cửa run here? Plain Python of any version, no package of ours."""

import os
import sys

machine = os.uname().machine if hasattr(os, "uname") else "?"
if not sys.platform.startswith("linux") or machine != "x86_64":
    sys.exit(
        f"Một Cửa runs on Linux x86-64; this is {sys.platform} {machine}. "
        "Use such a machine, a virtual one, or WSL 2 on Windows."
    )
if not (3, 11) <= sys.version_info[:2] < (3, 13):
    sys.exit(
        "Một Cửa needs Python 3.11 or 3.12; {} is {}.{}. Install python3.11 and python3.11-venv, "
        "or name another: make run PYTHON=/path/to/python3.11".format(sys.executable, *sys.version_info[:2])
    )
try:
    import ensurepip  # noqa: F401 -- absent where Debian's python3-venv is
except ImportError:
    sys.exit("Python's venv module is incomplete here. On Debian: sudo apt-get install python3-venv")
