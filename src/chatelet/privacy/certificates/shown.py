"""A certificate as it is handed out: the signed JSON, byte for byte, or its words."""

from dataclasses import dataclass
from typing import Literal

from chatelet.privacy.certificates import certificate
from chatelet.privacy.certificates.tables import DeletionCertificate
from chatelet.privacy.certificates.words import told


@dataclass(frozen=True, slots=True)
class Shown:
    """A file to download."""

    name: str
    media: str
    body: bytes


def shown(row: DeletionCertificate, form: Literal["json", "fr", "en"]) -> Shown:
    """Return the file, or its words in a language."""
    name = f"chatelet-{row.made_at:%Y-%m-%d}-{str(row.id)[-8:]}"
    file = row.document.encode()
    if form == "json":
        return Shown(f"{name}.json", "application/json", file)
    return Shown(f"{name}.txt", "text/plain; charset=utf-8", told(certificate.decode(file).certificate, form).encode())
