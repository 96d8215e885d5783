"""Plain text, code, Markdown, LaTeX, RTF and CSV, in whatever encoding they were written."""

from dataclasses import replace

import pytest

from chatelet.documents.parsing.csv_tables import separator_of
from chatelet.documents.parsing.document import BlockKind, Status
from chatelet.documents.parsing.limits import DEFAULT
from tests.documents.parsing.makers import codes, read, text, texts

_WORDS = "L’été déjà fini : cœur, où, île, 5 €."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_french_text_is_read_in_every_encoding(encoding: str) -> None:
    document = read(f"{_WORDS}\r\n\r\nDeuxième paragraphe.".encode(encoding), "note.txt")
    assert document.text == f"{_WORDS}\n\nDeuxième paragraphe."
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2


def test_old_macintosh_text_is_read() -> None:
    words = "Déjà à l'été, très fidèle à lui-même et à l'île où il naquit."
    assert read(words.encode("mac-roman"), "note.txt").text == words


def test_spaces_only_is_said_to_be_empty() -> None:
    document = read(b" \n\t\n \xc2\xa0", "note.txt")
    assert document.text.strip() == ""
    assert read(b" \n\t\n", "note.txt").report.status is Status.EMPTY


def test_a_text_beyond_the_limit_is_read_in_part() -> None:
    document = read(b"un deux trois quatre\n\ncinq", "note.txt", replace(DEFAULT, characters=8))
    assert (document.text, document.report.status, codes(document)) == ("un deux", Status.PARTIAL, ["text_too_long"])


def test_code_keeps_its_lines() -> None:
    document = read(b"def f():\n    return 1\n\n\nprint(f())\n", "a.py")
    assert (document.kind, document.text) == ("code", "def f():\n    return 1\n\n\nprint(f())")
    assert document.blocks[0].kind is BlockKind.CODE


def test_markdown() -> None:
    source = (
        "---\ntitle: Guide\n---\n# Un *grand* titre\n\nTexte avec un [lien](http://exemple.fr) et `du code`[^1].\nSuite\n\n- un\n  suite\n"
        "  - dedans\n1. premier\n\n| a | b |\n|---|:-:|\n| 1 | **2** |\n\n```python\nx = *1*\n```\n\nAutre\n-----\n<!-- caché -->\n[^1]: La note.\n"
    )
    document = read(source.encode(), "guide.md")
    assert [(block.kind, block.level, text(document, block)) for block in document.blocks if not block.hidden] == [
        (BlockKind.METADATA, 0, "title: Guide"),
        (BlockKind.HEADING, 1, "Un grand titre"),
        (BlockKind.PARAGRAPH, 0, "Texte avec un lien et du code[^1].\nSuite"),
        (BlockKind.LIST_ITEM, 1, "• un suite"),
        (BlockKind.LIST_ITEM, 2, "• dedans"),
        (BlockKind.LIST_ITEM, 1, "1. premier"),
        (BlockKind.TABLE, 0, "a | b\n1 | 2"),
        (BlockKind.CODE, 0, "x = *1*"),
        (BlockKind.HEADING, 2, "Autre"),
        (BlockKind.FOOTNOTE, 0, "La note."),
    ]
    assert texts(document, hidden=True) == ["caché"]
    assert document.title == "Guide"


def test_latex() -> None:
    source = r"""\documentclass{article}\title{Une \emph{th\`ese}}\author{Ada}
\begin{document}\maketitle
\section{M\'ethode} % un commentaire
On pose $x^2$ et \textbf{on cite} \cite{ada} l'\oe uvre\footnote{Une note.}.

\[ E = mc^2 \]
\begin{enumerate}\item un\item deux \begin{itemize}\item dedans\end{itemize}\end{enumerate}
\begin{table}\caption{Les chiffres}\begin{tabular}{lr}\hline a & b \\ 1 & 50\,\% \\\hline\end{tabular}\end{table}
\begin{verbatim}
100% brut
\end{verbatim}
\end{document} ignoré"""
    document = read(source.encode(), "these.tex")
    assert [(block.kind, block.level, text(document, block)) for block in document.blocks] == [
        (BlockKind.TITLE, 0, "Une thèse"),
        (BlockKind.METADATA, 0, "Ada"),
        (BlockKind.HEADING, 1, "Méthode"),
        (BlockKind.PARAGRAPH, 0, "On pose x^2 et on cite [ada] l'œuvre."),
        (BlockKind.FORMULA, 0, "E = mc^2"),
        (BlockKind.LIST_ITEM, 1, "1. un"),
        (BlockKind.LIST_ITEM, 1, "2. deux"),
        (BlockKind.LIST_ITEM, 2, "• dedans"),
        (BlockKind.CAPTION, 0, "Les chiffres"),
        (BlockKind.TABLE, 0, "a | b\n1 | 50 %"),
        (BlockKind.CODE, 0, "100% brut"),
        (BlockKind.FOOTNOTE, 0, "Une note."),
    ]


def test_rtf() -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}{\f1\fcharset204 Cyr;}}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
        rb"{\info{\title Le titre}}{\header\pard En-t\'eate\par}\pard\s1 Objet\par\pard\plain D\'e9j\'e0 \u8364?, \f1\'cf\f0  {\v cach\'e9}fin"
        rb"{\footnote\pard Une note}.\par{\*\generator x;}{\pict 89504e47}{\field{\*\fldinst HYPERLINK x}{\fldrslt lien}}\par"
        rb"\pard{\listtext\pard\plain 1.\tab}\ls1 premier\par"
        rb"\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row\trowd\clmgf\cellx100\clmrg\cellx200\pard\intbl c\cell\cell\row"
        rb"\pard {\deleted dix}{\revised vingt} jours\par \u-10179?\u-8704?\par}"
    )
    document = read(source, "note.rtf")
    assert [(block.kind, text(document, block)) for block in document.blocks if not block.hidden] == [
        (BlockKind.PAGE_HEADER, "En-tête"),
        (BlockKind.HEADING, "Objet"),
        (BlockKind.PARAGRAPH, "Déjà €, П fin."),
        (BlockKind.PARAGRAPH, "lien"),
        (BlockKind.LIST_ITEM, "1. premier"),
        (BlockKind.TABLE, "a | b\nc"),
        (BlockKind.PARAGRAPH, "jours"),
        (BlockKind.DELETION, "dix"),
        (BlockKind.INSERTION, "vingt"),
        (BlockKind.PARAGRAPH, "😀"),
        (BlockKind.FOOTNOTE, "Une note"),
    ]
    assert texts(document, hidden=True) == ["caché"]
    assert (document.title, document.tables[0].cells[2].columns) == ("Le titre", 2)


def test_rtf_of_endless_groups_is_refused() -> None:
    assert codes(read(b"{\\rtf1" + b"{" * 5_000 + b"x", "note.rtf")) == ["nested_too_deeply"]


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('nom;texte\n"a;b";"c, d, e"\nx;y\n', ";"),
    ],
)
def test_the_separator_is_the_one_that_cuts_all_lines_alike(sample: str, separator: str) -> None:
    assert separator_of(sample) == separator


def test_csv_is_a_table_whose_first_line_names_the_columns() -> None:
    document = read('Nom;Montant\n"Dupont; Ada";"1 200,50"\nBob;\n'.encode("cp1252"), "d.csv")
    assert document.text == "Nom | Montant\nDupont; Ada | 1 200,50\nBob | "
    assert [cell.header for cell in document.tables[0].cells] == [True, True, False, False, False, False]
    assert read(b"\xef\xbb\xbfa\tb\r\n1\t2\r\n", "d.tsv").text == "a | b\n1 | 2"


def test_odd_numbers_in_attributes_are_read_as_none() -> None:
    """Digits of other scripts and exponents are digits to Python, and no numbers of these formats."""
    page = (
        "<table><tr><th colspan='²'>a<th rowspan='٣'>b<tr><td colspan='99999999999'>c</table><ol start='¹'><li>d</ol>"
    )
    document = read(f"<html><meta charset='utf-8'><body>{page}</body></html>".encode(), "p.html")
    assert (document.text, document.report.status) == ("a | b\nc\n\n1. d", Status.READ)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Vu.\n\n<div class='a' style='display:none'>caché **ici**</div>\n\nVu aussi.", "note.md"),
        ("Vu.\n\n<span hidden>caché **ici**</span> Vu aussi.", "note.md"),
        ("Vu.\n\n\\textcolor{white}{caché \\textbf{ici}} Vu aussi.", "note.tex"),
        ("Vu.\n\n\\textcolor[HTML]{FFFFFF}{caché \\emph{ici}} Vu aussi.", "note.tex"),
    ],
)
def test_what_markdown_and_latex_hide_is_told_as_hidden(written: str, name: str) -> None:
    document = read(written.encode(), name)
    assert texts(document, hidden=True) == ["caché ici"]
    assert "caché" not in " ".join(texts(document, hidden=False))
    assert "Vu aussi." in document.text
    assert "hidden_text" in codes(document)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('[Vu](a) <a href="b" title="the hidden cost">vu ici</a>.', "note.md"),
        ('<div class="a hidden md:block">vu ici</div>', "note.md"),
        ("Écrire `<div hidden>` puis vu ici puis `</div>`.", "note.md"),
        ("\\rowcolor{blue}\\textcolor{white}{vu ici} & b", "note.tex"),
    ],
)
def test_what_is_seen_is_not_told_as_hidden(written: str, name: str) -> None:
    document = read(written.encode(), name)
    assert "vu ici" in " ".join(texts(document, hidden=False))
    assert "hidden_text" not in codes(document)


def test_code_of_markdown_shows_what_it_hides_elsewhere() -> None:
    document = read(b"Vu.\n\n```html\n<p hidden>un exemple</p>\n```\n", "note.md")
    assert "<p hidden>un exemple</p>" in document.text
    assert "hidden_text" not in codes(document)
