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
_CONTENT = {"h1", "main", "article"}
_LISTS = {"ul", "ol", "div", "table", "p"}
_LINKED = 0.6  # of the text of a block that is a menu
_LEAST = 0.15  # of the page's text that must remain
_LEAST_CHARACTERS = 140


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters, those inside links, links, whether a title or the content is there.

    `is_data` tells a table whose columns or rows have headings.
    `inside` are the elements right below it that have a weight: walking the tree again costs as much as weighing it.
    """

    text: int = 0
    linked: int = 0
    links: int = 0
    is_content: bool = False
    is_data: bool = False
    inside: list[tuple[LexborNode, str, "_Weight"]] = field(default_factory=list["tuple[LexborNode, str, _Weight]"])


Weights = dict[int, _Weight]


def _weigh(node: LexborNode, name: str, weights: Weights, *, in_link: bool = False) -> _Weight:
    """Weigh an element and all those inside, once each."""
    weight = _Weight(links=int(name == "a"), is_content=name in _CONTENT, is_data=name == "th")
    for inner in node.iter(include_text=True):
        if inner.is_text_node:
            size = len("".join((inner.text_content or "").split()))
            weight.text += size
            weight.linked += size if in_link else 0
        elif inner.is_element_node and (tag := inner.tag or "") not in SILENT:
            more = _weigh(inner, tag, weights, in_link=in_link or tag == "a")
            weight.inside.append((inner, tag, more))
            weight.text, weight.linked = weight.text + more.text, weight.linked + more.linked
            weight.links += more.links
            weight.is_content = weight.is_content or more.is_content
            weight.is_data = weight.is_data or more.is_data
    weights[node.mem_id] = weight
    return weight


def main_part(body: LexborNode) -> tuple[LexborNode, frozenset[int]]:
    """Return the element to read, and the elements inside it to skip (by identity)."""
    weights: Weights = {}
    total = _weigh(body, body.tag or "", weights).text
    root = _declared(body, weights, total) or body
    skipped: set[int] = set()
    left = _skip(weights[root.mem_id], skipped, is_inside=root is not body)
    if left < max(_LEAST * total, min(_LEAST_CHARACTERS, total)):
        return body, frozenset()
    return root, frozenset(skipped)


def _declared(body: LexborNode, weights: Weights, total: int) -> LexborNode | None:
    """Find the part that the page itself calls its content, when it holds enough of the text."""
    for selector in ("main", "[role=main]", "[itemprop=articleBody]", "article"):
        found = body.css(selector)
        if len(found) == 1 and weights.get(found[0].mem_id, _Weight()).text >= max(_LEAST * total, _LEAST_CHARACTERS):
            return found[0]
    return None


def _skip(outer: _Weight, skipped: set[int], *, is_inside: bool) -> int:
    """Mark what is furniture inside an element; return how many characters remain."""
    left = outer.text
    for inner, name, weight in outer.inside:
        if not weight.text:
            continue
        if _is_furniture(inner, name, weight, is_inside=is_inside):
            skipped.add(inner.mem_id)
            left -= weight.text
        else:
            deeper = is_inside or name in {"main", "article"}
            left -= weight.text - _skip(weight, skipped, is_inside=deeper)
    return left


def _is_furniture(node: LexborNode, name: str, weight: _Weight, *, is_inside: bool) -> bool:
    if weight.is_content:
        return False
    attributes = node.attributes
    role = attributes.get("role") or ""
    if role.startswith("doc-"):  # a note, a glossary: parts of a document
        return False
    if name in _FURNITURE or role in _ROLES:
        return name != "form" or weight.text < 2 * _LEAST_CHARACTERS
    if name in _MARGINS and not is_inside:
        return True
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    if _NAMED.search(named) and (not is_inside or weight.linked > weight.text * _LINKED / 2):
        return True
    return name in _LISTS and not is_inside and _is_menu(weight)


def _is_menu(weight: _Weight) -> bool:
    if weight.is_data:  # a table whose columns have headings, were each of its rows a link
        return False
    return weight.linked > weight.text * _LINKED and weight.links >= 3 and weight.text < 40 * weight.links
