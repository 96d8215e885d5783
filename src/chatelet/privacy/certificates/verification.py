"""Verifying a certificate, or a report of erasure, with nothing but the file and public keys: no network, no database.

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
from chatelet.privacy.certificates import certificate, erasure_report, report_words
from chatelet.privacy.certificates.certificate import Certificate
from chatelet.privacy.certificates.erasure_report import ErasureReport
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
    genuine, report = check(found, known), check_report(found, known)
    if report is not None:
        words = report_words.told(report.facts, "en")
        return Verdict(f"Erasure report: genuine, signed by key {report.key_id}.\n\n{words}", 0)
    if genuine is None:
        return Verdict("Certificate: ALTERED, or signed by a key that is not trusted.", 1)
    return Verdict(f"Certificate: genuine, signed by key {genuine.key_id}.\n\n{told(genuine.certificate, 'en')}", 0)


def check(file: bytes, known: PublicKeys) -> Certificate | None:
    """Return the certificate when it is whole, canonical and signed by a trusted key."""
    try:
        read = certificate.decode(file)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if certificate.encode(read) != file:
        return None
    return read if _is_signed(read, known, certificate.statement(read.certificate)) else None


def check_report(file: bytes, known: PublicKeys) -> ErasureReport | None:
    """Return the report of an erasure, likewise."""
    try:
        read = erasure_report.decode(file)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if erasure_report.encode(read) != file:
        return None
    return read if _is_signed(read, known, erasure_report.statement(read.facts)) else None


def _is_signed(read: Certificate | ErasureReport, known: PublicKeys, statement: bytes) -> bool:
    try:
        signature = base64.b64decode(read.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    if base64.b64encode(signature).decode() != read.signature:
        return False
    return known.verify(read.key_id, signature, statement)
