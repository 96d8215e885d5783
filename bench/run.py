"""The one entry of the measurements: `make bench`, or `python -m bench --only load --streams 500 --repeats 5`."""

import argparse
import sys
from typing import Any, Final

from bench import first_token, growth, load, pages, report, scripted

_PARTS: Final = ("load", "pages", "cold")
_ON_DEMAND: Final = ("growth",)  # long, or large: only when it is named


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked, print tables, keep the figures."""
    chosen = _parser().parse_args(arguments)
    if sys.platform != "linux":
        print("bench: CPU time and memory are read from /proc: Linux only", file=sys.stderr)
        return 2
    results: dict[str, Any] = {"asked": vars(chosen)}
    if "load" in chosen.only:
        results["ceiling"] = scripted.ceiling(200 if chosen.quick else 2_000, rate=chosen.rate)
        print(report.ceiling_line(results["ceiling"]), flush=True)
        results["load"] = load.measure(_load_plan(chosen))
        print(report.load_table(results["load"]), end="\n\n", flush=True)
    if "pages" in chosen.only:
        results["pages"] = pages.measure(_pages_plan(chosen))
        print(report.pages_table(results["pages"]), end="\n\n", flush=True)
    if "cold" in chosen.only:
        results["cold"] = first_token.measure(repeats=3 if chosen.quick else 5, patience=chosen.patience)
        print(report.cold_table(results["cold"]), end="\n\n", flush=True)
    if "growth" in chosen.only:
        results["growth"] = growth.measure(_growth_plan(chosen))
        print(growth.table(results["growth"]), end="\n\n", flush=True)
    print(f"Figures kept in {report.store(results)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the real service (bench/README.md).")
    parser.add_argument("--only", type=_parts, default=_PARTS, help=f"some of {','.join(_PARTS + _ON_DEMAND)}")
    parser.add_argument("--quick", action="store_true", help="a few minutes: fewer streams, persons and repeats")
    parser.add_argument("--streams", type=_numbers, help="the ladder, such as 1,100,500")
    parser.add_argument("--doors", type=_doors, default=("page",), help="page, v1 (the API), or both: page,v1")
    parser.add_argument("--tokens", type=int, default=200, help="tokens of an answer")
    parser.add_argument("--rate", type=float, default=50.0, help="tokens per second of an answer")
    parser.add_argument("--ramp", type=float, default=4.0, help="seconds over which streams arrive, evenly")
    parser.add_argument("--repeats", type=int, help="runs of each rung (3); the median is kept")
    parser.add_argument("--persons", type=int, help="persons of the large installation (100,000)")
    parser.add_argument("--messages", type=int, default=10_000_000, help="of the grown installation (10,000,000)")
    parser.add_argument("--passages", type=int, default=1_000_000, help="of the grown installation (1,000,000)")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for a quiet machine, each time")
    parser.add_argument(
        "--setting", action="append", default=[], metavar="NAME=VALUE", help="of the service under load"
    )
    return parser


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if not set(parts) <= {*_PARTS, *_ON_DEMAND}:
        raise argparse.ArgumentTypeError(f"some of {','.join(_PARTS + _ON_DEMAND)}")
    return parts


def _doors(text: str) -> tuple[load.Door, ...]:
    doors: tuple[load.Door, ...] = tuple(door for door in ("page", "v1") if door in text.split(","))
    if len(doors) != len(text.split(",")):
        raise argparse.ArgumentTypeError("page, v1, or both")
    return doors


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _load_plan(chosen: argparse.Namespace) -> load.Plan:
    return load.Plan(
        ladder=chosen.streams or ((1, 50) if chosen.quick else load.LADDER),
        doors=chosen.doors,
        tokens=chosen.tokens,
        rate=chosen.rate,
        ramp=chosen.ramp,
        repeats=chosen.repeats or (1 if chosen.quick else 3),
        patience=chosen.patience,
        settings=dict(setting.split("=", 1) for setting in chosen.setting),
    )


def _pages_plan(chosen: argparse.Namespace) -> pages.Plan:
    persons = chosen.persons or (2_000 if chosen.quick else 100_000)
    return pages.Plan(persons=persons, repeats=20 if chosen.quick else 100, patience=chosen.patience)


def _growth_plan(chosen: argparse.Namespace) -> growth.Plan:
    persons = chosen.persons or 100_000
    return growth.Plan(persons, chosen.messages, chosen.passages, chosen.repeats or 5, chosen.patience)


if __name__ == "__main__":
    sys.exit(main())
