"""Words of LaTeX: arguments, accents, and the commands that only give a form to text."""

import re
import unicodedata

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "b": "\u0331",
}  # fmt: skip
_ACCENTED = re.compile(r"\\(['`^\"~=.]|[cvuHkrb](?![A-Za-z]))\s*(?:\{\s*\\?([A-Za-zıȷ]?)\s*\}|\\?([A-Za-z]))")
_SIGNS = {
    "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "og": "« ", "fg": " »", "ldots": "…", "dots": "…", "textellipsis": "…", "euro": "€",
    "texteuro": "€", "pounds": "£", "S": "§", "P": "¶", "copyright": "©", "textdegree": "°", "degree": "°",
    "textendash": "–", "textemdash": "—", "LaTeX": "LaTeX", "TeX": "TeX", "textbackslash": "\\", "quad": " ",
    "qquad": " ", "newline": "\n", "guillemotleft": "«", "guillemotright": "»", "no": "n°", "up": "", "ier": "er",
    "iere": "re", "ieme": "e",
}  # fmt: skip
_DROPPED = re.compile(
    r"\\(?:label|includegraphics|vspace|hspace|input|include|bibliographystyle|bibliography|usepackage|setlength|"
    r"pagestyle|thispagestyle|setcounter|addcontentsline|index|hypersetup|nocite|graphicspath|newcommand|renewcommand|"
    r"documentclass|color|rule|phantom)\*?\s*(?:\[[^\]]*\]|\{[^{}]*\})*"
)
_KEPT = re.compile(r"\\href\s*\{[^{}]*\}\s*|\\textcolor\s*\{[^{}]*\}\s*|\\multirow\s*\{[^{}]*\}\s*\{[^{}]*\}\s*")
_CITED = re.compile(r"\\(?:[A-Za-z]*[cC]ite[A-Za-z]*|ref|eqref|autoref|cref|pageref)\*?\s*(?:\[[^\]]*\])*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?[ \t]*(?:\[[^\]\n]{0,200}\])?")
_ESCAPED = re.compile(r"\\([%&#_{}$ ,;:!/-])")
_MATHS = re.compile(r"\\\((.*?)\\\)|(?<!\\)\$([^$]+)\$", re.DOTALL)
_UNSEEN = re.compile(r"\\textcolor\s*(?:\[[^\]]*\])?\s*\{\s*(?:white|[fF]{6}|1\s*,\s*1\s*,\s*1)\s*\}\s*(?=\{)")
_GROUND = re.compile(r"\\(?:row|cell|column|page)colors?\b|\\f?colorbox\b|tcolorbox|\\fill\b|\\node\b")
_LONGEST = 200_000


def argument(text: str, place: int) -> tuple[str, int]:
    """Return the argument in braces at a place (options in brackets passed over), and where it ends."""
    while place < len(text) and text[place].isspace():
        place += 1
    if text[place : place + 1] == "[":
        close = text.find("]", place)
        return argument(text, close + 1) if close >= 0 else ("", place + 1)
    if text[place : place + 1] != "{":
        return "", place
    depth, start = 0, place
    for at in range(place, min(len(text), place + _LONGEST)):
        if text[at] == "\\":
            continue
        if text[at] in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "{" else -1
            if not depth:
                return text[start + 1 : at], at + 1
    return text[start + 1 :], len(text)


def without_hidden(text: str) -> tuple[str, list[str]]:
    """Return a text without what is written in white, and those words; on a ground of colour white is seen."""
    if _GROUND.search(text):
        return text, []
    pieces, hidden, place = list[str](), list[str](), 0
    for found in _UNSEEN.finditer(text):
        if found.start() < place:
            continue
        words, end = argument(text, found.end())
        pieces.append(text[place : found.start()])
        hidden.append(words)
        place = end
    return "".join([*pieces, text[place:]]), hidden


def plain(text: str) -> str:
    """Return the words of a text; formulas inside keep their source, without the dollars."""
    formulas: list[str] = []

    def keep(match: re.Match[str]) -> str:
        formulas.append((match[1] or match[2] or "").strip())
        return f"\ue000{len(formulas) - 1}\ue001"

    text = _MATHS.sub(keep, text)
    text = _ACCENTED.sub(_accented, text)
    text = _KEPT.sub("", _DROPPED.sub("", text))
    text = _CITED.sub(r"[\1]", text)
    text = _ESCAPED.sub(lambda match: match[1] if match[1] not in " ,;:!/-" else " " * (match[1] in " ,;:"), text)
    text = text.replace("\\\\", "\n")
    text = _COMMAND.sub(lambda match: _SIGNS.get(match[1], ""), text)
    text = re.sub(r"[{}]", "", text).replace("~", "\u00a0")
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    text = re.sub(r"[ \t]*\n[ \t]*", " ", text)
    text = re.sub(r"\ue000(\d+)\ue001", lambda match: formulas[int(match[1])], text)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def _accented(match: re.Match[str]) -> str:
    letter = match[2] or match[3] or ""
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]]) if letter else ""
