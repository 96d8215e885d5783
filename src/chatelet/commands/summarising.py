"""`chatelet summarise`: one text of many pages, each sentence held by a page; no service needed."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from chatelet.commands.database import database_reached
from chatelet.commands.desk import Progress, desk
from chatelet.documents.errors import FileUnreadable
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.kernel.logs import configure_logs
from chatelet.policy.sensitivity import Label, Level, join_all
from chatelet.settings import Settings, load_settings
from chatelet.writing import beginning
from chatelet.writing.asking import Asking
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.sources import groups, sources_of
from chatelet.writing.summary.summarising import Form, Summariser, Summary, summarise

_NOBODY: Final = UUID(int=0)
_SOME_DROPPED: Final = 2
_SHARE_READ: Final = 1.5  # characters for each token of the window: half of it is read, the rest is written


def run(arguments: argparse.Namespace) -> int:
    """Summarise files; 2 when sentences that nothing holds were left out."""
    files = [(Path(given).name, Path(given).read_bytes()) for given in arguments.files]
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        told = asyncio.run(_summarise(settings, address, arguments, files))
    if arguments.out and arguments.out != "-":
        Path(arguments.out).write_text(told.text, "utf-8")
    else:
        print(told.text)
    if arguments.report:
        Path(arguments.report).write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    _tell(told)
    return _SOME_DROPPED if told.dropped else 0


async def _summarise(
    settings: Settings, address: str, arguments: argparse.Namespace, files: list[tuple[str, bytes]]
) -> Summary:
    async with desk(settings, address) as services:
        documents = [(name, await _read(services, name, data)) for name, data in files]
        asking = await _asking(services, arguments, documents)
        model = asking.choice.first
        language = arguments.language or beginning.language_of(documents[0][1].text, "fr")
        characters = min(12_000, max(800, round(model.context_tokens * _SHARE_READ) - 1_500))
        sources = sources_of(documents)
        progress = Progress(sum(1 for _ in groups([one for source in sources for one in source.passages], characters)))
        at_once = model.backend.concurrent_answers or settings.writing.parallel
        summariser = Summariser(
            asking.ask,
            Form(arguments.form),
            "en" if language == "en" else "fr",
            characters,
            min(at_once, settings.writing.parallel),
        )

        async def tell(_done: int, _total: int) -> None:
            progress.add(1)

        try:
            return await summarise(summariser, sources, tell)
        finally:
            progress.end()


async def _read(services: WritingServices, name: str, data: bytes) -> ParsedDocument:
    document = await services.documents.reader.read(data, name, lambda _step, _page, _pages: None)
    if not document.text.strip():
        raise FileUnreadable(status=document.report.status)
    return document


async def _asking(
    services: WritingServices, arguments: argparse.Namespace, documents: list[tuple[str, ParsedDocument]]
) -> Asking:
    """Choose a model that may read every document. Raises `MarkingRefused`, a `Refusal`, `ModelNotFound`."""
    policy = services.settings.policy
    labels = [Label(Level(arguments.level or policy.default_level))]
    for _, document in documents:
        found = await beginning.read(policy, document.text)
        found.require_kept()
        labels.append(found.label)
    clearance, choice = beginning.choose(services, _NOBODY, join_all(labels), arguments.model)
    return Asking(services, clearance, choice)


def _tell(told: Summary) -> None:
    lines = [f"{told.statements} statements, each held by a passage; {len(told.dropped)} left out; {told.calls} calls"]
    for one in told.coverage:
        pages = f", pages {', '.join(map(str, one.cited_pages))} of {one.pages}" if one.pages else ""
        lines.append(f"{one.name}: {one.read} of {one.passages} passages read, {one.cited} cited{pages}")
    lines += [f"  left out: {sentence}" for sentence in told.dropped[:20]]
    print("\n".join(lines), file=sys.stderr)
