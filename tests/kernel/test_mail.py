"""The door for e-mail, against a real SMTP server: TLS verified, accounts, refusals, no header from outside."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError
from tests.fakes.mail_server import ACCOUNT, PASSWORD, certificate, running_mail_server

from chatelet.kernel.mail import Mail, Mailer, MailRefused, MailUnavailable
from chatelet.settings import MailSettings

HERE = "https://ia.exemple.fr"


def mail(to: str = "ada@exemple.fr", **more: Any) -> Mail:
    return Mail(**{"identifier": uuid4(), "to": to, "subject": "Été", "text": "Voilà.\n", "language": "fr", **more})


def mailer(port: int, **more: Any) -> Mailer:
    given = {"host": "localhost", "port": port, "sender": "ia@exemple.fr", "tls": "none", **more}
    return Mailer(MailSettings(**given), address=HERE)


async def test_a_message_arrives_as_it_was_written() -> None:
    async with running_mail_server() as server:
        sent = mail(text="Bonjour Émilie,\n\nhttps://ia.exemple.fr/#/activation?token=" + "a" * 90 + "\n")
        await mailer(server.port).send(sent)
        (received,) = server.received
    assert (received["From"], received["To"], received["Subject"]) == ("ia@exemple.fr", "ada@exemple.fr", "Été")
    assert received["Message-ID"] == f"<{sent.identifier}@ia.exemple.fr>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received.get_content().replace("\r\n", "\n") == sent.text


async def test_refused_for_good_is_not_put_off() -> None:
    async with running_mail_server() as server:
        server.refuses.add("personne@exemple.fr")
        with pytest.raises(MailRefused):
            await mailer(server.port).send(mail("personne@exemple.fr"))
        server.away = True
        with pytest.raises(MailUnavailable):
            await mailer(server.port).send(mail())
        port = server.port
    with pytest.raises(MailUnavailable):
        await mailer(port).send(mail())


async def test_no_header_comes_from_a_subject_or_an_address() -> None:
    async with running_mail_server() as server:
        await mailer(server.port).send(mail(subject="Bonjour\r\nBcc: tous@exemple.fr"))
        assert server.received[0]["Bcc"] is None
        with pytest.raises(MailUnavailable):
            await mailer(server.port).send(mail("ada@exemple.fr\r\nBcc: tous@exemple.fr"))
        assert len(server.received) == 1


@pytest.mark.parametrize("mode", ["starttls", "tls"])
async def test_tls_is_verified(tmp_path: Path, mode: str) -> None:
    context, authority = certificate(tmp_path)
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")
    account = {"user": ACCOUNT, "password_file": secret, "tls": mode}
    async with running_mail_server(context, implicit=mode == "tls", sign_in=True) as server:
        with pytest.raises(MailUnavailable):
            await mailer(server.port, **account).send(mail())
        await mailer(server.port, ca_file=authority, **account).send(mail())
        assert len(server.received) == len(server.signed_in) == 1
        secret.write_text("un autre")
        with pytest.raises(MailUnavailable):
            await mailer(server.port, ca_file=authority, **account).send(mail())


async def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    context, authority = certificate(tmp_path, "ailleurs.exemple.fr")
    async with running_mail_server(context) as server:
        with pytest.raises(MailUnavailable):
            await mailer(server.port, ca_file=authority, tls="starttls").send(mail())
        assert server.received == []


async def test_a_server_that_offers_no_tls_receives_nothing() -> None:
    async with running_mail_server() as server:
        with pytest.raises(MailUnavailable):
            await mailer(server.port, tls="starttls").send(mail())
        assert server.received == []


def test_unsafe_settings_are_refused() -> None:
    for wrong in (
        {"host": "smtp.exemple.fr"},
        {"host": "smtp.exemple.fr", "sender": "ia@exemple.fr", "tls": "none"},
        {"host": "smtp.exemple.fr", "sender": "ia@exemple.fr", "user": "ia"},
        {"host": "smtp.exemple.fr", "sender": "ia@exemple.fr\r\nBcc: x@exemple.fr"},
    ):
        with pytest.raises(ValidationError):
            MailSettings(**wrong)
    assert not Mailer(MailSettings(), address=HERE).is_configured
