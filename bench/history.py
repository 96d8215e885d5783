"""What was acknowledged under faults, and what must be found of it afterwards: nothing lost, nothing twice.

Pure: workers note, before and after each request; the checker is given what the installation holds at the end.

    attempted  a request was sent; it may have been done or not, but once at most
    acknowledged  the service said that it was done: it is there, exactly once
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class History:
    """What workers did. Words are unique, so that whatever is found is known to be of one request."""

    attempted: set[str] = field(default_factory=set[str])
    questions: dict[str, str] = field(default_factory=dict[str, str])
    answers: dict[str, str] = field(default_factory=dict[str, str])
    conversations: set[str] = field(default_factory=set[str])
    files: dict[str, str] = field(default_factory=dict[str, str])
    seen: dict[str, str] = field(default_factory=dict[str, str])
    faults: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True, slots=True)
class Found:
    """What the installation holds: words of each question with its conversation, answers, files, journal lines."""

    questions: Iterable[tuple[str, str]]
    answers: Mapping[str, str]
    states: Mapping[str, str]
    files: Mapping[str, str]
    journal: Iterable[tuple[str, str]]


_ENDS = frozenset({"answered", "refused", "stopped", "failed", "interrupted"})


def check(history: History, found: Found) -> list[str]:
    """Return what is wrong, each in a sentence; nothing when the promise was kept."""
    return [
        *_questions(history, found),
        *_answers(history, found),
        *_files(history, found),
        *_journal(history, found),
    ]


def _questions(history: History, found: Found) -> Iterable[str]:
    there = Counter(words for words, _conversation in found.questions)
    where = dict(found.questions)
    for words, times in there.items():
        if times > 1:
            yield f"question {words} is there {times} times"
        if words not in history.attempted:
            yield f"question {words} was never asked"
    for words, conversation in history.questions.items():
        if where.get(words) != conversation:
            yield f"acknowledged question {words} is not in conversation {conversation}"


def _answers(history: History, found: Found) -> Iterable[str]:
    for words, state in found.states.items():
        if state not in _ENDS:
            yield f"the turn of {words} never ended: {state}"
    for words, answer in history.answers.items():
        state, stored = found.states.get(words), found.answers.get(words, "")
        if state != "answered" or stored != answer:
            told = f"{len(answer)} characters read, {len(stored)} stored, {state}"
            yield f"the acknowledged answer to {words} is not what was read: {told}"


def _files(history: History, found: Found) -> Iterable[str]:
    for identifier, digest in history.files.items():
        if found.files.get(identifier) != digest:
            yield f"acknowledged file {identifier} is {found.files.get(identifier, 'lost')}"


def _journal(history: History, found: Found) -> Iterable[str]:
    lines = Counter(found.journal)
    for (name, subject), times in lines.items():
        if times > 1 and name in {"conversation.created", "turn.opened", "turn.closed", "file.received"}:
            yield f"the journal tells {times} times of {name} {subject}"
    for conversation in history.conversations:
        if lines["conversation.created", conversation] != 1:
            yield f"the journal does not tell that conversation {conversation} was made"
    for turn in history.seen.values():
        for name in ("turn.opened", "turn.closed"):
            if lines[name, turn] != 1:
                yield f"the journal tells {lines[name, turn]} times of {name} {turn}"
    for identifier in history.files:
        if lines["file.received", identifier] != 1:
            yield f"the journal does not tell of file {identifier}"
