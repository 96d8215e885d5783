"""`chatelet eval retrieval`: a run file of the service's own search over a corpus."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from chatelet.knowledge.evaluation.corpus import Progress, ask, load, vectors_of
from chatelet.knowledge.evaluation.lines import read_corpus, read_queries
from chatelet.knowledge.search import Hit, Mode

_PLACES: Final = 100


async def run(corpus_file: Path, queries_file: Path, run_file: Path, mode: Mode, progress: Progress) -> int:
    """Write `query passage score` for the best passages of each query; return how many queries were answered."""
    entries, queries = read_corpus(corpus_file, progress), read_queries(queries_file, progress)
    progress(f"{len(entries)} passages, {len(queries)} queries, {mode}")
    corpus = await load(entries, mode, progress)
    vectors = vectors_of(queries, mode)
    run_file.parent.mkdir(parents=True, exist_ok=True)
    answered = 0
    with run_file.open("w", encoding="utf-8", newline="\n") as output:
        for query, vector in zip(queries, vectors, strict=True):
            hits = (await ask(corpus, query, vector, mode, _PLACES)).hits
            answered += bool(hits)
            output.writelines(
                f"{query.id}\t{corpus.names[hit.passage.id]}\t{score:.6f}\n"
                for hit, score in zip(hits, _falling(hits), strict=True)
            )
    return answered


def _falling(hits: Sequence[Hit]) -> list[float]:
    """Return scores that keep the order for a reader that sorts by them: equal ones are told apart."""
    scores: list[float] = []
    for hit in hits:
        scores.append(min(hit.score, scores[-1] - 1e-6) if scores else hit.score)
    return scores
