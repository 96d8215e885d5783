"""How reading ends is said plainly: locked, damaged, empty, partial, over a limit; what is dangerous is told, never run."""

import io
import time
from collections.abc import Callable

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.limits import Limits
from tests.documents.parsing.pdf.making import ARTICLE, column, kinds, made, read


def page(canvas: Canvas) -> None:
    column(canvas, ARTICLE, 60, 80, 80, 11)


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of raw objects, numbered from 1; the first is the catalog."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def with_catalog(catalog: bytes) -> bytes:
    """Return a PDF of one page that says `Bonjour`, with entries in its catalog."""
    content = b"BT /F1 12 Tf 72 700 Td (Bonjour) Tj ET"
    return written(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def test_a_password_is_asked_for_only_where_one_is_needed() -> None:
    locked = made(page, encrypt=StandardEncryption("secret", strength=128))
    printable = made(page, encrypt=StandardEncryption("", ownerPassword="owner", strength=128))

    assert read(locked).report.status is Status.PASSWORD_REQUIRED
    assert read(locked).text == ""
    assert read(printable).report.status is Status.READ
    assert "Le présent décret" in read(printable).text


def test_a_broken_table_of_objects_is_rebuilt_and_told() -> None:
    whole = made(page)
    broken = whole.replace(b"\nxref\n0", b"\nxxxx\n0")

    document = read(broken)

    assert document.report.status is Status.READ
    assert "passage exact." in document.text
    assert [finding.code for finding in document.report.findings] == ["pdf_repaired"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04 not a pdf", made(page)[:200]])
def test_what_cannot_be_opened_is_damaged(data: bytes) -> None:
    assert read(data).report.status is Status.DAMAGED


def test_a_blank_page_is_empty_and_has_its_size() -> None:
    document = read(made(lambda canvas: None))

    assert document.report.status is Status.EMPTY
    assert (document.text, document.pages[0].source, round(document.pages[0].width)) == ("", "none", 595)


def test_ten_thousand_declared_pages_are_bounded() -> None:
    count = 10_000
    kids = b" ".join(b"3 0 R" for _ in range(count))
    data = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    started = time.monotonic()

    document = read(data, Limits(pages=50))

    assert time.monotonic() - started < 5
    assert len(document.pages) <= 50
    assert document.report.findings[0].code == "pages_over_limit"
    assert document.report.findings[0].params == {"pages": count, "limit": 50}
    assert document.report.status is Status.PARTIAL


def test_a_page_of_giant_size_is_left_out() -> None:
    data = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000000 9000000]>>",
    )

    document = read(data)

    assert document.report.status is Status.PARTIAL
    assert [finding.code for finding in document.report.findings] == ["page_failed"]


def test_reading_stops_when_its_time_is_over() -> None:
    document = read(made(page, page), Limits(wall_seconds=0))

    assert document.report.status is Status.PARTIAL
    assert (document.report.pages, document.report.pages_read) == (2, 0)
    assert document.report.findings[-1].code == "reading_time_over"


@pytest.mark.parametrize(
    ("catalog", "code"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "pdf_scripts_ignored"),
        (b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>", "pdf_scripts_ignored"),
        (b"/OpenAction<</S/Launch/F(calc.exe)>>", "pdf_actions_ignored"),
        (
            b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/UF(a.exe)/EF<</F 4 0 R>>>>]>>>>",
            "pdf_files_ignored",
        ),
    ],
)
def test_what_would_run_is_told_and_not_run(catalog: bytes, code: str) -> None:
    document = read(with_catalog(catalog))

    assert document.text == "Bonjour"
    assert [finding.code for finding in document.report.findings] == [code]


def test_the_pages_own_numbers_are_kept() -> None:
    document = read(with_catalog(b"/PageLabels<</Nums[0<</S/r/St 4>>]>>"))

    assert document.pages[0].label == "iv"


def _field(canvas: Canvas) -> None:
    column(canvas, ARTICLE, 60, 80, 80, 11)
    canvas.acroForm.textfield(name="nom", tooltip="Nom de famille", value="Lefèvre", x=60, y=500, width=200, height=20)


def _comment(canvas: Canvas) -> None:
    column(canvas, ARTICLE, 60, 80, 80, 11)
    canvas.textAnnotation("À vérifier avant publication", Rect=[400, 600, 420, 620], T="Camille")


@pytest.mark.parametrize(
    ("draw", "kind", "text"),
    [(_field, "metadata", "Nom de famille: Lefèvre"), (_comment, "comment", "À vérifier avant publication")],
)
def test_fields_and_comments_are_told_as_such(draw: Callable[[Canvas], None], kind: str, text: str) -> None:
    document = read(made(draw))

    assert kinds(document, kind) == [text]
    assert all(text not in paragraph for paragraph in kinds(document, "paragraph"))
