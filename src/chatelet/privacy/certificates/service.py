"""Making certificates: signed, stored, and told to the journal by their hash, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.audit.keys import SealingKey, make_key, publish, sealing_key
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.certificates import certificate
from chatelet.privacy.certificates.certificate import Destroyed, Facts, Reason
from chatelet.privacy.certificates.errors import CertificateKeyMissing, CertificateNotFound
from chatelet.privacy.certificates.tables import DeletionCertificate
from chatelet.privacy.disk import service as disk
from chatelet.settings import Settings

PUBLIC_KEYS_FILE: Final = "public_keys.pem"
_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be certified."""

    reason: Reason
    began_at: datetime
    destroyed: Destroyed
    kept_days: dict[str, int]
    person_id: UUID | None = None
    search_server_left: int | None = None


def signing_key(settings: Settings) -> SealingKey:
    """Return the private key, made at the first start, its public part published. Raises `CertificateKeyMissing`."""
    given = settings.privacy.certificate_key_file
    path = given or settings.data_dir / "keys" / "certificates.pem"
    if given is None and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_key(path)
    key = sealing_key(settings.data_dir, path)
    if key is None:
        raise CertificateKeyMissing
    published = public_keys_of(settings)
    published.parent.mkdir(parents=True, exist_ok=True)
    publish(key, published)
    return key


def public_keys_of(settings: Settings) -> Path:
    """Return where the public keys of certificates are."""
    return settings.data_dir / "certificates" / PUBLIC_KEYS_FILE


async def certify(session: AsyncSession, settings: Settings, key: SealingKey, deed: Deed) -> UUID:
    """Sign and store a certificate; the journal holds its hash."""
    identifier, ended = uuid7(), clock.now()
    facts = Facts(
        id=identifier,
        installation=settings.institution_name,
        reason=deed.reason,
        subject_sha256=certificate.subject(deed.person_id) if deed.person_id else None,
        began_at=deed.began_at,
        ended_at=ended,
        kept_days=deed.kept_days,
        destroyed=deed.destroyed,
        backups_end_on=(ended + timedelta(days=settings.privacy.backup_days)).date(),
        disk_clean_by=await disk.promised_by(session, settings, ended),
        search_server_left=deed.search_server_left,
    )
    file = certificate.sign(facts, key)
    row = DeletionCertificate(
        id=identifier, reason=deed.reason, made_at=ended, sha256=certificate.digest(file), document=file.decode()
    )
    session.add(row)
    await session.flush()
    gone = deed.destroyed
    told = events.DeletionCertified(
        certificate_id=identifier,
        reason=deed.reason,
        sha256=row.sha256,
        rows=sum(gone.rows.values()),
        keys=gone.keys,
        blobs=gone.blobs,
        vectors=gone.vectors,
    )
    await journal.record(session, told, actor=None)
    return identifier


async def recent(session: AsyncSession) -> Sequence[DeletionCertificate]:
    """Return the last certificates, the newest first."""
    found = select(DeletionCertificate).order_by(DeletionCertificate.id.desc()).limit(_LISTED)
    return (await session.scalars(found)).all()


async def read(session: AsyncSession, identifier: UUID) -> DeletionCertificate:
    """Return a certificate. Raises `CertificateNotFound`."""
    row = await session.get(DeletionCertificate, identifier)
    if row is None:
        raise CertificateNotFound
    return row
