"""What is asked of the desk, and what comes out of each segment. Plain values: shared by commands, routes and jobs."""

from enum import StrEnum
from typing import Literal

import msgspec

from chatelet.documents.rebuilding.contract import Part, Piece


class Style(StrEnum):
    """How a text is rewritten."""

    PLAIN = "plain"
    CORRECT = "correct"
    CLARIFY = "clarify"
    SHORTEN = "shorten"
    ADMINISTRATIVE = "administrative"
    SCIENTIFIC_ENGLISH = "scientific-english"
    FALC = "falc"
    INCLUSIVE = "inclusive"  # as the institution, or the unit, decided


class Reason(StrEnum):
    """What was found wrong in what a model gave for a segment. The page has a sentence for each."""

    EMPTY = "empty"
    TOKEN_MISSING = "token_missing"  # noqa: S105 (a mark of style, not a secret)
    TOKEN_REPEATED = "token_repeated"  # noqa: S105 (as above)
    TOKEN_CROSSED = "token_crossed"  # noqa: S105 (as above)
    TOKEN_UNKNOWN = "token_unknown"  # noqa: S105 (as above)
    REFUSED = "refused"
    TRUNCATED = "truncated"
    LOOPED = "looped"
    WRONG_LANGUAGE = "wrong_language"
    UNTRANSLATED = "untranslated"
    FIGURE_MISSING = "figure_missing"
    FIGURE_ADDED = "figure_added"
    UNIT_MISSING = "unit_missing"
    NEGATION_LOST = "negation_lost"
    SENTENCE_MISSING = "sentence_missing"
    TOO_LONG = "too_long"
    TERM_MISSED = "term_missed"
    REWORDED = "reworded"  # a correction that changes more than mistakes
    INCLUSIVE_MARKS = "inclusive_marks"  # forms that the institution's rule does not take
    GENDER_ALONE = "gender_alone"  # a name of persons in the masculine alone, where the rule wants another form
    PART_KEPT = "part_kept"  # some sentences of a long segment stayed as they were
    TOO_LARGE = "too_large"  # more than the model reads at once
    PAGE_KEPT = "page_kept"  # the page does not allow other words in place: drawn as a whole, turned, mixed with others
    NO_ROOM = "no_room"  # the words do not fit where they go, even smaller
    NO_FONT = "no_font"  # no font here has their letters
    STYLE_LOST = "style_lost"  # the words are there, a mark is not where it was


# After the last attempt, these leave the segment as it was; the others keep what was written, marked for a reader.
GRAVE = frozenset(
    {
        Reason.EMPTY,
        Reason.TOKEN_MISSING,
        Reason.TOKEN_REPEATED,
        Reason.TOKEN_CROSSED,
        Reason.TOKEN_UNKNOWN,
        Reason.REFUSED,
        Reason.TRUNCATED,
        Reason.LOOPED,
        Reason.WRONG_LANGUAGE,
        Reason.UNTRANSLATED,
        Reason.FIGURE_MISSING,
        Reason.TOO_LARGE,
    }
)

# What was written is good, and its place in the document did not take it.
PLACES = frozenset({Reason.PAGE_KEPT, Reason.NO_ROOM, Reason.NO_FONT})


class Inclusive(StrEnum):
    """What an institution decided of inclusive writing, in French."""

    NONE = "none"  # each writes as they wish
    GENERIC = "generic"  # the masculine stands for all; no abridged form
    EPICENE = "epicene"  # words that have no gender, of groups and of functions; no abridged form
    DOUBLETS = "doublets"  # both forms in full; no abridged form
    MEDIAN_POINT = "median-point"  # abridged forms, with a median point and no other mark


class Term(msgspec.Struct, frozen=True):
    """A line of a glossary. `target` equal to `source`: never translated. `forbidden`: what must not stand for it.

    `note` is for persons.
    """

    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    exact_case: bool = False
    note: str = ""

    @property
    def is_kept(self) -> bool:
        """Tell whether it stays as it is in every language."""
        return self.source == self.target


class Task(msgspec.Struct, frozen=True):
    """What is done to each segment. Languages are BCP 47 without region, or `und`; a rewriting keeps its language."""

    kind: Literal["translate", "rewrite", "summarise"]
    source: str
    target: str
    style: Style | None = None
    formality: Literal["default", "formal", "informal"] = "default"
    region: str | None = None
    plain: bool = False
    terms: tuple[Term, ...] = ()
    inclusive: Inclusive = Inclusive.NONE

    @property
    def is_compared(self) -> bool:
        """Tell whether what is written is shown change by change."""
        return self.kind == "rewrite" and not self.changes_language

    @property
    def changes_language(self) -> bool:
        """Tell whether what is written is of another language than what is read."""
        return self.kind == "translate" or self.style is Style.SCIENTIFIC_ENGLISH


class Outcome(msgspec.Struct, frozen=True):
    """What became of a segment.

    `written` by a model, `reused` from a memory or from a twin, `copied` because nothing in it changes, `kept` as it
    was because nothing good came: `reasons` say why; with the other states, what a reader should look at.
    """

    number: int
    state: Literal["written", "reused", "copied", "kept"]
    pieces: tuple[Piece, ...] = ()
    reasons: tuple[Reason, ...] = ()
    attempts: int = 0
    figures: int = 0
    terms_applied: tuple[str, ...] = ()
    terms_missed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    page: int | None = None
    part: Part = Part.BODY

    @property
    def text(self) -> str:
        """Return the words that were written."""
        return "".join(piece.text for piece in self.pieces if piece.kind == "text")
