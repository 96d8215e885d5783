"""Everything the institution owns, in open formats: rows as JSON lines, the journal, archives sealed for one recipient.

    LISEZ-MOI.txt · manifest.json
    tables/<table>.jsonl · journal/ (verified by `chatelet audit verify --export`) · certificates/
    sealed/persons/<id>.zip.sealed         as each person's own archive: JSON, Markdown, files as given
    sealed/collections/<id>.zip.sealed     the documents of the bases of units, every version, as given
    sealed/units.zip.sealed                the glossaries and templates of units

Content never stands in clear on the machine that writes it, and its operators cannot open it: `opening` is for whoever
holds the recipient's private key.
"""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from sqlalchemy import func, select

from chatelet import __version__
from chatelet.audit import commands as journal_commands
from chatelet.audit import events, journal
from chatelet.audit.sealer import HEAD_FILE, PUBLIC_KEYS_FILE
from chatelet.documents.files.tables import CLOSED, File
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.leaving import manifest, places, rows, sealing
from chatelet.leaving.manifest import Manifest
from chatelet.privacy.certificates.service import public_keys_of
from chatelet.privacy.certificates.tables import DeletionCertificate
from chatelet.privacy.rights.archive import Archive, add_original, fill
from chatelet.privacy.services import PrivacyServices
from chatelet.writing.drafting import markdown_file
from chatelet.writing.drafting.sealed import TemplateSealer
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.tables import Glossary, TemplateRow, TemplateStyle, TemplateVersion

JOURNAL_FILE: Final = "journal.jsonl"
_README: Final = """Tout ce que possède {institution} dans Châtelet, le {day}.
tables/ : l’annuaire, les règles, les bases et leurs documents, les chiffres (une ligne JSON par enregistrement).
journal/ : le journal scellé. Vérifier : chatelet audit verify --export journal/journal.jsonl
--public-key journal/public_keys.pem
certificates/ : les attestations de destruction déjà établies. Vérifier : chatelet privacy verify FICHIER
--public-key certificates/public_keys.pem
sealed/ : les archives des personnes, des bases et des unités, scellées pour la clé {recipient}.
Ouvrir : chatelet leave open CE_DOSSIER --key CLÉ --to DOSSIER (des ZIP de JSON, de Markdown et de fichiers tels quels).

Everything {institution} owns in Châtelet, {day}.
tables/: the directory, rules, bases and their documents, figures (one JSON line for each row).
journal/: the sealed journal. Verify: chatelet audit verify --export journal/journal.jsonl
--public-key journal/public_keys.pem
certificates/: the deletion certificates made so far. Verify: chatelet privacy verify FILE
--public-key certificates/public_keys.pem
sealed/: archives of persons, bases and units, sealed for the key {recipient}.
Open: chatelet leave open THIS_FOLDER --key KEY --to FOLDER (ZIP files of JSON, Markdown and files as given).
"""


@dataclass(frozen=True, slots=True)
class Exporting:
    """One export under way."""

    services: PrivacyServices
    folder: Path
    recipient: X25519PublicKey

    async def sealed(self, name: str, write: Callable[[Archive], Awaitable[None]]) -> None:
        """Write one archive, sealed as it goes."""
        path = self.folder / manifest.SEALED / f"{name}.zip{sealing.SUFFIX}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            outlet = sealing.SealedFile(file, self.recipient)
            archive = Archive(outlet)
            try:
                await write(archive)
            finally:
                archive.close()
            outlet.end()


async def export(services: PrivacyServices, folder: Path, recipient: X25519PublicKey) -> Manifest:
    """Write the export. Raises `ExitFolderNotEmpty`, and what reading the installation does."""
    places.make_new(folder)
    identifier, made_at, key = uuid7(), clock.now(), sealing.fingerprint(recipient)
    async with services.database.transaction() as session:
        await journal.record(session, events.ExitExported(export_id=identifier, recipient=key), actor=None)
    work = Exporting(services, folder, recipient)
    counted = await _tables(work)
    await add_journal(work)
    await _certificates(work)
    persons = await _persons(work)
    bases = await _collections(work)
    await work.sealed("units", lambda archive: _units(work, archive))
    name = services.settings.institution_name
    told = _README.format(institution=name, day=made_at.date().isoformat(), recipient=key)
    (folder / "LISEZ-MOI.txt").write_text(told, "utf-8")
    entries = await asyncio.to_thread(manifest.entries_of, folder)
    done = Manifest(
        id=identifier,
        installation=name,
        version=__version__,
        made_at=made_at,
        recipient=key,
        rows=counted,
        persons=persons,
        collections=bases,
        files=entries,
    )
    await asyncio.to_thread(manifest.write, folder, done)
    return done


def open_export(folder: Path, key: X25519PrivateKey, to: Path) -> int:
    """Open the archives of an export into another folder, new or empty; return how many. Raises `ExitExportDamaged`."""
    found, _ = manifest.read(folder)
    places.make_new(to)
    sealed = [one.path for one in found.files if one.path.endswith(sealing.SUFFIX)]
    for path in sealed:
        target = to / Path(path).relative_to(manifest.SEALED).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        _open_one(folder / path, key, target)
    return len(sealed)


def _open_one(path: Path, key: X25519PrivateKey, target: Path) -> None:
    with path.open("rb") as file, target.open("xb") as plain:
        for part in sealing.opened(file, key):
            plain.write(part)


async def _tables(work: Exporting) -> dict[str, int]:
    """Write the rows of tables, all of one instant."""
    counted: dict[str, int] = {}
    connection = await work.services.database.connect()
    (work.folder / "tables").mkdir()
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):  # pyright: ignore[reportUnknownMemberType]
            await connection.execute("SET LOCAL statement_timeout = 0")  # pyright: ignore[reportUnknownMemberType]
            for name in sorted(rows.ROWS):
                counted[name] = 0
                with (work.folder / "tables" / f"{name}.jsonl").open("x", encoding="utf-8") as file:
                    async for line in rows.lines(connection, name):
                        file.write(f"{line}\n")
                        counted[name] += 1
    finally:
        connection.terminate()
    return counted


async def add_journal(work: Exporting) -> None:
    """Copy the journal, its head and its keys."""
    folder, kept = work.folder / "journal", work.services.settings.data_dir / "journal"
    folder.mkdir()
    # Beside a running service the journal grows: a head copied after it would tell of lines that it lacks.
    _copy(kept / HEAD_FILE, folder)
    await journal_commands.copy_to(work.services.database, folder / JOURNAL_FILE)
    _copy(kept / PUBLIC_KEYS_FILE, folder)


def _copy(path: Path, folder: Path) -> None:
    if path.exists():
        shutil.copyfile(path, folder / path.name)


async def _certificates(work: Exporting) -> None:
    folder = work.folder / "certificates"
    folder.mkdir()
    shutil.copyfile(public_keys_of(work.services.settings), folder / PUBLIC_KEYS_FILE)
    async with work.services.database.transaction() as session:
        for row in await session.scalars(select(DeletionCertificate)):
            (folder / f"{row.id}.json").write_text(row.document, "utf-8")


async def _persons(work: Exporting) -> int:
    async with work.services.database.transaction() as session:
        found = list(await session.scalars(select(Person.id).order_by(Person.id)))
    for person_id in found:

        async def write(archive: Archive, person_id: UUID = person_id) -> None:
            await fill(work.services, archive, person_id)

        await work.sealed(f"persons/{person_id}", write)
    return len(found)


async def _collections(work: Exporting) -> int:
    """Write the documents of the bases of units; those of persons are in their own archives."""
    async with work.services.database.transaction() as session:
        found = list(
            await session.scalars(select(Collection.id).where(Collection.unit_id.is_not(None)).order_by(Collection.id))
        )
    for collection_id in found:

        async def write(archive: Archive, collection_id: UUID = collection_id) -> None:
            await _documents(work, archive, collection_id)

        await work.sealed(f"collections/{collection_id}", write)
    return len(found)


async def _documents(work: Exporting, archive: Archive, collection_id: UUID) -> None:
    query = (
        select(DocumentVersion.document_id, DocumentVersion.number, File)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(File, File.id == DocumentVersion.file_id)
        .where(Document.collection_id == collection_id, File.received_bytes == File.size_bytes)
        .where(func.coalesce(File.error_code, "").not_in(CLOSED))
        .order_by(DocumentVersion.document_id, DocumentVersion.number)
    )
    async with work.services.database.transaction() as session:
        found = [(document, number, file) for document, number, file in await session.execute(query)]
    for document, number, file in found:
        await add_original(work.services, archive, f"{document}/{number}", file)
    await archive.end()


async def _units(work: Exporting, archive: Archive) -> None:
    keyring = work.services.keyring
    async with work.services.database.transaction() as session:
        for row in await session.scalars(select(Glossary).where(Glossary.unit_id.is_not(None)).order_by(Glossary.id)):
            told = json.dumps(glossaries.exported(keyring, row), ensure_ascii=False, indent=1, default=str)
            await archive.add_text(f"glossaries/{row.id}.json", told)
        versions = (
            select(TemplateRow, TemplateVersion)
            .join(TemplateVersion, TemplateVersion.template_id == TemplateRow.id)
            .where(TemplateRow.unit_id.is_not(None))
        )
        for row, version in await session.execute(versions):
            template = TemplateSealer.of(keyring, row.id, row.wrapped_key).open(version.sealed, version.number)
            await archive.add_text(f"templates/{row.id}/{version.number}.md", markdown_file.write(template))
        styles = (
            select(TemplateRow, TemplateStyle)
            .join(TemplateStyle, TemplateStyle.template_id == TemplateRow.id)
            .where(TemplateRow.unit_id.is_not(None))
        )
        for row, style in await session.execute(styles):
            sealer = TemplateSealer.of(keyring, row.id, row.wrapped_key)
            await archive.add_bytes(
                f"templates/{row.id}/{style.id}.{style.kind}", sealer.open_bytes(style.sealed, style.id, "style")
            )
    await archive.end()
