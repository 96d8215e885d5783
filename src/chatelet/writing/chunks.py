"""A text longer than what is asked at once, cut at sentences that no mark crosses; and its sentences, side by side."""

from typing import Final

from chatelet.knowledge.sentences import sentences_of
from chatelet.writing.masking import TOKEN

_TOGETHER: Final = 12  # sentences: further, one more or less no longer tells which answers which


def chunks(masked: str, longest: int) -> list[str]:
    """Return the text in chunks of whole sentences, spaces included, each at most `longest` when sentences allow."""
    if len(masked) <= longest:
        return [masked]
    found: list[str] = []
    start = last = 0
    pairs = frozenset(number for slash, number in TOKEN.findall(masked) if slash)
    for ends in _ends(masked):
        end = _past_spaces(masked, ends)
        if _crosses(masked[start:end], pairs):
            continue
        if end - start > longest and last > start:
            found.append(masked[start:last])
            start = last
        last = end
    return [*found, masked[start:]]


def aligned(source: str, written: str) -> list[tuple[str, str]]:
    """Return sentences side by side; those that one language joins or splits stand together.

    Sentences follow each other in both: each is put where its share of the text falls (Gale and Church, 1993, reduced
    to lengths in proportion), never across a segment.
    """
    before = [source[start:end] for start, end in sentences_of(source)]
    after = [written[start:end] for start, end in sentences_of(written)]
    if len(before) == len(after):
        return list(zip(before, after, strict=True))
    if not before or not after or max(len(before), len(after)) > _TOGETHER * 4:
        return [(source.strip(), written.strip())]
    return _by_length(before, after)


def _by_length(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    fewer, more = (before, after) if len(before) < len(after) else (after, before)
    scale = sum(map(len, fewer)) / max(1, sum(map(len, more)))
    groups: list[list[str]] = []
    place = 0
    for rank, one in enumerate(fewer):
        group = [more[place]]
        place += 1
        left = len(fewer) - rank - 1
        while place < len(more) - left and (
            not left or abs(scale * _length([*group, more[place]]) - len(one)) < abs(scale * _length(group) - len(one))
        ):
            group.append(more[place])
            place += 1
        groups.append(group)
    joined = [" ".join(group) for group in groups]
    return list(zip(before, joined, strict=True)) if fewer is before else list(zip(joined, after, strict=True))


def _length(group: list[str]) -> int:
    return sum(map(len, group))


def _ends(masked: str) -> list[int]:
    """Return where sentences end, as if the tokens were not there; a mark that closes there is within."""
    bare: list[str] = []
    after: list[int] = []  # of each character of the bare text, where what follows it begins in the masked one
    place = 0
    for match in (*TOKEN.finditer(masked), None):
        end = match.start() if match else len(masked)
        bare.append(masked[place:end])
        after += range(place + 1, end + 1)
        place = match.end() if match else end
        if match and match[1] and after:
            after[-1] = place
    return [after[ends - 1] for _begins, ends in sentences_of("".join(bare))]


def _past_spaces(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _crosses(text: str, pairs: frozenset[str]) -> bool:
    """Tell whether a mark opens or closes in `text` and not both."""
    found = TOKEN.findall(text)
    opened = {number for slash, number in found if not slash and number in pairs}
    return opened != {number for slash, number in found if slash}
