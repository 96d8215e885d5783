"""Writing a plan: a model, asked again with what was wrong; else the question itself, by code. Nothing leaves here."""

from typing import Final

from chatelet.inference.errors import ModelError
from chatelet.kernel.logs import get_logger
from chatelet.research import plan, prompts
from chatelet.research.asking import Model
from chatelet.research.budget import BudgetReached
from chatelet.research.plan import Plan, Unreadable

_ATTEMPTS: Final = 3
_TOKENS: Final = 1_200
_WRONG: Final = {
    "fr": "Ta réponse précédente n'était pas lisible ({why}). Réponds seulement par l'objet JSON demandé.",
    "en": "Your previous answer could not be read ({why}). Answer only with the JSON object asked for.",
}
log = get_logger(__name__)


async def propose(model: Model) -> Plan:
    """Return a plan, whatever the model writes. Raises a `Refusal`, `QuotaReached`."""
    asked = model.asked
    where = ", ".join(asked.where)
    words = f"{prompts.asked('plan', asked.language, asked.question)}\nwhere: {where}"
    said = words
    for _ in range(_ATTEMPTS):
        try:
            return plan.read(await model.write(said, tokens=_TOKENS), asked.where)
        except Unreadable as wrong:
            log.info("research_plan_unreadable")
            said = f"{words}\n\n{_WRONG[asked.language].format(why=wrong)}"
        except (ModelError, BudgetReached) as error:
            log.warning("research_plan_not_written", error=str(error))
            break
    return plan.simple(asked.question, asked.where)
