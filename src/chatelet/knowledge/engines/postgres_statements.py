"""Statements of the index in PostgreSQL. Every one that finds passages names the shelves allowed."""

from typing import Final

# One graph for each usual number of dimensions (migrations/vectors.py); others are compared one by one.
GRAPH_DIMENSIONS: Final = (384, 512, 768, 1024)

MOVE_DOCUMENT: Final = (
    "UPDATE passages SET collection_id = $2::uuid WHERE document_id = $1::uuid AND collection_id <> $2::uuid",
    """
    UPDATE passage_terms SET collection_id = $2::uuid
    WHERE passage_id IN (SELECT id FROM passages WHERE document_id = $1::uuid) AND collection_id <> $2::uuid
    """,
    """
    UPDATE passage_windows SET collection_id = $2::uuid
    WHERE passage_id IN (SELECT id FROM passages WHERE document_id = $1::uuid) AND collection_id <> $2::uuid
    """,
)
DELETE_VERSION: Final = "DELETE FROM passages WHERE version_id = $1::uuid"

COUNT_PASSAGES: Final = """
SELECT coalesce(sum(passages), 0), coalesce(sum(length), 0)
FROM collection_statistics WHERE collection_id = ANY($1::uuid[])
"""
COUNT_TERMS: Final = """
SELECT term, sum(passages) FROM term_statistics
WHERE collection_id = ANY($2::uuid[]) AND term = ANY($1::int[]) GROUP BY term
"""
# How often each passage of a small scope holds each term: everything else is arithmetic.
COUNT_IN_PASSAGES: Final = """
SELECT held.passage_id, held.length, often.counts
FROM passage_terms AS held
CROSS JOIN LATERAL (
    SELECT array_agg(cardinality(array_positions(held.terms, wanted.term)) ORDER BY wanted.place) AS counts
    FROM unnest($1::int[]) WITH ORDINALITY AS wanted (term, place)
) AS often
WHERE held.collection_id = ANY($2::uuid[]) AND held.terms && $1::int[]
"""
# Plans made for the values at hand: the same statement reads ten rows or ten thousand.
PLAN_EACH: Final = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"
# What each passage that holds a term would score if it held it once: enough to choose those that are scored exactly.
CHOOSE: Final = """
SELECT held.passage_id, sum(wanted.rarity / (1 + $5::float8 * (1 - $4::float8 + $4::float8 * held.length / $3::float8)))
    AS score
FROM unnest($1::int[], $2::float8[]) AS wanted (term, rarity)
JOIN passage_terms AS held ON held.terms @> ARRAY[wanted.term] AND held.collection_id = ANY($6::uuid[])
GROUP BY held.passage_id ORDER BY score DESC, held.passage_id LIMIT $7::int
"""
SCORE: Final = """
SELECT often.passage_id, sum(
    often.rarity * often.count * ($5::float8 + 1)
    / (often.count + $5::float8 * (1 - $4::float8 + $4::float8 * often.length / $3::float8))
) AS score
FROM (
    SELECT held.passage_id, held.length, wanted.rarity, cardinality(array_positions(held.terms, wanted.term)) AS count
    FROM passage_terms AS held CROSS JOIN unnest($1::int[], $2::float8[]) AS wanted (term, rarity)
    WHERE held.passage_id = ANY($6::uuid[]) AND held.collection_id = ANY($7::uuid[])
    OFFSET 0  -- so that occurrences are counted once, not at each place where the count is used
) AS often
GROUP BY often.passage_id
"""
READ_PASSAGES: Final = """
SELECT id, collection_id, document_id, version_id, ordinal, text, page, starts, ends, title, headings, language
FROM passages WHERE id = ANY($1::uuid[]) AND collection_id = ANY($2::uuid[]) ORDER BY id
"""
READ_VERSION: Final = """
SELECT id, collection_id, document_id, version_id, ordinal, text, page, starts, ends, title, headings, language
FROM passages WHERE version_id = $1::uuid ORDER BY ordinal
"""
READ_AROUND: Final = """
SELECT id, collection_id, document_id, version_id, ordinal, text, page, starts, ends, title, headings, language
FROM passages
WHERE version_id = $1::uuid AND ordinal BETWEEN $2::int - $3::int AND $2::int + $3::int AND ordinal <> $2::int
  AND collection_id = ANY($4::uuid[])
ORDER BY ordinal
"""
STALE_COLLECTIONS: Final = """
SELECT collection_id FROM collection_statistics
WHERE passages > $1::bigint AND abs(passages - counted) > passages / 10 ORDER BY collection_id
"""
FORGET_COUNTS: Final = "DELETE FROM term_statistics WHERE collection_id = $1::uuid"
COUNT_AGAIN: Final = """
INSERT INTO term_statistics (collection_id, term, passages)
SELECT $1::uuid, held.term, count(*)
FROM (
    SELECT DISTINCT passage_id, unnest(terms) AS term FROM passage_terms WHERE collection_id = $1::uuid
) AS held
GROUP BY held.term
"""
SAY_COUNTED: Final = "UPDATE collection_statistics SET counted = passages WHERE collection_id = $1::uuid"
NEAREST_EXACT: Final = """
SELECT passage_id, max(-(vector <#> $1::text::halfvec)) AS cosine FROM passage_windows
WHERE collection_id = ANY($3::uuid[]) AND model = $2::text
GROUP BY passage_id ORDER BY cosine DESC, passage_id LIMIT $4::int
"""
NEAR_PASSAGES: Final = """
SELECT passage_id, max(-(vector <#> $1::text::halfvec)) FROM passage_windows
WHERE passage_id = ANY($3::uuid[]) AND model = $2::text AND collection_id = ANY($4::uuid[]) GROUP BY passage_id
"""
# Strict order is not needed (all candidates are scored again); without it the graph is left too early under a filter.
SEARCH_THE_GRAPH_ON: Final = (
    "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '100', true)"
)
_NEAREST_BY_GRAPH: Final = """
SELECT passage_id, max(cosine) AS best FROM (
    (
        SELECT passage_id, -(vector::halfvec(%(d)s) <#> $1::text::halfvec(%(d)s)) AS cosine FROM passage_windows
        WHERE settled AND vector_dims(vector) = %(d)s AND collection_id = ANY($3::uuid[]) AND model = $2::text
        ORDER BY vector::halfvec(%(d)s) <#> $1::text::halfvec(%(d)s) LIMIT $5::int
    )
    UNION ALL
    (
        SELECT passage_id, -(vector <#> $1::text::halfvec) AS cosine FROM passage_windows
        WHERE NOT settled AND collection_id = ANY($3::uuid[]) AND model = $2::text
        ORDER BY vector <#> $1::text::halfvec LIMIT $5::int
    )
) AS near GROUP BY passage_id ORDER BY best DESC, passage_id LIMIT $4::int
"""
NEAREST_BY_GRAPH: Final = {size: _NEAREST_BY_GRAPH % {"d": size} for size in GRAPH_DIMENSIONS}

SETTLE: Final = """
UPDATE passage_windows SET settled = true WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM passage_windows WHERE NOT settled LIMIT $1::int FOR UPDATE SKIP LOCKED
)) RETURNING 1
"""
HAS_VECTORS: Final = "SELECT to_regclass('public.passage_windows') IS NOT NULL"
FORGET_WINDOWS: Final = "DELETE FROM passage_windows WHERE passage_id = ANY($1::uuid[]) AND model = $2::text"
COLLECTIONS_OF: Final = "SELECT id, collection_id, version_id FROM passages WHERE id = ANY($1::uuid[])"
