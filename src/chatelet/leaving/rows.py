"""Which tables leave as rows, and what of them never does. Every table of the product is in exactly one set (a test).

What is sealed does not leave as rows: its words are in the archives of persons, of bases and of units. Nor does what
opens a door: a hash, a token, a password.
"""

from collections.abc import AsyncGenerator
from typing import Any, Final, cast

import asyncpg
from sqlalchemy import LargeBinary, Table

from chatelet.migrations.tables import METADATA

ROWS: Final = frozenset({
    "added_levels", "api_keys", "backends", "charter_acceptances", "charters", "claim_rules", "cohorts",
    "collection_grants", "collection_questions", "collections", "content_openings", "content_readings",
    "deletion_certificates", "document_uses", "document_versions", "documents", "egress_counts", "glossaries",
    "governance_files", "grants", "inclusive_rules", "literacy_months", "mail_words", "mailings", "memberships",
    "model_usage", "models", "papers", "person_act_lines", "person_acts", "persons", "places", "policy_versions",
    "privacy_requests", "quota_counters", "quota_rules", "reports", "retention_choices", "retention_rules", "roles",
    "scim_clients", "scim_group_members", "scim_groups", "scim_users", "sign_in_directories", "sign_in_providers",
    "source_items", "sources", "templates", "unit_openings", "units", "usage_months", "volunteers", "web_sites",
})  # fmt: skip
ARCHIVED: Final = frozenset({
    "conversations", "files", "folders", "messages", "research_pieces", "researches", "template_styles",
    "template_versions", "turns", "web_snapshots", "work_pieces", "works",
})  # fmt: skip
JOURNAL: Final = frozenset({"journal_events", "journal_links", "journal_seals", "journal_pending"})
LEFT: Final = {
    "made again from documents": {
        "collection_statistics", "passage_terms", "passages", "term_statistics", "vector_models", "circles",
    },
    "of this machine, of a moment, or a door": {
        "disk_cleanings", "emergency_access", "idle_notices", "import_accounts", "import_persons", "import_units",
        "installation", "invitations", "journal_forwarding", "provider_sessions", "quota_holds", "sessions",
        "sign_in_attempts", "sign_in_flows", "sign_ins", "spent_tokens",
    },
    "stand-ins, that never leave": {"pseudonyms"},
    "fingerprints of what was destroyed": {"destroyed"},
    "a copy of public records": {"mirrored_works"},
}  # fmt: skip
_DOORS: Final = frozenset({"password_hash", "lease_token", "reading_token", "token"})
_AT_ONCE: Final = 500


def closed_columns(table: Table) -> list[str]:
    """Return the columns that do not leave: sealed, or a door."""
    return [one.name for one in table.columns if isinstance(one.type, LargeBinary) or one.name in _DOORS]


async def lines(connection: asyncpg.Connection, name: str) -> AsyncGenerator[str]:
    """Yield the rows of a table as JSON, one a line, in the order of their key; inside a transaction of the caller."""
    table = METADATA.tables[name]
    order = ", ".join(f'"{one.name}"' for one in table.primary_key.columns)
    query = f'SELECT (to_jsonb(t) - CAST($1 AS text[]))::text FROM public."{name}" t ORDER BY {order}'  # noqa: S608 (names of the schema)
    found: Any = connection.cursor(query, closed_columns(table), prefetch=_AT_ONCE)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    async for row in found:
        yield cast("str", row[0])
