"""A certificate is proof: any byte changed is found, by anyone, offline."""

import subprocess
import sys
from pathlib import Path

from chatelet.audit.keys import make_key, public_keys
from chatelet.kernel import clock
from chatelet.privacy.certificates import verification
from chatelet.privacy.certificates.certificate import Destroyed, decode, digest
from chatelet.privacy.certificates.service import Deed, certify, public_keys_of, read
from chatelet.privacy.certificates.words import told
from chatelet.privacy.services import PrivacyServices

# As it was made before certificates spoke of the disk and of the search server.
FIRST_FORM = b"""{
  "certificate": {
    "backups_end_on": "2026-12-27",
    "began_at": "2026-11-22T09:30:00Z",
    "destroyed": {
      "blobs": 0,
      "keys": 1,
      "partitions": [],
      "rows": {
        "messages": 2
      },
      "vectors": 0
    },
    "ended_at": "2026-11-22T09:30:00Z",
    "format": "chatelet-deletion-certificate/1",
    "id": "00000000-0000-0000-0000-000000000007",
    "installation": "Observatoire",
    "kept_days": {},
    "reason": "person",
    "subject_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  },
  "key_id": "24b5b62832b8ccf3",
  "signature": "R9nq1p9oCBPDEB/j0H4pnOdbNUTtAYl+tbnwNKwiYOTZ6U21pZTByjFbGBU/431QvaR3Y3RfOkbrdpO0it6XAg=="
}
"""
FIRST_KEY = b"""-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEALp7ICRuFra7U0JyA0LHL4R3q44A8bnyQir7LXuXEcNc=
-----END PUBLIC KEY-----
"""


async def _made(services: PrivacyServices) -> bytes:
    gone = Destroyed(rows={"messages": 20, "turns": 10}, keys=3, blobs=7, vectors=4, partitions=("messages_y2026m01",))
    async with services.database.transaction() as session:
        identifier = await certify(
            session, services.settings, services.signing, Deed("retention", clock.now(), gone, {"conversations": 180})
        )
        row = await read(session, identifier)
        assert row.sha256 == digest(row.document.encode())
        return row.document.encode()


async def test_every_changed_byte_is_found(services: PrivacyServices) -> None:
    file = await _made(services)
    known = public_keys(public_keys_of(services.settings))
    assert verification.check(file, known) is not None
    for place in range(len(file)):
        for other in {file[place] ^ 1, 0x20, 0x39} - {file[place]}:
            altered = file[:place] + bytes([other]) + file[place + 1 :]
            assert verification.check(altered, known) is None, (place, altered[place : place + 20])
    twice = file.replace(b'"messages": 20', b'"messages": 2, "messages": 20')
    for altered in (file[:-1], file + b" ", file + b"\n", twice, b"", b"{}", file[: len(file) // 2]):
        assert verification.check(altered, known) is None


async def test_a_certificate_of_another_key_is_foreign(services: PrivacyServices, tmp_path: Path) -> None:
    file = await _made(services)
    other = tmp_path / "other.pem"
    (tmp_path / "public.pem").write_bytes(make_key(other).public_pem)
    assert verification.check(file, public_keys(tmp_path / "public.pem")) is None


async def test_the_command_tells_it_and_what_it_says(services: PrivacyServices, tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(await _made(services))
    keys = ("--public-key", str(public_keys_of(services.settings)))

    def verify() -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "chatelet", "privacy", "verify", str(path), *keys]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    genuine = verify()
    assert genuine.returncode == 0, genuine.stderr
    assert "messages 20" in genuine.stdout
    path.write_bytes(path.read_bytes().replace(b'"keys": 3', b'"keys": 4'))
    assert verify().returncode == 1
    path.unlink()
    assert verify().returncode == 2


def test_certificates_of_the_first_form_stay_genuine(tmp_path: Path) -> None:
    (tmp_path / "public.pem").write_bytes(FIRST_KEY)
    known = public_keys(tmp_path / "public.pem")
    found = verification.check(FIRST_FORM, known)
    assert found is not None
    words = told(found.certificate, "fr")
    assert "Les sauvegardes antérieures disparaissent au plus tard le\u00a0: 2026-12-27" in words
    assert "disque" not in words
    for added in (b'"disk_clean_by": null,', b'"search_server_left": 3,'):
        altered = FIRST_FORM.replace(b'"ended_at"', added + b'\n    "ended_at"')
        assert verification.check(altered, known) is None


async def test_people_read_it_in_their_language(services: PrivacyServices) -> None:
    facts = decode(await _made(services)).certificate
    assert "Clés détruites" in told(facts, "fr")
    assert "Keys destroyed" in told(facts, "en")
    assert facts.backups_end_on.isoformat() in told(facts, "fr")
