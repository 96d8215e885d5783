"""What becomes of a table's rows when the unit they hang on is merged into another that has its own.

Each domain says it of its own table, in `info["unit_merge"]`: whoever merges units knows no domain.
"""

from dataclasses import dataclass
from typing import Final, Literal

Outcome = Literal["beside", "receiver", "shorter", "earlier", "history", "added"]


@dataclass(frozen=True, slots=True)
class Settlement:
    """`both` counts the rows of the unit that goes (`:gone`) of which the other (`:into`) has its own, as SQL.

    `statements` run before the rows are handed over. `moves`: a condition; rows that do not meet it
    stay with the closed unit. `counted`: for a table that names units without a key to them, how many things of `:gone`
    count with the other from now on, as SQL; its `statements` are then all that is done.
    """

    outcome: Outcome
    both: str = ""
    statements: tuple[str, ...] = ()
    moves: str = ""
    counted: str = ""


BESIDE: Final = Settlement("beside")
