"""The journal: events, their chain, its seals. Append-only for everyone; whole months leave by dropping a partition."""

from alembic import op

revision = "0002_journal"
down_revision = "0001_jobs"
branch_labels = None
depends_on = None

TABLES = (
    r"""
    CREATE TABLE journal_events (
        id UUID NOT NULL,
        format SMALLINT NOT NULL,
        occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
        actor UUID,
        acting_for UUID,
        name VARCHAR(64) NOT NULL,
        object_kind VARCHAR(32) NOT NULL,
        object_id VARCHAR(64),
        result VARCHAR(16) NOT NULL,
        data TEXT NOT NULL,
        origin VARCHAR(64),
        request_id VARCHAR(64),
        digest BYTEA NOT NULL,
        CONSTRAINT pk_journal_events PRIMARY KEY (id),
        CONSTRAINT ck_journal_events_name CHECK (name ~ '^[a-z_]+\.[a-z_]+$'),
        CONSTRAINT ck_journal_events_object_kind CHECK (object_kind ~ '^[a-z_]+$'),
        CONSTRAINT ck_journal_events_object_id CHECK (object_id ~ '^[a-z0-9][a-z0-9._-]*$'),
        CONSTRAINT ck_journal_events_result CHECK (result IN ('done', 'refused', 'failed')),
        CONSTRAINT ck_journal_events_data CHECK (data ~ '^[!-~]*$' AND length(data) <= 4000),
        CONSTRAINT ck_journal_events_origin CHECK (origin ~ '^[!-~]*$'),
        CONSTRAINT ck_journal_events_request_id CHECK (request_id ~ '^[!-~]*$'),
        CONSTRAINT ck_journal_events_digest CHECK (length(digest) = 32)
    ) PARTITION BY RANGE (id)
    """,
    "COMMENT ON TABLE journal_events IS 'append-only: who did what, never the content'",
    "CREATE INDEX ix_journal_events_actor ON journal_events (actor, id) WHERE actor IS NOT NULL",
    "CREATE INDEX ix_journal_events_person ON journal_events (object_id, id) WHERE object_kind = 'person'",
    "CREATE TABLE journal_events_default PARTITION OF journal_events DEFAULT",
    "CREATE TABLE journal_pending (event_id UUID NOT NULL, CONSTRAINT pk_journal_pending PRIMARY KEY (event_id))",
    """
    CREATE TABLE journal_links (
        seq BIGINT NOT NULL,
        event_id UUID NOT NULL,
        digest BYTEA NOT NULL,
        chain_hash BYTEA NOT NULL,
        CONSTRAINT pk_journal_links PRIMARY KEY (seq),
        CONSTRAINT ck_journal_links_lengths CHECK (length(digest) = 32 AND length(chain_hash) = 32)
    ) PARTITION BY RANGE (seq)
    """,
    "COMMENT ON TABLE journal_links IS 'append-only: the chain of the journal'",
    "CREATE INDEX ix_journal_links_event_id ON journal_links (event_id)",
    "CREATE TABLE journal_links_default PARTITION OF journal_links DEFAULT",
    """
    CREATE TABLE journal_seals (
        seq BIGINT NOT NULL,
        chain_hash BYTEA NOT NULL,
        sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        key_id VARCHAR(64) NOT NULL,
        signature BYTEA NOT NULL,
        CONSTRAINT pk_journal_seals PRIMARY KEY (seq),
        CONSTRAINT ck_journal_seals_key_id CHECK (key_id ~ '^[0-9a-f]{16}$')
    )
    """,
    "COMMENT ON TABLE journal_seals IS 'append-only: the chain of the journal, signed'",
)

REFUSE = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %: the journal is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""

# Run by the sealer each day, as the owner. Triggers on TRUNCATE are not inherited by partitions: they are put on each.
# With a short lock_timeout: making a partition waits for every reader of the table and holds back writers meanwhile.
# 16777216 links per partition is chatelet.audit.rows.SEGMENT.
PREPARE = """
CREATE FUNCTION prepare_journal() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    segment bigint := coalesce((SELECT max(seq) FROM journal_links), 0) / 16777216;
    child text;
    part regclass;
BEGIN
    PERFORM pg_advisory_xact_lock(4242002);
    PERFORM ensure_partitions('journal_events', 3);
    FOR step IN segment..segment + 1 LOOP
        child := 'journal_links_p' || step;
        IF to_regclass('public.' || child) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE public.%I PARTITION OF journal_links FOR VALUES FROM (%s) TO (%s)',
                child, step * 16777216 + 1, (step + 1) * 16777216 + 1
            );
        END IF;
    END LOOP;
    FOR part IN
        SELECT inhrelid::regclass FROM pg_inherits
        WHERE inhparent IN ('journal_events'::regclass, 'journal_links'::regclass)
            AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = inhrelid AND tgname = 'journal_no_truncate')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON %s EXECUTE FUNCTION journal_refuse_change()', part
        );
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in (*TABLES, REFUSE, PREPARE):
        op.execute(statement)
    for table in ("journal_events", "journal_links", "journal_seals"):
        op.execute(
            f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION journal_refuse_change()"
        )
    op.execute("SELECT prepare_journal()")
