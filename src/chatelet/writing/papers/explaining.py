"""A figure, a table, a formula or chosen words of a paper, explained by what the paper itself says of it.

its text ─▶ where it is shown and named ─▶ passages there and around ─┐
its page, where a model that sees is cleared ─────────────────────────┴─▶ model ─▶ sentences checked: held │ told apart
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal
from uuid import UUID

from chatelet.documents.files.store import FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.evidence.passage import Passage
from chatelet.identity.principal import Language, Principal
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.inference.picture import Picture, side_within
from chatelet.inference.registry import Model
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.policy.rules.book import Policies
from chatelet.writing.papers import gathering, opening, reading
from chatelet.writing.papers.checking import Lack, check
from chatelet.writing.papers.comparing import held_of, told_of
from chatelet.writing.papers.errors import NotPointedAt, WordsNotInPaper
from chatelet.writing.papers.gathering import About
from chatelet.writing.papers.numbering import renumbered
from chatelet.writing.papers.pointing import Kind, Name, known_in, named_in, pointed
from chatelet.writing.papers.quoting import quoted
from chatelet.writing.papers.reading import Chosen, OfPaper
from chatelet.writing.papers.schemas import ExplanationIn, ExplanationOut, PointedList, PointedOut, UnheldOut
from chatelet.writing.services import WritingServices
from chatelet.writing.summary.sources import Given, sources_of

_TOKENS: Final = 900
_SHARE: Final = 4  # a quarter of what the model reads is for the page
_CALLED: Final[dict[Language, dict[Kind, str]]] = {
    "fr": {
        "figure": "Figure {}",
        "table": "Tableau {}",
        "formula": "Formule ({})",
        "scheme": "Schéma {}",
        "chart": "Graphique {}",
        "algorithm": "Algorithme {}",
        "box": "Encadré {}",
    },
    "en": {
        "figure": "Figure {}",
        "table": "Table {}",
        "formula": "Formula ({})",
        "scheme": "Scheme {}",
        "chart": "Chart {}",
        "algorithm": "Algorithm {}",
        "box": "Box {}",
    },
}
Unseen = Literal["no_model", "no_page", "not_drawn"]
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Found:
    file: File
    document: ParsedDocument
    about: About


async def listed(services: WritingServices, principal: Principal, collection_id: UUID, paper_id: UUID) -> PointedList:
    """Return the figures, tables and formulas of a paper. Raises `CollectionNotFound`, `PaperNotFound`."""
    async with services.database.transaction() as session:
        chosen = await reading.choose(session, principal, collection_id, [paper_id])
    by_name: dict[Name, PointedOut] = {}
    for _file, document in await _documents(services, chosen):
        for one in await asyncio.to_thread(pointed, document):
            told = _told(About(one.name.kind, one.name.number, one.caption, one.mentions), document)
            if one.name not in by_name or by_name[one.name].caption is None:
                by_name[one.name] = told
    return PointedList(items=list(by_name.values()), is_reading=chosen.is_reading)


async def explain(
    services: WritingServices, policies: Policies, principal: Principal, collection_id: UUID, asked: ExplanationIn
) -> ExplanationOut:
    """Return what the paper says of something in it. Raises as `comparing.cell`, `NotPointedAt`, `WordsNotInPaper`."""
    words = asked.words or asked.number or ""
    opened = await opening.open_papers(
        services, policies, principal, collection_id, [asked.paper_id], words, "explanation"
    )
    found = await _find(services, opened.chosen, asked)
    about = _told(found.about, found.document)
    model = opened.choice.first
    picture, unseen = await _look(services, found, about.page, model if not opened.replaced else None)
    if picture is not None:
        opened = replace(opened, choice=opened.choice.seeing())
    [source] = await asyncio.to_thread(sources_of, [Given(found.file.id, "", found.document)])
    room = opening.room(model, _TOKENS, picture.tokens if picture else 0)
    passages = gathering.gather(found.about, source.passages, room)
    small = model.backend.is_embedded
    question = _question(about, principal.language, picture, small=small)
    said = opening.words_of(passages, question, "explanation", principal.language, small=small)
    message = Message("user", said, pictures=(picture,) if picture else ())
    answer = await opening.asking(services, opened, principal).ask(ChatRequest((message,), _TOKENS))
    checked = check(answer.text, passages, _unknown(found.about, passages))
    held = held_of([OfPaper(asked.paper_id, one) for one in passages], checked)
    text, held = renumbered(checked.text, held)
    return ExplanationOut(
        about=about,
        text=text if held else "",
        is_said=bool(held),
        held=held,
        quoted=told_of([OfPaper(asked.paper_id, one) for one in quoted(found.about, passages)]),
        unheld=[UnheldOut(text=" ".join(one.text.split()), reason=one.reason) for one in checked.dropped],
        seen=picture is not None,
        unseen=unseen,
    )


async def _documents(services: WritingServices, chosen: Chosen) -> list[tuple[File, ParsedDocument]]:
    return [(file, await reading.document_of(services, file)) for _paper, file in chosen.files]


async def _find(services: WritingServices, chosen: Chosen, asked: ExplanationIn) -> _Found:
    """Return where the paper has it: in the file that shows it, else in one that names it."""
    found: list[_Found] = []
    for file, document in await _documents(services, chosen):
        if asked.kind == "passage":
            about = await asyncio.to_thread(gathering.chosen, document, asked.words or "")
        else:
            about = await asyncio.to_thread(gathering.named, document, Name(asked.kind, asked.number or ""))
        if about is not None:
            found.append(_Found(file, document, about))
    if not found and asked.kind == "passage":
        raise WordsNotInPaper
    if not found:
        raise NotPointedAt(kind=asked.kind, number=asked.number or "")
    return next((one for one in found if one.about.own), found[0])


def _told(about: About, document: ParsedDocument) -> PointedOut:
    caption = " ".join(document.text[about.own[0] : about.own[1]].split()) if about.own else None
    return PointedOut(
        kind=about.kind or "passage",
        number=about.number,
        caption=caption,
        page=_page_of(document, about.own[0]) if about.own else None,
        mentions=len(about.mentions),
    )


def _page_of(document: ParsedDocument, place: int) -> int | None:
    return next((page.number for page in document.pages if page.start <= place < page.end), None)


async def _look(
    services: WritingServices, found: _Found, page: int | None, model: Model | None
) -> tuple[Picture | None, Unseen | None]:
    """Return the page drawn for a model that sees (None: none may be shown), or why it is not. No transaction."""
    if model is None or not model.sees:
        return None, "no_model"
    if page is None or found.file.kind != "pdf":
        return None, "no_page"
    file, longest = found.file, side_within(model.context_tokens // _SHARE, 1)
    try:
        blobs = FileBlobs(services.documents.storage, services.keyring, file.id, file.wrapped_key)
        data = await blobs.original(file.parts)
        name = blobs.open_name(file.name_sealed)
        return Picture(await services.documents.reader.look(data, name, page, longest)), None
    except (AppError, ValueError) as error:
        log.warning("page_not_drawn", file=str(file.id), page=page, error=getattr(error, "code", "out_of_bounds"))
        return None, "not_drawn"


def _question(about: PointedOut, language: Language, picture: Picture | None, *, small: bool) -> str:
    """Return what is asked: its name, or its words; and, but for a small model, whether its page can be looked at."""
    what = about.caption or "" if about.kind == "passage" else _CALLED[language][about.kind].format(about.number)
    if small:  # its own words tell it best what to look for
        return what if about.caption is None else about.caption
    return f"{what}\n\n{opening.prompt('seen' if picture else 'unseen', language)}"


def _unknown(about: About, passages: Sequence[Passage]) -> "_Unknown":
    own = {Name(about.kind, about.number)} if about.kind else set[Name]()
    return _Unknown(known_in([one.text for one in passages]) | own)


@dataclass(frozen=True, slots=True)
class _Unknown:
    known: frozenset[Name]

    def __call__(self, sentence: str) -> Lack | None:
        """Say what a sentence lacks that names a figure which no passage names: a model made it up."""
        return "number_unknown" if named_in(sentence) - self.known else None
