"""`chatelet eval …`: measures an institution takes on its own files before it changes a model or a setting."""

import argparse
import asyncio
import sys
from pathlib import Path


def parse(arguments: argparse.Namespace) -> int:
    """Read files and write what was read; 2 when there is no file to read."""
    from chatelet.documents.evaluation import files_of, parse_files

    files = files_of([Path(given) for given in arguments.files])
    if not files:
        _tell("no file to read")
        return 2
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(parse_files(files, out, jobs=max(1, arguments.jobs), tell=print))
    return 0


def retrieval(arguments: argparse.Namespace) -> int:
    """Search a corpus for each query and write the run."""
    from chatelet.knowledge.evaluation.retrieval import run
    from chatelet.knowledge.search import Mode

    files = (Path(arguments.corpus), Path(arguments.queries), Path(arguments.run_file))
    answered = asyncio.run(run(*files, Mode(arguments.mode), _tell))
    _tell(f"{answered} queries answered, {arguments.run_file} written")
    return 0


def citations(arguments: argparse.Namespace) -> int:
    """Answer each question by a quote of the corpus and write the answers."""
    from chatelet.knowledge.evaluation.citations import run
    from chatelet.knowledge.search import Mode

    files = (Path(arguments.corpus), Path(arguments.questions), Path(arguments.out))
    answered = asyncio.run(run(*files, Mode(arguments.mode), _tell))
    _tell(f"{answered} questions answered, {arguments.out} written")
    return 0


def detect(arguments: argparse.Namespace) -> int:
    """Look for what detectors know in each text and write where it stands; 2 when the file cannot be read."""
    from chatelet.policy.guardrails.detection import ALL_KINDS
    from chatelet.policy.guardrails.evaluation import run
    from chatelet.policy.guardrails.findings import Kind

    kinds = frozenset({Kind(arguments.kind)}) if arguments.kind else ALL_KINDS
    try:
        read, failed = run(Path(arguments.input), Path(arguments.out), kinds)
    except OSError as failure:
        _tell(str(failure))
        return 2
    _tell(f"{read} texts read, {failed} could not be, {arguments.out} written")
    return 0


def egress(arguments: argparse.Namespace) -> int:
    """Print `ALLOW reason` or `BLOCK reason` for each address of a file."""
    from chatelet.kernel.egress.listed import verdicts

    for verdict in verdicts(Path(arguments.input).read_bytes()):
        print(verdict)
    return 0


def _tell(words: str) -> None:
    print(f"chatelet eval: {words}", file=sys.stderr)
