"""Tables that need the extension `vector`: made by their migration, or later, once an administrator has installed it.

Without the extension the service searches by words only, and says so (`chatelet check`).
"""

from typing import Final

from sqlalchemy import Connection, text

from chatelet.knowledge.engines.postgres_statements import GRAPH_DIMENSIONS

_PRESENT: Final = "SELECT 1 FROM pg_extension WHERE extname = 'vector'"
_NEEDED: Final = "SELECT to_regclass('public.passages') IS NOT NULL AND to_regclass('public.passage_windows') IS NULL"
_TABLE: Final = """
CREATE TABLE passage_windows (
    passage_id UUID NOT NULL,
    model TEXT NOT NULL,
    ordinal SMALLINT NOT NULL,
    collection_id UUID NOT NULL,
    version_id UUID NOT NULL,
    settled BOOLEAN NOT NULL,
    vector HALFVEC NOT NULL,
    CONSTRAINT pk_passage_windows PRIMARY KEY (passage_id, model, ordinal),
    CONSTRAINT fk_passage_windows_passage_id FOREIGN KEY (passage_id) REFERENCES passages (id) ON DELETE CASCADE
)
"""
_INDEXES: Final = (
    "ALTER TABLE passage_windows ALTER COLUMN vector SET STORAGE PLAIN",  # 1 KB each: in the row, not beside it
    "CREATE INDEX ix_passage_windows_version_id ON passage_windows (version_id)",
    "CREATE INDEX ix_passage_windows_collection_id ON passage_windows (collection_id, model)",
    "CREATE INDEX ix_passage_windows_fresh ON passage_windows (model, collection_id) WHERE NOT settled",
)
_GRAPH: Final = """
CREATE INDEX ix_passage_windows_graph_{size} ON passage_windows
USING hnsw ((vector::halfvec({size})) halfvec_ip_ops) WHERE settled AND vector_dims(vector) = {size}
"""
_GRAPHS: Final = tuple(_GRAPH.format(size=size) for size in GRAPH_DIMENSIONS)


def complete_vectors(connection: Connection) -> bool:
    """Make what is missing; tell whether anything was."""
    if connection.execute(text(_PRESENT)).first() is None or not connection.execute(text(_NEEDED)).scalar_one():
        return False
    connection.exec_driver_sql(_TABLE)
    for statement in _INDEXES:
        connection.exec_driver_sql(statement)
    for graph in _GRAPHS:
        connection.exec_driver_sql(graph)
    return True
