"""Statements of the index in PostgreSQL. Every one that finds passages names the collections allowed."""

from typing import Final

# One graph for each usual number of dimensions (migrations/vectors.py); others are compared one by one.
GRAPH_DIMENSIONS: Final = (384, 512, 768, 1024)

DELETE_VERSION: Final = "DELETE FROM passages WHERE version_id = $1::uuid"

COUNT_PASSAGES: Final = """
SELECT coalesce(sum(passages), 0), coalesce(sum(length), 0)
FROM collection_statistics WHERE collection_id = ANY($1::uuid[])
"""
COUNT_TERMS: Final = """
SELECT term, sum(passages) FROM term_statistics
WHERE collection_id = ANY($2::uuid[]) AND term = ANY($1::text[]) GROUP BY term
"""
# An entry: ordinal << 32 | count << 16 | length of the passage.
SCORE_TERMS: Final = """
SELECT version_id, place, sum(score) AS total
FROM (
    SELECT postings.version_id, (entry >> 32)::int AS place,
           wanted.rarity * ((entry >> 16) & 65535) * ($6::float8 + 1)
           / (((entry >> 16) & 65535) + $6::float8 * (1 - $7::float8 + $7::float8 * (entry & 65535) / $4::float8))
           AS score
    FROM unnest($1::text[], $2::float8[]) AS wanted (term, rarity)
    JOIN passage_terms AS postings ON postings.term = wanted.term AND postings.collection_id = ANY($3::uuid[]),
         unnest(postings.entries) AS entry
) AS scored
GROUP BY version_id, place ORDER BY total DESC, version_id, place LIMIT $5::int
"""
SCORE_PLACES: Final = """
SELECT version_id, place, sum(score)
FROM (
    SELECT sought.version_id, sought.place,
           wanted.rarity * ((entry >> 16) & 65535) * ($6::float8 + 1)
           / (((entry >> 16) & 65535) + $6::float8 * (1 - $7::float8 + $7::float8 * (entry & 65535) / $5::float8))
           AS score
    FROM unnest($3::uuid[], $4::int[]) AS sought (version_id, place)
    CROSS JOIN unnest($1::text[], $2::float8[]) AS wanted (term, rarity)
    JOIN passage_terms AS postings ON postings.version_id = sought.version_id AND postings.term = wanted.term,
         unnest(postings.entries) AS entry
    WHERE (entry >> 32)::int = sought.place
) AS scored
GROUP BY version_id, place
"""
READ_PASSAGES: Final = """
SELECT id, collection_id, document_id, version_id, ordinal, text, page, starts, ends, title, headings, language
FROM passages
WHERE collection_id = ANY($4::uuid[]) AND id IN (
    SELECT sought.id FROM passages AS sought
    JOIN unnest($1::uuid[], $2::int[]) AS place (version_id, ordinal)
      ON sought.version_id = place.version_id AND sought.ordinal = place.ordinal
    UNION ALL SELECT unnest($3::uuid[])
)
ORDER BY id
"""
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
    "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '200', true)"
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
