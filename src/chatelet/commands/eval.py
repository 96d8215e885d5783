"""`chatelet eval …`: quality measured on one's own files, before a model or a setting is changed."""

import argparse
import asyncio
import sys
from pathlib import Path

from chatelet.knowledge.search import Mode


def retrieval(arguments: argparse.Namespace) -> int:
    """Search a corpus for each query and write the run."""
    from chatelet.knowledge.evaluation.retrieval import run

    files = (Path(arguments.corpus), Path(arguments.queries), Path(arguments.run_file))
    answered = asyncio.run(run(*files, Mode(arguments.mode), _tell))
    _tell(f"{answered} queries answered, {arguments.run_file} written")
    return 0


def citations(arguments: argparse.Namespace) -> int:
    """Answer each question by a quote of the corpus and write the answers."""
    from chatelet.knowledge.evaluation.citations import run

    files = (Path(arguments.corpus), Path(arguments.questions), Path(arguments.out))
    answered = asyncio.run(run(*files, Mode(arguments.mode), _tell))
    _tell(f"{answered} questions answered, {arguments.out} written")
    return 0


def _tell(words: str) -> None:
    print(f"chatelet eval: {words}", file=sys.stderr)
