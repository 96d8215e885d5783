"""`chatelet translate`, `chatelet rewrite`: a file given back in its own format, with a report; no service needed.

0: everything was written; 2: written, some segments stayed as they were; 1: nothing was written.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from chatelet.commands.database import database_reached
from chatelet.commands.desk import Progress, desk
from chatelet.documents.rebuilding.contract import Options, PdfAs
from chatelet.kernel import clock
from chatelet.kernel.logs import configure_logs
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings, load_settings
from chatelet.writing import beginning, giving_back, report, tongues
from chatelet.writing.asking import Asking, limits_of
from chatelet.writing.carrying import Given, carry
from chatelet.writing.errors import InclusiveRuleUnset, NothingToWrite
from chatelet.writing.memory import TranslationMemory
from chatelet.writing.report import Report
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Inclusive, Outcome, Style, Task
from chatelet.writing.term_files import read_memory, read_terms

_NOBODY: Final = UUID(int=0)  # the installation's own command line: no person, no quota
_SOME_KEPT: Final = 2
_MOST_TOLD: Final = 40  # changes, on a terminal


def translate(arguments: argparse.Namespace) -> int:
    """Translate a file."""
    return _run(arguments, style=None)


def rewrite(arguments: argparse.Namespace) -> int:
    """Rewrite a file in its own language."""
    return _run(arguments, style=Style(arguments.style))


def _run(arguments: argparse.Namespace, style: Style | None) -> int:
    path = Path(arguments.file)
    data = path.read_bytes()
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        rebuilt, told = asyncio.run(_write(settings, address, arguments, data, style))
    name, out = rebuilt
    if arguments.out == "-":
        sys.stdout.buffer.write(out)
        sys.stdout.buffer.flush()
    else:
        where = Path(arguments.out) if arguments.out else path.with_name(name)
        where.write_bytes(out)
        print(where)
    if arguments.report:
        Path(arguments.report).write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    _tell(told)
    return 0 if told.is_whole else _SOME_KEPT


async def _write(
    settings: Settings, address: str, arguments: argparse.Namespace, data: bytes, style: Style | None
) -> tuple[tuple[str, bytes], Report]:
    name = Path(arguments.file).name
    async with desk(settings, address) as services:
        segments = await services.documents.reader.segments(data, name)
        if not any(not one.locked and one.text.strip() for one in segments):
            raise NothingToWrite
        task = _task(arguments, style, beginning.language_told(segments, arguments.source))
        asking = await _asking(services, arguments, "\n".join(one.text for one in segments))
        progress = Progress(sum(not one.locked for one in segments))

        async def keep(outcomes: Sequence[Outcome]) -> None:
            progress.add(len(outcomes))

        memory = await asyncio.to_thread(_memory, arguments, task)
        options = Options(
            language="-".join(filter(None, (task.target, task.region))),
            visible_mark=arguments.mark,
            track=getattr(arguments, "track", False),
            pdf_as=_pdf_as(arguments),
            at=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        given = Given(data, name, task, options, "fr" if task.target == "fr" or task.source == "fr" else "en")
        limits = limits_of(services, asking.choice.first)
        done = await carry(services.documents.reader, given, segments, asking.ask, limits, keep, memory=memory)
        progress.end()
    mark = task.target if style is None else style.value
    made = giving_back.name_of_result(name, mark, done.rebuilt.kind)
    return (made, done.rebuilt.data), report.make(
        segments, done.outcomes, done.rebuilt.left_out, is_compared=task.is_compared
    )


async def _asking(services: WritingServices, arguments: argparse.Namespace, text: str) -> Asking:
    """Choose a model that may read the text. Raises `MarkingRefused`, a `Refusal`, `ModelNotFound`."""
    policy = services.settings.policy
    found = await beginning.read(policy, text)
    found.require_kept()
    label = Label(Level(arguments.level or policy.default_level)).join(found.label)
    clearance, choice = beginning.choose(services, _NOBODY, label, arguments.model, units=())
    return Asking(services, clearance, choice)


def _task(arguments: argparse.Namespace, style: Style | None, told: str) -> Task:
    if style is not None:
        language = beginning.require_known(tongues.split(told)[0] if told != tongues.UNKNOWN else told)
        target = "en" if style is Style.SCIENTIFIC_ENGLISH else language
        rule = Inclusive(arguments.inclusive)
        if style is Style.INCLUSIVE and rule is Inclusive.NONE:
            raise InclusiveRuleUnset
        return beginning.require_rule(Task("rewrite", language, target, style, inclusive=rule))
    target, region = tongues.split(arguments.to)
    source = tongues.split(told)[0] if told != tongues.UNKNOWN else told
    terms = read_terms(Path(arguments.glossary).read_bytes(), source, target) if arguments.glossary else []
    return Task(
        "translate",
        source,
        target,
        formality=arguments.formality,
        region=region,
        plain=arguments.plain,
        terms=tuple(terms),
    )


def _pdf_as(arguments: argparse.Namespace) -> PdfAs:
    """Return what a PDF comes back as: what is asked, else what the name of the result says, else a DOCX."""
    if arguments.pdf_as is not None:
        return arguments.pdf_as
    name = (arguments.out or "").lower()
    return "pdf" if name.endswith(".pdf") else "odt" if name.endswith(".odt") else "docx"


def _memory(arguments: argparse.Namespace, task: Task) -> TranslationMemory | None:
    path = getattr(arguments, "memory", None)
    return TranslationMemory(read_memory(Path(path).read_bytes(), task.source, task.target)) if path else None


def _tell(told: Report) -> None:
    """Print the report, on standard error: standard output holds the result."""
    lines = [
        f"{told.segments} segments: {told.written} written, {told.reused} reused, {told.copied} unchanged, "
        f"{told.kept} left as they were; {told.retried} asked again; {told.figures_checked} figures checked"
    ]
    if told.terms_applied or told.terms_missed:
        lines.append(
            f"terms: {sum(told.terms_applied.values())} applied, missed: {', '.join(told.terms_missed) or '-'}"
        )
    if told.changes:
        lines.append("changes: " + ", ".join(f"{count} of {why}" for why, count in told.changes.items()))
        lines += [f"  {one.before or '∅'} → {one.after or '∅'} ({one.why})" for one in told.corrections[:_MOST_TOLD]]
    if told.names:
        lines.append(f"names to check: {', '.join(list(told.names)[:20])}")
    lines += [f"remark: {code}" for code in told.left_out]
    for line in told.to_look_at:
        where = f"page {line.page}, " if line.page else ""
        state = "left as it was" if line.kept else "to check"
        lines.append(f"  {where}segment {line.number}, {state} ({', '.join(line.reasons)}): {line.source}")
    if told.more_to_look_at:
        lines.append(f"  … and {told.more_to_look_at} more")
    print("\n".join(lines), file=sys.stderr)
