"""Letterheads of a unit, made by real libraries, as tests need them."""

import io
import zipfile

import docx
from docx.shared import Pt
from odfdo import Document, Element, Paragraph


def word_letterhead(*, macros: bool = False, place: bool = False, outside: bool = False) -> bytes:
    """Make a Word file with its header, its footer, its own heading style; `place` says where the words go."""
    file = docx.Document()
    section = file.sections[0]
    section.header.paragraphs[0].text = "Laboratoire d’essai"
    section.footer.paragraphs[0].text = "12 rue de la Paix, Lyon"
    file.styles["Heading 2"].font.size = Pt(17)
    file.add_paragraph("Service des essais")
    if place:
        file.add_paragraph("{{contenu}}")
    file.add_paragraph("Pied de lettre")
    out = io.BytesIO()
    file.save(out)
    added: dict[str, str] = {}
    if macros:
        added["word/vbaProject.bin"] = "macro"
    if outside:
        added["word/_rels/settings.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
            ' Target="https://exemple.fr/modele.dotx" TargetMode="External"/></Relationships>'
        )
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in added.items():
            archive.writestr(name, text)
    return out.getvalue()


def open_letterhead(*, macros: bool = False, place: bool = False) -> bytes:
    """Make an OpenDocument file with a header of its own."""
    file = Document("text")
    page = file.get_part("styles.xml").get_element("//style:master-page")
    header = Element.from_tag("<style:header/>")
    header.append(Paragraph("Laboratoire d’essai"))
    page.append(header)
    file.body.clear()
    file.body.append(Paragraph("Service des essais"))
    if place:
        file.body.append(Paragraph("{{ content }}"))
    file.body.append(Paragraph("Pied de lettre"))
    out = io.BytesIO()
    file.save(out)
    if macros:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("Basic/Standard/Module1.xml", "<module/>")
    return out.getvalue()
