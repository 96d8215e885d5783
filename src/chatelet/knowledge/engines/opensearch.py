"""The index in OpenSearch or Elasticsearch, by their common REST API: for institutions that run one already.

Terms are ours, indexed as they are (`whitespace`), so that passages are found by the same words as in PostgreSQL. One
request gives the frequencies within the scope, another the candidates; they are scored here: the server's own scores
count documents that the caller may not read. Words only: vectors stay in PostgreSQL.

The server is a door to the outside: it is given a text, or asked, only with a clearance that covers its level.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, fields
from typing import Any, Final, Literal
from uuid import UUID

import msgspec

from chatelet.kernel.outbound import Outbound, OutboundError
from chatelet.knowledge.engines import ranking
from chatelet.knowledge.engines.contract import DEPTH, Candidate, Found, Question, Scope
from chatelet.knowledge.engines.errors import SearchEngineNotCleared, SearchEngineUnreachable
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Category, Label, Level

_WITHIN_SECONDS: Final = 10.0
_LARGEST_ANSWER: Final = 32 * 1024 * 1024
_AT_ONCE: Final = 500  # passages of a bulk request
_READ_FOR_ONE: Final = 3  # candidates asked for each passage wanted, as they are scored again
_IDENTIFIERS: Final = ("id", "collection_id", "document_id", "version_id")
_MAPPING: Final[dict[str, Any]] = {
    "mappings": {
        "dynamic": False,
        "properties": {
            **{name: {"type": "keyword"} for name in _IDENTIFIERS},
            "ordinal": {"type": "integer"},
            "length": {"type": "integer"},
            "terms": {"type": "text", "analyzer": "whitespace"},
        },
    }
}
_FIELDS: Final = tuple(field.name for field in fields(IndexedPassage))


class OpenSearchEngine:
    """`endpoint` is the name under which the server was declared; `highest_level` what it is cleared for."""

    def __init__(
        self, outbound: Outbound, clearance: Clearance, *, endpoint: str, index: str, highest_level: Level
    ) -> None:
        if not clearance.permits(Label(highest_level, frozenset(Category))):
            raise SearchEngineNotCleared(highest_level=highest_level, level=clearance.label.level)
        self._outbound = outbound
        self._endpoint = endpoint
        self._index = index

    async def versions(self) -> AsyncIterator[tuple[UUID, UUID]]:
        """Go through every version that the index holds, with its collection."""
        after: list[Any] = []
        while True:
            body: dict[str, Any] = {
                "size": _AT_ONCE,
                "query": {"term": {"ordinal": 0}},
                "sort": [{"version_id": "asc"}, {"id": "asc"}],
                "_source": ["version_id", "collection_id"],
            }
            hits = (await self._search(body | ({"search_after": after} if after else {})))["hits"]["hits"]
            for hit in hits:
                yield UUID(hit["_source"]["version_id"]), UUID(hit["_source"]["collection_id"])
            if len(hits) < _AT_ONCE:
                return
            after = hits[-1]["sort"]

    async def prepare(self) -> None:
        """Make the index; one that is there stays as it is."""
        await self._ask("PUT", "", msgspec.json.encode(_MAPPING), refused=(400,))

    async def index(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages; searchable once this returns."""
        for start in range(0, len(passages), _AT_ONCE):
            lines = [line for passage in passages[start : start + _AT_ONCE] for line in _lines(passage)]
            told = await self._ask("POST", "/_bulk", b"\n".join(lines) + b"\n", form="application/x-ndjson")
            if told["errors"]:
                raise SearchEngineUnreachable(reason="refused_passages")
        await self._ask("POST", "/_refresh", b"")

    async def add_windows(self, windows: Sequence[Window], model: str) -> None:
        """Keep no vector: this index is of words."""

    async def delete(self, version_id: UUID) -> None:
        """Remove a version."""
        body = {"query": {"term": {"version_id": str(version_id)}}}
        await self._ask("POST", "/_delete_by_query", msgspec.json.encode(body))
        await self._ask("POST", "/_refresh", b"")

    async def clear(self) -> tuple[int, int]:
        """Remove everything, and have the server let go of what it marked as removed; return how many before, after."""
        before = await self._held()
        await self._ask("POST", "/_delete_by_query", msgspec.json.encode({"query": {"match_all": {}}}))
        await self._ask("POST", "/_forcemerge?only_expunge_deletes=true", b"")
        await self._ask("POST", "/_refresh", b"")
        return before, await self._held()

    async def _held(self) -> int:
        told = await self._search({"size": 0, "track_total_hits": True})
        return int(told["hits"]["total"]["value"])

    async def move(self, document_id: UUID, shelf_id: UUID) -> None:
        """Change the shelf of a document's passages."""
        elsewhere = {"must_not": {"term": {"collection_id": str(shelf_id)}}}
        where = {"filter": {"term": {"document_id": str(document_id)}}, **elsewhere}
        while hits := (await self._search({"size": _AT_ONCE, "query": {"bool": where}}))["hits"]["hits"]:
            lines = [line for hit in hits for line in _moved(hit["_id"], shelf_id)]
            told = await self._ask("POST", "/_bulk", b"\n".join(lines) + b"\n", form="application/x-ndjson")
            if told["errors"]:
                raise SearchEngineUnreachable(reason="refused_passages")
            await self._ask("POST", "/_refresh", b"")

    async def neighbours(self, passage: IndexedPassage, scope: Scope, reach: int = 1) -> list[IndexedPassage]:
        """Return the passages before and after."""
        around = {"gte": passage.ordinal - reach, "lte": passage.ordinal + reach}
        where = [_within(scope), {"term": {"version_id": str(passage.version_id)}}, {"range": {"ordinal": around}}]
        body = {"size": 2 * reach + 1, "query": {"bool": {"filter": where}}, "sort": ["ordinal"]}
        found = [_passage(hit["_source"]) for hit in (await self._search(body))["hits"]["hits"]]
        return [one for one in found if one.ordinal != passage.ordinal and one.collection_id in scope.shelves]

    async def candidates(self, question: Question, scope: Scope, depth: int = DEPTH) -> Found:
        """Find by words."""
        if not scope.shelves or not question.terms:
            return Found(())
        passages, length, rarity = await self._count(question.terms, scope)
        wanted: list[dict[str, Any]] = [{"term": {"terms": {"value": term}}} for term in question.terms]
        chosen = {"filter": [_within(scope)], "should": wanted, "minimum_should_match": 1}
        told = await self._search({"size": depth * _READ_FOR_ONE, "query": {"bool": chosen}})
        mean_length = max(1.0, length / max(1, passages))
        found = [_scored(hit["_source"], rarity, mean_length) for hit in told["hits"]["hits"]]
        shelves = scope.shelves
        allowed = [one for one in found if one.passage.collection_id in shelves]
        allowed.sort(key=lambda one: (-one.lexical, one.passage.id))
        return Found(tuple(allowed[:depth]), rarity, passages)

    async def _count(self, terms: Sequence[str], scope: Scope) -> tuple[int, float, dict[str, float]]:
        held = {str(place): {"term": {"terms": {"value": term}}} for place, term in enumerate(terms)}
        told = await self._search(
            {
                "size": 0,
                "track_total_hits": True,
                "query": {"bool": {"filter": [_within(scope)]}},
                "aggs": {"held": {"filters": {"filters": held}}, "length": {"sum": {"field": "length"}}},
            }
        )
        passages = int(told["hits"]["total"]["value"])
        buckets = told["aggregations"]["held"]["buckets"]
        rarity = {
            term: ranking.rarity(passages, int(buckets[str(place)]["doc_count"])) for place, term in enumerate(terms)
        }
        return passages, float(told["aggregations"]["length"]["value"]), rarity

    async def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        return await self._ask("POST", "/_search", msgspec.json.encode(body))

    async def _ask(
        self,
        method: Literal["POST", "PUT"],
        path: str,
        body: bytes,
        *,
        form: str = "application/json",
        refused: tuple[int, ...] = (),
    ) -> dict[str, Any]:
        """Ask the server; `refused` are statuses that are no failure. Raises `SearchEngineUnreachable`."""
        ask = self._outbound.put if method == "PUT" else self._outbound.post
        try:
            incoming = await ask(
                self._endpoint,
                f"/{self._index}{path}",
                body,
                accept="application/json",
                within=_WITHIN_SECONDS,
                headers={"content-type": form},
            )
            incoming.expect_within(_WITHIN_SECONDS)
            raw = await incoming.body(_LARGEST_ANSWER)
        except OutboundError as error:
            raise SearchEngineUnreachable(reason=type(error).__name__.lower()) from None
        if incoming.status >= 400 and incoming.status not in refused:
            raise SearchEngineUnreachable(reason=f"status_{incoming.status}")
        try:
            return msgspec.json.decode(raw, type=dict[str, Any])
        except msgspec.MsgspecError:
            raise SearchEngineUnreachable(reason="not_json") from None


def _within(scope: Scope) -> dict[str, Any]:
    return {"terms": {"collection_id": sorted(str(shelf) for shelf in scope.shelves)}}


def _lines(passage: IndexedPassage) -> tuple[bytes, bytes]:
    terms, length = ranking.weighed_terms(passage)
    kept = {**asdict(passage), "length": length, "terms": " ".join(terms)}
    return msgspec.json.encode({"index": {"_id": str(passage.id)}}), msgspec.json.encode(kept)


def _moved(identifier: str, shelf_id: UUID) -> tuple[bytes, bytes]:
    change = {"doc": {"collection_id": str(shelf_id)}}
    return msgspec.json.encode({"update": {"_id": identifier}}), msgspec.json.encode(change)


def _passage(source: dict[str, Any]) -> IndexedPassage:
    return msgspec.convert({name: source[name] for name in _FIELDS}, IndexedPassage)


def _scored(source: dict[str, Any], rarity: dict[str, float], mean_length: float) -> Candidate:
    counts = Counter(str(source["terms"]).split())
    held = [counts[term] for term in rarity]
    return Candidate(_passage(source), ranking.score(held, list(rarity.values()), source["length"], mean_length))
