"""Coded errors of deep research."""

from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal


class ResearchNotFound(AppError):
    """There is no such research, or it is not the caller's."""

    code = "research_not_found"
    status = 404


class ResearchNotReady(AppError):
    """The research is not in a state that allows this."""

    code = "research_not_ready"
    status = 409


class TooManyResearches(AppError):
    """The person has as many researches under way as they may."""

    code = "too_many_researches"
    status = 409


class SourceNotOffered(Refusal):
    """A source that is closed here, or that the label of the question does not permit; `source` names it."""

    code = "research_source_not_offered"


class BudgetTooLarge(AppError):
    """More is asked for than what the institution lets a research use, or less than what it has used already."""

    code = "research_budget"
    status = 422


class SourceWithdrawn(AppError):
    """The base that this passage is from may not be read any more."""

    code = "research_source_withdrawn"
    status = 404
