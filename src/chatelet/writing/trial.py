"""One answer for one text, judged: its words, what is wrong with them, what was counted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from msgspec.structs import replace as replaced

from chatelet.documents.rebuilding.contract import Segment
from chatelet.kernel.text import fold
from chatelet.knowledge.sentences import sentences_of
from chatelet.writing import checks, figures, glossary, typography
from chatelet.writing.inclusion import rules
from chatelet.writing.masking import TOKEN, Masked, TokensMisplaced, unmask
from chatelet.writing.task import GRAVE, Inclusive, Outcome, Reason, Task, Term

_NAME: Final = re.compile(r"\b[A-ZÀ-ÝŒ][\w’'-]+(?:\s+[A-ZÀ-ÝŒ][\w’'-]+)*")
_TOLD: Final = 5  # of what is missing, to the model
_MOST_NAMES: Final = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """`text` is masked as the source was; `refused` tells each reason with what it is about."""

    text: str
    refused: tuple[tuple[Reason, str], ...] = ()
    attempts: int = 1
    figures: int = 0
    applied: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def nothing(cls, reason: Reason) -> "Trial":
        """Return what it is when nothing was given."""
        return cls("", ((reason, ""),))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what is wrong, each reason once."""
        return tuple(dict.fromkeys(reason for reason, _ in self.refused))

    @property
    def is_grave(self) -> bool:
        """Tell whether a reader should rather see the text as it was."""
        return any(reason in GRAVE for reason in self.reasons)

    @property
    def weight(self) -> tuple[int, int]:
        """Return how bad it is; the least is the best."""
        return sum(reason in GRAVE for reason in self.reasons), len(self.reasons)

    def after(self, attempts: int) -> "Trial":
        """Return it as the best of so many attempts."""
        return replace(self, attempts=attempts)

    def outcome(self, segment: Segment, masked: Masked, *, is_twin: bool = False) -> Outcome:
        """Return what becomes of a segment: what was written, or what it was."""
        base = Outcome(segment.number, "kept", segment.pieces, self.reasons, page=segment.page, part=segment.part)
        if self.is_grave:
            return replaced(base, attempts=self.attempts, terms_missed=self.missed)
        return replaced(
            base,
            state="reused" if is_twin else "written",
            pieces=unmask(masked, self.text),
            attempts=0 if is_twin else self.attempts,
            figures=self.figures,
            terms_applied=self.applied,
            terms_missed=self.missed,
            names=self.names,
        )


def judge(task: Task, masked: Masked, answer: str, terms: Sequence[Term], *, cut: bool = False) -> Trial:
    """Clean, mend and judge an answer for a masked text."""
    text = typography.polish(checks.clean(masked.text, answer), task.target)
    terms_said = glossary.check(terms, text)
    text = rules.mended(task.inclusive, terms_said.mended) if task.target == "fr" else terms_said.mended
    words = TOKEN.sub("", text)
    compared = figures.compare(masked.words, words)
    about = {
        Reason.FIGURE_MISSING: ", ".join(compared.missing[:_TOLD]),
        Reason.FIGURE_ADDED: ", ".join(compared.added[:_TOLD]),
        Reason.UNIT_MISSING: ", ".join(compared.units[:_TOLD]),
    }
    for reason in (Reason.INCLUSIVE_MARKS, Reason.GENDER_ALONE):
        about[reason] = rules.about(reason, words) if task.inclusive is not Inclusive.NONE else ""
    refused = [(reason, about.get(reason, "")) for reason in checks.judge(task, masked.words, words, compared, cut=cut)]
    refused += _tokens(masked, text)
    refused += [
        (Reason.TERM_MISSED, f"{one.source} → {one.target}") for one in terms if one.source in terms_said.missed
    ]
    return Trial(
        text,
        tuple(sorted(refused, key=lambda one: one[0] not in GRAVE)),
        figures=compared.checked,
        applied=terms_said.applied,
        missed=terms_said.missed,
        names=names_apart(masked.words, words),
    )


def names_apart(source: str, written: str) -> tuple[str, ...]:
    """Return the names of a text that are not found in what was written: they may be right, a reader will tell."""
    starts = {begins for begins, _ in sentences_of(source)}
    folded = fold(written)
    found = [match[0] for match in _NAME.finditer(source) if match.start() not in starts]
    return tuple(dict.fromkeys(name for name in found if fold(name) not in folded))[:_MOST_NAMES]


def together(trials: Iterable[Trial], whole: Trial) -> Trial:
    """Return the trial of a text written in parts, judged as a whole."""
    parts = list(trials)
    told = whole.refused
    if any(Reason.PART_KEPT in part.reasons for part in parts):
        told = tuple(one for one in told if one[0] not in {Reason.WRONG_LANGUAGE, Reason.UNTRANSLATED})
    refused = dict.fromkeys([*told, *(one for part in parts for one in part.refused)])
    return replace(whole, refused=tuple(refused), attempts=max(part.attempts for part in parts))


def _tokens(masked: Masked, text: str) -> list[tuple[Reason, str]]:
    try:
        unmask(masked, text)
    except TokensMisplaced as error:
        return [(error.reason, " ".join(error.tokens[:_TOLD]))]
    return []
