"""What would leave, shown before it does: the branch and the question, as the turn itself would send them.

The stand-ins chosen here are kept (sealed, with the conversation): those sent are those that were seen.
"""

from uuid import UUID

from chatelet.chat import offers
from chatelet.chat.pseudonyms import keeping
from chatelet.chat.pseudonyms.schemas import MessageAsSent, Preview, PseudonymState, PutPlace, WordsToSend
from chatelet.chat.services import ChatServices
from chatelet.conversations import branches, content, pseudonyms
from chatelet.conversations import service as conversations
from chatelet.conversations.branches import PastTurn
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.schemas import TurnModel
from chatelet.identity.principal import Principal
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import clear, clear_replaced
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.examination import examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.errors import PseudonymsOff
from chatelet.policy.guardrails.pseudonyms.replacing import Replaced
from chatelet.policy.guardrails.pseudonyms.rules import mode_of, rule_of
from chatelet.policy.sensitivity import Label, Level


async def show(services: ChatServices, principal: Principal, conversation_id: UUID, words: WordsToSend) -> Preview:
    """Return what would leave. Raises `PseudonymsOff`, `ConversationNotFound`, `DetectionFailed`."""
    async with services.database.transaction() as session:
        conversation = await conversations.owned(session, principal, conversation_id)
        if mode_of(services.settings.policy, services.policies.of(principal.units)) == "off":
            raise PseudonymsOff
        key = content.key_of(services.keyring, conversation)
        label, kept = conversations.label_of(conversation), conversations.kept_of(conversation)
        leaf = words.parent_turn_id if "parent_turn_id" in words.model_fields_set else conversation.head_turn_id
        turns: tuple[PastTurn, ...] = ()
        if leaf is not None:
            branch = await branches.read_branch(session, services.keyring, principal.person_id, conversation_id, leaf)
            turns = branch.turns if branch is not None else ()
    said = [one for turn in turns for one in _messages(turn)]
    return await _shown(services, principal, conversation_id, key, words, said, (label, kept))


async def state(services: ChatServices, principal: Principal, conversation_id: UUID) -> PseudonymState:
    """Tell whether names were ever replaced in a conversation: then they are, until the person says otherwise."""
    policy = services.settings.policy
    async with services.database.transaction() as session:
        conversation = await conversations.owned(session, principal, conversation_id)
        used = await pseudonyms.read(session, conversation_id) is not None
    label = conversations.label_of(conversation)
    rules = services.policies.of(principal.units)
    try:
        held = clear(principal.person_id, label, ceiling=Level(policy.highest_level), rules=rules)
        least = clear_replaced(held, conversations.kept_of(conversation), rule_of(policy)).label
    except Refusal:
        least = label  # no longer held at all: its turns say so
    return PseudonymState(used=used, level=least.level, categories=least.in_order)


def _messages(turn: PastTurn) -> list[tuple[str, str]]:
    if turn.summary is not None:
        return [("user", turn.summary)]
    return [("user", turn.question), *([("assistant", turn.answer)] if turn.answer else [])]


async def _shown(
    services: ChatServices,
    principal: Principal,
    conversation_id: UUID,
    key: ConversationKey,
    words: WordsToSend,
    said: list[tuple[str, str]],
    labels: tuple[Label, Label],
) -> Preview:
    roles = [*(role for role, _ in said), "user"]
    found = await keeping.replaced(services, conversation_id, key, [*(written for _, written in said), words.text])
    label, model, refused = _decided(services, principal, words, labels, found)
    messages = [
        MessageAsSent(
            role="assistant" if role == "assistant" else "user",
            text=written,
            replaced=[PutPlace(start=place.start, end=place.end, type=place.sort) for place in places],
        )
        for role, written, places in zip(roles, found.texts, found.places, strict=True)
    ]
    return Preview(
        messages=messages,
        level=label.level,
        categories=label.in_order,
        replaced=found.counts,
        left=list(found.left),
        model=model,
        refused=refused,
    )


def _decided(
    services: ChatServices, principal: Principal, words: WordsToSend, labels: tuple[Label, Label], found: Replaced
) -> tuple[Label, TurnModel | None, str | None]:
    """Return the label of what would leave, and who would receive it or why nobody may."""
    policy = services.settings.policy
    asked = examine(words.text, [Kind(name) for name in policy.detectors])
    held, kept = labels[0].join(asked.label), labels[1].join(asked.marked)
    try:
        rules = services.policies.of(principal.units)
        clearance = clear(principal.person_id, held, ceiling=Level(policy.highest_level), rules=rules)
        clearance = clear_replaced(clearance, kept, rule_of(policy)).tighten(found.label)
        chosen = offers.choose(services.gateway, clearance, words.model, ())
        return clearance.label, offers.offered(chosen.first), "identifier_left" if found.left else None
    except AppError as error:
        return held, None, error.code
