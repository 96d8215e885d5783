"""The rule of inclusive writing of a unit: what code finds against it, what it mends, who sets it, what it does."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from chatelet.writing.inclusion import rules
from chatelet.writing.task import Inclusive, Reason, Style, Task
from tests.journeys.service import Service, installation
from tests.journeys.visitor import Visitor
from tests.writing.test_glossaries import belong, done
from tests.writing.test_works import person, until
from tests.writing.translator import Translator, running

RULE = "/api/writing/inclusive"
ABRIDGED = [
    ("les agent·e·s", "les agent·es", "les agents"),
    ("les candidat(e)s", "les candidat·es", "les candidats"),
    ("étudiant(e)(s)", "étudiant·es", "étudiants"),
    ("les directeur.rice.s", "les directeur·rices", "les directeurs"),
    ("les usager-e-s", "les usager·es", "les usagers"),
    ("les agents/es", "les agent·es", "les agents"),
    ("les agentEs", "les agent·es", "les agents"),
    ("tou·te·s", "tou·tes", "tous"),
    ("un·e agent·e", "un·e agent·e", "un agent"),
]
PLAIN = (
    "Est-ce que donne-le suffit, y a-t-il lieu, etc. Le reste suit.",
    "M. Le Guen, l’État-major et le vice-président (voir annexe) ; 1er.",
    "La directrice et le directeur ont répondu (le 3 mai).",
)


@pytest.mark.parametrize(("text", "pointed", "masculine"), ABRIDGED)
def test_abridged_forms_are_found_and_mended(text: str, pointed: str, masculine: str) -> None:
    assert list(rules.abridged(text))
    assert rules.mended(Inclusive.MEDIAN_POINT, text) == pointed
    assert rules.mended(Inclusive.GENERIC, text) == masculine
    assert rules.mended(Inclusive.DOUBLETS, text) == text, "what must be rewritten is the model’s"


@pytest.mark.parametrize("text", PLAIN)
def test_plain_french_raises_nothing(text: str) -> None:
    for rule in Inclusive:
        assert rules.wrong(task(rule), text) == []
        assert rules.mended(rule, text) == text


def task(rule: Inclusive, target: str = "fr") -> Task:
    return Task("rewrite", target, target, Style.INCLUSIVE, inclusive=rule)


@pytest.mark.parametrize(
    ("rule", "text", "reasons"),
    [
        (Inclusive.NONE, "Les agent·es et les candidats", []),
        (Inclusive.GENERIC, "Les candidats", []),
        (Inclusive.GENERIC, "Iels ont répondu", [Reason.INCLUSIVE_MARKS]),
        (Inclusive.EPICENE, "Les candidats du service", [Reason.GENDER_ALONE]),
        (Inclusive.EPICENE, "Le personnel du service", []),
        (Inclusive.DOUBLETS, "Les candidates et les candidats", []),
        (Inclusive.DOUBLETS, "Chaque agent, les candidat·es", [Reason.INCLUSIVE_MARKS, Reason.GENDER_ALONE]),
        (Inclusive.MEDIAN_POINT, "Les candidat(e)s", [Reason.INCLUSIVE_MARKS]),
        (Inclusive.MEDIAN_POINT, "Les candidat·es", []),
    ],
)
def test_what_a_rule_does_not_take(rule: Inclusive, text: str, reasons: list[Reason]) -> None:
    assert rules.wrong(task(rule), text) == reasons
    assert rules.wrong(task(rule, "en"), text) == [], "the rule is about French"


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Translator]:
    async with running() as server:
        yield server


@pytest.fixture(scope="module")
async def service(shared: Translator) -> AsyncIterator[Service]:
    with installation(shared.url) as started:
        await started.start()
        yield started


async def rewrite(visitor: Visitor, text: str, style: str = "inclusive") -> dict[str, object]:
    answer = await visitor.call("POST", "/api/writing/works", {"kind": "rewrite", "style": style, "text": text})
    assert answer.status == 201, answer.body
    return answer.body


async def test_a_unit_decides_and_its_persons_rewritings_follow(service: Service, shared: Translator) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        ada = await person(service, http, "ada@exemple.fr")
        await service.create_person("chef@exemple.fr", administrator=True)
        boss = Visitor(http, service.address)
        await boss.sign_in("chef@exemple.fr")
        asked = await ada.call(
            "POST", "/api/writing/works", {"kind": "rewrite", "style": "inclusive", "text": "Un mot."}
        )
        assert (asked.status, asked.body["code"]) == (409, "inclusive_rule_unset")
        top = (await done(boss, "POST", "/api/admin/units", {"code": "MIN", "name": "Ministère"}))["id"]
        under = (await done(boss, "POST", "/api/admin/units", {"code": "DRH", "name": "Personnel", "parent_id": top}))[
            "id"
        ]
        await belong(boss, ada, under)
        assert (await ada.call("PATCH", f"{RULE}/units/{under}", {"rule": "doublets"})).status in {403, 404}
        await done(boss, "PATCH", f"{RULE}/units/{top}", {"rule": "generic"})
        assert (await ada.get(RULE))["unit_name"] == "Ministère"
        told = await done(boss, "PATCH", f"{RULE}/units/{under}", {"rule": "doublets"})
        assert (told["rule"], told["above"]["rule"]) == ("doublets", "generic")
        assert (await ada.get(RULE))["rule"] == "doublets", "the nearest decides"
        shared.says["agents doivent"] = "Les agents doivent répondre à la demande du service avant la fin du mois."
        text = "Les agents doivent répondre à la demande du service avant la fin du mois."
        work = await until(ada, str((await rewrite(ada, text))["id"]), "done")
        assert work["report"]["reasons"] == {"gender_alone": 1}
        asked_again = shared.asked("agents doivent")
        assert "en entier (les agentes et les agents" in asked_again[0]
        assert any("agents au masculin seul" in body for body in asked_again[1:]), "asked again, with the reason"
        shared.says["agents doivent"] = text.replace("Les agents", "Les agentes et les agents")
        work = await until(ada, str((await rewrite(ada, text, "administrative"))["id"]), "done")
        assert (work["text"], work["report"]["reasons"]) == (shared.says["agents doivent"], {})
        english = await rewrite(ada, "The staff of the department must answer the request before the end of the month.")
        assert (await until(ada, str(english["id"]), "failed"))["error"] == "inclusive_french_only"
        await done(boss, "PATCH", f"{RULE}/units/{under}", {"rule": None})
        assert (await ada.get(RULE))["rule"] == "generic"
