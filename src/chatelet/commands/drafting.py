"""`chatelet draft`: a template filled from the command line, written, given as a file; no service needed.

0: every part was written; 2: some part could not be, and is marked; 1: nothing was written.
"""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

from chatelet.commands.database import database_reached
from chatelet.commands.desk import desk
from chatelet.documents.reader import SandboxedReader
from chatelet.kernel.logs import configure_logs
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings, load_settings
from chatelet.writing import beginning
from chatelet.writing.asking import Asking, limits_of
from chatelet.writing.drafting import filling, installed, markdown_file, service
from chatelet.writing.drafting.asked import AskedDraft
from chatelet.writing.drafting.filling import ToWrite
from chatelet.writing.drafting.template import Template
from chatelet.writing.drafting.writing import Drafter, write
from chatelet.writing.errors import StyleFileRefused
from chatelet.writing.task import Outcome

_NOBODY: Final = UUID(int=0)
_SOME_LEFT: Final = 2


def run(arguments: argparse.Namespace) -> int:
    """Write a draft."""
    template = _template(arguments.template)
    values = filling.checked(template, dict(_pair(one) for one in arguments.field))
    draft = AskedDraft(None, 1, template, values)
    settings = load_settings()
    reader = SandboxedReader(settings.documents)
    style = Path(arguments.style).read_bytes() if arguments.style else None
    if style is not None:
        asyncio.run(_check(reader, style, arguments.to))
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        outcomes = asyncio.run(_write(settings, address, arguments, draft))
    text = draft.text(outcomes)
    where = Path(arguments.out or f"{template.name}.{arguments.to}")
    if arguments.to == "md":
        where.write_text(text, "utf-8")
    else:
        where.write_bytes(asyncio.run(service.written(reader, service.letter_of(draft, text, ""), arguments.to, style)))
    print(where)
    for one in draft.findings(text):
        print(f"to check, {one.kind}{'' if one.given else ' (not given)'}: {one.words}", file=sys.stderr)
    return 0 if all(one.state == "written" for one in outcomes.values()) else _SOME_LEFT


async def _write(
    settings: Settings, address: str, arguments: argparse.Namespace, draft: AskedDraft
) -> dict[int, Outcome]:
    async with desk(settings, address) as services:
        found = await beginning.read(settings.policy, draft.words)
        found.require_kept()
        label = Label(Level(arguments.level or settings.policy.default_level)).join(found.label)
        clearance, choice = beginning.choose(services, _NOBODY, label, arguments.model, units=())
        asking = Asking(services, clearance, choice)
        attempts = limits_of(services, choice.first).attempts
        characters = choice.first.context_tokens * 2
        drafter = Drafter(draft.template, draft.parts(), draft.facts, asking.ask, attempts, characters)

        async def tell(part: ToWrite, outcome: Outcome) -> None:
            print(f"part {part.number + 1}: {outcome.state}", file=sys.stderr)

        return await write(drafter, {}, tell)


def _template(given: str) -> Template:
    if given in installed.names():
        return installed.named(given)
    return markdown_file.read(Path(given).read_text("utf-8"))


def _pair(given: str) -> tuple[str, str]:
    name, _, value = given.partition("=")
    return name.strip(), value


async def _check(reader: SandboxedReader, style: bytes, form: str) -> None:
    told = await reader.inspect_letterhead(style)
    if told.reason or told.kind != form:
        raise StyleFileRefused(reason=told.reason or "format")
