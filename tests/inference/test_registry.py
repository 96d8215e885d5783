"""chatelet.toml is followed at each start; a snapshot tells what may be asked; keys stay with their origin."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from tests.fakes.model_server import ModelServer
from tests.inference.conftest import clearance, question, until

from chatelet.inference.condition import State
from chatelet.inference.errors import ModelRefusedCredentials
from chatelet.inference.registry import EMBEDDED
from chatelet.inference.service import Inference
from chatelet.inference.tables import BackendRow, ModelRow
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.policy.sensitivity import Level
from chatelet.settings import Settings

KEYRING = Keyring(bytes(32))
TOML = """
[[backends]]
name = "datacentre"
url = "{url}"
api_key_file = "{key}"
zone = {{ name = "Centre de calcul", country = "FR", operator = "CNRS", legal_reach = "FR" }}
first_token_seconds = 20

[[models]]
name = "grand"
backend = "datacentre"
upstream = "scripted"
display_name = "Grand modèle"
context_tokens = 32768
highest_level = "restricted"
price_output = 1.5
renewal_date = "2027-01-31"
default = true

[[models]]
name = "petit"
backend = "datacentre"
"""


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model_server: ModelServer) -> object:
    key = tmp_path / "key"
    key.write_text("s3cret\n")
    model_server.api_key = "s3cret"

    def write(text: str = TOML, **embedded: str) -> Settings:
        path = tmp_path / "chatelet.toml"
        path.write_text(text.format(url=model_server.url, key=key))
        monkeypatch.setenv("CHATELET_CONFIG", str(path))
        monkeypatch.setenv("CHATELET_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("CHATELET_EMBEDDED__MODELS_DIR", str(tmp_path / "models"))
        for name, value in embedded.items():
            monkeypatch.setenv(f"CHATELET_EMBEDDED__{name.upper()}", value)
        return Settings()

    return write


@pytest.fixture
async def start(database: Database) -> AsyncIterator[object]:
    started: list[tuple[Inference, Outbound]] = []

    async def begin(settings: Settings) -> Inference:
        outbound = Outbound()
        inference = Inference(settings, database, KEYRING, outbound)
        started.append((inference, outbound))
        await inference.start()
        return inference

    yield begin
    for inference, outbound in started:
        await inference.stop()
        await outbound.close()


async def test_the_file_is_what_runs(start, configure, model_server: ModelServer) -> None:
    inference = await start(configure())
    snapshot = inference.registry.snapshot
    assert [model.id for model in snapshot.models] == ["grand", "petit"]
    large = snapshot.models[0]
    assert (large.display_name, large.upstream, large.highest_level) == ("Grand modèle", "scripted", Level.RESTRICTED)
    assert large.zone.operator == "CNRS"
    assert str(large.renewal_date) == "2027-01-31"
    assert snapshot.default is large
    assert snapshot.models[1].upstream == "petit"
    completion = await inference.gateway.complete(clearance(), question("[[say=oui]]"))
    assert (completion.text, completion.model_id) == ("oui", "grand")
    assert model_server.exchanges[0].headers["authorization"] == "Bearer s3cret"
    await until(lambda: inference.health.condition("datacentre").state is State.READY)


async def test_rows_follow_the_file_at_each_start(start, configure, database: Database) -> None:
    await (await start(configure())).stop()
    async with database.transaction() as session:
        await session.execute(update(ModelRow).where(ModelRow.id == "grand").values(display_name="changé sur la page"))
    await (await start(configure())).stop()
    async with database.transaction() as session:
        assert await session.scalar(select(ModelRow.display_name).where(ModelRow.id == "grand")) == "Grand modèle"
    inference = await start(configure(TOML[: TOML.rindex("[[models]]")]))
    assert [model.id for model in inference.registry.snapshot.models] == ["grand"]
    inference = await start(configure(""))
    assert [model.id for model in inference.registry.snapshot.models] == ["qwen2.5-coder-1.5b"]
    async with database.transaction() as session:
        assert list(await session.scalars(select(BackendRow.name))) == []


async def test_rows_of_the_page_stay(start, configure, database: Database) -> None:
    await (await start(configure())).stop()
    async with database.transaction() as session:
        row = await session.get(ModelRow, "petit")
        fields = {column.key: getattr(row, column.key) for column in ModelRow.__table__.columns}
        session.add(ModelRow(**{**fields, "id": "maison", "source": "page", "updated_at": now()}))
    inference = await start(configure(TOML[: TOML.rindex("[[models]]")]))
    assert [model.id for model in inference.registry.snapshot.models] == ["grand", "maison"]
    inference = await start(configure(""))
    assert [model.id for model in inference.registry.snapshot.models] == ["qwen2.5-coder-1.5b"]
    async with database.transaction() as session:
        assert await session.scalar(select(BackendRow.enabled)) is False


async def test_nothing_configured_gives_the_demonstration_model(start, configure) -> None:
    inference = await start(configure(""))
    (model,) = inference.registry.snapshot.models
    assert model.demonstration
    assert model.is_default
    assert model.backend.name == EMBEDDED
    await until(lambda: inference.health.condition(EMBEDDED).state is State.MISSING)


async def test_never_and_always(start, configure) -> None:
    inference = await start(configure("", mode="never"))
    assert inference.registry.snapshot.models == ()
    inference = await start(configure(mode="always"))
    assert [model.id for model in inference.registry.snapshot.models] == ["grand", "petit", "qwen2.5-coder-1.5b"]
    assert inference.registry.snapshot.default.id == "grand"


async def test_a_key_never_follows_another_address(start, configure, database: Database, model_server) -> None:
    await (await start(configure())).stop()
    inference = await start(configure())
    async with database.transaction() as session:
        elsewhere = model_server.url.replace("127.0.0.1", "localhost")
        await session.execute(update(BackendRow).values(url=elsewhere))
    await inference.on_notification("")
    with pytest.raises(ModelRefusedCredentials):
        await inference.gateway.complete(clearance(), question("bonjour"))
    assert all("authorization" not in exchange.headers for exchange in model_server.exchanges)


async def test_an_unreadable_key_file_is_told_and_stops_nothing(start, configure, tmp_path: Path) -> None:
    settings = configure()
    (tmp_path / "key").unlink()
    inference = await start(settings)
    await until(lambda: inference.health.condition("datacentre").error_code == "model_refused_credentials")


async def test_reading_the_registry_again_tells_only_changes(start, configure, database: Database) -> None:
    inference = await start(configure())
    told: list[object] = []
    inference.registry.follow(told.append)
    await inference.on_notification("")
    assert told == []
    async with database.transaction() as session:
        await session.execute(update(ModelRow).where(ModelRow.id == "petit").values(enabled=False))
    await inference.on_notification("")
    assert len(told) == 1
    assert [model.id for model in inference.registry.snapshot.models] == ["grand"]


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("http://h:8000", "http://h:8000/v1"),
        ("http://h:8000/v1/", "http://h:8000/v1"),
        ("https://h/api/v3", "https://h/api/v3"),
        ("https://h/v1/chat/completions", "https://h/v1"),
    ],
)
def test_base_address(written: str, base: str) -> None:
    from chatelet.inference.catalogue import base_address

    assert base_address(written) == base
