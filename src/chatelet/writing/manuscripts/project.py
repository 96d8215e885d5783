"""A LaTeX project as one source: the zip that an editor of LaTeX gives, its pieces put where they are called.

    zip (bounded) ─▶ .tex .bib .bbl ─▶ the main file, its inputs in their place ─▶ the bibliographies that it names

Members are names and texts, never paths that are written; other files of the project are not even inflated.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import protected, refused

BOUNDS: Final = Limits(inflated_bytes=40 * 1024**2, entries=5_000)
_KINDS: Final = (".tex", ".ltx", ".bib", ".bbl")
_APART: Final = ("__MACOSX/", ".")
_LARGEST: Final = 10 * 1024**2
_DEEPEST: Final = 20
_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT: Final = re.compile(r"\\(?:input|include|subfile|subfileinclude)\s*\{([^{}]{1,200})\}")
_LISTS: Final = re.compile(r"\\(?:bibliography|addbibresource)\s*(?:\[[^\]]*\]\s*)?\{([^{}]{1,1000})\}")
_CLASS: Final = re.compile(r"\\documentclass\b")
_CITED: Final = re.compile(r"\\[A-Za-z]*[cC]ite[A-Za-z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}")
_ENTRY: Final = re.compile(r"(?m)^(?=[ \t]*@[A-Za-z]+\s*[{(])")
_KEY: Final = re.compile(r"\s*@[A-Za-z]+\s*[{(]\s*([^\s,{}]+)")
_BEGINS: Final = b"PK\x03\x04"


def is_archive(data: bytes, extension: str) -> bool:
    """Tell whether a file is an archive that may hold a project."""
    return extension == "zip" and data.startswith(_BEGINS)


def source_of(data: bytes, bounds: Limits = BOUNDS) -> str | None:
    """Return the project as one source; None when it holds no LaTeX. Raises `NotRead` (bombs, passwords, damage)."""
    texts = _texts(data, bounds)
    sources = {name: text for name, text in texts.items() if name.endswith((".tex", ".ltx"))}
    if not sources:
        return None
    main = _main(sources)
    whole = _expanded(main, sources, frozenset({main}))
    return "\n\n".join([whole, *_bibliographies(main, whole, texts)])


def _texts(data: bytes, bounds: Limits) -> dict[str, str]:
    archive = Archive(data, Budget(bounds))
    wanted = [
        one
        for one in archive.members
        if one.filename.lower().endswith(_KINDS) and not posixpath.normpath(one.filename).startswith(_APART)
    ]
    if archive.is_encrypted():
        raise protected()
    for one in wanted:
        if one.file_size > _LARGEST:
            raise refused("archive_too_large", megabytes=_LARGEST // 1024**2)
    return {posixpath.normpath(one.filename): decoded(archive.read(one.filename)) for one in wanted}


def _main(sources: Mapping[str, str]) -> str:
    """Return the file that begins the document: the least deep, `main` before others, the longest of equals."""

    def rank(name: str) -> tuple[bool, int, bool, int]:
        begins = _CLASS.search(_uncommented(sources[name])) is not None
        return not begins, name.count("/"), "main" not in posixpath.basename(name), -len(sources[name])

    return min(sources, key=rank)


def _expanded(name: str, sources: Mapping[str, str], within: frozenset[str]) -> str:
    """Return a source with what it calls in its place; what is not there, or calls itself, is left out."""
    text = _uncommented(sources[name])
    begun, body, after = text.partition("\\begin{document}")
    if len(within) > 1 and body:  # a part that can be set alone has a head of its own
        text = after.partition("\\end{document}")[0]
    elif body:
        text = begun + body + after.partition("\\end{document}")[0] + "\\end{document}\n"

    def called(found: re.Match[str]) -> str:
        other = _named(found[1].strip(), name, sources, (".tex", ".ltx", ""))
        if other is None or other in within or len(within) > _DEEPEST:
            return ""
        return _expanded(other, sources, within | {other})

    return _INPUT.sub(called, text)


def _bibliographies(main: str, whole: str, texts: Mapping[str, str]) -> list[str]:
    """Return the lists that the document names, else all those of the project; what it cites first."""
    if "\\begin{thebibliography}" in whole:
        return []
    named = [one.strip() for found in _LISTS.finditer(whole) for one in found[1].split(",")]
    chosen = [found for one in named if (found := _named(one, main, texts, (".bib", ""))) is not None]
    lists = chosen or [name for name in texts if name.endswith(".bib")]
    if not lists:
        return [texts[name] for name in texts if name.endswith(".bbl")]
    cited = {key.strip() for found in _CITED.finditer(whole) for key in found[1].split(",")}
    entries = [entry for name in dict.fromkeys(lists) for entry in _ENTRY.split(texts[name])]
    return ["".join(sorted(entries, key=lambda entry: not _is_cited(entry, cited)))]


def _is_cited(entry: str, cited: set[str]) -> bool:
    found = _KEY.match(entry)
    return found is not None and found[1] in cited


def _named(written: str, beside: str, texts: Mapping[str, str], endings: tuple[str, ...]) -> str | None:
    """Find a file as LaTeX does: from the root of the project, else beside the file that calls it."""
    folders = ("", posixpath.dirname(beside))
    names = (posixpath.normpath(posixpath.join(folder, written + ending)) for folder in folders for ending in endings)
    return next((name for name in names if name in texts), None)


def _uncommented(text: str) -> str:
    return _COMMENT.sub(r"\1", text)
