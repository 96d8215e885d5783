"""What differs between a sentence and what was written of it, change by change, each with its reason: found by code.

words of both -> what stays, what changes -> changes that only a blank parts, together -> why, by the letters alone

No model says why: the reason is what the letters show (an accent, an ending, a blank), and a change that they do not
explain is one of wording.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

from chatelet.kernel.text import fold

_WORDS: Final = re.compile(r"[^\W_]+|\s+|_|[^\w\s]")
_MOST: Final = 1_000_000  # words of one times words of the other: beyond, the sentence is one change
_MARKS: Final = re.compile(r"[\s'’‘\"“”«»\-–—\u2010\u2011…]+")
_LETTERS: Final = re.compile(r"[^\W_]")
_ALIKE: Final = 0.6  # of the letters: the same word, written otherwise
_ENDINGS: Final = frozenset(
    # of French, then of English, without accents
    "s x e es ee ees nt ent t ait aient ais ai a er ez ons ont ai al aux ale ales if ive ifs ives eux euse euses "
    "ant ants ante antes is ise ises it ite ites u ue us ues r re rent i ie ies ss d ed ing y".split()
) | {""}
_MISTAKEN: Final = tuple(
    frozenset(words.split())
    for words in (
        "a à as", "et est es ai ait", "son sont", "ses ces c'est s'est sait", "on ont", "ou où", "la là l'a",
        "ce se", "leur leurs", "quand quant qu'en", "peu peut peux", "sa ça", "mes mais", "dans d'en", "du dû",
        "sur sûr", "si s'y ci", "ni n'y", "près prêt prête", "davantage d'avantage", "quelle qu'elle",
        "its it's", "their there they're", "your you're", "then than", "to too two", "affect effect", "whose who's",
    )
)  # fmt: skip


class Why(StrEnum):
    """Why words were changed, as their letters tell."""

    SPELLING = "spelling"
    ACCENT = "accent"
    AGREEMENT = "agreement"  # and conjugation: the same word with another ending
    MISTAKEN = "mistaken"  # a word taken for one that sounds the same
    CAPITAL = "capital"
    TYPOGRAPHY = "typography"
    PUNCTUATION = "punctuation"
    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"


class Change(NamedTuple):
    """A stretch of a sentence, before and after; `why` is none where it stays."""

    before: str
    after: str
    why: Why | None = None


def changes_of(before: str, after: str) -> list[Change]:
    """Return a sentence stretch by stretch: those that stay, those that change; together they make both sentences."""
    if before == after:
        return [Change(before, after)] if before else []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST:
        return [Change(before, after, Why.WORDING)]
    return [_told(one) for one in _joined(list(_stretches(old, new)))]


def counted(before: str, after: str) -> list[Change]:
    """Return the changes alone."""
    return [one for one in changes_of(before, after) if one.why is not None]


def is_reworded(before: str, after: str, most: float = 0.34) -> bool:
    """Tell whether more than that share of the words was put otherwise, beyond what a correction explains."""
    words = len(before.split())
    found = [one for one in counted(before, after) if one.why in {Why.WORDING, Why.ADDED, Why.REMOVED}]
    return words > 3 and sum(max(len(one.before.split()), len(one.after.split())) for one in found) > most * words


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    for kind, first, last, begins, ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and last - first == ends - begins:
            # As many words: each answers the one in its place.
            yield from (([was], [now]) for was, now in zip(old[first:last], new[begins:ends], strict=True))
        else:
            yield list(old[first:last]), list(new[begins:ends])


def _joined(stretches: Sequence[tuple[list[str], list[str]]]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield stretches, changes with only a blank between them together, but for words that are alike one by one."""
    waiting: list[tuple[list[str], list[str]]] = []
    for one in stretches:
        old, new = one
        if (old == new and not ("".join(old).isspace() and waiting)) or (old != new and _is_clear(old, new)):
            yield from _with(waiting)
            waiting = []
            yield one
        else:
            waiting.append(one)
    yield from _with(waiting)


def _with(waiting: list[tuple[list[str], list[str]]]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what waits as one change, and the blank that stays after it."""
    after: list[tuple[list[str], list[str]]] = []
    while waiting and waiting[-1][0] == waiting[-1][1]:
        after.insert(0, waiting.pop())
    if waiting:
        yield [word for old, _ in waiting for word in old], [word for _, new in waiting for word in new]
    yield from after


def _is_clear(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether a change explains itself: it is not joined to its neighbours."""
    return _why("".join(old), "".join(new)) not in {Why.WORDING, Why.ADDED, Why.REMOVED}


def _told(stretch: tuple[list[str], list[str]]) -> Change:
    before, after = ("".join(words) for words in stretch)
    return Change(before, after) if before == after else Change(before, after, _why(before, after))


def _why(before: str, after: str) -> Why:
    if not _LETTERS.search(before + after):
        is_set = _MARKS.sub("", before) == _MARKS.sub("", after)
        return Why.TYPOGRAPHY if is_set else Why.PUNCTUATION
    if _MARKS.sub("", before) == _MARKS.sub("", after):
        return Why.TYPOGRAPHY
    if not before.strip():
        return Why.ADDED
    if not after.strip():
        return Why.REMOVED
    return _of_words(before.strip(), after.strip())


def _of_words(before: str, after: str) -> Why:
    was, now = before.casefold().replace("’", "'"), after.casefold().replace("’", "'")
    if was == now:
        return Why.CAPITAL
    if any(was in words and now in words for words in _MISTAKEN):
        return Why.MISTAKEN
    one, other = fold(before), fold(after)
    if one == other:
        return Why.AGREEMENT if was[:-1] == now[:-1] and {was[-1], now[-1]} == {"e", "é"} else Why.ACCENT
    if len(one.split()) == len(other.split()) == 1:
        return _of_one(one, other)
    return Why.SPELLING if one.replace(" ", "") == other.replace(" ", "") else Why.WORDING


def _of_one(one: str, other: str) -> Why:
    stem = next(
        (place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
    if stem >= 2 and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS:
        return Why.AGREEMENT
    return Why.SPELLING if SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE else Why.WORDING
