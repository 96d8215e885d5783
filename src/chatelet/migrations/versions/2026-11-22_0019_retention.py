"""Retention rules and choices, temporary conversations, deletion certificates, requests of persons, idle notices."""

import sqlalchemy as sa
from alembic import op

revision = "0019_retention"
down_revision = "0018_reading"
branch_labels = None
depends_on = None

# Run as the owner, callable by the application, which may drop nothing itself: a month of messages leaves only when no
# conversation whose key still exists has a message in it. Nobody can write there meanwhile; the default stays.
DROP = """
CREATE FUNCTION drop_forgotten_month(part regclass) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    living boolean;
    gone bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhrelid = part AND inhparent = 'messages'::regclass
            AND pg_get_expr(relpartbound, pg_class.oid) <> 'DEFAULT'
    ) THEN
        RAISE EXCEPTION '% is not a month of messages', part;
    END IF;
    EXECUTE format('LOCK TABLE %s IN SHARE MODE', part);
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %s AS m JOIN conversations AS c ON c.id = m.conversation_id '
        'WHERE c.wrapped_key <> '''')', part
    ) INTO living;
    IF living THEN
        RETURN -1;
    END IF;
    EXECUTE format('SELECT count(*) FROM %s', part) INTO gone;
    EXECUTE format('DROP TABLE %s', part);
    RETURN gone;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rules()
    _conversations()
    _rights()
    op.execute(DROP)
    op.execute("REVOKE ALL ON FUNCTION drop_forgotten_month(regclass) FROM PUBLIC")


def _rules() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("set_by", sa.Uuid),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_retention_rules"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_retention_rules_unit_id"),
        sa.ForeignKeyConstraint(["set_by"], ["persons.id"], name="fk_retention_rules_set_by", ondelete="SET NULL"),
        sa.CheckConstraint("days > 0", name="ck_retention_rules_days_positive"),
    )
    op.create_index(
        "uq_retention_rules_current",
        "retention_rules",
        ["unit_id", "kind"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "retention_choices",
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_retention_choices"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_retention_choices_person_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("days > 0", name="ck_retention_choices_days_positive"),
    )


def _conversations() -> None:
    op.add_column("conversations", sa.Column("temporary_until", sa.DateTime(timezone=True)))
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_index(
        "ix_conversations_temporary_until",
        "conversations",
        ["temporary_until"],
        postgresql_where=sa.text("temporary_until IS NOT NULL"),
    )
    op.create_index(
        "ix_conversations_keyless", "conversations", ["id"], postgresql_where=sa.text("wrapped_key = ''::bytea")
    )
    op.execute("ALTER TABLE files DROP CONSTRAINT ck_files_holder_kind")
    op.execute(
        "ALTER TABLE files ADD CONSTRAINT ck_files_holder_kind "
        "CHECK (holder_kind IN ('conversation', 'document', 'export'))"
    )


def _rights() -> None:
    op.create_table(
        "deletion_certificates",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deletion_certificates"),
        sa.CheckConstraint("reason IN ('retention', 'person', 'idle')", name="ck_deletion_certificates_reason"),
    )
    op.create_table(
        "privacy_requests",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary),
        sa.Column("reference", sa.Uuid, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.Uuid),
        sa.Column("error_code", sa.Text),
        sa.Column("certificate_id", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_privacy_requests"),
        sa.UniqueConstraint("reference", name="uq_privacy_requests_reference"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_privacy_requests_person_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["persons.id"], name="fk_privacy_requests_closed_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["deletion_certificates.id"],
            name="fk_privacy_requests_certificate_id",
            ondelete="SET NULL",
        ),
        sa.CheckConstraint(
            "kind IN ('access', 'erasure', 'rectification', 'objection')", name="ck_privacy_requests_kind"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'working', 'ready', 'done', 'declined', 'failed')", name="ck_privacy_requests_state"
        ),
        sa.CheckConstraint("origin IN ('self', 'idle')", name="ck_privacy_requests_origin"),
    )
    op.create_index("ix_privacy_requests_person_id", "privacy_requests", ["person_id"])
    op.create_index("ix_privacy_requests_due_at", "privacy_requests", ["due_at"])
    op.create_table(
        "idle_notices",
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_idle_notices"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_idle_notices_person_id", ondelete="CASCADE"),
    )
