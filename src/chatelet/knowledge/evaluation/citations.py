"""`chatelet eval citations`: an answer of the extractive answerer to each question, with the place of its quote."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from chatelet.inference.sentence_encoder import encode
from chatelet.knowledge.evaluation.corpus import Corpus, Progress, ask, load, vectors_of
from chatelet.knowledge.evaluation.lines import Query, read_corpus, read_queries
from chatelet.knowledge.extraction import READ_PASSAGES, Extract, extract
from chatelet.knowledge.search import Mode


async def run(corpus_file: Path, questions_file: Path, predictions_file: Path, mode: Mode, progress: Progress) -> int:
    """Write one JSON line for each question; return how many were answered."""
    entries, questions = read_corpus(corpus_file, progress), read_queries(questions_file, progress)
    progress(f"{len(entries)} passages, {len(questions)} questions, {mode}")
    corpus = await load(entries, mode, progress)
    vectors = vectors_of(questions, mode)
    predictions_file.parent.mkdir(parents=True, exist_ok=True)
    answered = 0
    with predictions_file.open("wb") as output:
        for number, (question, vector) in enumerate(zip(questions, vectors, strict=True), start=1):
            found = await _answer(corpus, question, vector, mode)
            answered += found is not None
            output.write(msgspec.json.encode(_prediction(corpus, question, found)) + b"\n")
            if number % 100 == 0:
                progress(f"{number} of {len(questions)} questions")
    return answered


async def _answer(corpus: Corpus, question: Query, vector: tuple[float, ...] | None, mode: Mode) -> Extract | None:
    outcome = await ask(corpus, question, vector, mode, READ_PASSAGES)
    return extract(outcome.hits, outcome.rarity, vector, None if vector is None else _vectors_of_sentences)


def _prediction(corpus: Corpus, question: Query, found: Extract | None) -> dict[str, Any]:
    if found is None:
        return {"id": question.id, "answer": "", "abstain": True}
    return {
        "id": question.id,
        "answer": found.quote,
        "passage_id": corpus.names[found.passage.id],
        "start": found.start,
        "end": found.end,
        "quote": found.quote,
        "abstain": False,
    }


def _vectors_of_sentences(sentences: Sequence[str]) -> Sequence[Sequence[float]]:
    missing = [sentence for sentence in sentences if sentence not in _known()]
    if missing:
        _known().update(zip(missing, encode(missing), strict=True))
    return [_known()[sentence] for sentence in sentences]


@lru_cache(maxsize=1)
def _known() -> dict[str, list[float]]:
    """Return the sentences already read: many questions are answered by the same passages."""
    return {}
