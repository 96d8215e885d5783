"""What an import answers: counts, and what is wrong, line by line."""

from typing import Literal, get_args

from pydantic import BaseModel

ProblemCode = Literal[
    "code_invalid", "cycle", "delegation_exceeded", "duplicate", "email_invalid", "email_taken", "email_unproven",
    "holds_more", "identity_missing", "issuer_invalid", "kind_invalid", "language_unknown", "name_invalid",
    "name_missing", "out_of_reach", "parent_unknown", "role_unknown", "state_unknown", "subject_invalid", "too_deep",
    "too_many_cells", "unit_closed", "unit_missing", "unit_unknown",
]  # fmt: skip
PROBLEMS = frozenset(get_args(ProblemCode))


class Problem(BaseModel):
    """What is wrong in a line of the file; lines are counted as a text editor counts them, the header is the first."""

    line: int
    column: str
    code: ProblemCode


class ImportReport(BaseModel):
    """What the file does, or did when `applied`: nothing at all as long as a line is refused.

    Each line is created, moved, changed, unchanged or refused; the first 1,000 problems are told.
    """

    kind: Literal["units", "persons"]
    applied: bool
    encoding: Literal["utf-8", "utf-16", "windows-1252"]
    separator: Literal[";", ",", "\t"]
    ignored_columns: list[str]
    lines: int
    created: int
    moved: int
    changed: int
    unchanged: int
    refused: int
    problems: list[Problem]
