"""Markdown: words alone change; code, addresses, fields, definitions and formulas stay byte for byte."""

import pytest

from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, capitals, shown, words

_FORM = format_of("markdown")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Titre *x* #\n", "# TITRE *X* #\n"),
        ("Titre\n=====\n", "TITRE\n=====\n"),
        ('un `code` [lien **fort**](http://a.b/c_(d) "t") fin', 'UN `code` [LIEN **FORT**](http://a.b/c_(d) "t") FIN'),
        ("***a* b** _c_ ~~d~~ e_f_g 2 * 3", "***A* B** _C_ ~~D~~ E_F_G 2 * 3"),
        ("> cite\n> - point\n", "> CITE\n> - POINT\n"),
        ("- [x] fait\n\n      code\n", "- [x] FAIT\n\n      CODE\n"),
        ("1. un\n   - deux\n", "1. UN\n   - DEUX\n"),
        ("| a | b \\| c |\n|---|:-:|\n| 12 | d |\n", "| A | B \\| C |\n|---|:-:|\n| 12 | D |\n"),
        ("```py\nx = un\n```\nfin\n", "```py\nx = un\n```\nFIN\n"),
        ("    code\n\nfin", "    code\n\nFIN"),
        ("$$\nx\n$$\nsoit $y$ et \\(z\\)\n", "$$\nx\n$$\nSOIT $y$ ET \\(z\\)\n"),
        ("voir[^n] et ^[une note]\n\n[^n]: texte\n", "VOIR[^n] ET ^[UNE NOTE]\n\n[^n]: TEXTE\n"),
        ('[mot] ici\n\n[mot]: http://a.b "T"\n', '[MOT][mot] ICI\n\n[mot]: http://a.b "T"\n'),
        ("[mot][] [x][mot] ici\n\n[mot]: http://a.b\n", "[MOT][mot] [X][mot] ICI\n\n[mot]: http://a.b\n"),
        ("a ![une photo](p.png) b", "A ![UNE PHOTO](p.png) B"),
        ("<div>\n\nmot <b>gras</b><br>fin\n\n</div>\n", "<div>\n\nMOT <b>GRAS</b><br>FIN\n\n</div>\n"),
        ("<!-- rien -->\nmot &amp; fin <https://a.b> a@b.fr\n", "<!-- rien -->\nMOT & FIN <https://a.b> a@b.fr\n"),
        ("terme\n: sens\n", "TERME\n: SENS\n"),
        ("mot {{< code >}} {#id} {{ var }} [@cle2020] :rire:", "MOT {{< code >}} {#id} {{ var }} [@cle2020] :rire:"),
        ("dur  \nretour\\\nfin", "DUR  \nRETOUR\\\nFIN"),
        ("a \\* b", "A * B"),
    ],
)
def test_words_alone_change(source: str, expected: str) -> None:
    assert capitals(_FORM, source.encode()) == expected


def test_code_and_formulas_are_shown_locked() -> None:
    found = _FORM.segments(b"mot\n\n```\ncode\n```\n")
    assert [(segment.locked, shown(segment)) for segment in found] == [(False, "mot"), (True, "[1]")]
    assert found[1].pieces[0].text == "```\ncode\n```"


def test_parts_are_told() -> None:
    source = b"# T\n\np ![img](x)\n\n| a |\n|---|\n| b |\n\n[^1]: n\n"
    parts = [Part.HEADING, Part.BODY, Part.ALTERNATIVE, Part.CELL, Part.CELL, Part.NOTE]
    assert [segment.part for segment in _FORM.segments(source)] == parts


@pytest.mark.parametrize(
    "words_given", ["# non", "- non", "1. non", "a *b* c", "x `y` z", "[a](b)", "<b>n</b>", "&lt; a_b"]
)
def test_new_words_are_never_read_as_signs(words_given: str) -> None:
    rebuilt = _FORM.rebuild(b"mot\n\nfin\n", {0: [Piece("text", words_given)]}, PLAIN).data
    after = _FORM.segments(rebuilt)
    assert [shown(segment) for segment in after] == [words_given, "fin"]


def test_lines_are_broken_again_within_their_list_or_quotation() -> None:
    source = b"> - un point qui va sur\n>   deux lignes\n"
    rebuilt = _FORM.rebuild(source, {0: [Piece("text", "one point that is longer and goes on three lines")]}, PLAIN)
    assert rebuilt.data == b"> - one point that is\n>   longer and goes on\n>   three lines\n"


def test_language_marks_and_doubts_are_told() -> None:
    options = Options(language="en", visible_mark="By a machine.", unsure=frozenset({0}))
    source = b"---\ntitle: Titre\nlang: fr\n---\nun *mot*\n"
    head = "---\ntitle: Titre\nlang: en\nai-generated: true\n---\n"
    assert capitals(_FORM, source, options) == f"{head}<mark>UN *MOT*</mark>\n\nBy a machine.\n"
    assert capitals(_FORM, b"mot\n", Options()) == "MOT\n\n<!-- ai-generated: true -->\n"


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert words(_FORM, b"---\n\nun mot\n\n---\n") == ["un mot"]
