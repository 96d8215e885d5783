"""Equations in MathML as one readable line."""

from chatelet.documents.parsing.xml import Node, local

_SKIPPED = {"annotation", "annotation-xml"}


def linear_math(element: Node) -> str:
    """Return an equation, or a part of one, on one line."""
    name = local(element)
    if name in _SKIPPED:
        return ""
    parts = [linear_math(inner) for inner in element if local(inner) not in _SKIPPED]
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name in {"msup", "mover"} and len(parts) == 2:
        return f"{parts[0]}^{_grouped(parts[1])}"
    if name in {"msub", "munder"} and len(parts) == 2:
        return f"{parts[0]}_{_grouped(parts[1])}"
    if name in {"msubsup", "munderover"} and len(parts) == 3:
        return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    return _other(name, parts, element)


def _other(name: str, parts: list[str], element: Node) -> str:
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mroot" and len(parts) == 2:
        return f"root_{_grouped(parts[1])}({parts[0]})"
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if name in {"mtable", "mtr"}:
        between = "; " if name == "mtable" else ", "
        return f"[{between.join(parts)}]" if name == "mtable" else between.join(parts)
    if name == "mspace":
        return " "
    if not len(element):
        return (element.text or "").strip()
    return "".join(parts)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() or (text[0] + text[-1]) in {"()", "[]"} else f"({text})"
