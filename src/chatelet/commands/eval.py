"""`chatelet eval …`: measures an institution takes before it changes something. Thin: the work is in the domains."""

import argparse
import asyncio
import sys
from pathlib import Path


def parse(arguments: argparse.Namespace) -> int:
    """Read files and write what was read; 2 when there is no file to read."""
    from chatelet.documents.evaluation import files_of, parse_files

    files = files_of([Path(given) for given in arguments.files])
    if not files:
        print("no file to read", file=sys.stderr)
        return 2
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(parse_files(files, out, jobs=max(1, arguments.jobs), tell=print))
    return 0
