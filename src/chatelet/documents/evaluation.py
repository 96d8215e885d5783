"""Reading of many files to judge how well they are read (`chatelet eval parse`): a text and a report for each."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from chatelet.documents.parsing import sandbox, server
from chatelet.documents.parsing.document import Block, BlockKind, ParsedDocument
from chatelet.documents.parsing.names import extension_of
from chatelet.documents.parsing.outcome import damaged, without_text

# In the text, what is beside the body is told as such; notes, headers and footers are read where they stand.
_MARKED = {BlockKind.COMMENT: "comment", BlockKind.INSERTION: "inserted", BlockKind.DELETION: "deleted"}

Tell = Callable[[str], None]


def files_of(given: Sequence[Path]) -> list[Path]:
    """Return the files that were named, and those inside the folders that were named (hidden ones left aside)."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file())
            found += [file for file in inside if not file.name.startswith(".")]
        else:
            found.append(path)
    return found


async def parse_files(files: Sequence[Path], out: Path, *, jobs: int, tell: Tell) -> None:
    """Read each file, `jobs` at once, and write `<file name>.txt` and `<file name>.json`; a bad one stops no other."""
    names = _names(files)
    turn = asyncio.Semaphore(jobs)

    async def one(path: Path) -> None:
        async with turn:
            document = await _read(path)
        (out / f"{names[path]}.txt").write_text(text_of(document), "utf-8", errors="replace")
        (out / f"{names[path]}.json").write_bytes(msgspec.json.format(_described(path, document), indent=1))
        codes = ", ".join(finding.code for finding in document.report.findings)
        tell(f"{document.report.status:18} {document.kind:9} {len(document.text):>9} {names[path]}  {codes}".rstrip())

    try:
        await asyncio.gather(*(one(path) for path in names))
    finally:
        server.close()


def text_of(document: ParsedDocument) -> str:
    """Return the text a person sees, in reading order, then that of each file inside, under its own name."""
    parts = list(_seen(document)) if document.blocks else [document.text]
    text = "".join(parts).strip("\n")
    for attachment in document.attachments:
        text += f"\n\n=== {attachment.name} ===\n\n{text_of(attachment.document).rstrip()}"
    return f"{text.strip()}\n"


def _seen(document: ParsedDocument) -> Iterator[str]:
    """Yield the stretches of the text without hidden ones, changes and comments marked."""
    place = 0
    for block in sorted(document.blocks, key=lambda block: (block.start, -block.end)):
        if block.start < place or (not block.hidden and block.kind not in _MARKED):
            continue
        yield document.text[place : block.start]
        if not block.hidden:
            yield _marked(document, block)
        place = block.end
    yield document.text[place:]


def _marked(document: ParsedDocument, block: Block) -> str:
    author = f" by {block.author}" if block.author else ""
    return f"[{_MARKED[block.kind]}{author}: {document.text[block.start : block.end]}]"


async def _read(path: Path) -> ParsedDocument:
    try:
        return await sandbox.read(path, path.name)
    except OSError as error:
        return without_text(extension_of(path.name), damaged("file_unreadable", error=type(error).__name__))


def _described(path: Path, document: ParsedDocument) -> bytes:
    told = {"file": path.name, "status": document.report.status, **msgspec.structs.asdict(document)}
    return msgspec.json.encode(told)


def _names(files: Sequence[Path]) -> dict[Path, str]:
    """Name the results after the files; the second of one name gets a number."""
    names: dict[Path, str] = {}
    taken: dict[str, int] = {}
    for path in dict.fromkeys(files):
        taken[path.name] = taken.get(path.name, 0) + 1
        names[path] = path.name if taken[path.name] == 1 else f"{path.name}~{taken[path.name]}"
    return names
