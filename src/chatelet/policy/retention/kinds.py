"""What is kept for a time: each kind with the product's own duration and the bounds nobody may leave."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """One line of the matrix."""

    CONVERSATIONS = "conversations"
    ATTACHMENTS = "attachments"
    DOCUMENTS = "documents"
    ACCOUNTS = "accounts"
    LOGS = "logs"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days. `default` None: kept until somebody removes it. `of_units`, `of_persons`: they may shorten."""

    default: int | None
    least: int
    most: int
    of_units: bool = False
    of_persons: bool = False


# Journal: CNIL, deliberation 2021-122 (six months to one year). Accounts: two notices fit in 90 days.
BOUNDS: Final[dict[Kind, Bounds]] = {
    Kind.CONVERSATIONS: Bounds(180, 1, 3_650, of_units=True, of_persons=True),
    Kind.ATTACHMENTS: Bounds(180, 1, 3_650, of_units=True, of_persons=True),
    Kind.DOCUMENTS: Bounds(None, 30, 3_650, of_units=True),
    Kind.ACCOUNTS: Bounds(365, 90, 1_095, of_units=True),
    Kind.LOGS: Bounds(30, 1, 365),
    Kind.JOURNAL: Bounds(365, 180, 365),
}
TEMPORARY_HOURS: Final = 24
