"""Fills an installation: many persons with a little history in SQL, one person with a long history, sealed for real.

The filling's sealed values are random bytes of the right length: only their number and size matter to the database, and
nobody opens them. What is measured afterwards belongs to the one person, and opens.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from bench.installation import Installation, Person
from chatelet.conversations import content
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.parts import VERSION, TextPart
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.keys import load_key

COMMON, RARE, ABSENT = "lumière", "palimpseste", "zygomatique"
_RARE_IN: Final = 3
_QUESTION_WORDS: Final = 20
_ANSWER_WORDS: Final = 120
_VOCABULARY: Final = (
    "la le une des décision service agent projet lumière règlement délai courrier réunion budget texte note article "
    "procédure demande réponse dossier marché public comité avis rapport direction bureau équipe calendrier formation "
    "compte rendu synthèse tableau modèle question analyse mesure période chapitre annexe convention subvention usager"
).split()

_FILL_PERSONS: Final = """
INSERT INTO persons (id, email, name, language, state, issuer, subject, sort_name, search_vector,
                     created_at)
SELECT gen_random_uuid(), 'p' || n || '@exemple.fr', name, 'fr', 'active', 'local', 'p' || n, lower(name),
       to_tsvector('simple', lower(name) || ' p' || n || ' exemple fr'), now() - n * interval '1 minute'
FROM (SELECT n, (ARRAY['Ada','Émilie','Blaise','Sophie','René','Marie','Pierre','Hypatie','Évariste','Irène'])
                [1 + n % 10] || ' ' || initcap(substr(md5(n::text), 1, 8)) AS name
      FROM generate_series(1, $1::int) AS n) AS named
"""
_FILL_SESSIONS: Final = """
INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, idle_minutes, expires_at)
SELECT uuidv7(), id, sha256(id::text::bytea), now(), now(), 240, now() + interval '12 hours' FROM persons
"""
# One institution, 50 directorates, 2,000 laboratories; everybody in one of these.
_FILL_UNITS: Final = (
    """
    CREATE TEMPORARY TABLE seeded AS SELECT n, gen_random_uuid() AS id FROM generate_series(0, 2050) AS n
    """,
    """
    INSERT INTO units (id, parent_id, path, code, name, sort_name, kind, created_at)
    SELECT seeded.id, above.id, array_remove(ARRAY[CASE WHEN above.n > 0 THEN root.id END, above.id, seeded.id], NULL),
           'U' || seeded.n, 'Unité ' || seeded.n, 'unite ' || seeded.n, '', now()
    FROM seeded LEFT JOIN seeded AS above ON above.n = CASE WHEN seeded.n > 50 THEN 1 + seeded.n % 50
                                                            WHEN seeded.n > 0 THEN 0 END
    CROSS JOIN (SELECT id FROM seeded WHERE n = 0) AS root
    """,
    """
    INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
    SELECT persons.id, seeded.id, true, 'page', now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM persons) AS persons
    JOIN seeded ON seeded.n = 51 + persons.n % 2000
    """,
)
# Somebody who manages the persons of one directorate.
DELEGATE: Final = """
INSERT INTO grants (id, person_id, role_id, unit_id, source, created_at)
SELECT gen_random_uuid(), $1, roles.id, units.id, 'page', now() FROM roles, units
WHERE roles.code = 'administrator' AND units.code = 'U7'
"""
_FILLING: Final = """
CREATE TEMPORARY TABLE filling AS
SELECT uuidv7() AS conversation, uuidv7() AS turn, uuidv7() AS question, uuidv7() AS answer, persons.id AS person,
       now() - n * interval '1 day' AS moment
FROM persons, generate_series(1, $1::int) AS n
WHERE persons.sort_name <> 'mesure'
"""
_FILL_ROWS: Final = (
    """
    INSERT INTO conversations (id, person_id, wrapped_key, title_sealed, titled_by, level, head_turn_id, created_at,
                               updated_at)
    SELECT conversation, person, substr(junk, 1, 61), substr(junk, 1, 70), 'model', 'internal', turn, moment, moment
    FROM filling, LATERAL (SELECT decode(repeat(md5(conversation::text), 5), 'hex') AS junk) AS made
    """,
    """
    INSERT INTO turns (id, conversation_id, person_id, question_id, answer_id, state, level, model_id, model_name, zone,
                       heartbeat_at, prompt_tokens, completion_tokens, created_at, closed_at)
    SELECT turn, conversation, person, question, answer, 'answered', 'internal', 'scripted', 'scripted',
           '{"name": "local", "country": "FR", "operator": "institution", "legal_reach": "FR"}', moment, 200, 200,
           moment, moment
    FROM filling
    """,
    """
    INSERT INTO messages (id, conversation_id, turn_id, role, parts_version, parts_sealed, search_sealed)
    SELECT id, conversation, turn, role, 1, decode(repeat(md5(id::text), size), 'hex'),
           decode(repeat(md5(id::text), size), 'hex')
    FROM filling, LATERAL (VALUES (question, 'user', 10), (answer, 'assistant', 50)) AS message (id, role, size)
    """,
)
# Bases of 150,000 passages at most, documents of 15: rows as indexing leaves them, words of a small vocabulary.
_FILL_PASSAGES: Final = (
    """
    CREATE TEMPORARY TABLE shelved AS
    SELECT n, n / 10000 AS base, uuidv7() AS document, uuidv7() AS version, uuidv7() AS file
    FROM generate_series(0, $1::int / 15) AS n
    """,
    """
    CREATE TEMPORARY TABLE shelves AS
    SELECT base, uuidv7() AS collection, (SELECT id FROM persons ORDER BY id LIMIT 1) AS owner
    FROM (SELECT DISTINCT base FROM shelved) AS bases
    """,
    """
    INSERT INTO collections (id, person_id, name, sort_name, level, created_at)
    SELECT collection, owner, 'Base ' || base, 'base ' || base, 'internal', now() FROM shelves
    """,
    """
    INSERT INTO files (id, person_id, holder_kind, holder_id, wrapped_key, name_sealed, size_bytes, level, state, created_at)
    SELECT file, owner, 'document', document, decode(repeat(md5(file::text), 4), 'hex'),
           decode(repeat(md5(file::text), 3), 'hex'), 20000, 'internal', 'read', now()
    FROM shelved JOIN shelves USING (base)
    """,
    """
    INSERT INTO documents (id, collection_id, version_id, name, sort_name, created_at, updated_at)
    SELECT document, collection, version, 'note-' || n, 'note-' || n, now(), now() FROM shelved JOIN shelves USING (base)
    """,
    """
    INSERT INTO document_versions (id, document_id, file_id, number, state, created_at)
    SELECT version, document, file, 1, 'indexed', now() FROM shelved
    """,
    """
    INSERT INTO passages (id, collection_id, document_id, version_id, ordinal, starts, ends, language, title, headings, text)
    SELECT gen_random_uuid(), collection, document, version, place, 0, 5, 'fr', 'note-' || n, '{}',
           repeat(md5(document::text || place) || ' décision service ', 15)
    FROM shelved JOIN shelves USING (base), generate_series(1, 15) AS place
    """,
)
_ZONE: Final = '{"name": "local", "country": "FR", "operator": "institution", "legal_reach": "FR"}'


async def fill(service: Installation, persons: int, conversations_each: int) -> None:
    """Add `persons`, each with a session and a few conversations of one turn."""
    connection = await service.connect("chatelet_owner")
    try:
        await connection.execute(_FILL_PERSONS, persons, timeout=600)
        for statement in _FILL_UNITS:
            await connection.execute(statement, timeout=600)
        await connection.execute(_FILL_SESSIONS, timeout=600)
        await connection.execute(_FILLING, conversations_each, timeout=600)
        for statement in _FILL_ROWS:
            await connection.execute(statement, timeout=1_200)
        await connection.execute("ANALYZE", timeout=600)
    finally:
        await connection.close()


async def add_persons(service: Installation, persons: int) -> None:
    """Add persons beyond those of `fill`, without units nor sessions."""
    connection = await service.connect("chatelet_owner")
    try:
        await connection.execute(_FILL_PERSONS.replace("'p' || n", "'q' || n"), persons, timeout=1_200)
    finally:
        await connection.close()


async def settle(service: Installation) -> None:
    """Have PostgreSQL do now what it would do beside the measurements: vacuum, and write what is dirty."""
    connection = await service.connect("postgres")
    try:
        await connection.execute("VACUUM ANALYZE", timeout=1_800)
        await connection.execute("CHECKPOINT", timeout=600)
    finally:
        await connection.close()


async def fill_passages(service: Installation, passages: int) -> None:
    """Add so many passages, in documents of 15, in bases of 10,000 documents; their vectors are not made."""
    connection = await service.connect("chatelet_owner")
    try:
        await connection.execute(_FILL_PASSAGES[0], passages, timeout=600)
        for statement in _FILL_PASSAGES[1:]:
            await connection.execute(statement, timeout=1_200)
        await connection.execute("ANALYZE", timeout=600)
    finally:
        await connection.close()


async def grow(service: Installation, conversations_each: int) -> None:
    """Add conversations of one turn to each person there is."""
    connection = await service.connect("chatelet_owner")
    try:
        await connection.execute(_FILLING, conversations_each, timeout=1_200)
        for statement in _FILL_ROWS:
            await connection.execute(statement, timeout=3_600)
        await connection.execute("ANALYZE", timeout=1_200)
    finally:
        await connection.close()


class History:
    """Conversations of one person, written as the service writes them."""

    def __init__(self, service: Installation, person: Person) -> None:
        self._service = service
        self._person = person
        self._keyring = Keyring(load_key(None, service.data_dir, "key-encryption.key"))
        self._random = random.Random(1759)
        self._rows: dict[str, list[tuple[object, ...]]] = {"conversations": [], "turns": [], "messages": []}

    def add(self, turns: int, *, age: timedelta, rare: bool = False) -> UUID:
        """Prepare a conversation of `turns` questions and answers."""
        conversation = uuid7()
        key, wrapped = content.new_key(self._keyring, conversation)
        moment = datetime.now(UTC) - age
        parent: UUID | None = None
        for _ in range(turns):
            parent = self._add_turn(key, conversation, parent, moment, rare=rare)
        title = key.seal_text("title", conversation, self._words(6))
        self._rows["conversations"].append(
            (conversation, self._person.id, wrapped, title, "model", "internal", parent, moment, moment)
        )
        return conversation

    def _add_turn(
        self, key: ConversationKey, conversation: UUID, parent: UUID | None, moment: datetime, *, rare: bool
    ) -> UUID:
        turn, question, answer = uuid7(), uuid7(), uuid7()
        state = ("answered", "internal", "scripted", "scripted", _ZONE, moment, 200, 200, moment, moment)
        self._rows["turns"].append((turn, conversation, self._person.id, parent, question, answer, *state))
        self._add_message(key, conversation, turn, question, "user", self._words(_QUESTION_WORDS))
        text = self._words(_ANSWER_WORDS) + (f" {RARE}" if rare else "")
        self._add_message(key, conversation, turn, answer, "assistant", text)
        return turn

    def _add_message(
        self, key: ConversationKey, conversation: UUID, turn: UUID, message: UUID, role: str, text: str
    ) -> None:
        sealed, search = key.seal_parts(message, [TextPart(text)])
        self._rows["messages"].append((message, conversation, turn, role, VERSION, sealed, search))

    def _words(self, count: int) -> str:
        return " ".join(self._random.choices(_VOCABULARY, k=count))

    async def write(self) -> None:
        """Write what was prepared."""
        connection = await self._service.connect("chatelet_owner")
        try:
            for table, rows in self._rows.items():
                await connection.copy_records_to_table(table, records=rows, columns=_COLUMNS[table])
            await connection.execute("ANALYZE conversations, turns, messages")
        finally:
            await connection.close()


_COLUMNS: Final = {
    "conversations": [
        "id", "person_id", "wrapped_key", "title_sealed", "titled_by", "level", "head_turn_id", "created_at",
        "updated_at",
    ],
    "turns": [
        "id", "conversation_id", "person_id", "parent_id", "question_id", "answer_id", "state", "level", "model_id", "model_name",
        "zone", "heartbeat_at", "prompt_tokens", "completion_tokens", "created_at", "closed_at",
    ],
    "messages": ["id", "conversation_id", "turn_id", "role", "parts_version", "parts_sealed", "search_sealed"],
}  # fmt: skip


def write_history(service: Installation, person: Person, conversations: int, turns: int) -> History:
    """Prepare an ordinary history: `conversations` of `turns` turns, a few of which hold the rare word."""
    history = History(service, person)
    for number in range(conversations):
        history.add(turns, age=timedelta(hours=number), rare=conversations - number <= _RARE_IN)
    return history
