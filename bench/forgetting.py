"""How long forgetting takes: a person with much to erase, the disk cleaned after it, a million messages whose time ends.

    python -m bench.forgetting [--messages 1000000] [--own 10000] [--documents 1000]

On an embedded PostgreSQL of its own, in a temporary folder, as durable as an installation's. Rows are made in bulk: sealed
values are random bytes of the usual length, since nobody reads them again; files are real blobs.
"""

import argparse
import asyncio
import contextlib
import json
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from chatelet.documents.files.store import FileBlobs, new_key
from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.identity import service as identity
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.storage import Storage
from chatelet.migrations import runner
from chatelet.privacy.certificates.certificate import decode
from chatelet.privacy.certificates.service import read
from chatelet.privacy.disk import cleaning
from chatelet.privacy.disk.cleaning import Patience
from chatelet.privacy.retention import expiry
from chatelet.privacy.rights import erasure, service
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings

_MESSAGES_EACH = 20  # of a conversation
# Identifiers made from the number of the row: in the present month, in order, each once.
_ID = """
(substr(partition_bound(date_trunc('month', now()) + make_interval(secs => n * 0.001))::text, 1, 14)
 || '7' || lpad(to_hex(CAST(:salt AS integer)), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid
"""
_SEED = (
    f"""
    INSERT INTO conversations (id, person_id, wrapped_key, title_sealed, level, created_at, updated_at)
    SELECT {_ID}, :person, gen_random_uuid()::text::bytea, gen_random_uuid()::text::bytea, 'internal', now(), now()
    FROM generate_series(1, CAST(:conversations AS integer)) AS n
    """,
    f"""
    INSERT INTO turns (id, conversation_id, person_id, question_id, answer_id, state, level, heartbeat_at, created_at)
    SELECT {_ID}, conversation, :person, {_ID}, {_ID}, 'answered', 'internal', now(), now()
    FROM (SELECT n, {_ID.replace("n * 0.001", "(n / 10 + 1) * 0.001").replace("to_hex(n)", "to_hex(n / 10 + 1)")}
          AS conversation FROM generate_series(0, CAST(:turns AS integer) - 1) AS n) AS made
    """,
    f"""
    INSERT INTO messages (id, conversation_id, turn_id, role, parts_version, parts_sealed, search_sealed)
    SELECT {_ID}, conversation, conversation, 'user', 1, CAST(:bytes AS bytea), CAST(:bytes AS bytea)
    FROM (SELECT n, {_ID.replace("n * 0.001", "(n / 20 + 1) * 0.001").replace("to_hex(n)", "to_hex(n / 20 + 1)")}
          AS conversation FROM generate_series(0, CAST(:messages AS integer) - 1) AS n) AS made
    """,
)

_A_TURN = (
    "SELECT name FROM persons WHERE id = :person",
    "UPDATE conversations SET updated_at = now() WHERE id ="
    " (SELECT id FROM conversations WHERE person_id = :person ORDER BY updated_at DESC LIMIT 1)",
    "INSERT INTO turns (id, conversation_id, person_id, question_id, answer_id, state, level, heartbeat_at, created_at)"
    " SELECT :id, id, :person, :id, :id, 'answered', 'internal', now(), now() FROM conversations"
    " WHERE person_id = :person ORDER BY updated_at DESC LIMIT 1",
)


async def main(messages: int, own: int, documents: int) -> None:
    """Measure, and print one JSON object."""
    with tempfile.TemporaryDirectory(prefix="chatelet-bench-") as name:
        folder = Path(name)
        await asyncio.to_thread(folder.chmod, 0o755)
        server = EmbeddedPostgres(folder / "data", durable=True)
        addresses = server.start()
        owner = Database(addresses.owner_url, pool_size=2)
        await runner.migrate(owner, application_role="chatelet_app", expect_data=False, snapshot=lambda _label: None)
        database = Database(addresses.application_url, pool_size=5)
        services = services_of(database, folder / "data")
        try:
            erased = await _erasure(services, own, documents)
            person = await _person(services, "emilie", 2, messages)
            cleaned = [await _cleaning(services, owner, person) for _ in range(2)]
            found = {"erasure": erased, "disk": cleaned, "expiry": await _expiry(services)}
        finally:
            await owner.close()
            await database.close()
            server.stop()
    print(json.dumps(found, indent=1))


def _busy(folder: Path) -> float:
    """Return the processor seconds of this process and of its PostgreSQL: what counts on a machine that does other things."""
    mine, total = str(os.getpid()), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.parent.name == mine or (stat.parent / "cwd").readlink().is_relative_to(folder):
                total += sum(int(one) for one in stat.read_text().rpartition(")")[2].split()[11:13])
    return total / os.sysconf("SC_CLK_TCK")


def services_of(database: Database, folder: Path) -> PrivacyServices:
    settings = Settings(data_dir=folder)
    documents = DocumentServices(
        database=database,
        keyring=Keyring(bytes(32)),
        storage=Storage(settings.storage, folder),
        settings=settings,
        reader=None,  # pyright: ignore[reportArgumentType] (nothing is read)
    )
    return privacy_of(settings, database, documents)


async def _person(services: PrivacyServices, name: str, salt: int, messages: int) -> UUID:
    async with services.database.transaction() as session:
        person = await identity.create_person(
            session, email=f"{name}@exemple.fr", name=name, password="Les comètes reviennent", is_administrator=False
        )
    values = {
        "person": person, "salt": salt, "conversations": messages // _MESSAGES_EACH + 1, "turns": messages // 2,
        "messages": messages, "bytes": os.urandom(300),
    }  # fmt: skip
    for statement in _SEED:
        names = {one: value for one, value in values.items() if f":{one}" in statement}
        async with services.database.transaction() as session:
            await session.execute(text(statement), names)
    return person


async def _erasure(services: PrivacyServices, messages: int, documents: int) -> dict[str, object]:
    person = await _person(services, "ada", 1, messages)
    await _documents(services, person, documents)
    async with services.database.transaction() as session:
        request = (await service.begin_erasure(session, person, "self")).id
    began, busy = time.perf_counter(), _busy(services.settings.data_dir)
    certificate = await erasure.erase(services, request)
    taken = {
        "seconds": round(time.perf_counter() - began, 2),
        "processor_seconds": round(_busy(services.settings.data_dir) - busy, 2),
    }
    return {**taken, "destroyed": await _told(services, certificate)}


async def _documents(services: PrivacyServices, person: UUID, count: int) -> None:
    collection = uuid7()
    async with services.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO collections (id, person_id, name, sort_name, level, created_at)"
                " VALUES (:id, :person, 'Notes', 'notes', 'internal', now())"
            ),
            {"id": collection, "person": person},
        )
    for number in range(count):
        await _document(services, person, collection, number)


async def _document(services: PrivacyServices, person: UUID, collection: UUID, number: int) -> None:
    document, version, file = uuid7(), uuid7(), uuid7()
    _key, wrapped = new_key(services.keyring, file)
    blobs = FileBlobs(services.storage, services.keyring, file, wrapped)
    await blobs.put_part(0, os.urandom(20_000))
    await blobs.put_image(1, 200, os.urandom(5_000))
    values = {
        "document": document, "version": version, "file": file, "person": person, "collection": collection,
        "wrapped": wrapped, "name": blobs.seal_name("note.txt"), "title": f"note-{number}",
    }  # fmt: skip
    statements = (
        "INSERT INTO files (id, person_id, holder_kind, holder_id, wrapped_key, name_sealed, size_bytes, level, state,"
        " created_at) VALUES (:file, :person, 'document', :document, :wrapped, :name, 20000, 'internal', 'read', now())",
        "INSERT INTO documents (id, collection_id, version_id, name, sort_name, created_at, updated_at)"
        " VALUES (:document, :collection, :version, :title, :title, now(), now())",
        "INSERT INTO document_versions (id, document_id, file_id, number, state, created_at)"
        " VALUES (:version, :document, :file, 1, 'indexed', now())",
        "INSERT INTO passages (id, collection_id, document_id, version_id, ordinal, starts, ends, language, title,"
        " headings, text) SELECT gen_random_uuid(), :collection, :document, :version, n, 0, 5, 'fr', :title, '{}',"
        " repeat('mot ', 200) FROM generate_series(1, 10) AS n",
    )
    async with services.database.transaction() as session:
        for statement in statements:
            await session.execute(text(statement), {one: got for one, got in values.items() if f":{one}" in statement})


async def _cleaning(services: PrivacyServices, owner: Database, person: UUID) -> dict[str, object]:
    """Clean the disk, while a transaction that touches what a turn touches is made each 20 ms."""
    waits: list[float] = []
    working = asyncio.create_task(_work(services.database, person, waits))
    began, busy = time.perf_counter(), _busy(services.settings.data_dir)
    done = await cleaning.clean(owner, Patience(table=20))
    taken = {
        "seconds": round(time.perf_counter() - began, 2),
        "processor_seconds": round(_busy(services.settings.data_dir) - busy, 2),
    }
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    waits.sort()
    waited = {"median": round(waits[len(waits) // 2], 3), "longest": round(waits[-1], 3), "transactions": len(waits)}
    rewritten = {"tables": done.rewritten, "megabytes": done.bytes // 2**20, "log_files": done.segments}
    return {**taken, **rewritten, "left": done.left_over, "waits_seconds": waited}


async def _work(database: Database, person: UUID, waits: list[float]) -> None:
    while True:
        began, identifier = time.perf_counter(), uuid7()
        async with database.transaction() as session:
            for statement in _A_TURN:
                given = {"person": person, "id": identifier}
                await session.execute(
                    text(statement), {one: got for one, got in given.items() if f":{one}" in statement}
                )
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)


async def _expiry(services: PrivacyServices) -> dict[str, object]:
    later = clock.now() + timedelta(days=400)
    clock.now = lambda: later
    began, busy = time.perf_counter(), _busy(services.settings.data_dir)
    certificate = await expiry.run(services)
    taken = {
        "seconds": round(time.perf_counter() - began, 2),
        "processor_seconds": round(_busy(services.settings.data_dir) - busy, 2),
    }
    return {**taken, "destroyed": await _told(services, certificate)}


async def _told(services: PrivacyServices, certificate: UUID | None) -> object:
    assert certificate is not None
    async with services.database.transaction() as session:
        row = await read(session, certificate)
    gone = decode(row.document.encode()).certificate.destroyed
    return {"rows": gone.rows, "keys": gone.keys, "blobs": gone.blobs, "partitions": list(gone.partitions)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--own", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=1_000)
    given = parser.parse_args()
    asyncio.run(main(given.messages, given.own, given.documents))
