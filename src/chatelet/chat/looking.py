"""The pictures that a model looks at, when it sees: images given with the questions, pages asked about for their look.

files of the branch, this question's first -> images; of PDF files, the pages named or the first ones
each drawn anew in the reader's process, from its pixels alone, bounded -> told under the answer

A model that does not see reads what was recognised, and the line under the answer says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.chat.events import NoticeEvent
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.conversations.parts import AttachmentPart
from chatelet.documents.files import queries as files
from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.inference.errors import ModelSeesNoImages
from chatelet.inference.picture import MOST_PICTURES, Picture, side_within
from chatelet.inference.registry import Model
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.kernel.text import fold
from chatelet.policy.sensitivity import Label

_SHARE: Final = 4  # a quarter of what the model reads
_NO_TEXT: Final = "file_empty"
_LOOK: Final = re.compile(
    r"\b(?:images?|photos?|photograph\w*|pictures?|dessins?|drawings?|schemas?|diagram\w*|graphi\w*|charts?|figures?"
    r"|illustrations?|logos?|tampons?|stamps?|signatures?|couleurs?|colou?rs?|mise en page|layout|a quoi ressembl\w*"
    r"|looks? like|manuscrit\w*|handwrit\w*|cases? cochees?|ticked|checked box\w*|apparence|appearance|vois|voit|see)\b"
)
_PAGES: Final = re.compile(r"\bpages?\s+(\d{1,4})(?:\s*(?:,|et|and|a|to|-)\s*(\d{1,4}))?")
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the model is shown, and of which files."""

    pictures: tuple[Picture, ...] = ()
    notices: tuple[NoticeEvent, ...] = ()


def reserved(asked: AskedTurn, model: Model) -> int:
    """Return how many tokens to keep for pictures, before it is known which there are."""
    given = _attachments(asked)
    likely = any(one.looks_like_image for one in given) or (given and concerns_the_look(asked.opened.question))
    return model.context_tokens // _SHARE if model.sees and likely else 0


def concerns_the_look(question: str) -> bool:
    """Tell whether a question is about how something looks: pages of documents are then shown, not only read."""
    return _LOOK.search(fold(question)) is not None


def pages_named(question: str) -> list[int]:
    """Return the pages that a question names, in order; none for none."""
    named: list[int] = []
    for found in _PAGES.finditer(fold(question)):
        named += [int(number) for number in found.groups() if number]
    return [number for number in dict.fromkeys(named) if number > 0]


async def look(services: ChatServices, asked: AskedTurn, model: Model, label: Label) -> Looked:
    """Return the pictures for a model that sees, of the files that `label` covers; nothing for another model."""
    given = _attachments(asked)
    if not model.sees or not given:
        return Looked()
    async with services.database.transaction() as session:
        rows = {row.id: row for row in await files.files(session, asked.principal, [one.file_id for one in given])}
    covered = [row for one in given if (row := rows.get(one.file_id)) and label.covers(row.label)]
    wanted = _wanted(covered, asked.opened.question)
    longest = side_within(model.context_tokens // _SHARE, len(wanted))
    pictures: list[Picture] = []
    seen: dict[UUID, int] = {}
    for row, page in wanted:
        picture = await _drawn(services, row, page, longest)
        if picture is not None:
            pictures.append(picture)
            seen[row.id] = seen.get(row.id, 0) + 1
    notices = [
        NoticeEvent(code="source_seen", params={"file": str(identifier), "pictures": count})
        for identifier, count in seen.items()
    ]
    return Looked(tuple(pictures), tuple(notices))


def told(read: Sequence[NoticeEvent], looked: Looked, model: Model, images: frozenset[UUID]) -> list[NoticeEvent]:
    """Return what to say of the files: one that was seen is not said to be unread for want of text."""
    seen = {str(one.params["file"]) for one in looked.notices}
    kept: list[NoticeEvent] = []
    for one in read:
        is_textless = one.code == "source_unread" and one.params["reason"] == _NO_TEXT
        if is_textless and one.params["file"] in seen:
            continue
        if is_textless and not model.sees and one.params["file"] in {str(identifier) for identifier in images}:
            params = {**one.params, "reason": ModelSeesNoImages.code}
            kept.append(one.model_copy(update={"params": params}))
            continue
        kept.append(one)
    return [*kept, *looked.notices]


def images_of(asked: AskedTurn) -> frozenset[UUID]:
    """Return the files given that are images by their names."""
    return frozenset(one.file_id for one in _attachments(asked) if one.looks_like_image)


def _wanted(rows: Sequence[File], question: str) -> list[tuple[File, int]]:
    """Return the pages to show, at most `MOST_PICTURES`: images first, then documents asked about for their look."""
    images = [row for row in rows if row.kind == "image" and _is_safe(row)]
    chosen = [(row, page) for row in images for page in range(1, max(1, row.pages) + 1)]
    if concerns_the_look(question):
        named = pages_named(question)
        for row in (row for row in rows if row.kind == "pdf" and _is_safe(row)):
            chosen += [(row, page) for page in named or range(1, row.pages + 1) if page <= row.pages]
    return chosen[:MOST_PICTURES]


def _is_safe(row: File) -> bool:
    """Tell whether a file passed the antivirus and the reader's bounds, with text or without."""
    return row.state == "read" or (row.state == "failed" and row.error_code == _NO_TEXT)


async def _drawn(services: ChatServices, row: File, page: int, longest: int) -> Picture | None:
    documents = services.documents
    try:
        blobs = FileBlobs(documents.storage, services.keyring, row.id, row.wrapped_key)
        data = await blobs.original(row.parts)
        return Picture(await documents.reader.look(data, blobs.open_name(row.name_sealed), page, longest))
    except (AppError, ValueError) as error:
        log.warning("picture_not_drawn", file=str(row.id), page=page, error=getattr(error, "code", "out_of_bounds"))
        return None


def _attachments(asked: AskedTurn) -> list[AttachmentPart]:
    branch = [*asked.opened.given, *(one for turn in reversed(asked.opened.history) for one in turn.given)]
    return list({one.file_id: one for one in branch if isinstance(one, AttachmentPart)}.values())
