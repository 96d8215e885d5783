"""A work from its segments to the new file, the same for the command line and for jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatelet.documents.rebuilding.contract import Options, Segment
from chatelet.documents.services import Reader
from chatelet.writing import desk
from chatelet.writing.desk import Memory, OnDone
from chatelet.writing.giving_back import GivenBack, give_back
from chatelet.writing.outcomes import Outcomes
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.task import Outcome, Task
from chatelet.writing.trying import Ask, Limits, Writer


@dataclass(frozen=True, slots=True)
class Given:
    """A file, what is asked of it, how it is written back, the language of the prompts."""

    data: bytes
    name: str
    task: Task
    options: Options
    language: PromptLanguage = "fr"


async def carry(
    reader: Reader,
    given: Given,
    segments: Sequence[Segment],
    ask: Ask,
    limits: Limits,
    on_done: OnDone,
    *,
    done: Mapping[int, Outcome] | None = None,
    memory: Memory | None = None,
) -> GivenBack:
    """Write what is not `done`, then the file. Raises what `ask` raises, `FileUnreadable`, `PiecesMisplaced`."""
    outcomes = Outcomes.of(done or {})

    async def keep(found: Sequence[Outcome]) -> None:
        await on_done(found)
        outcomes.add(found)

    writer = Writer(given.task, ask, limits, given.language)
    await desk.write(writer, segments, keep, done=outcomes, memory=memory)
    return await give_back(reader, given.data, given.name, outcomes, given.options)
