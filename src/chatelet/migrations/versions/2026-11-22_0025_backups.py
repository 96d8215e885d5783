"""The ledger of what was destroyed on purpose, written by the database itself, so that no backup brings it back."""

import sqlalchemy as sa
from alembic import op

revision = "0025_backups"
down_revision = "0024_web"
branch_labels = None
depends_on = None

TABLES = ("persons", "conversations", "files", "documents", "collections")
# A statement at a time where whole rows go; a row at a time where a key is emptied, which only says so when it is.
FUNCTIONS = (
    """
    CREATE FUNCTION note_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO destroyed (digest, kind) SELECT sha256(id::text::bytea), TG_TABLE_NAME FROM gone
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION note_key_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO destroyed (digest, kind) VALUES (sha256(OLD.id::text::bytea), TG_TABLE_NAME)
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER conversations_key_destroyed AFTER UPDATE OF wrapped_key ON conversations
    FOR EACH ROW WHEN (NEW.wrapped_key = ''::bytea AND OLD.wrapped_key <> ''::bytea)
    EXECUTE FUNCTION note_key_destroyed()
    """,
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "destroyed",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_destroyed"),
    )
    op.create_index("ix_destroyed_destroyed_at", "destroyed", ["destroyed_at"])
    for statement in FUNCTIONS:
        op.execute(statement)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_destroyed AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone "
            "FOR EACH STATEMENT EXECUTE FUNCTION note_destroyed()"
        )
