"""Alembic's entry: runs on the connection that `runner.migrate` opened, in one transaction."""

from alembic import context

from chatelet.migrations.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
    version_table="schema_version",
)
with context.begin_transaction():
    context.run_migrations()
