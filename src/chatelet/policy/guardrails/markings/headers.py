"""Markings as authors write them: alone in a line or in a stretch of it, between rules, beside a page number.

« SECRET », « - DR - », « Page 2/7 | TRÈS SECRET »; not « kind: Secret », nor the levels of a lesson, one a line.
"""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.markings.telling import ITSELF, LESSON
from chatelet.policy.guardrails.markings.vocabulary import Vocabulary, shipped
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

# What a line must hold one of to be looked at.
_CORE: Final = tuple(
    "secret|restrein|restric|confid|interne|intern|diffus|divulg|communiqu|reprodu|nato|otan|d.r|d. r|dr|t.s|s.d|c.d"
    "|ts-|-ue|ue/|ue /|eu |cosmic|special|embargo|distribut|vs-n|sensitive|medica|transfer|forward".split("|")
)
_SHORT: Final = re.compile(r"(?<![a-z])(?:d\.? ?r|t\.?s|[sc]\.?d)(?![a-z])")
_CUT: Final = re.compile(
    r"[|*#=~\[\](){}<>·•»«\"\\©+]+|_{2,}| {3,}|(?<![a-z0-9])[-/:,;.]+|[-/:,;.]+(?![a-z0-9])|(?<=[a-z0-9]) ?(?:—|--+) ?"
)
_TAIL: Final = re.compile(r"(?:[ ,]+(?:page|p\.?|n°|no|exemplaire|ex\.?)? ?\d{1,4}(?: ?(?:/|sur|of) ?\d{1,4})?)+$")
_HEAD: Final = re.compile(r"^(?:(?:page|p\.?|n°|no|exemplaire|ex\.?) ?\d{1,4}(?: ?(?:/|sur|of) ?\d{1,4})?[ ,]+)+")
_PLACE: Final = re.compile(
    r"(?:page|p|n°|no|exemplaire|ex|copie|version|v|date|du|le|edition|annexe|strong|b|header|footer|p|div|span"
    r"|h[1-6]|td|center)?[ .]?[\d /.:n°-]*(?:sur \d+|of \d+)?"
    r"|\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre)(?: \d{4})?|re|fw|fwd|tr|objet|subject|mention|classification|document"
)
_TITLE_AFTER: Final = re.compile(
    r"(?:note|compte|rapport|fiche|plan|ordre|page|exemplaire|document|annexe|objet|n°|proces|message|instruction"
    r"|bulletin|projet|dossier|etude|releve)\b|\d"
)
_LABEL: Final = re.compile(r"([a-z_-]+)[\"'*]{0,2} ?[:=] ?[\"'*]{0,2} ?$")
_OPEN_LABELS: Final = frozenset(
    "objet subject re tr fw fwd classification mention niveau protection sensibilite confidentialite marquage header"
    " entete en-tete pied classif niveau_classification sujet titre title sensitivity"
    " marking nature diffusion caveat handling".split()
)
_LONGEST_LINE: Final = 240
_CODE: Final = re.compile(
    r"\b(?:enum|const|let|var|import|export|def|class|return|static|environ|getenv)\b|process\.env|[\w\])]\("
    r"|\w ?={1,2} ?[\w\"']|=>|;$"
)
_BULLET: Final = re.compile(r"(?:[-*•–+]|\d{1,2}[.)]|[a-z]\)) +")
_LESS_SURE: Final = frozenset({"secret", "internal", "restricted", "professional_secret"})


def lines_of(reading: Reading, vocabulary: Vocabulary | None = None) -> list[tuple[int, int]]:
    """Return the lines that may bear a marking."""
    vocabulary = vocabulary or shipped()
    folded, mended = reading.folded, vocabulary.mended(reading.folded)
    lines: set[tuple[int, int]] = set()
    for core in vocabulary.cores or _CORE:
        at = mended.find(core)
        while at >= 0:
            start, end = folded.rfind("\n", 0, at) + 1, folded.find("\n", at)
            end = len(folded) if end < 0 else end
            if core not in _WEAK_CORES or _SHORT.search(mended, start, end):
                lines.add((start, end))
            at = mended.find(core, end)
    return sorted(lines)


_WEAK_CORES: Final = frozenset({"dr", "d.r", "d. r", "t.s", "s.d", "c.d"})


def find_headers(reading: Reading, lines: list[tuple[int, int]], vocabulary: Vocabulary | None = None) -> list[Span]:
    """Give the markings that stand as such in their line."""
    found: list[tuple[Span, bool]] = []
    for start, end in lines:
        if end - start <= _LONGEST_LINE:
            found += _in_line(reading, start, end, vocabulary or shipped())
    return list(_but_lessons(found))


def _in_line(reading: Reading, start: int, end: int, vocabulary: Vocabulary) -> Iterator[tuple[Span, bool]]:
    """Give the markings of a line, and whether the line is a point of a list."""
    line = reading.folded[start:end]
    mended = vocabulary.mended(line)
    bullet = _BULLET.match(line)
    symmetric = line.rstrip()[-1:] in "-*–+" if bullet else False
    parts = _stretches(line, mended, vocabulary)
    for rank, (first, last) in enumerate(parts):
        found = vocabulary.alone.fullmatch(mended, first, last)
        if found and _stands(reading, start, line, parts, rank, found, vocabulary):
            place = reading.place(start + first, start + last)
            yield (
                Span(*place, vocabulary.type_of(found)),
                (bool(bullet) and not symmetric) or line.lstrip(" ").startswith("|"),
            )


def _stretches(line: str, mended: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the stretches of a line; a declared marking that has a dash of its own (« C2 – Confidentiel ») is one."""
    parts = list(_parts(line))
    for found in vocabulary.alone.finditer(mended) if vocabulary.sure else ():
        start, end = found.span()
        covered = [part for part in parts if part[0] < end and start < part[1]]
        if len(covered) > 1 and covered[0][0] >= start and covered[-1][1] <= end:
            parts = sorted([*(part for part in parts if part not in covered), (start, end)])
    return parts


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a line between its marks, without numbers of pages around them."""
    at = 0
    for cut in [*_CUT.finditer(line), None]:
        first, last = at, cut.start() if cut else len(line)
        at = cut.end() if cut else last
        piece = line[first:last]
        head, tail = _HEAD.search(piece), _TAIL.search(piece)
        first, last = first + (head.end() if head else 0), last - (len(tail[0]) if tail else 0)
        piece = line[first:last]
        first, last = first + len(piece) - len(piece.lstrip(" '")), last - (len(piece) - len(piece.rstrip(" '.")))
        if first < last:
            yield first, last


def _stands(
    reading: Reading,
    start: int,
    line: str,
    parts: list[tuple[int, int]],
    rank: int,
    found: re.Match[str],
    vocabulary: Vocabulary,
) -> bool:
    first, last = found.span()
    written = reading.text[slice(*reading.place(start + first, start + last))]
    capitals = written.isupper()
    others = [
        line[slice(*part)]
        for place, part in enumerate(parts)
        if place != rank and not vocabulary.alone.fullmatch(line, *part)
    ]
    lonely = all(_PLACE.fullmatch(other) for other in others)
    label = _LABEL.search(line[:first])
    if label and not label[1].endswith(tuple(_OPEN_LABELS)):
        return False
    sort = vocabulary.type_of(found)
    if not lonely and _is_told(line, first, last, others, sort):
        return False
    if line[last : last + 3].lstrip(" \"'").startswith((":", "=")) and others:
        return False
    if vocabulary.is_abbreviation(found):
        plain = "dr" if vocabulary.sure else found[0].replace(".", "").replace(" ", "")
        return capitals and _abbreviation_stands(line, first, last, plain, lonely=lonely, labelled=bool(label))
    return _words_stand(
        written,
        less_sure=sort in _LESS_SURE or (vocabulary.sure and not vocabulary.form_of(found).strong),
        first=rank == 0,
        capitals=capitals,
        lonely=lonely,
        labelled=bool(label),
    )


def _is_told(line: str, first: int, last: int, others: list[str], sort: str) -> bool:
    """Tell a line of code, or a sentence that quotes a marking to explain it."""
    if sort in _LESS_SURE and (_CODE.search(line) or line[first - 2 : first] == ", " or line[last : last + 2] == ", "):
        return True
    words = " ".join(others)
    return words.count(" ") > 3 and LESSON.search(words) is not None and ITSELF.search(words) is None


def _words_stand(
    written: str,
    *,
    less_sure: bool,
    first: bool,
    capitals: bool,
    lonely: bool,
    labelled: bool,
) -> bool:
    titled = written[:1].isupper()
    if less_sure:
        return capitals or (titled and (lonely or labelled))
    if lonely or labelled or capitals:
        return True
    return titled and first


def _abbreviation_stands(line: str, first: int, last: int, plain: str, *, lonely: bool, labelled: bool) -> bool:
    around = line[:first].rstrip(" ")[-1:] + line[last:].lstrip(" ")[:1]
    decorated = around in {"[]", "()", "--", "**", "||", "//", "<>", "##", "{}", "=="}
    if plain != "dr":
        return labelled or (decorated and lonely)
    follows = _TITLE_AFTER.match(line[last:].lstrip(" -–—|:/"))
    return (
        labelled
        or lonely
        or (decorated and around != "()")
        or (first < 4 and follows is not None and line[last:].lstrip(" ")[:1] in "-|/")
    )


def _but_lessons(found: list[tuple[Span, bool]]) -> Iterator[Span]:
    """Leave out the points of a list that names several levels: it explains them."""
    for rank, (span, bullet) in enumerate(found):
        if bullet:
            around = found[max(0, rank - 12) : rank + 13]
            near = [other for other, listed in around if listed and abs(other.start - span.start) < 250]
            if len({other.type for other in near}) > 1:
                continue
        yield span
