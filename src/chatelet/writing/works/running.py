"""Doing a work, by a job: whatever happens to the process, another goes on where it was.

    claim (a token names this run) -> segments -> write, each batch kept as it comes -> file -> told -> closed
                                                  └ paused, cancelled, taken by another: left at once

A model or a storage that is away for a moment puts the work off; an allowance that is used up pauses it until it opens
again; what nobody mends ends it, and it may be resumed.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from chatelet.audit import journal
from chatelet.documents.errors import FileNotFound, ReaderUnavailable
from chatelet.documents.files import made
from chatelet.documents.rebuilding.contract import Options, PiecesMisplaced, Segment
from chatelet.inference.errors import ModelError, NoModelAvailable
from chatelet.kernel import clock
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.storage import StorageUnavailable
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.sensitivity import Label
from chatelet.writing import beginning, report
from chatelet.writing.asking import Asking, limits_of
from chatelet.writing.carrying import Given, carry
from chatelet.writing.drafting.asked import AskedDraft
from chatelet.writing.drafting.filling import ToWrite
from chatelet.writing.drafting.writing import Drafter
from chatelet.writing.drafting.writing import write as write_parts
from chatelet.writing.errors import NothingToWrite
from chatelet.writing.giving_back import GivenBack, name_of_result
from chatelet.writing.glossaries import defaults
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.memory import TranslationMemory
from chatelet.writing.outcomes import Outcomes
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import WorkPiece
from chatelet.writing.task import Outcome, Task
from chatelet.writing.works import queries, summaries, views
from chatelet.writing.works.asking import asking_of
from chatelet.writing.works.lease import Left, Run, claim, closed, fail, held, put_off, still_ours, wait
from chatelet.writing.works.sealed import Asked, Kept, Told

_MENDS: Final = (ModelError, NoModelAvailable, StorageUnavailable, ReaderUnavailable)
log = get_logger(__name__)


async def run(services: WritingServices, work_id: UUID) -> None:
    """Do a work as far as it goes; never raises but to say that this process ends."""
    claimed = await claim(services, work_id)
    if claimed is None:
        return
    try:
        async with held(claimed):
            await _doing(claimed)
    except Left:
        log.info("work_left", work=str(work_id))
    except QuotaReached as error:
        await wait(claimed, error)
    except _MENDS as error:
        await put_off(claimed, error)
    except AppError as error:
        await fail(claimed, error.code)
    except PiecesMisplaced:
        await fail(claimed, "file_unreadable")
    except Exception:
        log.exception("work_failed", work=str(work_id))
        await fail(claimed, AppError.code)


async def _doing(claimed: Run) -> None:
    if claimed.asked.draft is not None:
        await _draft(claimed, claimed.asked.draft)
    elif claimed.asked.summary is not None:
        await summaries.carry(claimed)
    else:
        await _carry(claimed)


async def _carry(claimed: Run) -> None:
    services = claimed.services
    data = await _data(claimed)
    segments = await services.documents.reader.segments(data, claimed.asked.name)
    if not any(not one.locked and one.text.strip() for one in segments):
        raise NothingToWrite
    task = _task(claimed.asked, segments)
    asking = await asking_of(claimed)
    done = Outcomes(one.outcome for one in views.kept_of(services.keyring, claimed.row, claimed.pieces))
    await _note_size(claimed, sum(not one.locked for one in segments), asking.choice.first.id)

    async def keep(outcomes: Sequence[Outcome]) -> None:
        await _keep(claimed, [Kept(segments[one.number].text, one) for one in outcomes])

    task, memory = await _equipped(claimed, task)
    language: PromptLanguage = "fr" if "fr" in {task.source, task.target} else "en"
    given = Given(data, claimed.asked.name, task, options_of(claimed.asked, task), language)
    limits = limits_of(services, asking.choice.first)
    back = await carry(services.documents.reader, given, segments, asking.ask, limits, keep, done=done, memory=memory)
    await _give_back(claimed, task, segments, back, asking)


async def _equipped(claimed: Run, task: Task) -> tuple[Task, TranslationMemory | None]:
    """Return the task with the terms used by default, and the memory."""
    asked, services = claimed.asked, claimed.services
    units = await glossaries.memory(services, asked.memory_id)
    if asked.defaults:
        found = await defaults.read(services, claimed.row.person_id, asked.units, task.source, task.target)
        task = msgspec.structs.replace(task, terms=defaults.joined(task.terms, found.terms))
        units += found.units
    return task, TranslationMemory(units) if units else None


async def _data(claimed: Run) -> bytes:
    if claimed.row.file_id is None:
        return claimed.asked.text.encode()
    async with claimed.services.database.transaction() as session:
        file = await made.row_of(session, claimed.row.file_id)
    if file is None:
        raise FileNotFound
    return await made.original(claimed.services.documents, file)


def _task(asked: Asked, segments: Sequence[Segment]) -> Task:
    """Return the task with the language of the text, told by its words when nobody said it."""
    if asked.is_language_given:
        return beginning.require_rule(asked.task)
    source = beginning.language_told(segments, None)
    if asked.task.kind == "translate":
        return msgspec.structs.replace(asked.task, source=source)
    target = asked.task.target if asked.task.changes_language else beginning.require_known(source)
    return beginning.require_rule(msgspec.structs.replace(asked.task, source=source, target=target))


def options_of(asked: Asked, task: Task) -> Options:
    """Return how the result is written back."""
    return Options(
        language="-".join(filter(None, (task.target, task.region))),
        visible_mark=asked.visible_mark,
        track=asked.track,
        pdf_as=asked.pdf_as,
        at=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


async def _note_size(claimed: Run, segments: int, model_id: str) -> None:
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.segments = segments
        row.model_id = model_id


async def _keep(claimed: Run, kept: list[Kept]) -> None:
    """Keep what was written. Raises `Left`."""
    identifier = uuid7()
    sealed = claimed.sealer.seal_kept(kept, identifier)
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.done += len(kept)
        row.touched_at = clock.now()
        session.add(WorkPiece(work_id=row.id, id=identifier, segments=len(kept), sealed=sealed))


async def _draft(claimed: Run, draft: AskedDraft) -> None:
    """Write the parts of a draft, one after the other; its text is then its person's to change."""
    services = claimed.services
    asking = await asking_of(claimed)
    limits, parts = limits_of(services, asking.choice.first), draft.parts()
    wanted = sum(isinstance(part, ToWrite) for part in parts)
    await _note_size(claimed, wanted, asking.choice.first.id)

    async def keep(part: ToWrite, outcome: Outcome) -> None:
        await _keep(claimed, [Kept(part.instruction, outcome)])

    characters = asking.choice.first.context_tokens * 2
    drafter = Drafter(draft.template, parts, draft.facts, asking.ask, limits.attempts, characters)
    kept = views.kept_of(services.keyring, claimed.row, claimed.pieces)
    outcomes = await write_parts(drafter, {one.outcome.number: one.outcome for one in kept}, keep)
    told = Told(report.of_parts(wanted, outcomes), draft.text(outcomes), claimed.asked.name)
    await _close(claimed, claimed.asked, told, asking)


async def _give_back(claimed: Run, task: Task, segments: Sequence[Segment], back: GivenBack, asking: Asking) -> None:
    services, asked = claimed.services, claimed.asked
    told = report.make(segments, back.outcomes, back.rebuilt.left_out, is_compared=task.is_compared)
    mark = task.target if task.kind == "translate" else str(task.style)
    name = name_of_result(asked.name, mark, back.rebuilt.kind)
    text = back.rebuilt.data.decode("utf-8", "replace") if claimed.row.file_id is None else ""
    label = Label.of(claimed.row.level, claimed.row.categories)
    file_id = await made.store(
        services.documents, claimed.row.person_id, claimed.row.id,
        name=name, kind=back.rebuilt.kind, label=label, data=back.rebuilt.data,
    )  # fmt: skip
    shown = msgspec.structs.replace(asked, task=task, is_language_given=True)
    await _close(claimed, shown, Told(told, text, name), asking, file_id)


async def _close(claimed: Run, asked: Asked, told: Told, asking: Asking, file_id: UUID | None = None) -> None:
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.state, row.ended_at, row.token, row.result_file_id = "done", clock.now(), None, file_id
        row.told_sealed = claimed.sealer.seal_told(told)
        row.asked_sealed = claimed.sealer.seal_asked(asked)
        row.prompt_tokens += asking.spent.prompt_tokens
        row.completion_tokens += asking.spent.completion_tokens
        await journal.record(session, closed(row, kept=told.report.kept), actor=row.person_id)
