"""HTML: the content of a page, its menus left out; the bodies of mails and the chapters of books are read whole."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatelet.documents.parsing import html_article
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.html_main import main_part
from chatelet.documents.parsing.html_text import HtmlText, hidden_selectors
from chatelet.documents.parsing.outcome import refused
from chatelet.documents.parsing.reader import Source

DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
HEAD = 4096
_DEEPEST = 3_000
_SHORT = 2_000  # letters of a page that may be nothing but a wall
_TAG = re.compile(  # elements whose end is always written; text after a bare `<` is none of them
    r"<(/?)(?:div|span|section|article|main|ul|ol|dl|table|blockquote|b|i|u|em|strong|font|a|small|big|center|form|svg|g)\b",
    re.IGNORECASE,
)


def read_html(source: Source) -> ParsedDocument:
    """Read a page, or only its article."""
    draft = Draft("html", source.limits)
    write_html(draft, html_characters(source.data), is_page=True, is_article=source.is_article)
    return draft.document()


def html_characters(data: bytes) -> str:
    """Return the characters of a page, in the encoding it declares."""
    declared = DECLARED.search(data[:HEAD])
    return decoded(data, declared[1].decode("ascii") if declared else "")


def write_html(draft: Draft, text: str, *, is_page: bool, is_article: bool = False) -> None:
    """Add a page, or a fragment, to a draft; only a page has menus to leave out, or an article to look for."""
    _refuse_deep(text)
    parser = LexborHTMLParser(text)
    styles = "\n".join(node.text() or "" for node in parser.css("style"))
    title = parser.css_first("title")
    if is_page and title is not None and not draft.title:
        draft.title = title.text() or None
    body = parser.body or parser.root
    if body is None:
        return
    hidden = hidden_selectors(styles)
    skipped: frozenset[int] = frozenset()
    if is_page:
        root, skipped = main_part(body)
        if is_article:
            article = html_article.article_of(text, parser)
            root, skipped = _article(draft, article, body, (root, skipped), hidden)
        body = root
    if skipped:
        draft.find("menus_left_out", count=len(skipped))
    HtmlText(draft, hidden, skipped).write(body)


def _article(
    draft: Draft, article: str, body: LexborNode, main: tuple[LexborNode, frozenset[int]], hidden: frozenset[str]
) -> tuple[LexborNode, frozenset[int]]:
    """Return the element to read and those to skip: the article, in the main part or elsewhere, or the main part."""
    root, skipped = main
    around = html_article.around(article, root, hidden, skipped)
    if 0 < around.size <= _SHORT:
        whole = Draft("html", draft.limits)
        HtmlText(whole, hidden, skipped).write(root)
        draft.whole = whole.document().text
    if around.left_out is not None:
        return root, skipped | around.left_out
    elsewhere = html_article.around(article, body, hidden, frozenset())
    if elsewhere.left_out is not None:
        return body, elsewhere.left_out
    return main


def _refuse_deep(text: str) -> None:
    """Refuse absurd nesting before the tree is built: building it takes the square of the depth."""
    depth = 0
    for tag in _TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            raise refused("nested_too_deeply", most=_DEEPEST)
