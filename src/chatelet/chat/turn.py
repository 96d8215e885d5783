"""One turn, step by step. Each step has its own room; here are only their order and what happens when one fails.

    open      chat.opening            transaction 1, before this file runs
    clear     policy.clearance        may refuse
    tighten   chat.tightening         files given are read first: what they hold joins the label
    choose    inference.routing       which models may receive the label, which of them answers
    retrieve  chat.sources            passages of the files and collections given; a dead source is a notice
    context   chat.context            sources and history within the model's budget
    replace   chat.pseudonyms         names, where the person asked for it; another clearance, for other words
    generate  inference.gateway       no transaction; fail-over before the first characters only
    guard     policy.guardrails       on every piece of text, before anyone sees it
    restore   chat.pseudonyms         the names again
    screen    chat.screening          keys and tokens masked, what else is found is said
    set       kernel.typography       French spaces
    cite      chat.citing, evidence   sentences checked while it streams
    close     chat.closing            transaction 2, whatever happened

Words were read before the question was stored (chat.examination), and what is given raised the conversation's label
(chat.given); files whose reading ends later tighten it here, before a model is chosen.
"""

import asyncio
import time

from chatelet.chat import closing, generation, tightening
from chatelet.chat.endings import uninterrupted
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.progress import Progress
from chatelet.chat.pseudonyms import possible
from chatelet.chat.services import ChatServices
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.kernel.tracing.spans import span
from chatelet.policy.clearance import clear
from chatelet.policy.errors import Refusal
from chatelet.policy.sensitivity import Level

log = get_logger(__name__)


async def carry(services: ChatServices, asked: AskedTurn, live: LiveTurn) -> None:
    """Carry an opened turn to its end; never raises, always closes."""
    progress = Progress(started=time.perf_counter(), model=asked.opened.model)
    with span("turn", turn=str(asked.opened.turn_id)) as timed:
        try:
            ceiling = Level(services.settings.policy.highest_level)
            rules = services.policies.of(asked.principal.units)
            clearance = clear(asked.principal.person_id, asked.opened.label, ceiling=ceiling, rules=rules)
            with span("tighten"):
                clearance = await tightening.tighten(services, asked, live, clearance)
            progress.label = clearance.label
            asked = possible.required(services, asked, clearance)
            with span("generate"):
                await generation.generate(services, asked, live, clearance, progress)
            progress.end("answered")
        except Refusal as refusal:
            progress.end("refused", possible.told(services, asked, refusal))
        except AppError as error:
            progress.end("failed", error)
        except asyncio.CancelledError as cancelled:
            progress.end("interrupted" if cancelled.args == ("interrupted",) else "stopped")
        except Exception:
            log.exception("turn_failed", turn=str(asked.opened.turn_id))
            progress.end("failed", AppError())
        finally:
            with span("close"):
                await uninterrupted(closing.close(services, asked, live, progress))
            timed.note(state=progress.state, error=progress.error.code if progress.error else None)
