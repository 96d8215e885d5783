"""The step of a turn that replaces names: what is sent, the clearance that covers it, and the way back.

    clearance of the words as they are ──least──> a model is chosen as if nothing were left (nothing leaves yet)
    context built ──replaced──> words read again ─┬─> something that tells who: refused, nothing leaves
                                                  └─> tightened by what was found: this clearance sends them

The clearance of the original words is never loosened: this is another one, for other words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import offers, sources
from chatelet.chat.context import Context
from chatelet.chat.events import NoticeEvent
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.pseudonyms import keeping
from chatelet.chat.services import ChatServices
from chatelet.conversations.parts import AttachmentPart
from chatelet.inference.routing import Choice
from chatelet.policy.clearance import Clearance, clear_replaced
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft
from chatelet.policy.guardrails.pseudonyms.replacing import Replaced
from chatelet.policy.guardrails.pseudonyms.restoring import restorer
from chatelet.policy.guardrails.pseudonyms.rules import rule_of
from chatelet.policy.guardrails.pseudonyms.swapping import Swap
from chatelet.policy.sensitivity import Label, join_all


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What leaves; `back` puts the originals back in the answer, where names were replaced."""

    context: Context
    clearance: Clearance
    choice: Choice
    back: Swap | None = None


async def least(services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance) -> Clearance:
    """Return the clearance under which a model is chosen; that of the words themselves when they leave as they are."""
    if not asked.pseudonymise:
        return clearance
    rule = rule_of(services.settings.policy)
    rows = await sources.files_read(services, asked, live)
    files = join_all(
        Label.of(row.level, (Label.of(row.level, row.categories).categories - rule.categories)) for row in rows
    )
    return clear_replaced(clearance, asked.opened.kept.join(files), rule)


def inside(asked: AskedTurn, clearance: Clearance) -> Clearance:
    """Return the clearance under which sources are looked for: what makes vectors or orders receives no name either."""
    return clearance.keeping_names() if asked.pseudonymise else clearance


async def leave(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, built: Context, clearance: Clearance, choice: Choice
) -> Outgoing:
    """Return what leaves. Raises `IdentifierLeft` and other refusals: then nothing does."""
    if not asked.pseudonymise:
        return Outgoing(built, clearance, choice)
    opened = asked.opened
    texts = [message.content for message in built.messages]
    found = await keeping.replaced(services, opened.conversation_id, opened.key, texts)
    if found.left:
        raise IdentifierLeft(types=" ".join(found.left))
    clearance = clearance.tighten(found.label)
    choice = offers.choose(services.gateway, clearance, asked.model, opened.given)
    await _tell(services, asked, live, clearance, choice, found)
    messages = tuple(replace(message, content=text) for message, text in zip(built.messages, found.texts, strict=True))
    return Outgoing(replace(built, messages=messages), clearance, choice, restorer(found.ledger))


async def _tell(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, choice: Choice, found: Replaced
) -> None:
    """Say how many were replaced: to the person, and in the journal before anything leaves."""
    counts = found.counts
    live.tell(NoticeEvent(code="names_replaced", params={"replaced": sum(counts.values()), **counts}))
    if _has_images(asked.opened.given):
        live.tell(NoticeEvent(code="pictures_kept", params={}))
    event = journal_events.WordsPseudonymised(
        turn_id=asked.opened.turn_id,
        conversation_id=asked.opened.conversation_id,
        model=choice.first.id,
        level=clearance.label.level.value,
        categories=tuple(clearance.label.names),
        replaced=sum(counts.values()),
        types=tuple(sorted(counts)),
    )
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=asked.principal.person_id)


def _has_images(given: Sequence[object]) -> bool:
    return any(isinstance(one, AttachmentPart) and one.looks_like_image for one in given)
