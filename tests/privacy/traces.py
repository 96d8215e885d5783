"""A row of a person in every table of personal data, and the search for what is left of them, as text and as bytes.

Sealed columns are given words in clear, which the search would find: what is sought is whether the row leaves.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, text

from chatelet.identity import throttle
from chatelet.identity.principal import Principal
from chatelet.kernel.identifiers import uuid7
from chatelet.migrations.tables import METADATA
from chatelet.privacy.services import PrivacyServices

# Claimed, and naming nobody: nothing of a person could be found there.
NAMING_NOBODY: Final = {
    "journal_links": "digests of events",
    "journal_pending": "identifiers of events, gone once they are chained",
    "journal_seals": "signatures",
}
# What may still hold an identifier, though no table says any more whose or what it was.
BARE: Final = {
    "journal_events": "evidence, kept for its own retention (docs/adr/0026)",
    "content_readings": "which conversation officers asked to read: their deed stays to be answered for",
    "content_openings": "which conversation officers opened: their deed stays to be answered for",
}
_NAMES_OF_PERSONS: Final = frozenset({"person_id", "subject_id", "actor", "acting_for"})
_COLUMNS: Final = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname
"""
_OWN: Final = ("work", "research", "template", "glossary", "key", "session", "volunteer", "reading", "act", "turn")
_OTHERS: Final = (
    "unit",
    "role",
    "provider",
    "client",
    "group",
    "cohort",
    "charter",
    "base",
    "paper",
    "file",
    "version",
    "place",
)
_OF_OTHERS: Final = (
    "INSERT INTO units (id, path, code, name, sort_name, kind, created_at)"
    " VALUES (CAST(:unit AS uuid), ARRAY[CAST(:unit AS uuid)], 'labo', 'Labo', 'labo', 'other', now())",
    "INSERT INTO roles (id, code, name_fr, name_en, rights, is_default, is_builtin, created_at, updated_at)"
    " VALUES (:role, 'essai', 'Essai', 'Trial', '{}', false, false, now(), now())",
    "INSERT INTO sign_in_providers (id, code, name_fr, name_en, issuer, client_id, scopes, other_origins, enabled,"
    " creates_persons, language, sign_out, position, created_at, updated_at) VALUES (:provider, 'idp', 'I', 'I', 'i',"
    " 'c', '{}', '{}', true, true, 'fr', 'ask', 0, now(), now())",
    "INSERT INTO scim_clients (id, name, issuer, subject_from, token_hash, created_at)"
    " VALUES (:client, 'Annuaire', 'i', 'user_name', 'hash', now())",
    "INSERT INTO scim_groups (id, client_id, display_name, group_key, version, created_at, last_modified)"
    " VALUES (:group, :client, 'Groupe', 'groupe', 1, now(), now())",
    "INSERT INTO cohorts (id, name, capacity, opens_on, closes_on, state, created_at, created_by)"
    " VALUES (:cohort, 'Vague', 10, current_date, current_date, 'open', now(), :person)",
    "INSERT INTO charters (id, version, language, text, hash, published_at, published_by)"
    " VALUES (:charter, 1, 'fr', 'Charte', 'hash', now(), :person)",
    "INSERT INTO unit_openings (unit_id, opens_on, made_by, created_at) VALUES (:unit, current_date, :person, now())",
    "INSERT INTO places (id, unit_id, name, declared, created_by, created_at, updated_at, rights_required)"
    " VALUES (:place, :unit, 'Lieu', '{}', :person, now(), now(), false)",
    "INSERT INTO web_sites (id, unit_id, pattern, tier, created_by, created_at)"
    " VALUES (gen_random_uuid(), :unit, 'exemple.fr', 'official', :person, now())",
    "INSERT INTO policy_versions (id, number, state, rules, sha256, written_by, written_at, published_by, published_at)"
    " VALUES (gen_random_uuid(), 1001, 'replaced', '{}', 'hash', :person, now(), :person, now())",
    "INSERT INTO governance_files (id, number, made_at, made_by, sha256, facts)"
    " VALUES (gen_random_uuid(), 1001, now(), :person, 'hash', '{}')",
    # what they decided of somebody else
    "INSERT INTO content_readings (id, subject_id, conversation_id, reason, state, requested_by, requested_at, ends_at)"
    " VALUES (gen_random_uuid(), :other, gen_random_uuid(), 'absence', 'asked', :person, now(), now())",
    "INSERT INTO content_readings (id, subject_id, conversation_id, reason, state, decided_by, requested_at, ends_at)"
    " VALUES (gen_random_uuid(), :other, gen_random_uuid(), 'absence', 'ended', :person, now(), now())",
    "INSERT INTO privacy_requests (id, person_id, kind, state, origin, reference, made_at, due_at, closed_by)"
    " VALUES (gen_random_uuid(), :other, 'objection', 'done', 'self', gen_random_uuid(), now(), now(), :person)",
    "INSERT INTO reports (id, person_id, kind, about, words_sealed, state, decided_by, created_at)"
    " VALUES (gen_random_uuid(), :other, 'contest', 'model', '\\x00', 'upheld', :person, now())",
)
_OF_THE_PERSON: Final = (
    # conversations
    "INSERT INTO web_snapshots (id, conversation_id, turn_id, sealed, created_at)"
    " VALUES (gen_random_uuid(), :conversation, :turn, :sealed, now())",
    "INSERT INTO pseudonyms (conversation_id, ledger_sealed) VALUES (:conversation, :sealed)",
    # writing
    "INSERT INTO works (id, person_id, kind, state, level, wrapped_key, asked_sealed, created_at, touched_at,"
    " expires_at) VALUES (:work, :person, 'rewrite', 'done', 'internal', 'key', :sealed, now(), now(), now())",
    "INSERT INTO work_pieces (work_id, id, segments, sealed) VALUES (:work, gen_random_uuid(), 1, :sealed)",
    "INSERT INTO glossaries (id, kind, source, target, person_id, lines, wrapped_key, name_sealed, lines_sealed,"
    " created_at, updated_at) VALUES (:glossary, 'terms', 'fr', 'en', :person, 1, 'key', :sealed, :sealed, now(), now())",
    "INSERT INTO templates (id, person_id, version, wrapped_key, created_at, updated_at)"
    " VALUES (:template, :person, 1, 'key', now(), now())",
    "INSERT INTO template_versions (template_id, number, sealed, created_at) VALUES (:template, 1, :sealed, now())",
    "INSERT INTO template_styles (id, template_id, kind, name_sealed, sealed)"
    " VALUES (gen_random_uuid(), :template, 'odt', :sealed, :sealed)",
    # researches
    "INSERT INTO researches (id, person_id, state, level, wrapped_key, asked_sealed, most_steps, most_seconds,"
    " most_tokens, created_at, touched_at, expires_at) VALUES (:research, :person, 'done', 'internal', 'key', :sealed,"
    " 1, 1, 1, now(), now(), now())",
    "INSERT INTO research_pieces (id, research_id, kind, name, sealed, created_at)"
    " VALUES (gen_random_uuid(), :research, 'notes', :word, :sealed, now())",
    # policy
    "INSERT INTO quota_counters VALUES (:person, '', 'day', current_date, 1, 1, 1, 1),"
    " (:key, '', 'day', current_date, 1, 1, 1, 1)",
    "INSERT INTO quota_holds VALUES (gen_random_uuid(), :person, '[]', '{}', now())",
    "INSERT INTO quota_rules (id, holder, person_id, measure, period, amount, mode, created_at, updated_at)"
    " VALUES (gen_random_uuid(), 'each_person', :person, 'requests', 'day', 1, 'hard', now(), now())",
    "INSERT INTO quota_rules (id, holder, key_id, measure, period, amount, mode, created_at, updated_at)"
    " VALUES (gen_random_uuid(), 'key', :key, 'requests', 'day', 1, 'hard', now(), now())",
    "INSERT INTO retention_rules (id, kind, days, version, set_by, set_at)"
    " VALUES (gen_random_uuid(), 'conversations', 100, 1, :person, now())",
    # inference
    "INSERT INTO model_usage (id, person_id, model_id, backend, purpose, prompt_tokens, completion_tokens, estimated,"
    " created_at) VALUES (gen_random_uuid(), :person, 'm', 'b', 'turn', 1, 1, false, now())",
    # privacy
    "INSERT INTO content_readings (id, subject_id, conversation_id, reason, state, words_sealed, requested_at, ends_at,"
    " told_at) VALUES (:reading, :person, :conversation, 'absence', 'ended', :sealed, now(), now(), now())",
    "INSERT INTO content_openings (id, reading_id, conversation_id, opened_at)"
    " VALUES (gen_random_uuid(), :reading, :conversation, now())",
    "INSERT INTO reports (id, person_id, kind, about, conversation_id, turn_id, words_sealed, state, created_at)"
    " VALUES (gen_random_uuid(), :person, 'contest', 'model', :conversation, :turn, :sealed, 'open', now())",
    # adoption
    "INSERT INTO charter_acceptances (person_id, charter_id, hash, language, accepted_at)"
    " VALUES (:person, :charter, 'hash', 'fr', now())",
    "INSERT INTO volunteers (id, email, name, unit_told, uses, language, state, cohort_id, person_id, registered_at)"
    " VALUES (:volunteer, :email, :word, '', :word, 'fr', 'activated', :cohort, :person, now())",
    "INSERT INTO mailings (id, volunteer_id, kind, asked_at) VALUES (gen_random_uuid(), :volunteer, 'reminder', now())",
    # identity
    "INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)"
    " VALUES (:person, :unit, true, 'page', now())",
    "INSERT INTO grants (id, person_id, role_id, source, granted_by, created_at)"
    " VALUES (gen_random_uuid(), :person, :role, 'page', :person, now())",
    "INSERT INTO grants (id, person_id, role_id, source, granted_by, created_at)"
    " VALUES (gen_random_uuid(), :other, :role, 'page', :person, now())",
    "INSERT INTO invitations (id, email, name, is_administrator, token_hash, made_by, created_at, expires_at)"
    " VALUES (gen_random_uuid(), :email, :word, false, 'one', NULL, now(), now()),"
    " (gen_random_uuid(), 'autre@exemple.fr', 'Autre', false, 'two', :person, now(), now())",
    "INSERT INTO sign_in_attempts (key, account_hash, level, charged_at) VALUES ('key', :account, 1, now())",
    "INSERT INTO provider_sessions (session_id, provider_id, id_token_sealed) VALUES (:session, :provider, :sealed)",
    "INSERT INTO sign_ins (id, provider_id, person_id, outcome, details_sealed, created_at)"
    " VALUES (gen_random_uuid(), :provider, :person, 'signed_in', :sealed, now())",
    "INSERT INTO api_keys (id, person_id, name, prefix, secret_hash, routes, origins, addresses, created_at, expires_at)"
    " VALUES (:key, :person, :word, 'prefix', 'hash', '{}', '{}', '{}', now(), now())",
    "INSERT INTO scim_users (client_id, person_id, user_name, user_key, emails, active, stopped, version, created_at,"
    " last_modified) VALUES (:client, :person, :word, :word, '[]', true, false, 1, now(), now())",
    "INSERT INTO scim_group_members (group_id, person_id) VALUES (:group, :person)",
    "INSERT INTO emergency_access (id, person_id, armed_at) VALUES (1, :person, now())",
    "INSERT INTO person_acts (id, made_by, kind, is_main, state, stop_asked, total, done, refused, undone, kept,"
    " left_out, created_at) VALUES (:act, :person, 'disable', false, 'done', false, 1, 1, 0, 0, 0, '{}', now())",
    "INSERT INTO person_act_lines (act_id, person_id, result) VALUES (:act, :person, 'done')",
    # knowledge: in a base of the unit, which outlives them
    "INSERT INTO collections (id, unit_id, name, sort_name, level, created_by, created_at)"
    " VALUES (:base, :unit, 'Base', 'base', 'internal', :person, now())",
    "INSERT INTO collection_grants (id, collection_id, person_id, part, granted_by, created_at)"
    " VALUES (gen_random_uuid(), :base, :person, 'reader', :person, now()),"
    " (gen_random_uuid(), :base, :other, 'reader', :person, now())",
    "INSERT INTO circles (id, collection_id, digest, readers) VALUES (gen_random_uuid(), :base, 'digest', :readers)",
    "INSERT INTO documents (id, collection_id, version_id, name, sort_name, created_by, created_at, updated_at)"
    " VALUES (:paper, :base, :version, 'Note', 'note', :person, now(), now())",
    "INSERT INTO files (id, person_id, holder_kind, holder_id, wrapped_key, name_sealed, size_bytes, received_bytes,"
    " level, state, step, created_at) VALUES (:file, :person, 'document', :paper, 'key', 'name', 1, 1, 'internal',"
    " 'read', 'done', now())",
    "INSERT INTO document_versions (id, document_id, file_id, number, state, created_by, created_at)"
    " VALUES (:version, :paper, :file, 1, 'indexed', :person, now())",
    "INSERT INTO sources (id, collection_id, place_id, path, folder, follows_rights, cadence, paused, state, created_by,"
    " created_at) VALUES (gen_random_uuid(), :base, :place, '', '', false, '{}', false, 'done', :person, now())",
    "INSERT INTO papers (id, collection_id, document_id, names, record, state, created_by, created_at)"
    " VALUES (gen_random_uuid(), :base, :paper, '{}', '{}', 'none', :person, now())",
)


def columns_naming_persons() -> set[str]:
    """Return every `table.column` that refers to a person: by a foreign key, or by its name where there is none."""
    return {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, Uuid)
        and (
            any(key.target_fullname == "persons.id" for key in column.foreign_keys)
            or column.name in _NAMES_OF_PERSONS
            or column.name.endswith("_by")
        )
    }


async def columns_holding(services: PrivacyServices, person_id: UUID) -> set[str]:
    """Return those of them that hold a person's identifier in some row."""
    held: set[str] = set()
    async with services.database.transaction() as session:
        for place in columns_naming_persons():
            table, column = place.split(".")
            if await session.scalar(
                text(f"SELECT 1 FROM {table} WHERE {column} = :person LIMIT 1"), {"person": person_id}
            ):
                held.add(place)
    return held


def claimed() -> set[str]:
    """Return every table that a domain claims as personal data."""
    import chatelet

    paths = Path(chatelet.__file__).parent.glob("*/personal_data.py")
    domains = {path.parent.name for path in paths} - {"kernel"}
    return {table for domain in domains for table in import_module(f"chatelet.{domain}.personal_data").TABLES}


async def leave(
    services: PrivacyServices, who: Principal, other: Principal, word: str, conversation: object
) -> list[str]:
    """Write the rows of `who`, whose name and address hold `word`; return the identifiers of what is theirs alone."""
    values: dict[str, object] = {name: uuid7() for name in (*_OWN, *_OTHERS)}
    values |= {"person": who.person_id, "other": other.person_id, "session": who.session_id, "email": who.email}
    values |= {"word": word, "sealed": word.encode(), "conversation": conversation}
    values["readers"] = [f"person:{who.email}", f"person:{other.email}"]
    values["account"] = throttle.account_hash(who.person_id)
    async with services.database.transaction() as session:
        for statement in (*_OF_OTHERS, *_OF_THE_PERSON):
            names = set(re.findall(r"(?<!:):([a-z]+)", statement))
            await session.execute(text(statement), {name: values[name] for name in names})
    return [str(values[name]) for name in _OWN] + [throttle.account_hash(who.person_id).hex()]


async def search(services: PrivacyServices, sought: list[str]) -> Mapping[str, set[str]]:
    """Return what of `sought` each table or file of the data folder holds, in any column, as text or as bytes."""
    forms = {form: one for one in sought for form in (one.lower(), one.encode().hex(), one.replace("-", "").lower())}
    pattern = "|".join(sorted(forms))
    found: dict[str, set[str]] = {}
    async with services.database.transaction() as session:
        tables = [(str(table), list(columns)) for table, columns in await session.execute(text(_COLUMNS))]
        for table, columns in tables:
            whole = " || ' ' || ".join(f"coalesce(lower(\"{column}\"::text), '')" for column in columns)
            lines = await session.scalars(
                text(f'SELECT {whole} FROM "{table}" WHERE {whole} ~ :sought'), {"sought": pattern}
            )
            for line in lines:
                found.setdefault(table, set()).update(one for form, one in forms.items() if form in line)
    for path in Path(services.settings.data_dir).rglob("*"):
        held = {one for one in sought if path.is_file() and one.encode() in path.read_bytes()}
        if held:
            found[str(path)] = held
    return found
