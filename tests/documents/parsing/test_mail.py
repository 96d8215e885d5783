"""Mail: headers as they are, the body once, attachments under their own names."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage

from chatelet.documents.parsing.document import BlockKind, Status
from tests.documents.parsing.makers import codes, compound, docx, paragraph, read, texts

_HTML = (
    "<html><body><p>Bonjour,</p><p>voici le <b>relevé</b> de mars.</p><img src='http://192.0.2.1/x.png'></body></html>"
)


def _message(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Ada <ada@exemple.fr>",
        "To": "bob@exemple.fr",
        "Subject": "Relevé d’été",
        **headers,
    }.items():
        message[name] = value
    return message


def test_headers_and_a_body_that_is_read_once() -> None:
    message = _message(Date="Tue, 01 Oct 2024 12:34:56 +0200", Cc="c@exemple.fr")
    message.set_content("Bonjour,\n\nvoici le relevé de mars.\n")
    message.add_alternative(_HTML, subtype="html")
    document = read(message.as_bytes(), "message.eml")
    assert texts(document, BlockKind.METADATA) == [
        "From: Ada <ada@exemple.fr>",
        "To: bob@exemple.fr",
        "Cc: c@exemple.fr",
        "Date: Tue, 01 Oct 2024 12:34:56 +0200",
        "Subject: Relevé d’été",
    ]
    assert texts(document, BlockKind.PARAGRAPH) == ["Bonjour,", "voici le relevé de mars."]
    assert document.title == "Relevé d’été"


def test_a_text_that_is_only_a_shadow_gives_way_to_the_page() -> None:
    message = _message()
    message.set_content("Voir la version HTML.")
    message.add_alternative(
        _HTML.replace("mars", "mars, avec toutes les lignes et leurs montants détaillés"), subtype="html"
    )
    assert "toutes les lignes" in read(message.as_bytes(), "m.eml").text
    assert "Voir la version" not in read(message.as_bytes(), "m.eml").text


def test_attachments_are_read_under_their_own_names() -> None:
    inner = _message(Subject="Dedans")
    inner.set_content("Message transmis.")
    message = _message()
    message.set_content("Ci-joint.")
    message.add_attachment(
        docx(paragraph("Le contrat")), maintype="application", subtype="octet-stream", filename="../../contrat é.docx"
    )
    message.add_attachment("a;b\n1;2\n", subtype="csv", filename="données.csv")
    message.add_attachment(inner)
    message.add_attachment(
        b"MZ\x90\x00\x03\x00\x00\x00" * 20, maintype="application", subtype="pdf", filename="facture.exe"
    )
    document = read(message.as_bytes(), "m.eml")
    assert [(one.name, one.document.kind) for one in document.attachments] == [
        ("contrat é.docx", "docx"),
        ("données.csv", "csv"),
        ("Dedans.eml", "eml"),
        ("facture.exe", "exe"),
    ]
    assert document.attachments[0].document.text == "Le contrat"
    assert "Message transmis." in document.attachments[2].document.text
    assert document.report.status is Status.PARTIAL
    assert document.report.findings[0].params == {"name": "facture.exe", "reason": "kind_unknown"}
    assert "Le contrat" not in document.text


def test_old_encodings_are_read() -> None:
    raw = b"From: =?iso-8859-1?Q?Andr=E9?= <a@b.fr>\nTo: c@d.fr\nSubject: =?utf-8?B?w6l0w6k=?=\nContent-Type: text/plain; charset=iso-8859-1\n\nD\xe9j\xe0 \x80\n"
    document = read(raw, "m.eml")
    assert "André <a@b.fr>" in document.text
    assert document.title == "été"
    assert texts(document, BlockKind.PARAGRAPH) == ["Déjà €"]


def test_an_encrypted_message_says_so() -> None:
    raw = b"From: a@b.fr\nTo: c@d.fr\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    document = read(raw, "m.eml")
    assert document.report.status is Status.PARTIAL
    assert "mail_encrypted" in codes(document)


def test_a_file_that_is_no_message_is_told_as_such() -> None:
    document = read("Ceci n’est pas un message.".encode(), "m.eml")
    assert (document.report.status, codes(document)) == (Status.DAMAGED, ["mail_damaged"])


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _properties(header: int, **values: int) -> bytes:
    found = bytes(header)
    for name, value in values.items():
        number = int(name[1:], 16)
        found += struct.pack("<HHIQ", 0x40 if value > 2**32 else 3, number, 6, value)
    return found


def _msg(*, body: dict[str, bytes]) -> bytes:
    moment = int(
        (datetime(2024, 10, 1, 10, 0, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000
    )
    streams = {
        "__properties_version1.0": _properties(32, p0039=moment),
        "__substg1.0_0037001F": _wide("Relevé"),
        "__substg1.0_0C1A001F": _wide("Ada"),
        "__substg1.0_5D01001F": _wide("ada@exemple.fr"),
        "__recip_version1.0_#00000000/__properties_version1.0": _properties(8, p0C15=1),
        "__recip_version1.0_#00000000/__substg1.0_3001001F": _wide("Bob"),
        "__recip_version1.0_#00000000/__substg1.0_39FE001F": _wide("bob@exemple.fr"),
        "__recip_version1.0_#00000001/__properties_version1.0": _properties(8, p0C15=2),
        "__recip_version1.0_#00000001/__substg1.0_3001001F": _wide("cleo@exemple.fr"),
        "__attach_version1.0_#00000000/__properties_version1.0": bytes(8),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": _wide("note.txt"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"Une note jointe.",
        "__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0": bytes(24),
        "__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F": _wide("Transmis"),
        "__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_1000001F": _wide("Le message d’avant."),
        **body,
    }
    return compound(streams)


def test_a_message_of_outlook_reads_as_other_mail() -> None:
    document = read(_msg(body={"__substg1.0_1000001F": _wide("Bonjour Bob.\r\n\r\nÀ demain.")}), "m.msg")
    assert document.text == (
        "From: Ada <ada@exemple.fr>\nTo: Bob <bob@exemple.fr>\nCc: cleo@exemple.fr\n"
        "Date: Tue, 01 Oct 2024 10:00:00 +0000\nSubject: Relevé\n\nBonjour Bob.\n\nÀ demain."
    )
    assert [(one.name, one.document.kind) for one in document.attachments] == [
        ("note.txt", "text"),
        ("Transmis.msg", "msg"),
    ]
    assert document.attachments[0].document.text == "Une note jointe."
    assert "Le message d’avant." in document.attachments[1].document.text


def test_the_body_of_outlook_in_its_other_forms() -> None:
    page = read(
        _msg(body={"__substg1.0_10130102": b"<html><meta charset=windows-1252><p>D\xe9j\xe0 vu</p></html>"}), "m.msg"
    )
    assert "Déjà vu" in page.text
    rich = rb"{\rtf1\ansi\ansicpg1252 D\'e9j\'e0 vu\par}"
    packed = struct.pack("<II", len(rich) + 12, len(rich)) + b"MELA" + bytes(4) + rich
    assert "Déjà vu" in read(_msg(body={"__substg1.0_10090102": packed}), "m.msg").text


def test_a_packed_rich_body_is_unpacked() -> None:
    """The example of the specification (MS-OXRTFCP, 4.1.1)."""
    packed = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3")
    packed += bytes.fromhex("2068656c090020627705b06c647d0a800fa0")
    assert "hello world" in read(_msg(body={"__substg1.0_10090102": packed}), "m.msg").text
