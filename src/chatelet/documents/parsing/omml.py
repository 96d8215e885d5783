"""Equations of office documents (OMML, ECMA-376 part 1, chapter 22) as one readable line: `a^2 + b^2 = c^2`."""

from collections.abc import Callable

from chatelet.documents.parsing.ooxml import child
from chatelet.documents.parsing.xml import Node, attribute, local

_SIMPLE = 1


def linear(element: Node) -> str:
    """Return an equation, or a part of one, on one line."""
    written = _WRITERS.get(local(element))
    if written:
        return written(element)
    text = ""
    for inner in element:
        more = linear(inner)
        is_glued = text[-1:].isalnum() and more[:1].isalnum() and any(mark in text[-3:] for mark in "^_")
        text += f" {more}" if is_glued else more
    return text


def _part(element: Node, name: str) -> str:
    found = child(element, name)
    return "" if found is None else linear(found)


def _grouped(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SIMPLE or text.isalnum() or (text[0] + text[-1]) in {"()", "[]"} else f"({text})"


def _property(element: Node, holder: str, name: str, default: str) -> str:
    found = child(element, holder, name)
    return default if found is None else attribute(found, "val")


def _run(element: Node) -> str:
    return "".join(inner.text or "" for inner in element if local(inner) == "t")


def _fraction(element: Node) -> str:
    if _property(element, "fPr", "type", "bar") == "noBar":  # a binomial coefficient
        return f"{_part(element, 'num')}; {_part(element, 'den')}"
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _superscript(element: Node) -> str:
    return f"{_part(element, 'e')}^{_grouped(_part(element, 'sup'))}"


def _subscript(element: Node) -> str:
    return f"{_part(element, 'e')}_{_grouped(_part(element, 'sub'))}"


def _both(element: Node) -> str:
    return f"{_part(element, 'e')}_{_grouped(_part(element, 'sub'))}^{_grouped(_part(element, 'sup'))}"


def _before(element: Node) -> str:
    return f"_{_grouped(_part(element, 'sub'))}^{_grouped(_part(element, 'sup'))} {_part(element, 'e')}"


def _root(element: Node) -> str:
    degree = _part(element, "deg").strip()
    return f"{'√' if not degree else f'root_{_grouped(degree)}'}({_part(element, 'e')})"


def _nary(element: Node) -> str:
    sign = _property(element, "naryPr", "chr", "∫")
    low, high = _part(element, "sub").strip(), _part(element, "sup").strip()
    return f"{sign}{f'_{_grouped(low)}' if low else ''}{f'^{_grouped(high)}' if high else ''} {_part(element, 'e')}"


def _delimited(element: Node) -> str:
    begin = _property(element, "dPr", "begChr", "(")
    end = _property(element, "dPr", "endChr", ")")
    between = _property(element, "dPr", "sepChr", "|")
    return begin + between.join(linear(inner) for inner in element if local(inner) == "e") + end


def _function(element: Node) -> str:
    return f"{_part(element, 'fName').strip()} {_grouped(_part(element, 'e'))}"


def _accent(element: Node) -> str:
    return _part(element, "e") + _property(element, "accPr", "chr", "\u0302")


def _limit_low(element: Node) -> str:
    return f"{_part(element, 'e')}_{_grouped(_part(element, 'lim'))}"


def _limit_high(element: Node) -> str:
    return f"{_part(element, 'e')}^{_grouped(_part(element, 'lim'))}"


def _matrix(element: Node) -> str:
    rows = [", ".join(linear(cell) for cell in row) for row in element if local(row) == "mr"]
    return f"[{'; '.join(rows)}]"


def _lines(element: Node) -> str:
    return "\n".join(linear(inner) for inner in element if local(inner) == "e")


def _paragraph(element: Node) -> str:
    return "\n".join(linear(inner) for inner in element if local(inner) == "oMath")


_WRITERS: dict[str, Callable[[Node], str]] = {
    "r": _run,
    "f": _fraction,
    "sSup": _superscript,
    "sSub": _subscript,
    "sSubSup": _both,
    "sPre": _before,
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "func": _function,
    "acc": _accent,
    "limLow": _limit_low,
    "limUpp": _limit_high,
    "m": _matrix,
    "eqArr": _lines,
    "oMathPara": _paragraph,
    "ctrlPr": lambda _element: "",
}
