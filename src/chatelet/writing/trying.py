"""Asking a model for a few texts, judging each answer, and asking again for one alone, with the reason."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.inference.errors import ModelContextExceeded
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.writing import bare, chunks, glossary, prompt
from chatelet.writing.masking import TOKEN, Masked
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.task import GRAVE, Reason, Task, Term
from chatelet.writing.trial import Trial, judge, together

Ask = Callable[[ChatRequest], Awaitable[Completion]]
_MARKED_ATTEMPTS: Final = 2  # for what is not grave: then it is kept, marked


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked at once. `characters` of a batch, of at most `segments`; `parallel` batches at a time."""

    characters: int = 1_600
    segments: int = 12
    parallel: int = 4
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Writer:
    """What is asked, of which model, in which language the prompts are."""

    task: Task
    ask: Ask
    limits: Limits
    language: PromptLanguage

    async def once(
        self,
        texts: Sequence[Masked],
        terms: Sequence[Term],
        *,
        refused: Sequence[tuple[Reason, str]] = (),
        hints: Sequence[tuple[str, str]] = (),
    ) -> list[Trial | None]:
        """Ask once; return what was given for each text, judged. None: nothing was."""
        asked = prompt.request(
            self.task, [one.text for one in texts], terms, self.language, refused=refused, hints=hints
        )
        try:
            completion = await self.ask(asked)
        except ModelContextExceeded:
            return [None if len(texts) > 1 else Trial.nothing(Reason.TOO_LARGE) for _ in texts]
        given = prompt.parse(completion.text, len(texts))
        is_cut = completion.finish is Finish.LENGTH
        last = max(given, default=0)
        trials: list[Trial | None] = []
        for number, one in enumerate(texts, start=1):
            if number not in given:
                trials.append(None)
                continue
            text, is_open = given[number]
            cut = (is_open and len(texts) > 1) or (is_cut and number == last)
            trials.append(judge(self.task, one, text, glossary.present(terms, one.words), cut=cut))
        return trials

    async def insist(
        self, text: Masked, terms: Sequence[Term], first: Trial | None, hints: Sequence[tuple[str, str]] = ()
    ) -> Trial:
        """Ask for one text until it is good, at most so many times; return the best that came."""
        if first is None and len(text.text) > self.limits.characters:
            parts = chunks.chunks(text.text, self.limits.characters)
            if len(parts) > 1:
                return await self._in_parts(text, terms, parts)
        best = first
        for attempt in range(1 if first is None else 2, self.limits.attempts + 1):
            if best and not best.is_grave and attempt > _MARKED_ATTEMPTS:
                break
            [tried] = await self.once([text], terms, refused=best.refused if best else (), hints=hints)
            tried = tried or Trial.nothing(Reason.EMPTY)
            best = (tried if best is None or tried.weight < best.weight else best).after(attempt)
            if not best.reasons or Reason.TOO_LARGE in best.reasons:
                break
        assert best is not None
        return (await self._barely(text, terms, best, hints) or best) if _only_marks(best) else best

    async def _barely(
        self, text: Masked, terms: Sequence[Term], best: Trial, hints: Sequence[tuple[str, str]]
    ) -> Trial | None:
        """Write the words alone, where a model keeps losing the marks between them; put these back by code."""
        plain = bare.undressed(text)
        [tried] = await self.once([plain], terms, hints=hints)
        dressed = bare.dressed(text, tried.text) if tried and not tried.is_grave else None
        if dressed is None:
            return None
        found = judge(self.task, text, dressed, terms)
        if found.is_grave:
            return None
        return replace(found, refused=(*found.refused, (Reason.STYLE_LOST, "")), attempts=best.attempts + 1)

    async def _in_parts(self, text: Masked, terms: Sequence[Term], parts: Sequence[str]) -> Trial:
        """Write a long text some sentences at a time; a part that fails stays as it was, the rest is written."""
        trials: list[Trial] = []
        written: list[str] = []
        for part in parts:
            masked = _part_of(text, part)
            trial = await self.insist(masked, glossary.present(terms, masked.words), None)
            trials.append(replace(trial, refused=_softened(trial)))
            written.append((part.rstrip() if trial.is_grave else trial.text) + part[len(part.rstrip()) :])
        return together(trials, judge(self.task, text, "".join(written), terms))


def _only_marks(trial: Trial) -> bool:
    """Tell whether nothing grave is wrong but marks."""
    grave = {reason for reason in trial.reasons if reason in GRAVE}
    return bool(grave) and grave <= bare.MARKS


def _softened(trial: Trial) -> tuple[tuple[Reason, str], ...]:
    """Return the reasons of a part: one left as it was marks the whole for a reader, and does not undo the rest."""
    return ((Reason.PART_KEPT, ""),) if trial.is_grave else trial.refused


def _part_of(text: Masked, part: str) -> Masked:
    names = {f"⟦{slash}{number}⟧" for slash, number in TOKEN.findall(part)}
    return Masked(part.strip(), {name: piece for name, piece in text.tokens.items() if name in names})
