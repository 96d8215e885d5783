"""What the routes of the path tell."""

from datetime import date

from pydantic import BaseModel

from chatelet.identity.schemas import UnitName


class LiteracyFigure(BaseModel):
    """How often the path was followed in a month; without unit, by persons of none. Null: fewer than five, or hidden.

    Hidden besides: what would let such a count be found by subtracting from the total.
    """

    month: date
    unit: UnitName | None
    completions: int | None


class LiteracyTotal(BaseModel):
    """The whole installation in a month; null where it would tell of fewer than five."""

    month: date
    completions: int | None


class LiteracyOut(BaseModel):
    """A page of the last twelve months, the newest first; `totals` only for who sees the whole installation."""

    figures: list[LiteracyFigure]
    totals: list[LiteracyTotal]
    next_cursor: str | None
