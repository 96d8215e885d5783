"""Office files for tests to give back: Word's by python-docx, the others as LibreOffice itself writes them."""

import io

import docx as word
from docx.enum.section import WD_SECTION
from docx.shared import Pt
from PIL import Image

from tests.documents.parsing.makers import zipped
from tests.fakes.office import Office

SENTENCE = "Le service instruit la demande et rend sa décision sous deux mois, pour 1 250 euros au plus."


def _picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((80, 40), 60).convert("RGB").save(out, "PNG")
    out.seek(0)
    return out


def docx_file(font: str = "DejaVu Sans Mono", sentence: str = SENTENCE) -> bytes:
    """Return a DOCX with a header, a heading, runs, a list, a table, a picture and two sections."""
    made, out = word.Document(), io.BytesIO()
    made.styles["Normal"].font.name = font  # letters of one width: words in another order take as much room
    made.styles["Normal"].font.size = Pt(9)
    made.sections[0].header.paragraphs[0].text = "Direction des services"
    made.add_heading("Le rapport annuel", 1)
    line = made.add_paragraph("Un mot ")
    line.add_run("en gras").bold = True
    line.add_run(f" puis la suite. {sentence}")
    for rank in ("une", "deux"):
        made.add_paragraph(f"La ligne {rank} de la liste", style="List Bullet")
    table = made.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Poste", "Montant", "Achats", "300"), strict=True
    ):
        cell.text = text
    made.add_picture(_picture())
    made.add_section(WD_SECTION.NEW_PAGE)
    made.add_paragraph(sentence)
    made.save(out)
    return out.getvalue()


_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    "><office:automatic-styles>"
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:{name}>{body}</office:{name}></office:body></office:document-content>"
)
_TABLE = (
    '<table:table table:name="Moyens"><table:table-column table:number-columns-repeated="2"/>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Poste</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>Montant</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="300"><text:p>300</text:p></table:table-cell></table:table-row>'
    "</table:table>"
)
_WRITTEN = (
    '<text:h text:outline-level="1">Le rapport annuel</text:h>'
    '<text:p>Un mot <text:span text:style-name="B">en gras</text:span> puis la suite. {sentence}</text:p>'
    "<text:list><text:list-item><text:p>La ligne une</text:p></text:list-item></text:list>" + _TABLE
)
_SLIDE = (
    '<draw:page draw:name="page1"><draw:frame svg:width="20cm" svg:height="4cm" svg:x="2cm" svg:y="3cm"><draw:text-box>'
    "<text:p>Le rapport annuel</text:p><text:p>{sentence}</text:p></draw:text-box></draw:frame></draw:page>"
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_OWN = {  # what it is written from, what it holds, the filter that writes it
    "odt": ("odt", "text", _WRITTEN, "writer8"),
    "ods": ("ods", "spreadsheet", _TABLE, "calc8"),
    "xlsx": ("ods", "spreadsheet", _TABLE, "Calc MS Excel 2007 XML"),
    "odp": ("odp", "presentation", _SLIDE, "impress8"),
    "pptx": ("odp", "presentation", _SLIDE, "Impress MS PowerPoint 2007 XML"),
}
KINDS = ["docx", *_OWN]


def office_files(writer: Office, sentence: str = SENTENCE, cell: str = "Achats de fournitures") -> dict[str, bytes]:
    """Return a file of each kind; a sentence, and words of a cell, have no sign that XML escapes."""
    made = {"docx": docx_file(sentence=sentence)}
    for kind, (source, name, body, stored) in _OWN.items():
        mime = f"application/vnd.oasis.opendocument.{name}"
        members = {
            "content.xml": _CONTENT.format(name=name, body=body.format(sentence=sentence, cell=cell)),
            "META-INF/manifest.xml": _MANIFEST.format(mime=mime),
        }
        made[kind] = writer.stored(zipped({"mimetype": mime, **members}, stored=("mimetype",)), source, stored)
    return made
