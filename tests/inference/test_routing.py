"""Which model may answer: nothing goes where it is not cleared, and no replacement weakens a promise."""

from dataclasses import replace

import pytest
from tests.inference.conftest import clearance

from chatelet.inference.errors import ModelNotCleared, ModelNotFound, NoModelAvailable, NoModelCleared
from chatelet.inference.registry import Backend, Model, Snapshot
from chatelet.inference.routing import Choice, candidates
from chatelet.inference.usage import Prices
from chatelet.policy.sensitivity import Category, Level
from chatelet.policy.zones import Zone

FRANCE = Zone("dc", "FR", "institution", "FR")
ELSEWHERE = Zone("cloud", "IE", "provider", "US")


def model(name: str, level: Level = Level.INTERNAL, zone: Zone = FRANCE, **changes: object) -> Model:
    backend = Backend(f"on-{name}", "http://h/v1", zone, 5, 60, 30)
    return replace(
        Model(
            id=name,
            display_name=name,
            description=None,
            backend=backend,
            upstream=name,
            context_tokens=8192,
            max_output_tokens=1024,
            languages=("fr",),
            abilities=("chat",),
            highest_level=level,
            categories=frozenset({Category.PERSONAL}),
            no_training=True,
            log_delay_days=None,
            prices=Prices(None, None),
            active_parameters_billions=None,
            renewal_date=None,
            is_default=False,
            demonstration=False,
        ),
        **changes,
    )


def choose(
    *models: Model,
    level: Level = Level.INTERNAL,
    wanted: str | None = None,
    down: tuple[str, ...] = (),
    due: bool = False,
) -> Choice:
    return candidates(
        Snapshot(models),
        clearance(level),
        wanted,
        is_up=lambda backend: backend.removeprefix("on-") not in down,
        may_retry=lambda backend: due and backend.removeprefix("on-") in down,
    )


def names(choice: Choice) -> list[str]:
    return [one.id for one in choice.candidates]


def test_wanted_comes_first_then_the_others() -> None:
    assert names(choose(model("a"), model("b"), model("c"), wanted="b")) == ["b", "a", "c"]


def test_default_then_order_shown() -> None:
    assert names(choose(model("a"), model("b", is_default=True))) == ["b", "a"]
    assert names(choose(model("a"), model("b"))) == ["a", "b"]


def test_content_goes_only_where_it_is_cleared() -> None:
    low, high = model("low", Level.PUBLIC, is_default=True), model("high", Level.RESTRICTED)
    assert names(choose(low, high, level=Level.RESTRICTED)) == ["high"]
    with pytest.raises(ModelNotCleared) as caught:
        choose(low, high, level=Level.RESTRICTED, wanted="low")
    assert caught.value.params == {"model": "low", "highest_level": "public", "level": "restricted"}
    with pytest.raises(NoModelCleared):
        choose(low, high, level=Level.DIFFUSION_RESTREINTE)


def test_unknown_model() -> None:
    with pytest.raises(ModelNotFound):
        choose(model("a"), wanted="b")


def test_nothing_is_offered() -> None:
    with pytest.raises(NoModelAvailable):
        choose()


@pytest.mark.parametrize(
    "weaker",
    [
        model("b", Level.PUBLIC),
        model("b", zone=ELSEWHERE),
        model("b", no_training=False),
        model("b", abilities=()),
        model("b", Level.INTERNAL),
    ],
)
def test_no_replacement_is_riskier(weaker: Model) -> None:
    asked = model("a", Level.RESTRICTED)
    assert names(choose(asked, weaker, level=Level.PUBLIC)) == ["a"]
    with pytest.raises(NoModelAvailable):
        choose(asked, weaker, level=Level.PUBLIC, down=("a",))


def test_safer_replacement_is_allowed() -> None:
    asked = model("a", Level.PUBLIC, no_training=False)
    assert names(choose(asked, model("b", Level.RESTRICTED), level=Level.PUBLIC, down=("a",))) == ["b"]


def test_down_models_are_last_and_only_when_due() -> None:
    assert names(choose(model("a"), model("b"), down=("a",))) == ["b"]
    choice = choose(model("a"), model("b"), down=("a",), due=True)
    assert names(choice) == ["b", "a"]
    assert choice.wanted.id == "a"
    with pytest.raises(NoModelAvailable) as caught:
        choose(model("a"), model("b"), down=("a", "b"))
    assert caught.value.params["retry_after"] == 5
