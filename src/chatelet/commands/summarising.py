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
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import configure_logs
from chatelet.policy.sensitivity import Label, Level, join_all
from chatelet.settings import Settings, load_settings
from chatelet.writing import beginning
from chatelet.writing.asking import Asking
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.forms import Form, Wish
from chatelet.writing.summary.giving import placed, unheld
from chatelet.writing.summary.sources import Given, sources_of
from chatelet.writing.summary.summarising import Step, Summariser, Summary, summarise
from chatelet.writing.tongues import UNKNOWN
from chatelet.writing.works.summaries import window_of

_NOBODY: Final = UUID(int=0)
_SOME_DROPPED: Final = 2


class Told(msgspec.Struct, frozen=True):
    """The text in Markdown without the sentences that nothing holds, which are `dropped`; what it rests on."""

    text: str
    summary: Summary
    dropped: list[str]
    calls: int


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
) -> Told:
    async with desk(settings, address) as services:
        documents = [(name, await _read(services, name, data)) for name, data in files]
        asking = await _asking(services, arguments, documents)
        model = asking.choice.first
        told = beginning.language_of(documents[0][1].text)
        wish = Wish(Form(arguments.form), arguments.language or ("fr" if told == UNKNOWN else told), told)
        given = [Given(uuid7(), name, document) for name, document in documents]
        progress = _Steps()
        at_once = model.backend.concurrent_answers or settings.writing.parallel
        summariser = Summariser(
            asking.ask, wish, progress.size, progress.step,
            characters=window_of(model),
            parallel=min(at_once, settings.writing.parallel),
            attempts=settings.writing.attempts,
        )  # fmt: skip
        try:
            summary = await summarise(summariser, sources_of(given, settings.writing.summary_characters))
        finally:
            progress.end()
        return Told(placed(summary, wish.prompts, drops=True), summary, unheld(summary), asking.spent.calls)


class _Steps:
    """Shows how far a summary is, as soon as its size is known."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._done = 0

    async def size(self, total: int) -> None:
        self.end()
        self._bar = Progress(total)
        self._bar.add(self._done)

    async def step(self, _step: Step) -> None:
        self._done += 1
        if self._bar is not None:
            self._bar.add(1)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.end()


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
    clearance, choice = beginning.choose(services, _NOBODY, join_all(labels), arguments.model, units=())
    return Asking(services, clearance, choice)


def _tell(told: Told) -> None:
    held = told.summary.held
    lines = [f"{held} statements, each held by a passage; {len(told.dropped)} left out; {told.calls} calls"]
    for one in told.summary.coverage:
        pages = f", pages {', '.join(map(str, one.cited_pages))} of {one.pages}" if one.pages else ""
        lines.append(f"{one.name}: {one.read} of {one.passages} passages read, {one.cited} cited{pages}")
        lines += [f"  not read: pages {part.first}-{part.last} ({part.reason})" for part in one.unread]
    lines += [f"  {notice}" for notice in told.summary.notices]
    lines += [f"  left out: {sentence}" for sentence in told.dropped[:20]]
    print("\n".join(lines), file=sys.stderr)
