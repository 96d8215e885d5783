"""Which part of a web page is its content: menus, banners and footers left out, so that nobody is answered from them.

Nothing is left out that would leave the page nearly empty: then the page is read whole.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from chatelet.documents.parsing.html_text import SILENT

_FURNITURE = {"nav", "aside", "form", "dialog"}
_MARGINS = {"header", "footer"}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "toolbar"}
_NAMED = re.compile(
    r"(?:^|[-_ ])(?:nav(?:bar|igation)?|menu|breadcrumbs?|fil-?ariane|cookies?|banner|bandeau|footer|pied(?:page)?|"
    r"share|partage|social|sidebar|related|toolbar|skip-?links?|evitement|pagination|newsletter|masthead|topbar|"
    r"langues?)"
    r"(?:$|[-_ \d])",
    re.IGNORECASE,
)
_LINKED = 0.6  # of the text of a block that is a menu
_LEAST = 0.15  # of the page's text that must remain
_LEAST_CHARACTERS = 140


@dataclass(slots=True)
class _Weights:
    """Characters of text, and of text inside links, of each element."""

    text: dict[int, int] = field(default_factory=dict[int, int])
    linked: dict[int, int] = field(default_factory=dict[int, int])

    def weigh(self, node: LexborNode, *, in_link: bool = False) -> tuple[int, int]:
        """Weigh an element and all those inside."""
        text = linked = 0
        for inner in node.iter(include_text=True):
            if inner.is_text_node:
                size = len("".join((inner.text_content or "").split()))
                text += size
                linked += size if in_link else 0
            elif inner.is_element_node and inner.tag not in SILENT:
                more = self.weigh(inner, in_link=in_link or inner.tag == "a")
                text, linked = text + more[0], linked + more[1]
        self.text[node.mem_id], self.linked[node.mem_id] = text, linked
        return text, linked


def main_part(body: LexborNode) -> tuple[LexborNode, frozenset[int]]:
    """Return the element to read, and the elements inside it to skip (by identity)."""
    weights = _Weights()
    total, _ = weights.weigh(body)
    root = _declared(body, weights, total) or body
    skipped: set[int] = set()
    left = _skip(root, weights, skipped, is_inside=root is not body)
    if left < max(_LEAST * total, min(_LEAST_CHARACTERS, total)):
        return body, frozenset()
    return root, frozenset(skipped)


def _declared(body: LexborNode, weights: _Weights, total: int) -> LexborNode | None:
    """Find the part that the page itself calls its content, when it holds enough of the text."""
    for selector in ("main", "[role=main]", "[itemprop=articleBody]", "article"):
        found = body.css(selector)
        if len(found) == 1 and weights.text.get(found[0].mem_id, 0) >= max(_LEAST * total, _LEAST_CHARACTERS):
            return found[0]
    return None


def _skip(node: LexborNode, weights: _Weights, skipped: set[int], *, is_inside: bool) -> int:
    """Mark what is furniture inside an element; return how many characters remain."""
    left = weights.text.get(node.mem_id, 0)
    for inner in node.iter():
        size = weights.text.get(inner.mem_id, 0)
        if inner.tag in SILENT or not size:
            continue
        name = inner.tag or ""
        if _is_furniture(inner, name, weights, is_inside=is_inside):
            skipped.add(inner.mem_id)
            left -= size
        else:
            deeper = is_inside or name in {"main", "article"}
            left -= size - _skip(inner, weights, skipped, is_inside=deeper)
    return left


def _is_furniture(node: LexborNode, name: str, weights: _Weights, *, is_inside: bool) -> bool:
    if name in {"main", "article", "body", "h1", "h2", "h3"} or node.css_first("h1, main, article") is not None:
        return False
    attributes = node.attributes
    if name in _FURNITURE or (attributes.get("role") or "") in _ROLES:
        return name != "form" or weights.text[node.mem_id] < 2 * _LEAST_CHARACTERS
    if name in _MARGINS and not is_inside:
        return True
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    size, linked = weights.text[node.mem_id], weights.linked[node.mem_id]
    if _NAMED.search(named) and (not is_inside or linked > size * _LINKED / 2):
        return True
    return name in {"ul", "ol", "div", "table", "p"} and not is_inside and _is_menu(node, size, linked)


def _is_menu(node: LexborNode, size: int, linked: int) -> bool:
    return linked > size * _LINKED and len(node.css("a")) >= 3 and size < 40 * len(node.css("a"))
