"""Verifying a certificate with nothing but the file and the public keys: no network, no database.

A file that is not byte for byte the canonical form of what it says is refused too: nothing may hide in its spaces or in
a name given twice.
"""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatelet.audit.keys import PublicKeys, public_keys
from chatelet.kernel.errors import AppError
from chatelet.privacy.certificates import certificate
from chatelet.privacy.certificates.certificate import Certificate
from chatelet.privacy.certificates.words import told


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification says and its exit code: 0 genuine, 1 altered or foreign, 2 could not be told."""

    text: str
    exit_code: int


def verify(file: Path, keys: Path) -> Verdict:
    """Verify a certificate with the public keys of the installation that made it."""
    try:
        found, known = file.read_bytes(), public_keys(keys)
    except OSError as error:
        return Verdict(f"Certificate: not verified, the file cannot be read ({type(error).__name__}).", 2)
    except AppError as error:
        return Verdict(f"Certificate: not verified, no public key ({error.code}).", 2)
    genuine = check(found, known)
    if genuine is None:
        return Verdict("Certificate: ALTERED, or signed by a key that is not trusted.", 1)
    return Verdict(f"Certificate: genuine, signed by key {genuine.key_id}.\n\n{told(genuine.certificate, 'en')}", 0)


def check(file: bytes, known: PublicKeys) -> Certificate | None:
    """Return the certificate when it is whole, canonical and signed by a trusted key."""
    try:
        read = certificate.decode(file)
        signature = base64.b64decode(read.signature, validate=True)
    except (msgspec.MsgspecError, binascii.Error, UnicodeDecodeError):
        return None
    if certificate.encode(read) != file or base64.b64encode(signature).decode() != read.signature:
        return None
    return read if known.verify(read.key_id, signature, certificate.statement(read.certificate)) else None
