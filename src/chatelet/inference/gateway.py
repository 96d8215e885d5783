"""The one door to models. Every way through it requires a `Clearance`, checked again against each model asked.

    choose -> for each candidate: wait for its turn -> ask -> first characters? -> yes: the answer is this model's
                                                       no, and nothing was given: the next candidate, said to the person
    then one flat loop: one batch per network read, no database, no timer, no line of log

Leaving the block of `stream` closes the connection at once: that frees the model's slot (TA-154).
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Final, Literal
from uuid import UUID

from chatelet.inference import routing
from chatelet.inference.backends.embedded import LocalModel
from chatelet.inference.backends.openai_compatible import AnswerStream, OpenAICompatible, Upstream
from chatelet.inference.condition import State
from chatelet.inference.errors import (
    ModelError,
    ModelFileMissing,
    ModelSeesNoImages,
    ModelTimeoutFirstToken,
    ModelUnreachable,
)
from chatelet.inference.exchange import Batch, ChatRequest, Finish, Relevance, TokenCount, Vectors
from chatelet.inference.health import Health
from chatelet.inference.prefixes import Prefixes
from chatelet.inference.registry import CHAT, EMBEDDINGS, ENCODER, Model, Registry
from chatelet.inference.routing import Choice
from chatelet.inference.usage import Usage, cost_of, energy_on_gpus, energy_on_processor, estimate_request
from chatelet.kernel.fair_queue import FairQueue
from chatelet.kernel.metrics import TOKENS
from chatelet.kernel.tracing.spans import span
from chatelet.policy.clearance import Clearance

_LEAST_ROOM: Final = 64


@dataclass(frozen=True, slots=True)
class Step:
    """Where a request is before its first characters. `position` counts from 1; `progress` is between 0 and 1."""

    name: Literal["waiting", "loading_model", "reading"]
    position: int | None = None
    progress: float | None = None


Listener = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Replacement:
    """The model asked for did not answer, and why; `used` took its place."""

    wanted: Model
    used: Model
    reason: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer."""

    text: str
    model_id: str
    finish: Finish
    usage: Usage


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of texts, and what they cost."""

    vectors: Vectors
    model: Model
    usage: Usage


@dataclass(frozen=True, slots=True)
class Reranking:
    """How well texts answer a question, and what that cost."""

    relevance: Relevance
    model: Model
    usage: Usage


class Answer:
    """An answer of `model` being written. Iterate over its batches; read `usage` at any time, also when stopped."""

    def __init__(
        self, model: Model, stream: AnswerStream, first: Batch, replaced: Replacement | None, threads: int
    ) -> None:
        self.model = model
        self.replaced = replaced
        self._stream = stream
        self._first: Batch | None = first
        self._threads = threads
        self._started = time.monotonic()
        self._ended: float | None = None

    def __aiter__(self) -> AsyncIterator[Batch]:
        return self

    async def __anext__(self) -> Batch:
        first = self._first
        if first is not None:
            self._first = None
            return first
        batch = await self._stream.read()
        if batch is None:
            raise StopAsyncIteration
        return batch

    @property
    def finish(self) -> Finish | None:
        """Why the model stopped; None while it writes or when it was stopped."""
        return self._stream.finish

    @property
    def usage(self) -> Usage:
        """What the answer cost so far."""
        count = self._stream.count
        return Usage(
            backend=self.model.backend.name,
            prompt_tokens=count.prompt_tokens,
            completion_tokens=count.completion_tokens,
            estimated=count.estimated,
            energy_wh=self._energy(count),
            cost_euros=cost_of(count, self.model.prices),
        )

    def started_at(self, moment: float) -> None:
        """Note when the server began to work (monotonic seconds)."""
        self._started = moment

    def end(self) -> None:
        """Let go of the connection and count."""
        self._ended = time.monotonic()
        self._stream.close()
        count = self._stream.count
        TOKENS.labels(self.model.id, "read").inc(count.prompt_tokens)
        TOKENS.labels(self.model.id, "written").inc(count.completion_tokens)

    def _energy(self, count: TokenCount) -> float | None:
        if self.model.backend.is_embedded:
            return energy_on_processor((self._ended or time.monotonic()) - self._started, self._threads)
        size = self.model.active_parameters_billions
        return None if size is None else energy_on_gpus(count.completion_tokens, size)


class Gateway:
    """Asks models. `embedded` is None where no model runs on this machine."""

    def __init__(self, backends: OpenAICompatible, registry: Registry, health: Health, *, threads: int) -> None:
        self._backends = backends
        self._registry = registry
        self._health = health
        self._threads = threads
        self._gates: dict[str, FairQueue] = {}
        self.prefixes = Prefixes()
        self.stand_ins = token_hex(16)  # what chooses the stand-ins of texts to embed; of the installation, once set
        self.share_of: Callable[[int], int] = int  # of what the node may ask at once: all, for a process alone
        self.embedded: LocalModel | None = None
        self.encoder: LocalModel | None = None  # started by the first texts it is asked for
        self.encoder_model: Model | None = None

    def find(self, model_id: str) -> Model | None:
        """Return an offered model by its identifier."""
        return self._registry.snapshot.find(model_id)

    def choose(
        self,
        clearance: Clearance,
        wanted: str | None = None,
        *,
        ability: str = CHAT,
        among: frozenset[str] | None = None,
    ) -> Choice:
        """Choose the models that may answer, fail-over included, of those `among` which the caller may use.

        Raises a `Refusal`, `ModelNotFound` or `NoModelAvailable`.
        """
        health = self._health
        offered = self._registry.snapshot.offering(ability, among)
        return routing.candidates(offered, clearance, wanted, is_up=health.is_up, may_retry=health.may_retry)

    def offered(self, among: frozenset[str] | None) -> tuple[Model, ...]:
        """Return the models that a caller may use, `among` None for all."""
        return self._registry.snapshot.offering(None, among).models

    def offers(self, ability: str) -> bool:
        """Tell whether any model has this ability, whatever it is cleared for."""
        return bool(self._registry.snapshot.offering(ability).models)

    @asynccontextmanager
    async def stream(
        self,
        clearance: Clearance,
        request: ChatRequest,
        choice: Choice | None = None,
        *,
        wanted: str | None = None,
        listener: Listener | None = None,
        urgent: bool = True,
    ) -> AsyncGenerator[Answer]:
        """Open an answer, from the first candidate that gives one; give it to the block; close it.

        Raises `ModelError`, from the block's iteration too, once something was given.
        """
        choice = choice or self.choose(clearance, wanted)
        failure: ModelError | None = None
        for model in choice.candidates:
            _check_cleared(clearance, model)
            if request.pictures and not model.sees:
                raise ModelSeesNoImages(model=model.id)
            async with self._turn_of(model, listener, owner=clearance.person_id, urgent=urgent):
                with span("model", "client", model=model.id, backend=model.backend.name) as timed:
                    try:
                        apart = self.prefixes.apart(clearance, request, model.backend.prefix_cache)
                        answer = await self._open(model, apart, choice, failure, listener)
                    except ModelError as error:
                        self._note(model, error)
                        if not error.try_another:
                            raise
                        failure = failure or error
                        timed.note(error=error.code)
                        continue
                    self._health.succeeded(model.backend.name)
                    try:
                        yield answer
                    except ModelError as error:
                        self._note(model, error)
                        raise
                    finally:
                        answer.end()
                        usage = answer.usage
                        timed.note(prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens)
                return
        raise failure or ModelUnreachable(model=choice.wanted.id)

    async def complete(
        self, clearance: Clearance, request: ChatRequest, *, wanted: str | None = None, urgent: bool = False
    ) -> Completion:
        """Return a whole answer (titles, summaries): the same path, without anyone watching."""
        async with self.stream(clearance, request, wanted=wanted, urgent=urgent) as answer:
            text = "".join([batch.text async for batch in answer])
        return Completion(text, answer.model.id, answer.finish or Finish.STOP, answer.usage)

    def choose_encoder(self, clearance: Clearance, wanted: str | None = None) -> Choice:
        """Choose what makes vectors: `wanted`; without a name the first cleared, else the embedded encoder.

        Raises a `Refusal`, `ModelNotFound` or `NoModelAvailable`.
        """
        own = self.encoder_model
        offered = self._registry.snapshot.offering(EMBEDDINGS).models
        is_needed = wanted is None and not any(routing.permitted(model, clearance) for model in offered)
        if own is not None and (wanted == own.id or is_needed):
            _check_cleared(clearance, own)
            return Choice(own, (own,))
        return self.choose(clearance, wanted, ability=EMBEDDINGS)

    async def embed(
        self, clearance: Clearance, texts: Sequence[str], choice: Choice, *, dimensions: int | None = None
    ) -> Embedding:
        """Return a vector for each text. Never another model than the one wanted: vectors of two do not compare."""
        model = choice.wanted
        _check_cleared(clearance, model)
        if model.backend.name == ENCODER:
            await self._wait_for_encoder()
        try:
            with span("vectors", "client", model=model.id, backend=model.backend.name, texts=len(texts)):
                vectors = await self._backends.embed(_upstream(model), texts, dimensions)
        except ModelError as error:
            self._note(model, error)
            raise
        self._health.succeeded(model.backend.name)
        return Embedding(vectors, model, _read(model, vectors.count))

    async def rerank(
        self, clearance: Clearance, query: str, texts: Sequence[str], choice: Choice, *, within: float | None = None
    ) -> Reranking:
        """Return how well each text answers `query`, by the model wanted, `within` seconds (None: its own patience).

        Raises a `Refusal` or a `ModelError`.
        """
        model = choice.wanted
        _check_cleared(clearance, model)
        upstream = _upstream(model)
        patience = upstream.first_token_seconds if within is None else min(within, upstream.first_token_seconds)
        upstream = replace(upstream, first_token_seconds=patience)
        try:
            async with asyncio.timeout(patience):
                with span("ranking", "client", model=model.id, backend=model.backend.name, texts=len(texts)):
                    relevance = await self._backends.rerank(upstream, query, texts)
        except (ModelError, TimeoutError) as raised:
            error = raised if isinstance(raised, ModelError) else ModelTimeoutFirstToken()
            self._note(model, error)
            raise error from None
        self._health.succeeded(model.backend.name)
        return Reranking(relevance, model, _read(model, relevance.count))

    @asynccontextmanager
    async def _turn_of(
        self, model: Model, listener: Listener | None, *, owner: UUID, urgent: bool
    ) -> AsyncGenerator[None]:
        """Wait for one of the answers that the server writes at once; without a declared number, it queues itself."""
        at_once = model.backend.concurrent_answers
        if at_once is None:
            yield
            return
        at_once = self.share_of(at_once)
        gate = self._gates.setdefault(model.backend.name, FairQueue(at_once))
        gate.resize(at_once)

        def moved(position: int) -> None:
            if listener is not None:
                listener(Step("waiting", position=position))

        async with gate.slot(urgent=urgent, owner=owner, moved=moved):
            yield

    async def _open(
        self, model: Model, request: ChatRequest, choice: Choice, failure: ModelError | None, listener: Listener | None
    ) -> Answer:
        if model.backend.is_embedded:
            await self._wait_until_loaded(listener)
        if listener is not None:
            listener(Step("reading"))
        started = time.monotonic()
        stream = await self._backends.open(_upstream(model), _within(model, request))
        try:
            first = await stream.read()
        except BaseException:
            stream.close()
            raise
        reason = failure.code if failure is not None else "model_unreachable"
        replaced = Replacement(choice.wanted, model, reason) if model.id != choice.wanted.id else None
        answer = Answer(model, stream, first or Batch(""), replaced, self._threads)
        answer.started_at(started)
        return answer

    async def _wait_until_loaded(self, listener: Listener | None) -> None:
        embedded = self.embedded
        if embedded is None:
            raise ModelUnreachable(reason="no_connection")
        if embedded.condition.state is State.LOADING and listener is not None:
            listener(Step("loading_model", progress=embedded.condition.progress))
        condition = await embedded.settled()
        if condition.state is State.MISSING:
            raise ModelFileMissing
        if condition.state is not State.READY:
            raise ModelUnreachable(reason="no_connection")

    async def _wait_for_encoder(self) -> None:
        if self.encoder is None:
            raise ModelUnreachable(reason="no_connection")
        self.encoder.start()
        if (await self.encoder.settled()).state is not State.READY:
            raise ModelUnreachable(reason="no_connection")

    def _note(self, model: Model, error: ModelError) -> None:
        """Say which model it was; correct what is believed of its backend."""
        error.params.setdefault("model", model.id)
        self._health.failed(model.backend.name, error)


def _read(model: Model, count: TokenCount) -> Usage:
    """Count what a model read without writing."""
    TOKENS.labels(model.id, "read").inc(count.prompt_tokens)
    return Usage(
        backend=model.backend.name,
        prompt_tokens=count.prompt_tokens,
        completion_tokens=0,
        estimated=count.estimated,
        energy_wh=None,
        cost_euros=cost_of(count, model.prices),
    )


def _check_cleared(clearance: Clearance, model: Model) -> None:
    if not routing.permitted(model, clearance):
        raise routing.not_cleared(model, clearance)


def _upstream(model: Model) -> Upstream:
    backend = model.backend
    return Upstream(backend.name, model.upstream, backend.first_token_seconds, backend.between_tokens_seconds)


def _within(model: Model, request: ChatRequest) -> ChatRequest:
    """Ask for no more than the model can write after what it has read."""
    room = max(_LEAST_ROOM, model.context_tokens - estimate_request(request))
    return replace(request, max_output_tokens=min(request.max_output_tokens, model.max_output_tokens, room))
