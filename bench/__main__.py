"""`make bench`: run every benchmark, or those named in ARGS. Needs DATABASE_URL and DATABASE_OWNER_URL.

python -m bench [--rows 1000000] [--keep] [--staff 200] [--seconds 300] [--think 5] [name ...]
"""

import argparse
import os
from importlib import import_module

from bench import timing

BENCHES = ("engine", "worklist", "rls", "history", "intake", "manager", "memory", "staff")
WITHOUT_DATABASE = ("engine",)
MULTIPLE = 2_500
# What may be said of one benchmark alone: names of its module.
PARAMETERS = {"staff": ("staff", "seconds", "think")}


def main() -> None:
    options = _options()
    timing.most_times = options.times
    chosen = [import_module(f"bench.{name}") for name in WITHOUT_DATABASE if name in options.names]
    for bench in chosen:
        bench.run()
    rest = [name for name in BENCHES if name in options.names and name not in WITHOUT_DATABASE]
    if rest:
        _on_ground(rest, options)


def _on_ground(names: list[str], options: argparse.Namespace) -> None:
    from bench import database

    contents = database.digest(options.rows)
    with database.own_database(contents=contents, keep=options.keep) as kept:
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        from django.db import connections

        from bench.ground import find, make

        try:
            ground = find() if kept else make(options.rows)
            database.mark(contents)
            for name in names:
                bench = import_module(f"bench.{name}")
                for parameter in PARAMETERS.get(name, ()):
                    setattr(bench, parameter, getattr(options, parameter))
                print(f"\n== {name}: {bench.__doc__}", flush=True)
                bench.run(ground)
        finally:
            connections.close_all()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, side by side. Give names through ARGS.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHES)} (all when none is given)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="referrals to measure among (1,000,000)")
    parser.add_argument("--times", type=int, help="measure each at most so often")
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run with --keep")
    parser.add_argument("--staff", type=int, default=200, help="people at work at once, of the benchmark staff (200)")
    parser.add_argument("--seconds", type=float, default=300, help="for how long they work (300)")
    parser.add_argument("--think", type=float, default=5, help="seconds that each thinks between two pages (5)")
    options = parser.parse_args()
    options.names = options.names or list(BENCHES)
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}: there are {', '.join(BENCHES)}")
    if options.rows < MULTIPLE or options.rows % MULTIPLE:
        parser.error(f"--rows is a multiple of {MULTIPLE:,}")
    return options


if __name__ == "__main__":
    main()
