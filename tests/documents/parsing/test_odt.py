"""ODT: the same distinctions as DOCX, in the other standard."""

from chatelet.documents.parsing.document import BlockKind, Status
from tests.documents.parsing.makers import codes, odf, read, text, texts

_HIDDEN = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
_OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)
_LIST = (
    '<text:list-style style:name="L1"><text:list-level-style-number style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:bullet-char="-"/></text:list-style>'
)


def test_headings_lists_and_spaces() -> None:
    body = (
        '<text:h text:outline-level="1">Objet</text:h><text:h text:outline-level="2">Portée</text:h>'
        '<text:p>Deux<text:s text:c="2"/>espaces<text:tab/>et\n   une<text:line-break/>ligne</text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>dedans</text:p>'
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>deux</text:p></text:list-item></text:list>"
    )
    document = read(odf("odt", body, styles=_OUTLINE, automatic=_LIST), "note.odt")
    assert [(block.kind, block.level, text(document, block)) for block in document.blocks] == [
        (BlockKind.HEADING, 1, "1. Objet"),
        (BlockKind.HEADING, 2, "1.1 Portée"),
        (BlockKind.PARAGRAPH, 0, "Deux  espaces\tet une\nligne"),
        (BlockKind.LIST_ITEM, 1, "a) un"),
        (BlockKind.LIST_ITEM, 2, "• dedans"),
        (BlockKind.LIST_ITEM, 1, "b) deux"),
    ]


def test_notes_comments_changes_and_hidden_text_are_beside_the_body() -> None:
    changes = (
        "<text:tracked-changes>"
        '<text:changed-region xml:id="c1"><text:deletion><office:change-info><dc:creator>Ada</dc:creator></office:change-info>'
        "<text:p>dix</text:p></text:deletion></text:changed-region>"
        '<text:changed-region xml:id="c2"><text:insertion><office:change-info><dc:creator>Bob</dc:creator></office:change-info>'
        "</text:insertion></text:changed-region></text:tracked-changes>"
    )
    body = (
        f'{changes}<text:p>Délai de <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>vingt'
        '<text:change-end text:change-id="c2"/> jours<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>ouvrés</text:p></text:note-body></text:note>.<office:annotation><dc:creator>Cléo</dc:creator>"
        '<text:p>à revoir</text:p></office:annotation><text:span text:style-name="T1">caché</text:span></text:p>'
    )
    document = read(odf("odt", body, automatic=_HIDDEN), "note.odt")
    assert texts(document, BlockKind.PARAGRAPH) == ["Délai de  jours."]
    assert texts(document, BlockKind.FOOTNOTE) == ["ouvrés"]
    assert texts(document, hidden=True) == ["caché"]
    found = {block.kind: (text(document, block), block.author) for block in document.blocks}
    assert found[BlockKind.DELETION] == ("dix", "Ada")
    assert found[BlockKind.INSERTION] == ("vingt", "Bob")
    assert found[BlockKind.COMMENT] == ("à revoir", "Cléo")


def test_tables_formulas_and_margins() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    wide = ' table:number-columns-spanned="2"'
    table = (
        f"<table:table><table:table-header-rows><table:table-row>{cell.format(wide, 'Titre')}"
        "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell.format('', 'a')}{cell.format('', 'b')}</table:table-row></table:table>"
    )
    formula = '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    math = "<math xmlns='http://www.w3.org/1998/Math/MathML'><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>"
    margins = "<office:master-styles><style:header><text:p>Haut</text:p></style:header><style:footer><text:p>Bas</text:p></style:footer></office:master-styles>"
    document = read(odf("odt", table + formula, styles=margins, parts={"Object 1/content.xml": math}), "note.odt")
    assert [(block.kind, text(document, block)) for block in document.blocks] == [
        (BlockKind.PAGE_HEADER, "Haut"),
        (BlockKind.TABLE, "Titre\na | b"),
        (BlockKind.FORMULA, "a/(b+1)"),
        (BlockKind.PAGE_FOOTER, "Bas"),
    ]
    assert [(cell.columns, cell.header) for cell in document.tables[0].cells] == [(2, True), (1, False), (1, False)]


def test_an_encrypted_file_is_told_as_such() -> None:
    manifest = "<!DOCTYPE manifest:manifest><manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    document = read(odf("odt", "<text:p>x</text:p>", parts={"META-INF/manifest.xml": manifest}), "secret.odt")
    assert (document.report.status, codes(document)) == (Status.PASSWORD_REQUIRED, ["password_required"])
