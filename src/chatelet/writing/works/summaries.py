"""A summary as a work: every answer of the model is kept as it comes, so that a process killed half way asks no more.

files (a text given is stored as one, which citations open) -> passages -> steps, each kept -> told -> closed
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from chatelet.audit import journal
from chatelet.documents.errors import FileNotFound
from chatelet.documents.files import made
from chatelet.documents.files.store import FileBlobs
from chatelet.inference.registry import Model
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.languages import language_of
from chatelet.policy.sensitivity import Label
from chatelet.writing.asking import Asking
from chatelet.writing.report import Report
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.forms import Wish
from chatelet.writing.summary.sources import Given, Source, sources_of
from chatelet.writing.summary.summarising import Step, Summariser, Summary, summarise
from chatelet.writing.tables import WorkPiece
from chatelet.writing.tongues import UNKNOWN
from chatelet.writing.works import queries
from chatelet.writing.works.asking import asking_of
from chatelet.writing.works.lease import Run, closed, still_ours
from chatelet.writing.works.sealed import GivenFile, SummaryAsked, Told

_SAMPLED: Final = 4_000  # characters
_SHARE_READ: Final = 1.5  # characters for each token of the window: half of it is read, the rest is written
_MOST_READ: Final = 12_000  # characters at once: beyond, notes of a group leave out too much


def window_of(model: Model) -> int:
    """Return how many characters of passages a model is given at once."""
    return min(_MOST_READ, max(800, round(model.context_tokens * _SHARE_READ) - 1_500))


async def carry(claimed: Run) -> None:
    """Do a summary, and close it. Raises `Left`, `FileNotFound`, `NothingToWrite`, and what models raise."""
    services = claimed.services
    asked = await _with_files(claimed)
    sources = await _sources(services, asked)
    asking = await asking_of(claimed)
    choice = asking.choice
    done = await _begun(claimed, choice.first.id)
    at_once = choice.first.backend.concurrent_answers or services.settings.writing.parallel

    async def size(total: int) -> None:
        await _note_size(claimed, total)

    async def keep(step: Step) -> None:
        await _keep(claimed, step)

    summariser = Summariser(
        asking.ask, _wish(asked, sources), size, keep, done,
        characters=window_of(choice.first),
        parallel=min(at_once, services.settings.writing.parallel),
        attempts=services.settings.writing.attempts,
    )  # fmt: skip
    await _close(claimed, await summarise(summariser, sources), asking)


async def _begun(claimed: Run, model_id: str) -> dict[bytes, Step]:
    """Return what need not be asked again; what gave nothing is."""
    kept = [claimed.sealer.step(piece.sealed, piece.id) for piece in claimed.pieces]
    done = {step.key: step for step in kept if step.is_good}
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.done = row.done_before = len(done)
        row.model_id = model_id
    return done


async def _with_files(claimed: Run) -> SummaryAsked:
    """Return what was asked, once a text that was given is stored as a file of the work."""
    services, asked = claimed.services, claimed.asked.summary
    assert asked is not None
    if asked.files:
        return asked
    data, name = claimed.asked.text.encode(), claimed.asked.name
    document = await services.documents.reader.read(data, name, lambda _step, _page, _pages: None)
    file_id = await made.store(
        services.documents, claimed.row.person_id, claimed.row.id, name=name, kind=document.kind,
        label=Label.of(claimed.row.level, claimed.row.categories), data=data, document=document,
    )  # fmt: skip
    whole = SummaryAsked(asked.wish, (GivenFile(file_id, name),))
    async with services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.asked_sealed = claimed.sealer.seal_asked(msgspec.structs.replace(claimed.asked, summary=whole))
    return whole


async def _sources(services: WritingServices, asked: SummaryAsked) -> list[Source]:
    """Return the documents as they were read. Raises `FileNotFound` when one was deleted since."""
    given: list[Given] = []
    for one in asked.files:
        async with services.database.transaction() as session:
            row = await made.row_of(session, one.id)
        if row is None or row.state != "read":
            raise FileNotFound
        blobs = FileBlobs(services.documents.storage, services.keyring, row.id, row.wrapped_key)
        given.append(Given(one.id, one.name, await blobs.reading()))
    return sources_of(given, services.settings.writing.summary_characters)


def _wish(asked: SummaryAsked, sources: Sequence[Source]) -> Wish:
    found = next((source.passages[:6] for source in sources if source.passages), ())
    words = " ".join(one.text for one in found)[:_SAMPLED]
    told = language_of(words) if words else UNKNOWN
    target = asked.wish.target if asked.wish.target != UNKNOWN else told
    return msgspec.structs.replace(asked.wish, source=told, target="fr" if target == UNKNOWN else target)


async def _note_size(claimed: Run, total: int) -> None:
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.segments = total


async def _keep(claimed: Run, step: Step) -> None:
    """Keep what came of a question. Raises `Left`."""
    identifier = uuid7()
    sealed = claimed.sealer.seal_step(step, identifier)
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.done = min(row.done + 1, max(row.segments, 1))
        row.touched_at = clock.now()
        session.add(WorkPiece(work_id=row.id, id=identifier, segments=1, sealed=sealed))


async def _close(claimed: Run, summary: Summary, asking: Asking) -> None:
    async with claimed.services.database.transaction() as session:
        row = await still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.state, row.ended_at, row.token = "done", clock.now(), None
        row.done = row.segments
        row.told_sealed = claimed.sealer.seal_told(Told(Report(), summary=summary))
        row.prompt_tokens += asking.spent.prompt_tokens
        row.completion_tokens += asking.spent.completion_tokens
        await journal.record(session, closed(row, kept=summary.statements - summary.held), actor=row.person_id)
