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

from tests.documents.parsing import makers

from chatelet.documents.rebuilding.contract import Options, Piece
from chatelet.documents.rebuilding.opening import format_of

_SENTENCE = "L'article {n} fixe à {m} euros le montant de l'aide versée par la préfète au titre de l'année 2024."
_CELLS = 100_000
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


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _measure(name: str, kind: str, data: bytes, pages: int) -> None:
    Path("/proc/self/clear_refs").write_text("5")  # the peak of the process that made the file is not ours
    before = _peak()
    office = format_of(kind)
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
    rebuilt = office.rebuild(data, words, Options(language="en-GB"))
    written = time.process_time() - start
    most = _peak()
    assert rebuilt.replaced == len(segments)
    inflated = sum(one.file_size for one in zipfile.ZipFile(BytesIO(data)).infolist())
    print(
        f"{name:<16} {len(segments):>7} segments, {inflated / 2**20:6.1f} MiB of XML: {listed:5.2f} + {written:5.2f} s of processor"
        f" = {pages / (listed + written):7.0f} pages/s; {most // 1024} MiB at most ({before // 1024} before)"
    )


def _run(name: str, pages: int) -> None:
    made = {
        "docx": ("docx", word_pages), "odt": ("odt", odt_pages), "pptx": ("pptx", slides),
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
    parser.add_argument("--only", default="docx,odt,pptx,xlsx shared,xlsx inline,ods")
    told = parser.parse_args()
    for name in told.only.split(","):
        _run(name, told.pages)


if __name__ == "__main__":
    main()
