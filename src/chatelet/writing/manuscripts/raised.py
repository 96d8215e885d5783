"""Calls written above the line, whose place a reader loses: `marge.1,2`, `connu3–5`, `effet⁶`.

Digits that touch a word may be many things (`m2`, `IPv6`, a page). They are calls only together: the draft calls in no
other way, all are of its numbered list, and they come up in the order of the list, or name most of it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from chatelet.writing.manuscripts.targets import Call, Target, numbers_of

_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_DIGIT: Final = "[0-9⁰¹²³⁴-⁹]"
_GLUED: Final = re.compile(
    r"(?:(?<=[a-zà-ÿ]{3})|(?<=[a-zà-ÿ]{2}[.,;:!?)»”\"’])|(?<=[a-zà-ÿ]{2}[  ][»!?;:]))"
    rf"({_DIGIT}{{1,3}}(?:\s?[-–—,;⁻]\s?{_DIGIT}{{1,3}})*)(?![\w%°]|[.,/]\d)"
)
_BEFORE: Final = re.compile(r"[^\s(\[«“]*$")
_ADDRESS: Final = frozenset("/@=_\\#")
_NAMED: Final = frozenset(
    "fig figs figure tab table tabs eq eqs vol no nos pp art chap sec ref refs ann alg def".split()
)
_IN_ORDER: Final = 0.7


def raised(body: str, listed: int) -> Iterator[Call]:
    """Give the calls above the line of a draft whose list has `listed` numbers; none unless they hold together."""
    found = [call for call in _glued(body) if all(int(one.label) <= listed for one in call.targets)]
    if _hold_together([int(one.label) for call in found for one in call.targets], listed):
        yield from found


def _glued(body: str) -> Iterator[Call]:
    for found in _GLUED.finditer(body):
        before = _BEFORE.search(body, max(0, found.start() - 80), found.start())
        word = before[0] if before else ""
        if _ADDRESS & set(word) or word.rstrip('.,;:!?)»”"’').lower() in _NAMED:
            continue
        if labels := numbers_of(found[1].translate(_RAISED)):
            yield Call(found.start(), found.end(), found[0], tuple(Target(label=one) for one in labels))


def _hold_together(numbers: Sequence[int], listed: int) -> bool:
    new = list(dict.fromkeys(numbers))
    if not new or 0 in new or len(new) < min(2, listed):
        return False
    highest, following = 0, 0
    for number in new:
        following += number == highest + 1
        highest = max(highest, number)
    return following >= _IN_ORDER * len(new) or 2 * len(new) > listed
