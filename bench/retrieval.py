"""Search and indexing at 100,000 passages: `python -m bench.retrieval` (`--passages 10000` for a quick look).

On an embedded PostgreSQL of its own. Words follow Zipf's law (60,000 of them), vectors gather around 2,000 points; nine
tenths of the passages are in one collection, the rest in 100 small ones: a search over everything, and one over a small unit.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final
from uuid import UUID

import numpy as np

from chatelet.inference.sentence_encoder import encode
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.postgres import PostgresEngine
from chatelet.knowledge.engines.postgres_maintenance import count_terms, settle
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.knowledge.search import Asked, Mode, search
from chatelet.knowledge.windows import windows_of
from chatelet.migrations import runner

_MODEL: Final = "bench-512"
_SYLLABLES: Final = "ba be bi bo bu da de di do du fa fe fi fo la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo".split()
_REAL_WORDS: Final = (
    "la décision du service public est motivée le règlement fixe un délai de deux mois pour répondre au courrier reçu "
    "chaque année une commission indépendante rend son avis sur les marchés de fournitures passés par la direction"
).split()
_VOCABULARY: Final = 60_000
_WORDS_OF_A_PASSAGE: Final = 120
_PASSAGES_OF_A_DOCUMENT: Final = 15
_SMALL: Final = 100


class Material:
    """Made-up passages, the same at every run."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        self.numbers = np.random.default_rng(7)
        self.words = [self._word(number) for number in range(_VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(_VOCABULARY)))
        self.centres = self.numbers.standard_normal((2_000, 512)).astype(np.float32)

    def _word(self, number: int) -> str:
        word = ""
        number += len(_SYLLABLES)
        while number:
            number, rest = divmod(number, len(_SYLLABLES))
            word += _SYLLABLES[rest]
        return word

    def text(self, words: int = _WORDS_OF_A_PASSAGE) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words))

    def vector(self) -> tuple[float, ...]:
        made = self.centres[self.random.randrange(2_000)] + 0.8 * self.numbers.standard_normal(512)
        return tuple((made / np.linalg.norm(made)).tolist())

    def document(self, collection: UUID) -> list[IndexedPassage]:
        document, version = uuid7(), uuid7()
        texts = [self.text() for _ in range(_PASSAGES_OF_A_DOCUMENT)]
        return [
            IndexedPassage(uuid7(), collection, document, version, ordinal, text, 0, len(text), title="", language="fr")
            for ordinal, text in enumerate(texts)
        ]


async def main(passages: int, windows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="chatelet-bench-") as folder:
        server = EmbeddedPostgres(_opened(folder) / "data")
        addresses = server.start()
        owner, application = Database(addresses.owner_url), Database(addresses.application_url)
        try:
            await runner.migrate(
                owner, application_role="chatelet_app", expect_data=False, snapshot=lambda _label: None
            )
            _embedding()
            await _measure(application, owner, Material(), passages, windows)
        finally:
            await owner.close()
            await application.close()
            server.stop()


def _opened(folder: str) -> Path:
    """Let PostgreSQL's account, which is not ours, reach its data."""
    Path(folder).chmod(0o755)
    return Path(folder)


def _embedding() -> None:
    """Embed passages of real words on one thread."""
    source = random.Random(3)
    texts = [" ".join(source.choices(_REAL_WORDS, k=_WORDS_OF_A_PASSAGE)) for _ in range(120)]
    encode(texts[:1])
    started = time.process_time()
    encode([window for text in texts for window in windows_of("", text)])
    seconds = time.process_time() - started
    print(
        f"embedding: {len(texts) / seconds:.0f} passages of {_WORDS_OF_A_PASSAGE} words a second and core", flush=True
    )


async def _measure(application: Database, owner: Database, material: Material, passages: int, windows: int) -> None:
    large, small = uuid7(), [uuid7() for _ in range(_SMALL)]
    documents = list(_documents(material, large, small, passages))
    vectors = {one.id: [material.vector() for _ in range(windows)] for document in documents for one in document}
    await _fill(application, owner, documents, vectors)
    everything = Scope(frozenset({large, *small}))
    for told, scopes in (("everything", [everything]), ("one small unit", [Scope(frozenset({one})) for one in small])):
        for mode in (Mode.LEXICAL, Mode.DENSE, Mode.HYBRID):
            await _search(application, material, documents, scopes, mode, told)


def _documents(material: Material, large: UUID, small: Sequence[UUID], passages: int) -> Iterator[list[IndexedPassage]]:
    for number in range(passages // _PASSAGES_OF_A_DOCUMENT):
        yield material.document(small[number // 10 % _SMALL] if number % 10 == 0 else large)


async def _fill(
    application: Database,
    owner: Database,
    documents: Sequence[list[IndexedPassage]],
    vectors: dict[UUID, list[tuple[float, ...]]],
) -> None:
    first = 10_000 // _PASSAGES_OF_A_DOCUMENT
    started = time.perf_counter()
    for number, document in enumerate(documents):
        if number == first:
            print(f"10,000 passages searchable, vectors given: {time.perf_counter() - started:.1f} s", flush=True)
            await _settle_some(application)
            async with owner.driver_connection() as connection:  # the rest at once: what the graph costs was seen above
                await connection.execute("DROP INDEX ix_passage_windows_graph_512")
            started = time.perf_counter()
        async with application.driver_transaction() as connection:
            engine = PostgresEngine(connection)
            await engine.index(document)
            await engine.add_windows([Window(one.id, each) for one in document for each in vectors[one.id]], _MODEL)
    print(f"the others: {time.perf_counter() - started:.1f} s", flush=True)
    started = time.perf_counter()
    async with application.driver_transaction() as connection:
        while await count_terms(connection):
            pass
    print(f"counting terms: {time.perf_counter() - started:.1f} s", flush=True)
    started = time.perf_counter()
    async with owner.driver_connection() as connection:
        await connection.execute("SET maintenance_work_mem = '2GB'")
        await connection.execute("UPDATE passage_windows SET settled = true WHERE NOT settled")
        await connection.execute(
            "CREATE INDEX IF NOT EXISTS ix_passage_windows_graph_512 ON passage_windows "
            "USING hnsw ((vector::halfvec(512)) halfvec_ip_ops) WHERE settled AND vector_dims(vector) = 512"
        )
        await connection.execute("VACUUM ANALYZE")
        sizes = await connection.fetch(
            "SELECT relname, pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN "
            "('passages', 'passage_terms', 'term_statistics', 'passage_windows') ORDER BY relname"
        )
    print(
        f"graph: {time.perf_counter() - started:.1f} s; " + ", ".join(f"{row[0]} {row[1]}" for row in sizes), flush=True
    )


async def _settle_some(application: Database) -> None:
    started = time.perf_counter()
    async with application.driver_transaction() as connection:
        count = await settle(connection, 1_000)
    print(f"settling: {count / (time.perf_counter() - started):.0f} vectors a second", flush=True)


async def _search(
    application: Database,
    material: Material,
    documents: Sequence[list[IndexedPassage]],
    scopes: Sequence[Scope],
    mode: Mode,
    told: str,
) -> None:
    times: list[float] = []
    for number in range(220):
        source = material.random.choice(material.random.choice(documents))
        words = [*material.random.sample(source.text.split(), k=4), material.text(3)]
        asked = Asked(" ".join(words), "fr", material.vector(), _MODEL, mode)
        started = time.perf_counter()
        async with application.driver_transaction() as connection:
            await search(PostgresEngine(connection), asked, scopes[number % len(scopes)], 20)
        times.append(1000 * (time.perf_counter() - started))
    times = sorted(times[20:])
    print(
        f"{told}, {mode}: p50 {statistics.median(times):.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms", flush=True
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures search and indexing (bench/README.md).")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--windows", type=int, default=2, help="vectors of a passage")
    chosen = parser.parse_args()
    asyncio.run(main(chosen.passages, chosen.windows))
