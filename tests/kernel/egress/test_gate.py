"""The gate of a process: what is closed is refused before anything is resolved, by every client (TA-062, TA-065)."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import ValidationError

from chatelet.inference.model_store import fetch_models
from chatelet.kernel.antivirus import AntivirusUnavailable, scanner
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.posture import Posture
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.ldap.connection import LdapConnection, LdapUnavailable
from chatelet.kernel.ldap.names import server_at
from chatelet.kernel.mail import Mail, Mailer, MailUnavailable
from chatelet.kernel.outbound import Closed, Endpoint, Outbound, Unreachable
from chatelet.kernel.storage import Storage
from chatelet.settings import DatabaseSettings, MailSettings, Settings, StorageSettings


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[gate.Gate]:
    """A process that lets nothing out, where resolving or connecting anywhere fails the test."""

    def forbidden(*arguments: object, **_options: object) -> None:
        raise AssertionError(f"something was contacted: {arguments}")

    before = gate.current()
    here = gate.Gate(Posture(mode="none", internal_hosts=frozenset({"inside.example.org"})))
    gate.install(here)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    yield here
    gate.install(before)


def refusals(here: gate.Gate) -> dict[tuple[str, str], int]:
    counts = here.ledger.take()
    assert {one.outcome for one in counts} <= {"refused"}
    return {(one.host, one.purpose.value): count.times for one, count in counts.items()}


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("10.1.2.3", True),
        ("192.168.1.1", True),
        ("fd12::1", True),
        ("100.64.0.1", True),
        ("inside.example.org", True),
        ("Inside.Example.org", True),
        ("other.example.org", False),
        ("sub.inside.example.org", False),
        ("vllm", False),
        ("8.8.8.8", False),
        ("169.254.169.254", False),
        ("fd00:ec2::254", False),
        ("::ffff:10.0.0.1", False),
        ("0.0.0.0", False),
        ("localhost.example.org", False),
    ],
)
def test_what_is_inside_is_told_by_its_writing_alone(closed: gate.Gate, host: str, inside: bool) -> None:
    assert closed.posture.lets_declared(host, Purpose.MODELS) is inside


async def test_a_declared_server_outside_is_refused_before_its_name_is_resolved(closed: gate.Gate) -> None:
    outbound = Outbound()
    outbound.declare("models", Endpoint("https://models.example.org/v1", purpose=Purpose.MODELS))
    with pytest.raises(Closed):
        await outbound.get("models", "/models", within=2)
    assert issubclass(Closed, Unreachable)
    assert refusals(closed) == {("models.example.org:443", "models"): 1}
    await outbound.close()


async def test_a_name_said_to_be_inside_must_resolve_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gate.current()
    gate.install(gate.Gate(Posture(mode="none", internal_hosts=frozenset({"inside.example.org"}))))
    asked: list[str] = []

    async def resolved(_loop: object, host: str, port: int, **_options: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", resolved)
    outbound = Outbound()
    outbound.declare("models", Endpoint("http://inside.example.org:9", purpose=Purpose.MODELS))
    try:
        with pytest.raises(Unreachable):
            await outbound.get("models", "/models", within=2)
    finally:
        await outbound.close()
        gate.install(before)
    assert asked == ["inside.example.org"]


async def test_mail_is_not_sent_and_links_are_shown_instead(closed: gate.Gate) -> None:
    mailer = Mailer(MailSettings(host="mail.example.org", sender="ia@example.org"), address="http://localhost")
    assert not mailer.is_configured
    with pytest.raises(MailUnavailable, match="egress_closed"):
        await mailer.send(Mail(uuid4(), "ada@example.org", "s", "t", "fr"))
    assert refusals(closed) == {("mail.example.org:587", "mail"): 1}
    inside = MailSettings(host="10.0.0.25", sender="ia@example.org")
    assert Mailer(inside, address="http://localhost").is_configured


async def test_directories_antivirus_and_files(closed: gate.Gate, tmp_path: Path) -> None:
    with pytest.raises(LdapUnavailable, match="egress_closed"):
        await LdapConnection.open(server_at("ldaps://directory.example.org"), None, seconds=1)
    scan = scanner("icap://antivirus.example.org/scan")
    assert scan is not None
    with pytest.raises(AntivirusUnavailable):
        await scan(b"x")
    bucket = Storage(StorageSettings(bucket="b", endpoint="https://s3.example.org", **_keys(tmp_path)), tmp_path)
    with pytest.raises(gate.EgressClosed):
        await bucket.put("a/b", b"x")
    with pytest.raises(gate.EgressClosed):
        await bucket.delete_all("a")
    assert refusals(closed) == {
        ("directory.example.org:636", "directories"): 1,
        ("antivirus.example.org:1344", "antivirus"): 1,
        ("s3.example.org:443", "files"): 2,
    }


async def test_a_bucket_without_keys_would_ask_a_cloud_for_them(closed: gate.Gate, tmp_path: Path) -> None:
    bucket = Storage(StorageSettings(bucket="b", endpoint="http://10.0.0.4:9000"), tmp_path)
    with pytest.raises(gate.EgressClosed, match=r"169\.254\.169\.254"):
        await bucket.get("a/b")
    folder = Storage(StorageSettings(), tmp_path)
    await folder.put("a/b", b"x")
    assert await folder.get("a/b") == b"x"


def test_model_files_are_not_fetched(tmp_path: Path) -> None:
    before = gate.current()
    settings = Settings(
        egress="none",  # type: ignore[arg-type]
        embedded={"models_dir": tmp_path, "address": "https://models.example.org/files"},  # type: ignore[arg-type]
    )
    try:
        with pytest.raises(gate.EgressClosed):
            fetch_models(settings, report=lambda _words: None)
    finally:
        gate.install(before)


@pytest.mark.parametrize(
    ("variables", "mode"),
    [
        ({}, "declared"),
        ({"CHATELET_EGRESS": "none"}, "none"),
        ({"CHATELET_EGRESS__MODE": "open"}, "open"),
        ({"CHATELET_EGRESS__INTERNAL_HOSTS": '["a.example"]', "CHATELET_EGRESS__MODE": "none"}, "none"),
    ],
)
def test_the_setting(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], mode: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert Settings().egress.mode == mode


def test_a_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATELET_EGRESS", "nothing")
    with pytest.raises(ValidationError):
        Settings()
    monkeypatch.setenv("CHATELET_EGRESS", "none")
    assert DatabaseSettings().url is None


def test_hosts_told_apart_are_bounded() -> None:
    here = gate.Gate(Posture(mode="open"))
    for number in range(3_000):
        here.tell(f"{number}.example.org", Purpose.PAGES, "answered")
    counts = here.ledger.take()
    assert len(counts) <= 2_001
    assert sum(count.times for count in counts.values()) == 3_000
    here.ledger.give_back(counts)
    assert here.ledger.take() == counts


def _keys(folder: Path) -> dict[str, Path]:
    for name in ("access", "secret"):
        (folder / name).write_text("k")
    return {"access_key_file": folder / "access", "secret_key_file": folder / "secret"}
