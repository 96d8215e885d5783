"""Text as people compare it: without case nor accents."""

import unicodedata


def fold(text: str) -> str:
    """Return `text` without case, accents and ligatures (œ → oe), spaces collapsed: what a search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def first_line(text: str, longest: int) -> str:
    """Return the first line of `text`, cut at a word before `longest` characters."""
    line = " ".join(text.strip().split("\n", 1)[0].split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
