"""Export and import of conversations: an open JSON format with a round trip, and Markdown to read.

JSON: `{"format": "chatelet.conversations", "version": 1, "ai_generated": true, "exported_at": …, "conversations":
[{title, level, pinned, folder, created_at, updated_at, head, turns: [{key, parent, retry_of, state, model,
created_at, closed_at, question: [parts], answer: [parts], attachments: [names], …}]}]}`. Keys are local to the file:
an import makes new identifiers, so importing twice gives two copies, and a file made elsewhere can never point at a
foreign row. A retry has `retry_of` and no question of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chatelet.conversations.schemas import ConversationOut, ConversationSummary, TurnOut, TurnState
from chatelet.kernel import clock
from chatelet.policy.sensitivity import Category, Label, Level

FORMAT = "chatelet.conversations"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExportedPart(_Shape):
    """A part of a message."""

    type: Literal["text"]
    text: Annotated[str, Field(max_length=2_000_000)]


class ExportedTurn(_Shape):
    """A question and its answer."""

    key: Annotated[str, Field(max_length=64)]
    parent: Annotated[str, Field(max_length=64)] | None
    retry_of: Annotated[str, Field(max_length=64)] | None = None
    attachments: Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=1_000)] = []
    state: TurnState
    model: Annotated[str, Field(max_length=80)] | None
    created_at: AwareDatetime
    closed_at: AwareDatetime | None
    question: Annotated[list[ExportedPart], Field(max_length=50)] | None
    answer: Annotated[list[ExportedPart], Field(max_length=50)]


class ExportedConversation(_Shape):
    """A conversation with all its branches."""

    title: Annotated[str, Field(max_length=200)] | None
    level: Level
    categories: list[Category] = Field(default_factory=list[Category], max_length=len(Category))
    pinned: bool
    folder: Annotated[str, Field(max_length=80)] | None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    head: Annotated[str, Field(max_length=64)] | None
    turns: Annotated[list[ExportedTurn], Field(max_length=10_000)]

    @property
    def label(self) -> Label:
        """Return what travelled with it."""
        return Label(self.level, frozenset(self.categories))


class ExportedPage(_Shape):
    """A page of the web as it was read for an answer."""

    address: Annotated[str, Field(max_length=10_000)]
    title: Annotated[str, Field(max_length=1_000)]
    published: Annotated[str, Field(max_length=40)] | None
    read_at: AwareDatetime
    text: Annotated[str, Field(max_length=2_000_000)]


class ExportedFile(_Shape):
    """The whole file. `ai_generated` is the machine-readable mark of AI Act article 50(2).

    `web_pages` come with an answer to a request for access; an import leaves them out: they were read by another.
    """

    format: Literal["chatelet.conversations"]
    version: Literal[1]
    ai_generated: bool
    exported_at: AwareDatetime
    conversations: Annotated[list[ExportedConversation], Field(max_length=100_000)]
    web_pages: Annotated[list[ExportedPage], Field(max_length=1_000_000)] = []


def to_file(conversations: Iterable[ExportedConversation]) -> ExportedFile:
    """Wrap conversations in the file that is handed out."""
    return ExportedFile(
        format=FORMAT, version=1, ai_generated=True, exported_at=clock.now(), conversations=list(conversations)
    )


def exported(conversation: ConversationOut, folder: str | None) -> ExportedConversation:
    """Return the portable form of a conversation; a running answer is exported as interrupted."""
    texts = {message.id: message.parts for message in conversation.messages}
    files = {message.id: [one.name for one in message.attachments] for message in conversation.messages}
    first_asked: dict[UUID, UUID] = {}
    turns: list[ExportedTurn] = []
    for turn in conversation.turns:
        original = first_asked.setdefault(turn.question_id, turn.id)
        repeats = original != turn.id
        turns.append(
            ExportedTurn(
                key=str(turn.id),
                parent=str(turn.parent_id) if turn.parent_id else None,
                retry_of=str(original) if repeats else None,
                state="interrupted" if turn.state == "running" else turn.state,
                model=turn.model.display_name if turn.model else None,
                created_at=turn.created_at,
                closed_at=turn.closed_at,
                attachments=[] if repeats else files.get(turn.question_id, []),
                question=None if repeats else [ExportedPart(**part.model_dump()) for part in texts[turn.question_id]],
                answer=[ExportedPart(**part.model_dump()) for part in texts.get(turn.answer_id, [])],
            )
        )
    return ExportedConversation(
        title=conversation.title,
        level=conversation.level,
        categories=conversation.categories,
        pinned=conversation.pinned,
        folder=folder,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        head=str(conversation.head_turn_id) if conversation.head_turn_id else None,
        turns=turns,
    )


def markdown(conversation: ConversationOut) -> str:
    """Return the branch being read as Markdown, with the mark that an AI wrote the answers."""
    texts = {message.id: message.text for message in conversation.messages}
    lines = [
        "---",
        "ai_generated: true",
        f"exported_at: {clock.now().isoformat(timespec='seconds')}",
        f"level: {conversation.level}",
        *([f"categories: {', '.join(conversation.categories)}"] if conversation.categories else []),
        "---",
        "",
        f"# {_one_line(conversation.title or 'Conversation')}",
    ]
    for turn in branch(conversation):
        lines += ["", f"## {_date(turn.created_at)}", "", _quoted(texts.get(turn.question_id, "")), ""]
        if turn.model:
            lines += [f"*{turn.model.display_name} — {turn.model.zone.name}*", ""]
        lines.append(texts.get(turn.answer_id, ""))
        if turn.state != "answered":
            lines += ["", f"*[{turn.state}]*"]
    return "\n".join(lines).rstrip() + "\n"


def branch(conversation: ConversationOut) -> list[TurnOut]:
    """Return the turns from the root to the head, oldest first."""
    turns = {turn.id: turn for turn in conversation.turns}
    path: list[TurnOut] = []
    leaf = conversation.head_turn_id
    while leaf is not None and leaf in turns:
        path.append(turns[leaf])
        leaf = turns[leaf].parent_id
    return path[::-1]


def file_name(summary: ConversationSummary, extension: str) -> str:
    """Return a name that is safe on every system; the title itself goes in RFC 6266's encoded form."""
    return f"chatelet-{summary.created_at:%Y-%m-%d}-{str(summary.id)[-8:]}.{extension}"


def _date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.splitlines())
