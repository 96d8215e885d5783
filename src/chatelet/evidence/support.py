"""Does a passage support a sentence? Checked by the machine, element by element; never by asking a model.

    the words it quotes are there · its figures, dates and references are · its names are · enough of its words are
    · it does not deny what the passage says

A sentence that cites nothing is given the passage that supports it, when there is one: small models forget to cite.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.evidence.citations import QuotationStream
from chatelet.evidence.elements import Elements, elements_of, figures_said_of, together, tongue_of
from chatelet.evidence.negation import Clause, clauses_of, contradicts
from chatelet.evidence.passage import Citation, Marker, Passage, Reason, Statement
from chatelet.kernel.text import FoldedText, fold

_LEAST_WORDS: Final = 4  # content words: below, a sentence states nothing that could be checked
_BESIDE_WORDS: Final = 2  # fewer tell nothing: a cell of a table
_ENOUGH: Final = 0.5  # of the words of a sentence that cites the passage
_ENOUGH_ALONE: Final = 0.7  # of one that does not
_ADMITS: Final = (
    "je ne sais pas", "ne permet pas", "ne permettent pas", "ne dit pas", "ne disent pas", "ne precise", "ne repond",
    "aucun passage", "pas d'information", "pas trouve", "ne contien", "ne mentionne", "i do not know", "does not say",
    "do not say", "does not mention", "do not mention", "no passage", "no information", "not found", "do not contain",
    "does not contain", "cannot be determined",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Prepared:
    passage: Passage
    folded: FoldedText
    elements: Elements
    tongue: str  # "fr", "en", or nothing
    clauses: tuple[Clause, ...]
    figures: tuple[tuple[str, frozenset[str]], ...]  # each with the words it is said of


class Support:
    """Checks the sentences of one answer against the passages it was given. Prepares each passage once.

    `question` tells which of several passages a short answer ("On 18 June 2023.") was taken from.
    """

    def __init__(self, passages: Sequence[Passage], question: str = "") -> None:
        self._asked = elements_of(question)
        self._by_number = {one.number: one for one in passages if one.number}
        self._prepared: dict[int, _Prepared] = {}
        self._words: frozenset[str] | None = None

    def check(self, statement: Statement) -> list[Citation]:
        """Return one citation for each marker; without any, the one found for it, or the lack of one."""
        said = elements_of(statement.text)
        if statement.markers:
            return self._cited(statement, said)
        if not self._by_number or not _states(said) or _admits(statement.text):
            return []
        found = self._find(statement, said)
        return [found] if found else [Citation(statement.start, statement.end, reason="no_source")]

    def _cited(self, statement: Statement, said: Elements) -> list[Citation]:
        """Check what cites: several passages hold a sentence together, each of them for its part."""
        known = [self._prepare(marker.number) for marker in statement.markers if marker.number in self._by_number]
        missing = _missing(statement, said, known, _ENOUGH) if known else None
        near = False
        if missing is not None and all(_shares(said, one) for one in known):
            near = _missing(statement, said, self._around(known), _ENOUGH) is None
            missing = None if near else missing
        citations: list[Citation] = []
        for marker in dict.fromkeys(statement.markers):
            if marker.number not in self._by_number:
                place = (marker.start, marker.end)
                unknown = Citation(
                    statement.start, statement.end, reason="passage_unknown", number=marker.number, marker=place
                )
                citations.append(unknown)
                continue
            one = self._prepare(marker.number)
            apart = missing is None and len(known) > 1 and not _shares(said, one)
            reason: Reason | None = "meaning_apart" if apart else missing
            held = self._holder(statement, said, one) if near else one
            citations.append(_citation(statement, held, reason, self._sought(said), marker))
        return citations

    def _holder(self, statement: Statement, said: Elements, cited: _Prepared) -> _Prepared:
        """Return which passage says it by itself, the one cited or one beside it: its words are those to show."""
        alone = (one for one in self._around([cited]) if _missing(statement, said, [one], _ENOUGH) is None)
        return next(alone, cited)

    def _around(self, known: Sequence[_Prepared]) -> list[_Prepared]:
        """Return passages with those right before and after in the same text: a cut between two proves nothing."""
        around = {one.passage.number: one for one in known}
        for one in known:
            for number in (one.passage.number - 1, one.passage.number + 1):
                beside = self._by_number.get(number)
                if beside is not None and beside.whole_id == one.passage.whole_id is not None:
                    around[number] = self._prepare(number)
        return list(around.values())

    def _find(self, statement: Statement, said: Elements) -> Citation | None:
        best: tuple[float, _Prepared] | None = None
        for number in self._by_number:
            one = self._prepare(number)
            if _missing(statement, said, [one], _ENOUGH_ALONE) is None:
                share = _share(said, one.elements) + _share(self._asked, one.elements)
                if best is None or share > best[0]:
                    best = (share, one)
        return _citation(statement, best[1], None, self._sought(said), None) if best else None

    def _sought(self, said: Elements) -> Elements:
        """Return what to look for of a statement in its passage: a short one, with the words of the question."""
        return said if len(said.words) >= _LEAST_WORDS else together((said, self._asked))

    def _prepare(self, number: int) -> _Prepared:
        known = self._prepared.get(number)
        if known is None:
            passage = self._by_number[number]
            text = passage.text
            clauses, figures = clauses_of(text), tuple(figures_said_of(text))
            known = _Prepared(passage, FoldedText(text), elements_of(text), tongue_of(text), clauses, figures)
            self._prepared[number] = known
        return known


def _missing(statement: Statement, said: Elements, held: Sequence[_Prepared], enough: float) -> Reason | None:
    """Return what the passages lack of the sentence; None when they support it."""
    for words in _quoted(statement.text):
        if not any(one.folded.find(words) for one in held):
            return "words_absent"
    known = together(one.elements for one in held)
    text = "".join(_squeezed(one.passage.text) for one in held)
    if not _holds_hard(said, known, text):
        return "figures_absent"
    if _is_foreign(statement.text, held):
        return "other_language"
    if any(name not in text for name in said.names):
        return "names_absent"
    if said.words and len(said.words & known.words) / len(said.words) < enough:
        return "meaning_apart"
    if any(_is_of_another(figure, said, held) for figure in said.figures):
        return "figures_apart"
    clauses = [clause for one in held for clause in one.clauses]
    return "negation_apart" if contradicts(statement.text, clauses) else None


def _holds_hard(said: Elements, known: Elements, text: str) -> bool:
    """Tell whether every figure, date and reference is there; `text` is squeezed to letters and digits."""
    return (
        all(_holds_figure(figure, known) for figure in said.figures)
        and all(_holds_date(date, known.dates) for date in said.dates)
        and all(reference in known.references or reference in text for reference in said.references)
    )


def _is_foreign(statement: str, held: Sequence[_Prepared]) -> bool:
    """Tell whether every passage is in another language than the sentence: neither words nor names can be compared."""
    tongue = tongue_of(statement)
    return bool(tongue) and all(one.tongue not in ("", tongue) for one in held)


def _is_of_another(figure: str, said: Elements, held: Sequence[_Prepared]) -> bool:
    """Tell whether a figure is in the passages, but each time beside other words than those of the sentence."""
    beside = [words for one in held for known, words in one.figures if known == figure]
    return bool(beside) and all(len(words) >= _BESIDE_WORDS and not words & said.words for words in beside)


def _holds_figure(figure: str, known: Elements) -> bool:
    if figure in known.figures or figure in known.references:
        return True
    return figure.isdigit() and any(int(figure) in date for date in known.dates)


def _holds_date(date: tuple[int, int, int], dates: frozenset[tuple[int, int, int]]) -> bool:
    year, month, day = date
    if date in dates:
        return True
    return day == 0 and any(one[:2] == (year, month) for one in dates)


def _quoted(text: str) -> list[str]:
    stream = QuotationStream()
    stream.feed(text)
    return [folded for one in stream.flush() if (folded := fold(one.words).strip(" ,.;:!?"))]


def _states(said: Elements) -> bool:
    """Tell whether a sentence says something that can be looked for."""
    return len(said.words) >= _LEAST_WORDS or bool(said.figures or said.dates or said.references)


def _share(said: Elements, held: Elements) -> float:
    return len(said.words & held.words) / max(1, len(said.words))


def _shares(said: Elements, one: _Prepared) -> bool:
    held = one.elements
    return bool(said.figures & held.figures or said.dates & held.dates or said.references & held.references) or (
        _share(said, held) >= _ENOUGH / 2
    )


def _squeezed(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _admits(text: str) -> bool:
    folded = fold(text)
    return text.rstrip().endswith(("?", ":")) or any(words in folded for words in _ADMITS)


def _citation(
    statement: Statement, one: _Prepared, reason: Reason | None, said: Elements, marker: Marker | None
) -> Citation:
    passage = one.passage
    start, end = _place(statement, one, said)
    return Citation(
        statement.start,
        statement.end,
        reason=reason,
        number=marker.number if marker else passage.number,
        marker=(marker.start, marker.end) if marker else None,
        message_id=passage.message_id,
        file_id=passage.file_id,
        snapshot_id=passage.snapshot_id,
        page=passage.page,
        source_start=passage.offset + start,
        source_end=passage.offset + end,
    )


def _place(statement: Statement, one: _Prepared, said: Elements) -> tuple[int, int]:
    """Return the stretch of the passage that holds the sentence best: the quoted words, else its nearest sentences."""
    for words in _quoted(statement.text):
        if found := one.folded.find(words):
            return found[:2]
    return nearest(one.passage.text, said)


def nearest(text: str, said: Elements) -> tuple[int, int]:
    """Return the one or two sentences of `text` that share most with `said`; the whole when nothing is shared."""
    sentences = sentences_of(text)
    best, place = 0.0, (0, len(text))
    for index, (start, _end) in enumerate(sentences):
        for last in sentences[index : index + 2]:
            held = elements_of(text[start : last[1]])
            shared = len(said.words & held.words) + 3 * len(
                (said.figures & held.figures) | (said.references & held.references)
            )
            score = (shared + 3 * len(said.dates & held.dates)) / (1 + 0.002 * (last[1] - start))
            if score > best:
                best, place = score, (start, last[1])
    return place


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a passage stand."""
    places: list[tuple[int, int]] = []
    start = 0
    for index, char in enumerate(text):
        ends = char == "\n" or (char in ".!?" and (index + 1 == len(text) or text[index + 1].isspace()))
        if ends:
            if text[start : index + 1].strip():
                lead = len(text[start : index + 1]) - len(text[start : index + 1].lstrip())
                places.append((start + lead, index + (0 if char == "\n" else 1)))
            start = index + 1
    if text[start:].strip():
        places.append((start + len(text[start:]) - len(text[start:].lstrip()), len(text.rstrip())))
    return places
