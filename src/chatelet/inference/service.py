"""Everything of inference that lives as long as the process, put together: registry, health, gateway, embedded model.

start: chatelet.toml -> tables -> snapshot -> endpoints declared, backends probed, embedded model started
each change of the registry: the same from `snapshot` on, only for what changed
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference import model_store, seeds
from chatelet.inference.backends.embedded import EmbeddedEncoder, EmbeddedFile, EmbeddedModel, What
from chatelet.inference.backends.lending import BorrowedModel, Lender
from chatelet.inference.backends.openai_compatible import OpenAICompatible, Upstream
from chatelet.inference.catalogue import key_context
from chatelet.inference.condition import Condition, State
from chatelet.inference.errors import ModelError
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.inference.gateway import Gateway
from chatelet.inference.health import Health
from chatelet.inference.model_files import MODEL_FILES
from chatelet.inference.registry import (
    EMBEDDED,
    EMBEDDED_CONTEXT_TOKENS,
    ENCODER,
    Backend,
    Registry,
    Snapshot,
    encoder_model,
)
from chatelet.kernel.crypto import Keyring, UnreadableContent
from chatelet.kernel.database import Database
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.line import Line
from chatelet.kernel.logs import get_logger
from chatelet.kernel.outbound import Endpoint, Outbound, origin_of
from chatelet.kernel.siblings import Siblings
from chatelet.settings import Settings

_PROBE_SECONDS: Final = 5.0
_WARM_SECONDS: Final = 120.0
_LONGEST_KEY: Final = 4_096
log = get_logger(__name__)


class Inference:
    """One per process.

    `runs_embedded` is False in processes that only do jobs: two copies of the model would be one too many. With
    `siblings`, their parent runs it for all.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        keyring: Keyring,
        outbound: Outbound,
        *,
        runs_embedded: bool = True,
        siblings: Siblings | None = None,
    ) -> None:
        self._settings = settings
        self._database = database
        self.keyring = keyring
        self._outbound = outbound
        self._runs_embedded = runs_embedded
        self._backends = OpenAICompatible(outbound)
        self._declared: dict[str, Backend] = {}
        self._warm_prefixes: tuple[tuple[Message, ...], ...] = ()
        self._tasks: set[asyncio.Task[None]] = set()
        self.registry = Registry(settings)
        self.health = Health(self._probe)
        self.gateway = Gateway(self._backends, self.registry, self.health, threads=settings.embedded.threads)
        self.gateway.stand_ins = keyring.derived(b"stand-ins of texts to embed")
        self.gateway.prefixes.be_of(keyring.derived(b"prefix caches"))
        if siblings is not None:
            self.gateway.share_of = siblings.share_of
        self.gateway.encoder_model = encoder_model(settings)
        self._local = EmbeddedModel if siblings is None else partial(BorrowedModel, siblings.line)
        self.gateway.encoder = self._local(
            EmbeddedEncoder(), on_ready=self._encoder_ready, on_change=self._encoder_changed
        )
        self.registry.follow(self._apply)

    async def start(self) -> None:
        """Follow chatelet.toml, read the registry, begin to probe and to load."""
        async with self._database.transaction() as session:
            await seeds.follow_file(session, self._settings)
        async with self._database.transaction() as session:
            await self.registry.refresh(session)

    async def stop(self) -> None:
        """Stop probing and end the embedded model."""
        await self.health.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.gateway.embedded is not None:
            await self.gateway.embedded.stop()
            self.gateway.embedded = None
        if self.gateway.encoder is not None:
            await self.gateway.encoder.stop()

    async def refresh(self, session: AsyncSession) -> None:
        """Read the registry again, in the caller's transaction (its own changes included)."""
        await self.registry.refresh(session)

    async def on_notification(self, _payload: str) -> None:
        """Read the registry again because another process, or a transaction just committed, says so."""
        async with self._database.transaction() as session:
            await self.registry.refresh(session)

    async def warm(self, *prefixes: tuple[Message, ...]) -> None:
        """Put constant prefixes (the system prompt in each language) in the embedded model's two caches.

        Now if it is ready, and each time it gets ready.
        """
        self._warm_prefixes = prefixes
        self.gateway.prefixes.share(prefix[0].content for prefix in prefixes)
        embedded = self.gateway.embedded
        if embedded is not None and embedded.condition.state is State.READY:
            await self._warm_once()

    def _apply(self, snapshot: Snapshot) -> None:
        wanted = {backend.name: backend for backend in snapshot.backends}
        for name in self._declared.keys() - wanted.keys():
            self._outbound.withdraw(name)
        for name, backend in wanted.items():
            if not backend.is_embedded and self._declared.get(name) != backend:
                self._declare(backend)
        self._declared = wanted
        self.health.watch(backend for backend in snapshot.backends if not backend.is_embedded)
        self._run_embedded(wanted=EMBEDDED in wanted)

    def _declare(self, backend: Backend) -> None:
        key = self._credential(backend)
        try:
            endpoint = Endpoint(
                backend.url,
                bearer=key,
                ca_file=backend.ca_file,
                connect_seconds=backend.connect_seconds,
                purpose=Purpose.MODELS,
            )
            self._outbound.declare(backend.name, endpoint)
        except (OSError, ValueError) as error:
            self._outbound.withdraw(backend.name)
            log.warning("backend_not_usable", backend=backend.name, error=type(error).__name__, reason=str(error)[:200])

    def _credential(self, backend: Backend) -> str | None:
        """Return the backend's key, only for the origin that it was registered for (TA-063)."""
        if backend.key_origin != origin_of(backend.url):
            return None
        try:
            if backend.api_key_sealed is not None:
                return self.keyring.open(backend.api_key_sealed, key_context(backend.name)).decode()
            return _read_key(backend.api_key_file) if backend.api_key_file is not None else None
        except (OSError, ValueError, UnreadableContent) as error:
            log.warning("backend_key_unreadable", backend=backend.name, error=type(error).__name__)
            return None

    async def _probe(self, backend: Backend) -> None:
        await self._backends.models(backend.name, within=_PROBE_SECONDS)

    def _run_embedded(self, *, wanted: bool) -> None:
        running = self.gateway.embedded
        if wanted and running is None:
            self._start_embedded()
        elif not wanted and running is not None:
            self.gateway.embedded = None
            self._spawn(running.stop())

    def _start_embedded(self) -> None:
        if not self._runs_embedded:
            self.health.set(EMBEDDED, Condition(State.MISSING))
            return
        embedded = self._local(
            embedded_file(self._settings),
            on_ready=self._embedded_ready,
            on_change=self._embedded_changed,
        )
        self.health.set(EMBEDDED, embedded.condition)
        self.gateway.embedded = embedded
        embedded.start()

    async def _embedded_ready(self, url: str, key: str) -> None:
        self._outbound.declare(EMBEDDED, Endpoint(f"{url}/v1", bearer=key, purpose=Purpose.LOCAL_MODELS))
        if self._warm_prefixes:
            self._spawn(self._warm_once())

    async def _encoder_ready(self, url: str, key: str) -> None:
        self._outbound.declare(ENCODER, Endpoint(f"{url}/v1", bearer=key, purpose=Purpose.LOCAL_MODELS))

    def _encoder_changed(self, condition: Condition) -> None:
        self.health.set(ENCODER, condition)

    def _embedded_changed(self, condition: Condition) -> None:
        self.health.set(EMBEDDED, condition)

    async def _warm_once(self) -> None:
        """Ask for one token after each prefix, which stays in cache. Constant text of ours, nobody's words."""
        upstream = Upstream(EMBEDDED, self._settings.embedded.name, _WARM_SECONDS, _WARM_SECONDS)
        for prefix in self._warm_prefixes:
            request = ChatRequest((*prefix, Message("user", "Bonjour")), max_output_tokens=1)
            with contextlib.suppress(ModelError):
                stream = await self._backends.open(upstream, request)
                try:
                    while await stream.read() is not None:
                        pass
                finally:
                    stream.close()
                log.info("model_warm", model=upstream.model)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def lender_of(settings: Settings, lines: Callable[[int], Line | None]) -> Lender:
    """Return what lends this machine's models to several web processes, in the process that started them."""

    def what(kind: str) -> What:
        return EmbeddedEncoder() if kind == EmbeddedEncoder.kind else embedded_file(settings)

    return Lender(what, lines)


def embedded_file(settings: Settings) -> EmbeddedFile:
    """Return the model that answers on this machine, and how it is run."""
    chosen = settings.embedded
    file = MODEL_FILES[chosen.name]
    path = model_store.models_dir(settings) / file.file_name
    return EmbeddedFile(file, path, threads=chosen.threads, context_tokens=EMBEDDED_CONTEXT_TOKENS)


def _read_key(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        key = file.read(_LONGEST_KEY + 1).strip()
    if not key or len(key) > _LONGEST_KEY:
        raise ValueError("a key of 1 to 4096 characters is expected")
    return key
