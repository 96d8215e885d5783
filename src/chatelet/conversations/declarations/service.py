"""The verb on declarations: the facts of a conversation that its owner may read, in the words of a language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import service as conversations
from chatelet.conversations.declarations.schemas import DeclarationIn
from chatelet.conversations.declarations.words import WORDS, Words
from chatelet.conversations.schemas import TurnOut
from chatelet.documents.composing import markdown
from chatelet.documents.composing.blocks import Document
from chatelet.documents.composing.writing import write
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring


@dataclass(frozen=True, slots=True)
class UsedModel:
    """A model as it was offered then, where it ran, and when it answered."""

    name: str
    identifier: str
    operator: str
    country: str
    first: date
    last: date
    answers: int


async def declare(
    session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID, asked: DeclarationIn
) -> bytes:
    """Return a declaration as a file. Raises `ConversationNotFound`."""
    read = await conversations.read(session, keyring, principal, conversation_id)
    said = WORDS[asked.language]
    text = _text(models_of(read.turns), _checked(read.turns), asked, said)
    if asked.format == "markdown":
        return text.encode()
    blocks = markdown.read(text.partition("\n")[2])
    return write(Document(said.title, asked.language, clock.now(), blocks), "odt")


def models_of(turns: Iterable[TurnOut]) -> list[UsedModel]:
    """Return the models that answered, in the order of their first answer."""
    found: dict[tuple[str, str], UsedModel] = {}
    for turn in turns:
        model = turn.model
        if model is None or turn.state not in ("answered", "stopped", "interrupted"):
            continue
        key, day = (model.id, model.zone.operator), turn.created_at.date()
        known = found.get(key)
        found[key] = UsedModel(
            model.display_name,
            model.id,
            model.zone.operator,
            model.zone.country,
            min(day, known.first) if known else day,
            max(day, known.last) if known else day,
            known.answers + 1 if known else 1,
        )
    return list(found.values())


def _checked(turns: Iterable[TurnOut]) -> tuple[int, int]:
    """Return how many sentences and quotations the service compared with their sources, and how many held."""
    citations = [one for turn in turns for one in turn.citations if turn.state == "answered"]
    return len(citations), sum(one.verified for one in citations)


def _text(models: Sequence[UsedModel], checked: tuple[int, int], asked: DeclarationIn, said: Words) -> str:
    lines = [f"# {said.title}", ""]
    lines += [said.models if models else said.no_model, ""]
    lines += [f"- {_model(one, said)}" for one in models]
    lines += ["", said.uses, ""]
    lines += [f"- {said.use[use]}" for use in dict.fromkeys(asked.uses)]
    lines += ["", said.checks, ""]
    lines += [f"- {said.check[check]}" for check in dict.fromkeys(asked.checks)]
    if checked[0]:
        lines.append(f"- {said.compared.format(count=checked[0], held=checked[1])}")
    lines += ["", *([" ".join(asked.more.split()), ""] if asked.more else []), said.responsibility, ""]
    return "\n".join(lines)


def _model(one: UsedModel, said: Words) -> str:
    same = one.first == one.last
    days = said.on if same else said.between
    when = days.format(first=one.first.isoformat(), last=one.last.isoformat())
    name = one.name if one.name == one.identifier else f"{one.name} ({one.identifier})"
    return said.model.format(
        name=name, operator=one.operator, country=one.country, when=when, answers=said.answers(one.answers)
    )
