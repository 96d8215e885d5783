"""What giving a document back costs, without a model: `python -m bench.rebuilding` (`--pages 300`).

Made documents of each office kind; segments listed, every one replaced by other words, the file packed again: pages a second
of one core, and the most memory the process took (its own: each kind runs in a process of its own).
"""

import argparse
import multiprocessing
import time
import zipfile
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tests.documents.parsing import makers
from tests.documents.rebuilding.makers import book

from chatelet.documents.rebuilding.contract import Options, PdfAs, Piece
from chatelet.documents.rebuilding.opening import format_of

_SENTENCE = "L'article {n} fixe à {m} euros le montant de l'aide versée par la préfète au titre de l'année 2024."
_CELLS = 100_000
_EVERY = "docx,odt,pptx,odp,xlsx shared,xlsx inline,ods,html,markdown,epub,srt,eml,pdf in place,pdf to docx"
_RSID = 'w:rsidR="00A77B3E" w:rsidRPr="00C27D1C"'


def word_pages(pages: int) -> bytes:
    """Pages as Word writes them: twelve paragraphs, each in three runs, one of them bold."""
    body: list[str] = []
    for number in range(pages * 12):
        words = _SENTENCE.format(n=number, m=number * 7)
        body.append(
            f'<w:p {_RSID}><w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>'
            f'<w:r {_RSID}><w:rPr><w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr><w:t xml:space="preserve">{words} </w:t></w:r>'
            f'<w:proofErr w:type="spellStart"/><w:r {_RSID}><w:rPr><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">{words} </w:t></w:r>'
            f'<w:r><w:rPr><w:b/><w:sz w:val="22"/></w:rPr><w:t>{words}</w:t></w:r></w:p>'
        )
    return makers.docx("".join(body))


def odt_pages(pages: int) -> bytes:
    """Pages as LibreOffice writes them: twelve paragraphs, a span in each."""
    body: list[str] = []
    for number in range(pages * 12):
        words = _SENTENCE.format(n=number, m=number * 7)
        body.append(
            f'<text:p text:style-name="P1">{words} <text:span text:style-name="T1">{words}</text:span> {words}</text:p>'
        )
    bold = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    return makers.odf("odt", "".join(body), automatic=bold)


def slides(pages: int) -> bytes:
    """Slides of eight lines."""
    parts: dict[str, bytes | str] = {}
    targets: dict[str, tuple[str, str]] = {}
    for number in range(pages):
        shapes = "".join(
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:spPr/>'
            f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="fr-FR"/><a:t>{_SENTENCE.format(n=number, m=line)}</a:t></a:r></a:p></p:txBody></p:sp>'
            for line in range(8)
        )
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {makers.P} {makers.A} {makers.R}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
        targets[f"rId{number}"] = ("slide", f"slides/slide{number}.xml")
    listed = "".join(f'<p:sldId id="{256 + number}" r:id="rId{number}"/>' for number in range(pages))
    parts["ppt/presentation.xml"] = (
        f"<p:presentation {makers.P} {makers.R}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
    )
    parts["ppt/_rels/presentation.xml.rels"] = makers.relations(**targets)
    return makers.package("pptx", parts)


def _sheet(*, shared: bool) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = [
        f'<row r="{row + 1}">'
        + "".join(
            f'<c t="s"><v>{row * 10 + column}</v></c>'
            if shared
            else f'<c t="inlineStr"><is><t>{_SENTENCE.format(n=row, m=column)}</t></is></c>'
            for column in range(10)
        )
        + "</row>"
        for row in range(_CELLS // 10)
    ]
    strings = "".join(f"<si><t>{_SENTENCE.format(n=cell, m=cell)}</t></si>" for cell in range(_CELLS)) if shared else ""
    return makers.package(
        "xlsx",
        {
            "xl/workbook.xml": f'<workbook {space} {makers.R}><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": makers.relations(
                rId1=("worksheet", "worksheets/sheet1.xml"), rId2=("sharedStrings", "sharedStrings.xml")
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{''.join(rows)}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {space}>{strings}</sst>",
        },
    )


def _ods() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_SENTENCE.format(n=row, m=column)}</text:p></table:table-cell>'
            for column in range(10)
        )
        + "</table:table-row>"
        for row in range(_CELLS // 10)
    )
    return makers.odf("ods", f'<table:table table:name="A">{rows}</table:table>')


def _open_slides(pages: int) -> bytes:
    """Slides of eight lines, as LibreOffice writes them."""
    body: list[str] = []
    for number in range(pages):
        lines = "".join(f"<text:p>{_SENTENCE.format(n=number, m=line)}</text:p>" for line in range(8))
        body.append(
            f'<draw:page draw:name="p{number}"><draw:frame><draw:text-box>{lines}</draw:text-box></draw:frame></draw:page>'
        )
    return makers.odf("odp", "".join(body))


def _lines(pages: int) -> list[str]:
    """Return the words of pages: thirty-six sentences of a hundred characters each."""
    return [_SENTENCE.format(n=number, m=number * 7) for number in range(pages * 36)]


def _html(pages: int) -> bytes:
    told = "".join(f"<p>{one} <b>{one}</b> {one}</p>\n" for one in _lines(pages)[::3])
    return f'<html lang="fr"><head><title>Note</title></head><body>{told}</body></html>'.encode()


def _markdown(pages: int) -> bytes:
    return "\n\n".join(f"{one} **{one}** {one}" for one in _lines(pages)[::3]).encode()


def _epub(pages: int) -> bytes:
    return book(
        "<html><body>" + "".join(f"<p>{one} <b>{one}</b> {one}</p>" for one in _lines(pages)[::3]) + "</body></html>"
    )


def _srt(pages: int) -> bytes:
    cues = (f"{at}\n00:00:01,000 --> 00:00:04,000\n{one}\n" for at, one in enumerate(_lines(pages), 1))
    return "\n".join(cues).encode()


def _eml(pages: int) -> bytes:
    head = "From: a@exemple.fr\nSubject: Note\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return (head + "\n\n".join(" ".join([one] * 3) for one in _lines(pages)[::3])).encode()


def _pdf(pages: int) -> bytes:
    """Pages of twelve paragraphs of three lines, set in the middle of A4."""
    out, lines = BytesIO(), _lines(pages)
    canvas = Canvas(out, pagesize=A4)
    for page in range(pages):
        text = canvas.beginText(40, 800)
        text.setFont("Helvetica", 10)
        for at in range(36):
            text.textLine(lines[page * 36 + at])
            if at % 3 == 2:
                text.moveCursor(0, 9)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _measure(name: str, kind: str, data: bytes, pages: int) -> None:
    pdf_as: PdfAs = "pdf" if name == "pdf in place" else "docx"
    Path("/proc/self/clear_refs").write_text("5")  # the peak of the process that made the file is not ours
    before = _peak()
    office = format_of(kind, "note.srt" if name == "srt" else "")
    start = time.process_time()
    segments = office.segments(data)
    listed = time.process_time() - start
    words = {
        one.number: [
            Piece(piece.kind, piece.text.upper(), piece.number) if piece.kind == "text" else piece
            for piece in one.pieces
        ]
        for one in segments
    }
    start = time.process_time()
    rebuilt = office.rebuild(data, words, Options(language="en-GB", pdf_as=pdf_as))
    written = time.process_time() - start
    most = _peak()
    assert rebuilt.replaced == len(segments)
    inflated = (
        sum(one.file_size for one in zipfile.ZipFile(BytesIO(data)).infolist()) if data[:2] == b"PK" else len(data)
    )
    print(
        f"{name:<16} {len(segments):>7} segments, {inflated / 2**20:6.1f} MiB: {listed:5.2f} + {written:5.2f} s of processor"
        f" = {pages / (listed + written):7.0f} pages/s; {most // 1024} MiB at most ({before // 1024} before)"
    )


def _run(name: str, pages: int) -> None:
    made = {
        "docx": ("docx", word_pages), "odt": ("odt", odt_pages), "pptx": ("pptx", slides), "odp": ("odp", _open_slides),
        "html": ("html", _html), "markdown": ("markdown", _markdown), "epub": ("epub", _epub), "srt": ("text", _srt),
        "eml": ("eml", _eml), "pdf in place": ("pdf", _pdf), "pdf to docx": ("pdf", _pdf),
    }  # fmt: skip
    if name in made:
        kind, make = made[name]
        data = make(pages)
    else:
        kind, data = ("ods", _ods()) if name == "ods" else ("xlsx", _sheet(shared=name == "xlsx shared"))
    process = multiprocessing.get_context("spawn").Process(
        target=_measure, args=(name, kind, data, pages if name in made else _CELLS // 30)
    )
    process.start()
    process.join()


def main() -> None:
    """Measure each kind; 30 cells of a sheet (3,000 characters) count as a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--only", default=_EVERY)
    told = parser.parse_args()
    for name in told.only.split(","):
        _run(name, told.pages)


if __name__ == "__main__":
    main()
