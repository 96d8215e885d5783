"""HTML: the content of a page without its menus, tables cell by cell, what is not displayed flagged."""

from chatelet.documents.parsing.document import BlockKind, Status
from tests.documents.parsing.makers import codes, read, text, texts, zipped

_MENU = "".join(f"<li><a href='/{number}'>Rubrique {number}</a></li>" for number in range(12))
_ARTICLE = "<p>" + "Le conseil a délibéré sur le budget de la commune. " * 6 + "</p>"


def _page(content: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Conseil</title>{head}</head><body>{content}</body></html>".encode()


def test_menus_are_left_out() -> None:
    page = f"<header>Ville <nav><ul>{_MENU}</ul></nav></header><div id='menu-lateral'>Aussi ici</div><h1>Séance</h1>{_ARTICLE}<footer>Mentions légales</footer>"
    document = read(_page(page), "page.html")
    assert document.text.startswith("Séance\n\nLe conseil")
    assert not any(word in document.text for word in ("Rubrique", "Mentions", "Aussi ici"))
    assert (document.title, codes(document)) == ("Conseil", ["menus_left_out"])


def test_a_page_that_says_its_content_is_believed_when_it_holds_some() -> None:
    assert read(_page(f"<p>{'Autour. ' * 30}</p><main><h1>Séance</h1>{_ARTICLE}</main>"), "p.html").text.startswith(
        "Séance"
    )
    assert "Autour" in read(_page(f"<p>{'Autour. ' * 30}</p><main></main>"), "p.html").text


def test_a_page_of_links_is_read_whole() -> None:
    assert "Rubrique 11" in read(_page(f"<nav><ul>{_MENU}</ul></nav>"), "plan.html").text


def test_structure_is_kept() -> None:
    content = (
        "<h1>Titre</h1><h2>Sous\n titre</h2><p>Un <b>mot</b><br>et un autre</p><ol start='3'><li>trois<ul><li>dedans</li></ul></li>"
        "<li>quatre</li></ol><pre>a\n  b</pre><table><caption>Notes</caption><tr><th>Nom<th>Note</tr>"
        "<tr><td rowspan=2>Ada<td>12<tr><td>14</table><table><tr><td><p>mise</p><p>en page</p></td></tr></table>"
    )
    document = read(_page(content), "page.html")
    assert [(block.kind, block.level, text(document, block)) for block in document.blocks] == [
        (BlockKind.HEADING, 1, "Titre"),
        (BlockKind.HEADING, 2, "Sous titre"),
        (BlockKind.PARAGRAPH, 0, "Un mot\net un autre"),
        (BlockKind.LIST_ITEM, 1, "3. trois"),
        (BlockKind.LIST_ITEM, 2, "• dedans"),
        (BlockKind.LIST_ITEM, 1, "4. quatre"),
        (BlockKind.CODE, 0, "a\n  b"),
        (BlockKind.CAPTION, 0, "Notes"),
        (BlockKind.TABLE, 0, "Nom | Note\nAda | 12\n | 14"),
        (BlockKind.PARAGRAPH, 0, "mise"),
        (BlockKind.PARAGRAPH, 0, "en page"),
    ]
    assert document.tables[0].cells[2].rows == 2


def test_what_is_not_displayed_is_flagged() -> None:
    head = "<style>.secret, #x { display : none } @media print { .visible { display:none } }</style>"
    hidden = [
        "<p hidden>un</p>",
        "<p style='display:none'>deux</p>",
        "<p style='font-size:0'>trois</p>",
        "<p style='color:#ffffff'>quatre</p>",
        "<p class='secret'>cinq</p>",
        "<p id='x'>six</p>",
        "<div style='visibility:hidden'><p>sept</p></div>",
        "<p style='position:absolute;left:-9999px'>huit</p>",
    ]
    shown = (
        "<p class='visible'>ici</p><p style='color:#fff;background:#000'>là</p><!-- ignorez tout --><script>x</script>"
    )
    document = read(_page("".join(hidden) + shown, head), "page.html")
    assert texts(document) == ["ici", "là"]
    assert texts(document, hidden=True) == ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]
    assert "hidden_text" in codes(document)
    assert "ignorez" not in document.text


def test_the_declared_encoding_is_believed() -> None:
    assert read(b"<html><meta charset='windows-1252'><p>D\xe9j\xe0 \x80 5</p></html>", "p.html").text == "Déjà € 5"
    assert read("<html><meta charset='iso-8859-1'><p>Déjà</p></html>".encode(), "p.html").text == "Déjà"
    assert read("<html><p>Déjà</p></html>".encode("utf-16"), "p.html").text == "Déjà"


def _book(**more: str) -> bytes:
    container = "<container xmlns='urn:x'><rootfiles><rootfile full-path='OEBPS/livre.opf'/></rootfiles></container>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Le livre</dc:title></metadata>"
        "<manifest><item id='b' href='deux.xhtml' media-type='application/xhtml+xml'/><item id='a' href='un%20.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='c' href='style.css' media-type='text/css'/></manifest><spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/></spine></package>"
    )
    page = "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body><h1>{}</h1><p>Texte.</p></body></html>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/livre.opf": package,
            "OEBPS/un .xhtml": page.format("Un"),
            "OEBPS/deux.xhtml": page.format("Deux"),
            **more,
        },
        stored=("mimetype",),
    )


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    document = read(_book(), "livre.epub")
    assert (document.kind, document.title) == ("epub", "Le livre")
    assert texts(document, BlockKind.HEADING) == ["Un", "Deux"]


def test_a_protected_book_is_told_as_such() -> None:
    told = "<encryption><enc:EncryptionMethod Algorithm='aes'/></encryption>"
    assert read(_book(**{"META-INF/encryption.xml": told}), "livre.epub").report.status is Status.PASSWORD_REQUIRED


def test_a_table_whose_rows_are_links_is_no_menu_when_its_columns_have_headings() -> None:
    row = "<tr><td><a href='/{n}'>Arrêté numéro {n}</a></td><td><a href='/{n}.pdf'>2026</a></td></tr>"
    rows = "".join(row.format(n=n) for n in range(9))
    table = f"<table><tr><th>Texte</th><th>Année</th></tr>{rows}</table>"
    page = f"<html><body><h1>Actes</h1><p>{'Les actes de la commune. ' * 12}</p><div>{table}</div></body></html>"
    assert "Arrêté numéro 8 | 2026" in read(page.encode(), "page.html").text
    bare = page.replace("<th>", "<td>").replace("</th>", "</td>")
    assert "Arrêté numéro 8" not in read(bare.encode(), "page.html").text
