"""Request and response types of collections and their documents."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.documents.files.schemas import FileOut, ReportOut
from chatelet.knowledge.parts import Part
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Level

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=r"^[^\x00]*$")]
Folder = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^(?:[^/\x00-\x1f]+(?:/[^/\x00-\x1f]+)*)?$"),
]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]*$")]
VersionState = Literal["waiting", "indexed", "failed", "superseded"]


class WriteModel(BaseModel):
    """A request body: nothing but what is declared is accepted."""

    model_config = ConfigDict(extra="forbid")


class NewCollection(WriteModel):
    """A collection to make: one's own, or a unit's (which needs `documents.curate` there). Closed: to named persons."""

    name: Name
    description: Description = ""
    unit_id: UUID | None = None
    level: DeclaredLevel | None = None
    closed: bool = False
    review_on: date | None = None


class CollectionChange(WriteModel):
    """What a curator may change; absent fields stay."""

    name: Name | None = None
    description: Description | None = None
    level: DeclaredLevel | None = None
    closed: bool | None = None
    review_on: date | None = None


class OwnerOut(BaseModel):
    """Whose a collection is."""

    kind: Literal["person", "unit"]
    id: UUID
    name: str


class CollectionOut(BaseModel):
    """A collection as one who may read it sees it. `part` is what the caller may do in it."""

    id: UUID
    name: str
    description: str
    owner: OwnerOut
    part: Part
    level: Level
    closed: bool
    review_on: date | None
    documents: int
    unread: int
    shared: bool
    created_at: datetime


class CollectionPage(BaseModel):
    """One page of the collections that the caller may read, by name."""

    items: list[CollectionOut]
    next_cursor: str | None


class NewShare(WriteModel):
    """Someone, by their exact address (nobody lists persons here), or all of a unit, with whom to share."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)] | None = None
    unit_id: UUID | None = None
    part: Part

    @model_validator(mode="after")
    def _one_holder(self) -> Self:
        if (self.email is None) == (self.unit_id is None):
            raise ValueError("either email or unit_id")
        return self


class ShareOut(BaseModel):
    """With whom a collection is shared."""

    id: UUID
    kind: Literal["person", "unit"]
    holder_id: UUID
    name: str
    part: Part
    created_at: datetime


class ShareList(BaseModel):
    """All with whom a collection is shared."""

    items: list[ShareOut]


class NewDocument(WriteModel):
    """A document to add, from a file already sent. Under the name of one that is there, it is its new version."""

    file_id: UUID
    folder: Folder = ""
    tags: list[Tag] = Field(default_factory=list, max_length=32)


class NewDocuments(WriteModel):
    """Documents to add together: all, or none."""

    items: Annotated[list[NewDocument], Field(min_length=1, max_length=500)]


class DocumentChange(WriteModel):
    """What a contributor may change of a document; absent fields stay."""

    name: Name | None = None
    folder: Folder | None = None
    tags: Annotated[list[Tag], Field(max_length=32)] | None = None
    review_on: date | None = None


class DocumentChoice(WriteModel):
    """Documents chosen in a collection. A dry run tells what would be done, and does nothing."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    dry_run: bool = False


class DocumentMove(DocumentChoice):
    """Documents chosen in a collection, and the folder they go to (empty: the root)."""

    folder: Folder


class ChoiceOut(BaseModel):
    """What is, or would be, done to the documents chosen. `taken`: names that the folder has already, left in place."""

    documents: int
    versions: int
    bytes: int
    taken: list[str]


class VersionOut(BaseModel):
    """A version of a document."""

    id: UUID
    number: int
    file_id: UUID
    state: VersionState
    passages: int
    error: str | None
    created_at: datetime


class DocumentOut(BaseModel):
    """A document in a list, with how its current version was read.

    `followed`: a source keeps it in step. `narrowed`: only those whom its place names may read it.
    """

    id: UUID
    collection_id: UUID
    name: str
    folder: str
    tags: list[str]
    review_on: date | None
    followed: bool
    narrowed: bool
    version: VersionOut
    file: FileOut
    created_at: datetime
    updated_at: datetime


class DocumentPage(BaseModel):
    """One page of a collection's documents: `found` in all, of `total`. `folders` are all those of the collection.

    `badly_read` and `due` (for review) count in the whole collection; `followed_folders` are kept by sources.
    """

    items: list[DocumentOut]
    next_cursor: str | None
    folders: list[str]
    followed_folders: list[str]
    total: int
    found: int
    badly_read: int
    due: int


class DocumentList(BaseModel):
    """Documents just added."""

    items: list[DocumentOut]


class VersionList(BaseModel):
    """All versions of a document, newest first."""

    items: list[VersionOut]


class SearchIn(WriteModel):
    """A question to try in a collection."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class SearchedPassage(BaseModel):
    """A passage found, and why it stands where it does.

    `lexical`, `proximity` and `cosine` are the scores that were joined, with `weight` for the vectors; `matched` and
    `missing` are the question's terms, as they are compared. `relevance` is the reranker's score, where it read it.
    """

    file_id: UUID
    document_id: UUID
    name: str
    page: int | None
    start: int
    text: str
    score: float
    fits: bool
    lexical: float
    proximity: float
    cosine: float | None
    weight: float
    relevance: float | None
    matched: list[str]
    missing: list[str]


class SearchOut(BaseModel):
    """What a question finds, best first. `fits` tells whether an answer would use any of it.

    `reranked_by` is the model that ordered the first ones, `rerank_error` why it could not.
    """

    items: list[SearchedPassage]
    fits: bool
    lexical_only: bool
    reranked_by: str | None
    rerank_error: str | None


class NeverFound(BaseModel):
    """A document whose passages no answer was given."""

    document_id: UUID
    name: str
    folder: str
    passages: int
    added_on: date


class UseOut(BaseModel):
    """What of a collection answers were not given since a day: counts, never whose question nor what it said.

    `questions` is null, and nothing else is told, under five of them. `items` are 200 at most.
    """

    since: date
    questions: int | None
    unanswered: int = 0
    documents: int = 0
    passages: int = 0
    never_documents: int = 0
    never_passages: int = 0
    items: list[NeverFound]


class BoxOut(BaseModel):
    """A rectangle on a page, in fractions of its width and height, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class PageView(BaseModel):
    """A page of a file: where its image is, its text, and the boxes of the words asked for."""

    number: int
    label: str | None
    width: float
    height: float
    source: Literal["text", "ocr", "none"]
    confidence: float | None
    start: int
    end: int
    text: str
    boxes: list[BoxOut]


class FileView(BaseModel):
    """A file that the caller may read, and by what right: their own, or a collection's."""

    id: UUID
    name: str
    kind: str | None
    pages: int
    characters: int
    level: Level
    has_images: bool
    report: ReportOut | None
    conversation_id: UUID | None
    collection: CollectionOut | None
    document_id: UUID | None
    version: int | None
    is_current: bool


class FileViews(BaseModel):
    """Those of the files asked for that the caller may read; what is missing may not be, or no longer."""

    items: list[FileView]
