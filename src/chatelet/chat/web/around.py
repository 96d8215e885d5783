"""What a conversation holds that must not be in a query proposed there: names met before, words of its files.

Bounded, for it is read while the person writes: the last turns, the beginning of the last files.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from chatelet.chat.services import ChatServices
from chatelet.conversations import branches
from chatelet.conversations import service as conversations
from chatelet.conversations.parts import AttachmentPart
from chatelet.documents.files import queries as files
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.identity.principal import Principal
from chatelet.kernel.errors import AppError
from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.persons import is_part, parts_of
from chatelet.policy.guardrails.reading import fold

_SAID: Final = 40_000  # characters of the turns, the last ones
_FILES: Final = 4  # the last given
_PAGES: Final = 300
_OF_A_FILE: Final = 200_000  # characters
_NAMES_OF_A_FILE: Final = 20_000
_RUN: Final = 6  # words in the same order are copied
_PARTICLES: Final = re.compile(
    r"(?:\b(?=[A-Z])(?i:De|Du|Des|La|Le|Les|Van|Von|Der|Den|Ben|Bin|El|Al|Da|Di)[ \u00a0-]+|\b[DL]['’])+$"
)
_WORD: Final = re.compile(r"[^\W_]+")
_QUOTED: Final = re.compile(r"«([^«»]{4,400})»|“([^“”]{4,400})”|\"([^\"\n]{4,400})\"")


@dataclass(frozen=True, slots=True)
class Known:
    """Folded words that tell who somebody is, and folded texts of files, their words between spaces."""

    names: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    _runs: frozenset[int] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, said: Iterable[str], written: Iterable[str]) -> "Known":
        """Read the words of turns and of files. Raises `DetectorFailed`."""
        written = [text[:_OF_A_FILE] for text in written]
        names: set[str] = set()
        for text in (*said, *(one[:_NAMES_OF_A_FILE] for one in written)):
            for found in detect(text, frozenset({Kind.PII})):
                if found.type == "name":
                    names |= {fold(part.word) for part in parts_of(text, found.start, found.end) if is_part(part.word)}
        words = [[fold(word) for word in _WORD.findall(text)] for text in written]
        runs = frozenset(hash(run) for one in words for run in _runs(one))
        return cls(frozenset(names), tuple(f" {' '.join(one)} " for one in words), runs)

    def without(self, text: str) -> tuple[str, dict[str, int]]:
        """Return a draft without these names, quotations and runs of words, and how many of each were there."""
        text, quoted = self._without_quotations(text)
        text, copied = self._without_runs(text)
        text, named = self._without_names(text)
        return text, {sort: count for sort, count in (("copied", quoted + copied), ("name", named)) if count}

    def _without_quotations(self, text: str) -> tuple[str, int]:
        count = 0

        def judged(found: re.Match[str]) -> str:
            nonlocal count
            said = [fold(word) for word in _WORD.findall(found[0])]
            if len(said) < 2 or not any(f" {' '.join(said)} " in one for one in self.texts):
                return found[0]
            count += 1
            return " "

        return (_QUOTED.sub(judged, text), count) if self.texts else (text, 0)

    def _without_runs(self, text: str) -> tuple[str, int]:
        spans = list(_WORD.finditer(text))
        copied: set[int] = set()
        for at, run in enumerate(_runs([fold(one[0]) for one in spans])):
            if hash(run) in self._runs:
                copied |= set(range(at, at + _RUN))
        kept, after, count = "", 0, 0
        for at in sorted(copied):
            if at - 1 not in copied:
                kept, count = f"{kept}{text[after : spans[at].start()]} ", count + 1
            after = spans[at].end()
        return kept + text[after:], count

    def _without_names(self, text: str) -> tuple[str, int]:
        kept, after, count = "", 0, 0
        for word in _WORD.finditer(text):
            if word[0][0].isupper() and fold(word[0]) in self.names:
                particle = _PARTICLES.search(text, max(after, word.start() - 24), word.start())
                start = particle.start() if particle else word.start()
                kept, after, count = f"{kept}{text[after:start]} ", word.end(), count + 1
        return kept + text[after:], count


NOTHING: Final = Known()


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


async def known(
    services: ChatServices, principal: Principal, conversation_id: UUID | None, given: Sequence[UUID]
) -> Known:
    """Read a conversation of the caller's, and files. Raises `ConversationNotFound`, `DetectorFailed`."""
    said: list[str] = []
    wanted = list(given)
    async with services.database.transaction() as session:
        if conversation_id is not None:
            conversation = await conversations.owned(session, principal, conversation_id)
            branch = None
            if conversation.head_turn_id is not None:
                branch = await branches.read_branch(
                    session, services.keyring, principal.person_id, conversation_id, conversation.head_turn_id
                )
            turns = branch.turns if branch is not None else ()
            said = [text for turn in turns for text in (turn.summary, turn.question, turn.answer) if text]
            wanted += [one.file_id for turn in reversed(turns) for one in turn.given if isinstance(one, AttachmentPart)]
        last = list(dict.fromkeys(wanted))[:_FILES]
        rows = await files.files(session, principal, last) if last else []
    written = [await _text(services, row) for row in rows if row.state == "read" and (row.pages or 0) <= _PAGES]
    return await asyncio.to_thread(Known.of, _last(said), written)


async def _text(services: ChatServices, row: File) -> str:
    try:
        blobs = FileBlobs(services.documents.storage, services.keyring, row.id, row.wrapped_key)
        return (await blobs.reading()).text
    except AppError:  # it cannot be read to answer either
        return ""


def _last(said: Sequence[str]) -> list[str]:
    """Return the last words said, whole turns but for the first."""
    kept: list[str] = []
    left = _SAID
    for text in reversed(said):
        if left <= 0:
            break
        kept.append(text[-left:])
        left -= len(text)
    return kept
