"""Erase me: then a forensic search of every byte of the data folder finds none of my words, once the disk was cleaned.

What is looked for: pieces of seven letters of three unusual words, as UTF-8, UTF-16, hexadecimal and the three base64.
In a row that PostgreSQL compressed (pglz), letters seen for the first time stand in clear, eight between two bytes of
control: seven in a row are always found. Words sealed by a key cannot be found: their keys' bytes are looked for instead.
"""

import asyncio
import base64
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
from sqlalchemy import text

from chatelet.documents.services import DocumentServices
from chatelet.holdings import privacy_of
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Rights
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import owner_address
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.storage import Storage
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings
from tests.fakes.model_server import ModelServer
from tests.journeys.files import send, until_read
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.test_backups import checked, run
from tests.journeys.test_collections import base_with
from tests.journeys.visitor import Visitor
from tests.privacy import traces

NAME, WORD, LONG = "qvexdomirabzu", "jwykuphorblexi", "zgovnathiquelm"
_PIECE = 7
_TABLES_KEYED = ("conversations", "files", "works", "researches", "glossaries", "templates")


def pieces() -> dict[bytes, str]:
    """Return every form sought, with its word."""
    found: dict[bytes, str] = {}
    for word in (NAME, WORD, LONG):
        for start in range(len(word) - _PIECE + 1):
            piece = word[start : start + _PIECE].encode()
            found[piece] = word
            found[piece.decode().encode("utf-16-le")] = word
            found[piece.hex().encode()] = word
        for shift in range(3):  # in the middle of a base64: what does not depend on its neighbours
            held = base64.b64encode(bytes(shift) + word.encode())[4 if shift else 0 : -4]
            found[held[:12]] = word
    return found


def search(folder: Path, sought: dict[bytes, str]) -> dict[str, set[str]]:
    """Return what each file holds, by its path."""
    pattern = re.compile(b"|".join(re.escape(one) for one in sorted(sought, key=len, reverse=True)))
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            held = {sought[match] for match in set(pattern.findall(path.read_bytes()))}
            if held:
                found[str(path.relative_to(folder))] = held
    return found


async def _services(service: Service, database: Database) -> PrivacyServices:
    settings = Settings(data_dir=service.data_dir)
    keyring = Keyring(load_key(None, service.data_dir, KEY_NAME))
    storage = Storage(settings.storage, service.data_dir)
    documents = DocumentServices(database, keyring, storage, settings, reader=None)  # type: ignore[arg-type] # nothing is read
    return await asyncio.to_thread(privacy_of, settings, database, documents)


async def _principal(database: Database, email: str) -> Principal:
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT id, name FROM persons WHERE email = :email"), {"email": email})).one()
        opened = await session.scalar(text("SELECT id FROM sessions WHERE person_id = :id LIMIT 1"), {"id": row[0]})
    rights = Rights(frozenset(), {})
    return Principal(row[0], UUID(str(opened)), rights, frozenset(), "fr", row[1], email, clock.now())


async def _keys(database: Database, person: UUID) -> list[bytes]:
    """Return the wrapped keys of what is a person's, as they stand in rows."""
    found: list[bytes] = []
    async with database.transaction() as session:
        for table in _TABLES_KEYED:
            statement = text(f"SELECT wrapped_key FROM {table} WHERE person_id = :person")
            found += [bytes(key) for key in await session.scalars(statement, {"person": person}) if len(key) > 20]
    return found


async def _leave_words_everywhere(
    service: Service, http: aiohttp.ClientSession, database: Database
) -> tuple[Visitor, Visitor, list[bytes]]:
    """Have a person leave words in every way a page offers, and in every table of personal data besides."""
    email = f"{NAME}@exemple.fr"
    await service.create_person(email, f"Ada {NAME.capitalize()}")
    await service.create_person("bob@exemple.fr", "Bob")
    ada, bob = Visitor(http, service.address), Visitor(http, service.address)
    await ada.sign_in(email, PASSWORD)
    await bob.sign_in("bob@exemple.fr", PASSWORD)
    conversation = await ada.conversation()
    note = "\n\n".join(
        f"Paragraphe {number} sur le {LONG} de {WORD}. " + "La mesure suit. " * 40 for number in range(9)
    )
    given = await send(ada, f"{WORD}.txt", note.encode())
    await until_read(ada, given)
    await ada.ask(conversation, f"Que dit le {WORD} ? [[say=Le_{LONG}.]]", attachments=[given])
    await base_with(ada, (f"{WORD}.txt", note), name=f"Base {WORD}", description=f"Sur le {LONG}")
    assert (await ada.call("POST", "/api/folders", {"name": f"Dossier {WORD}"})).status == 201
    terms = {"kind": "terms", "name": f"Lexique {WORD}", "source": "fr", "target": "en"}
    assert (await ada.call("POST", "/api/writing/glossaries/blank", terms)).status == 201
    services = await _services(service, database)
    who, other = await _principal(database, email), await _principal(database, "bob@exemple.fr")
    await traces.leave(services, who, other, WORD, UUID(conversation))
    async with database.transaction() as session:
        await session.execute(text("UPDATE charters SET withdrawn_at = now()"))  # nobody here reads it
        for table in sorted(traces.claimed()):
            await session.execute(text(f"ANALYZE {table}"))  # the server does it by itself, later
    return ada, bob, await _keys(database, who.person_id)


async def _erase(ada: Visitor) -> Any:
    """Erase oneself; return what the certificate says."""
    ordered = await ada.call("POST", "/api/privacy/erasure", {"password": PASSWORD})
    assert ordered.status == 202, ordered.body
    async with asyncio.timeout(60):
        while True:
            got = await ada.call("GET", f"/api/privacy/certificates/{ordered.body['reference']}?form=json")
            if got.status == 200:
                return got.body
            await asyncio.sleep(0.1)


class Asking:
    """Somebody who asks, and asks again, until told to stop."""

    def __init__(self, bob: Visitor) -> None:
        self._bob = bob
        self._enough = asyncio.Event()
        self.states: list[str] = []
        self.task = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        conversation = await self._bob.conversation()
        while not self._enough.is_set():
            stream = await self._bob.ask(conversation, "Et pendant ce temps ? [[say=Oui.]]")
            self.states.append(stream.closed["state"])

    async def stop(self) -> list[str]:
        self._enough.set()
        await self.task
        return self.states


async def test_nothing_of_an_erased_person_is_in_the_data_folder(
    scripted: ModelServer, http: aiohttp.ClientSession
) -> None:
    with installation(scripted.url, CHATELET_DATABASE__EMBEDDED_DURABLE="true") as service:
        await service.start()
        address = owner_address(service.data_dir)
        assert address is not None
        owner = Database(address, pool_size=1)
        ada, bob, keys = await _leave_words_everywhere(service, http, owner)
        certificate = await _erase(ada)
        async with owner.driver_connection() as connection:
            await connection.execute("CHECKPOINT")  # the server does it by itself, within five minutes
        assert len(keys) >= 4
        sought = pieces() | dict.fromkeys(keys, "key")

        found = await asyncio.to_thread(search, service.data_dir, sought)
        assert {word for words in found.values() for word in words} == {NAME, WORD, LONG, "key"}, "the search finds"
        assert any(path.startswith("postgres/data/pg_wal/") for path in found), found
        assert any(path.startswith("postgres/data/base/") for path in found), found
        promised = date.fromisoformat(certificate["certificate"]["disk_clean_by"])
        assert promised == datetime.fromisoformat(certificate["certificate"]["ended_at"]).date() + timedelta(days=7)

        asking = Asking(bob)
        assert "is in the database's files no more" in await run(service, "privacy", "clean-disk")
        assert set(await asking.stop()) == {"answered"}
        assert await asyncio.to_thread(search, service.data_dir, sought) == {}, "while the service runs"
        assert "Deleted data on the disk: last cleaned on" in await checked(service)
        await owner.close()
        assert await service.stop() == 0
        assert await asyncio.to_thread(search, service.data_dir, sought) == {}, "once it is stopped"
        await service.start()
        bob = Visitor(http, service.address)
        await bob.sign_in("bob@exemple.fr", PASSWORD)
        assert (await bob.ask(await bob.conversation(), "Et après ? [[say=Oui.]]")).closed["state"] == "answered"
