"""``python -m benchmarks [NAME…]``: measures, and writes what came of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks import (
    asking,
    auditing,
    reading,
    rebuilding,
    recording,
    report,
    starting,
    storing,
)
from benchmarks.results import Result
from benchmarks.scratch import Scratch, scratch

BENCHMARKS: Final[dict[str, Callable[[Scratch], Iterator[Result]]]] = {
    "append": storing.append,
    "read": reading.read,
    "rebuild": rebuilding.rebuild,
    "memory": rebuilding.memory,
    "totals": asking.totals_of_all,
    "sheet": asking.sheet,
    "growth": asking.growth,
    "seen": recording.seen,
    "import": recording.import_,
    "bundle": auditing.bundle,
    "help": starting.help_,
    "score": starting.score,
}
_PAGE: Final = Path("docs/reference/speed.md")


def main() -> None:
    """Measure what was asked for, one benchmark after the other, and say what came of it."""
    asked = _arguments().parse_args()
    results: list[Result] = []
    with scratch(asked.scale) as lent:
        for name in asked.names or BENCHMARKS:
            for result in BENCHMARKS[name](lent):
                results.append(result)
                said = f"{name}: {result.goal.what}: {result.ratio:.3g}, {result.verdict}"
                print(said, file=sys.stderr, flush=True)
    report.print_results(results)
    if asked.json:
        document = report.document(results, asked.scale)
        text = json.dumps(document, ensure_ascii=False, indent=2)
        asked.json.write_text(text + "\n", encoding="utf-8")
    if asked.write_docs:
        _PAGE.parent.mkdir(parents=True, exist_ok=True)
        _PAGE.write_text(report.page(results), encoding="utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = f"which to run, of {', '.join(BENCHMARKS)}; all without one"
    parser.add_argument("names", nargs="*", metavar="NAME", help=names)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--write-docs", action="store_true", help=f"write {_PAGE.as_posix()}")
    parser.add_argument(
        "--scale",
        type=float,
        default=1.0,
        metavar="F",
        help="make the logs shorter (0.1 at least), to try the benchmarks themselves",
    )
    return parser


if __name__ == "__main__":
    main()
