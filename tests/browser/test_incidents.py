"""An incident is reported from an answer and from the person's menu; the officer's desk shows both, and answers."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import NewPerson, OpenScreen
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
_SENT = "C’est envoyé. La réponse paraîtra dans vos réglages."


async def _report(screen: Screen, sort: str, words: str) -> None:
    """Fill the dialog that is open, and send it."""
    dialog = screen.page.get_by_role("dialog", name="Signaler un incident")
    await dialog.get_by_label("De quoi s’agit-il").select_option(label=sort)
    await dialog.get_by_label("Ce qui s’est passé").fill(words)
    assert await violations(screen.page) == []
    async with screen.recording("POST", "/api/reports"):
        await dialog.get_by_role("button", name="Envoyer").click()
    await expect(dialog).to_have_count(0)
    await expect(screen.page.get_by_role("region", name="Notifications").get_by_text(_SENT).first).to_be_visible()


async def test_an_incident_reaches_the_desk_from_an_answer_and_from_the_menu(
    new_person: NewPerson, open_screen: OpenScreen
) -> None:
    mark = uuid4().hex[:8]
    ada = await new_person(f"Ada {mark}")
    conversation = await ada.conversation("Dossier", "Une question [[say=Une_réponse]]")
    screen = await open_screen(ada, f"/c/{conversation}", axe=True)
    await screen.read()
    harmful, leak = f"Cette réponse est dangereuse ({mark}).", f"Un fichier est parti ailleurs ({mark})."
    await screen.under().get_by_role("button", name="Signaler un incident").click()
    await _report(screen, "Une réponse dangereuse, illicite ou discriminante", harmful)
    await screen.person_menu("Signaler un incident")
    await _report(screen, "Une donnée est partie ou apparue où il ne fallait pas", leak)

    boss = await new_person(administrator=True)
    desk = await open_screen(boss, "/administration/reports", axe=True)
    table = desk.main.get_by_role("table", name="Contestations et incidents")
    for words, sort in ((harmful, "Une réponse dangereuse"), (leak, "Une donnée est partie")):
        row = table.get_by_role("row").filter(has_text=words)
        await expect(row).to_have_count(1)
        for told in (ada.name, "Incident", sort, "À traiter"):
            await expect(row).to_contain_text(told)
    assert await violations(desk.page) == []
    kept = (await boss.visitor.get("/api/admin/reports"))["items"]
    mine = {one["words"]: one for one in kept if mark in one["words"]}
    [turn] = (await ada.visitor.get(f"/api/conversations/{conversation}"))["turns"]
    assert (mine[harmful]["kind"], mine[harmful]["about"]) == ("incident", "harmful")
    assert (mine[harmful]["conversation_id"], mine[harmful]["turn_id"]) == (conversation, turn["id"])
    assert (mine[leak]["kind"], mine[leak]["about"], mine[leak]["turn_id"]) == ("incident", "leak", None)
