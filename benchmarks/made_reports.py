"""Fill a scratch home with made-up reports and their whole lives: what 100,000 of them weigh.

usage: MOTCUA_HOME=FOLDER python -m benchmarks.made_reports [--count 100000] [--years 2] [--seed 6]

FOLDER, or the database of MOTCUA_DATABASE_URL, is brought up to date first and may be empty; what is there
stays. Never a home that serves citizens: it cannot be cleaned again. The same seed and count make the same
reports (their times end now). A minute or two for 100,000.

Spread as a city's are: few wards have many, more are filed each month and in office hours, most old ones
are answered, most new ones open; some late, merged, refused, reopened, joined, rated, published.
"""

from __future__ import annotations

import argparse
import os
import time


def main() -> None:
    """Read the arguments, fill, say how far it is."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    from benchmarks.report_rows import fill, prepare  # noqa: PLC0415 -- Django must be set up first

    prepare()
    begun = time.monotonic()
    for made in fill(options.count, years=options.years, seed=options.seed):
        print(f"{made:,} of {options.count:,} after {time.monotonic() - begun:.0f} s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--years", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=6)
    return parser.parse_args()


if __name__ == "__main__":
    main()
