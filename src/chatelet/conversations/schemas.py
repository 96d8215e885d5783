"""Request and response types of conversations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.evidence.passage import Reason
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Category, Level

TurnState = Literal["running", "answered", "refused", "stopped", "failed", "interrupted"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
FolderName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
LoweringReason = Literal["mistaken", "declassified", "anonymised", "removed"]
Params = dict[str, str | int | float]


class WriteModel(BaseModel):
    """A request body: nothing but what is declared is accepted."""

    model_config = ConfigDict(extra="forbid")


class ConversationSummary(BaseModel):
    """A conversation in a list. `expires_at`: when it is deleted, if nothing is said in it until then."""

    id: UUID
    title: str | None
    folder_id: UUID | None
    pinned: bool
    level: Level
    categories: list[Category]
    running: bool
    temporary: bool
    created_at: datetime
    updated_at: datetime
    expires_at: datetime


class FolderOut(BaseModel):
    """A folder of the person's."""

    id: UUID
    name: str
    position: int


class ConversationPage(BaseModel):
    """One page of the list, with the folders."""

    items: list[ConversationSummary]
    next_cursor: str | None
    folders: list[FolderOut]


class Snippet(BaseModel):
    """Where a search matched."""

    before: str
    match: str
    after: str


class FoundConversation(ConversationSummary):
    """A conversation found, with the place that matched; None when the title did."""

    snippet: Snippet | None


class SearchResults(BaseModel):
    """Answer of a search in one's own history."""

    items: list[FoundConversation]


class ZoneOut(BaseModel):
    """Where the words went."""

    name: str
    country: str
    operator: str
    legal_reach: str


class TurnModel(BaseModel):
    """The model that answered, as it was offered then."""

    id: str
    display_name: str
    zone: ZoneOut


class CodedError(BaseModel):
    """A failure, told by its code."""

    code: str
    params: Params


NoticeCode = Literal[
    "history_summarised",
    "history_shortened",
    "model_replaced",
    "answer_cut",
    "quota_near",
    "source_read",  # `file`, `shown` of `total` passages, `manner`, `percent` of its text, `pages`, `recognised`
    "source_seen",  # a file whose images, or pages, the model looked at: `file`, `pictures`
    "source_unread",  # a file that could not be read, or not in time: `file`, `reason`
    "source_withdrawn",  # a collection, or a file, that the person may no longer read
    "nothing_found",  # no passage of the collections fits the question
    "search_engine_down",  # the search server did not answer: PostgreSQL's own index was searched
    "answer_screened",  # what detectors found in the answer: `masked` of them, `types` of the others
    "person_decision",  # the question asks to decide about a person: `subject`
    "names_replaced",  # names and identifiers replaced before the words left: `replaced`, and how many by type
    "pictures_kept",  # images were not sent: names in them cannot be replaced
    "search_lexical",  # meaning could not be compared: only words were
    "web_read",  # a page of the web: `snapshot`, `shown` and `total` passages, `wall` when only what is free was read
    "web_searched",  # what became of a search: `engines` that answered, `results`, `pages` read, `unread`
    "web_engine_down",  # an engine that did not answer in time or well: `engine`, `reason`
    "web_page_unread",  # pages that gave nothing: how many (`pages`), and why (`reason`)
    "web_not_searched",  # the search was not made: `reason`
    "work_read",  # a publication: `snapshot`, `retracted` when it was
    "works_searched",  # what became of a search: `sources` that answered, `works` found, `given`, `unabstracted`
    "works_source_down",  # a scholarly source that gave nothing: `source`, `reason`
    "works_not_searched",  # the search of publications was not made: `reason`
]


class Notice(BaseModel):
    """Something the person should know about an answer."""

    code: NoticeCode
    params: Params


class CitationOut(BaseModel):
    """Words that an answer quotes, or a sentence that rests on a passage (characters `start`…`end` of it), checked.

    Verified: the source says so, at `source_start`…`source_end` of message `message_id`, of the text of file `file_id`,
    on its page `page`, or of the page of the web as it was read, `snapshot_id`. Otherwise `reason` says what is
    missing. `number` is the passage's in this answer, written at `marker_start`…`marker_end`; without these, the
    machine found the passage by itself.
    """

    start: int
    end: int
    verified: bool
    reason: Reason | None = None
    number: int = 0
    marker_start: int | None = None
    marker_end: int | None = None
    message_id: UUID | None
    file_id: UUID | None = None
    snapshot_id: UUID | None = None
    page: int | None = None
    source_start: int
    source_end: int


class Usage(BaseModel):
    """What an answer cost."""

    prompt_tokens: int | None
    completion_tokens: int | None
    energy_wh: float | None
    cost_euros: float | None
    first_token_ms: int | None
    duration_ms: int | None


class TurnOut(BaseModel):
    """A question and its answer. `position` is what to send as Last-Event-ID to follow a running one."""

    id: UUID
    parent_id: UUID | None
    question_id: UUID
    answer_id: UUID
    state: TurnState
    model: TurnModel | None
    error: CodedError | None
    notices: list[Notice]
    citations: list[CitationOut]
    usage: Usage | None
    position: int
    created_at: datetime
    closed_at: datetime | None


class TextPartOut(BaseModel):
    """Markdown text."""

    type: Literal["text"] = "text"
    text: str


class AttachmentOut(BaseModel):
    """A file given with a question."""

    file_id: UUID
    name: str
    size: int


class AskedCollection(BaseModel):
    """A collection in which a question was asked, under the name it had then."""

    collection_id: UUID
    name: str


class AskedWeb(BaseModel):
    """A search of the web asked with a question: the words that left, and the kinds of sites wanted (none: any)."""

    query: str
    tiers: list[str]


class AskedWorks(BaseModel):
    """A search of publications asked with a question: the words that left."""

    query: str


class MessageOut(BaseModel):
    """One message."""

    id: UUID
    turn_id: UUID
    role: Literal["user", "assistant"]
    parts: list[TextPartOut]
    text: str
    attachments: list[AttachmentOut]
    collections: list[AskedCollection]
    web: AskedWeb | None = None
    publications: AskedWorks | None = None
    created_at: datetime


class ConversationOut(ConversationSummary):
    """A conversation with all its branches."""

    head_turn_id: UUID | None
    turns: list[TurnOut]
    messages: list[MessageOut]


class NewConversation(WriteModel):
    """A conversation to create; a temporary one lives a day, whatever is said in it."""

    folder_id: UUID | None = None
    level: DeclaredLevel | None = None
    temporary: bool = False


class ConversationChange(WriteModel):
    """What a person may change; absent fields stay."""

    title: Title | None = None
    pinned: bool | None = None
    folder_id: UUID | None = None
    head_turn_id: UUID | None = None
    level: DeclaredLevel | None = None
    categories: Annotated[list[Category], Field(max_length=len(Category))] | None = None
    lowered_because: LoweringReason | None = None


class NewFolder(WriteModel):
    """A folder to create."""

    name: FolderName


class FolderChange(WriteModel):
    """What a person may change of a folder."""

    name: FolderName | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None


class Deleted(BaseModel):
    """A deletion that can still be undone."""

    undo_until: datetime


class Imported(BaseModel):
    """What an import created."""

    items: list[ConversationSummary]
