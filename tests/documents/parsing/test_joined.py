"""What a mail carries is read with it: under its own name, on pages of its own, every place still right."""

from email.message import EmailMessage

from chatelet.documents.parsing.document import BlockKind, ParsedDocument, Status
from chatelet.documents.parsing.joined import joined
from tests.documents.parsing.makers import docx, paragraph, read, texts
from tests.documents.parsing.pdf.making import ARTICLE, column, made


def _mail(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@exemple.fr", "Contrat"
    message.set_content("Bonjour, ci-joint.")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _check(document: ParsedDocument) -> None:
    """Pages hold all of the text, one after the other; blocks and cells stand inside the page they say."""
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for block in document.blocks:
        page = document.pages[(block.page or 0) - 1]
        assert page.start <= block.start <= block.end <= page.end
    for table in document.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


def test_each_part_has_its_pages_under_its_name() -> None:
    inner = _mail(("données.csv", b"a;b\n1;2\n"))
    page = made(lambda canvas: column(canvas, ARTICLE, 60, 80, 80, 11))
    whole = joined(
        read(_mail(("contrat.docx", docx(paragraph("Le contrat"))), ("note.pdf", page), ("m.eml", inner)), "m.eml")
    )
    _check(whole)
    assert [one.label for one in whole.pages] == [
        "Contrat",
        "contrat.docx",
        "note.pdf",
        "m.eml, Contrat",
        "m.eml, données.csv",
    ]
    assert whole.text.index("ci-joint") < whole.text.index("contrat.docx\n\nLe contrat") < whole.text.index("note.pdf")
    assert texts(whole, BlockKind.HEADING) == ["contrat.docx", "note.pdf", "m.eml", "données.csv"]
    [table] = whole.tables
    assert [whole.text[cell.start : cell.end] for cell in table.cells] == ["a", "b", "1", "2"]
    assert (whole.report.pages, whole.report.pages_read, whole.attachments) == (5, 5, [])
    # Their pictures are not drawn: no box is told.
    assert not any(one.words or one.width for one in whole.pages)


def test_what_was_not_read_is_still_told() -> None:
    whole = joined(read(_mail(("contrat.docx", docx(paragraph("Le contrat"))), ("x.exe", b"MZ\x90\x00" * 40)), "m.eml"))
    assert whole.report.status is Status.PARTIAL
    assert [one.code for one in whole.report.findings] == ["attachment_not_read"]
    assert len(whole.pages) == 2


def test_what_carries_nothing_stays_as_it_is() -> None:
    alone = read(_mail(), "m.eml")
    assert joined(alone) is alone
