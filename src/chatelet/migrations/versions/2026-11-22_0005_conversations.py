"""Conversations, turns, messages and folders."""

from alembic import op

revision = "0005_conversations"
down_revision = "0004_inference"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE folders (
        id UUID NOT NULL,
        person_id UUID NOT NULL,
        name_sealed BYTEA NOT NULL,
        position INTEGER NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_folders PRIMARY KEY (id),
        CONSTRAINT fk_folders_person_id FOREIGN KEY(person_id) REFERENCES persons (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_folders_person_id ON folders (person_id)
    """,
    """
    CREATE TABLE conversations (
        id UUID NOT NULL,
        person_id UUID NOT NULL,
        folder_id UUID,
        wrapped_key BYTEA NOT NULL,
        title_sealed BYTEA,
        titled_by VARCHAR(8),
        level VARCHAR(24) NOT NULL,
        head_turn_id UUID,
        pinned_at TIMESTAMP WITH TIME ZONE,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        deleted_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_conversations PRIMARY KEY (id),
        CONSTRAINT ck_conversations_titled_by CHECK (titled_by IN ('model', 'person')),
        CONSTRAINT fk_conversations_person_id FOREIGN KEY(person_id) REFERENCES persons (id) ON DELETE CASCADE,
        CONSTRAINT fk_conversations_folder_id FOREIGN KEY(folder_id) REFERENCES folders (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_conversations_deleted ON conversations (deleted_at) WHERE deleted_at IS NOT NULL
    """,
    """
    CREATE INDEX ix_conversations_folder_id ON conversations (folder_id) WHERE folder_id IS NOT NULL
    """,
    """
    CREATE INDEX ix_conversations_listed ON conversations (person_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL
    """,
    """
    CREATE TABLE turns (
        id UUID NOT NULL,
        conversation_id UUID NOT NULL,
        person_id UUID NOT NULL,
        parent_id UUID,
        question_id UUID NOT NULL,
        answer_id UUID NOT NULL,
        client_key UUID,
        state VARCHAR(12) NOT NULL,
        model_id VARCHAR(64),
        model_name VARCHAR(80),
        zone JSONB,
        level VARCHAR(24) NOT NULL,
        error_code VARCHAR(64),
        error_params JSONB,
        notices JSONB DEFAULT '[]' NOT NULL,
        citations JSONB DEFAULT '[]' NOT NULL,
        partial_sealed BYTEA,
        summary_sealed BYTEA,
        worker_id UUID,
        heartbeat_at TIMESTAMP WITH TIME ZONE NOT NULL,
        prompt_tokens INTEGER,
        completion_tokens INTEGER,
        energy_wh DOUBLE PRECISION,
        cost_euros NUMERIC(12, 6),
        first_token_ms INTEGER,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        closed_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_turns PRIMARY KEY (id),
        CONSTRAINT ck_turns_state CHECK (state IN ('running', 'answered', 'refused', 'stopped', 'failed', 'interrupted')),
        CONSTRAINT fk_turns_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_turns_conversation_id ON turns (conversation_id, id)
    """,
    """
    CREATE INDEX ix_turns_running ON turns (conversation_id) WHERE state = 'running'
    """,
    """
    CREATE INDEX ix_turns_running_person_id ON turns (person_id) WHERE state = 'running'
    """,
    """
    CREATE UNIQUE INDEX uq_turns_client_key ON turns (conversation_id, client_key) WHERE client_key IS NOT NULL
    """,
    """
    CREATE TABLE messages (
        id UUID NOT NULL,
        conversation_id UUID NOT NULL,
        turn_id UUID NOT NULL,
        role TEXT NOT NULL,
        parts_version SMALLINT NOT NULL,
        parts_sealed BYTEA NOT NULL,
        search_sealed BYTEA NOT NULL,
        CONSTRAINT pk_messages PRIMARY KEY (id),
        CONSTRAINT ck_messages_role CHECK (role IN ('user', 'assistant')),
        CONSTRAINT fk_messages_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
    )
     PARTITION BY RANGE (id)
    """,
    """
    CREATE INDEX ix_messages_conversation_id ON messages (conversation_id, id)
    """,
    "CREATE TABLE messages_default PARTITION OF messages DEFAULT",
    "SELECT ensure_partitions('messages', 3)",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)
