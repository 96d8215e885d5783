"""The list of conversations: found again, filed, named, pinned, deleted, taken away and brought back."""

import asyncio
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Error, Locator, Route, expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


@pytest.fixture
async def three(ada: Person, open_screen: OpenScreen) -> Screen:
    """Three conversations, none of them open."""
    await ada.conversation("Archives d’Orléans", "Où sont les archives ? [[say=Rue_des_Carmes,_près_de_la_mairie.]]")
    await ada.conversation("Budget", "Combien ? [[say=Mille_euros.]]")
    await ada.conversation("Congés", "Quand ? [[say=En_août.]]")
    screen = await open_screen(ada)
    await expect(screen.conversations.get_by_role("listitem")).to_have_count(3)
    return screen


def row(screen: Screen, title: str) -> Locator:
    return screen.conversations.get_by_role("link", name=title, exact=True)


async def act(screen: Screen, title: str, action: str) -> None:
    await screen.conversations.get_by_role("button", name=f"Actions de « {title} »").click()
    await screen.action(action).click()


async def test_search(three: Screen) -> None:
    search = three.page.get_by_role("textbox", name="Rechercher dans mes conversations")
    await search.fill("MAIRIE")
    results = three.page.get_by_role("list", name="Rechercher dans mes conversations")
    await expect(results.get_by_role("listitem")).to_have_count(1)
    await expect(results.get_by_role("mark").or_(results.locator("mark"))).to_have_text("mairie")
    await results.get_by_role("link").click()
    await expect(three.heading("Archives d’Orléans")).to_be_visible()
    await search.fill("orleans")
    await expect(results.get_by_role("listitem")).to_have_count(1)
    await search.fill("introuvable")
    await expect(three.conversations).to_contain_text("Aucune conversation ne contient « introuvable ».")
    await three.button("Effacer la recherche").click()
    await expect(search).to_be_focused()
    await expect(three.conversations.get_by_role("listitem")).to_have_count(3)
    await search.fill("budget")
    await expect(results.get_by_role("listitem")).to_have_count(1)
    # The pointer leaves the button, whose name may show there: Escape would take that away first.
    await three.page.mouse.move(700, 500)
    await expect(three.page.get_by_role("tooltip")).to_have_count(0)
    await search.press("Escape")
    await expect(three.conversations.get_by_role("listitem")).to_have_count(3)


async def test_rename_and_pin(three: Screen, ada: Person) -> None:
    await act(three, "Budget", "Renommer")
    await three.dialog.get_by_label("Titre").fill("Budget 2027")
    await three.dialog.get_by_label("Titre").press("Enter")
    await expect(row(three, "Budget 2027")).to_be_visible()
    # The keyboard's focus is back on the menu's button, whose name shows: it covers no other row.
    async with three.recording():
        await act(three, "Archives d’Orléans", "Épingler")
    pinned = three.conversations.get_by_role("region", name="Épinglées")
    await expect(pinned.get_by_role("link", name="Archives d’Orléans")).to_be_visible()
    await three.page.reload()
    await expect(pinned.get_by_role("link", name="Archives d’Orléans")).to_be_visible()
    await expect(row(three, "Budget 2027")).to_be_visible()
    await act(three, "Archives d’Orléans", "Ne plus épingler")
    await expect(pinned).to_have_count(0)


async def test_rename_from_the_open_conversation(three: Screen) -> None:
    await row(three, "Congés").click()
    await three.main.get_by_role("button", name="Actions de « Congés »").click()
    await three.action("Renommer").click()
    await three.dialog.get_by_label("Titre").fill("Vacances")
    await three.dialog.get_by_label("Titre").press("Enter")
    await expect(three.page.get_by_role("heading", level=1, name="Vacances")).to_be_visible()
    await expect(row(three, "Vacances")).to_be_visible()
    await expect(three.page).to_have_title("Vacances · Châtelet")


async def test_folders(three: Screen) -> None:
    await three.button("Nouveau dossier").click()
    await three.dialog.get_by_label("Nom du dossier").fill("Finances")
    await three.dialog.get_by_role("button", name="Enregistrer").click()
    folder = three.conversations.get_by_role("button", name="Finances", exact=True)
    await expect(folder).to_be_visible()
    await three.conversations.get_by_role("button", name="Actions de « Budget »").click()
    await three.action("Déplacer vers").hover()
    await three.choice("Finances").click()
    await folder.click()
    await expect(row(three, "Budget")).to_be_visible()
    await expect(row(three, "Congés")).to_have_count(0)
    await three.button("Actions du dossier Finances").click()
    await three.action("Renommer le dossier").click()
    await three.dialog.get_by_label("Nom du dossier").fill("Comptes")
    await three.dialog.get_by_role("button", name="Enregistrer").click()
    await expect(three.conversations.get_by_role("button", name="Comptes", exact=True)).to_be_visible()

    await three.ask("Dans le dossier [[say=Oui]]")
    await three.read()
    await expect(three.conversations.get_by_role("listitem").get_by_role("link")).to_have_count(2)
    await three.button("Toutes les conversations").click()
    await expect(row(three, "Congés")).to_be_visible()
    await three.button("Actions du dossier Comptes").click()
    await three.action("Supprimer le dossier").click()
    await expect(three.page.get_by_text("Dossier supprimé.").first).to_be_visible()
    await expect(three.conversations.get_by_role("button", name="Comptes", exact=True)).to_have_count(0)
    await expect(row(three, "Budget")).to_be_visible()


async def test_a_folder_opened_while_a_conversation_is_moved_there(three: Screen) -> None:
    """Its list was asked for before the move was recorded, and comes after: it is asked for again."""
    await three.button("Nouveau dossier").click()
    await three.dialog.get_by_label("Nom du dossier").fill("Finances")
    await three.dialog.get_by_role("button", name="Enregistrer").click()
    folder = three.conversations.get_by_role("button", name="Finances", exact=True)
    asked, recorded = asyncio.Event(), asyncio.Event()

    async def move(route: Route) -> None:
        if route.request.method == "PATCH":
            await asked.wait()
            await route.fulfill(response=await route.fetch())
            recorded.set()
        else:
            await route.continue_()

    async def look(route: Route) -> None:
        if asked.is_set():
            await route.continue_()
            return
        before = await route.fetch()
        asked.set()
        await recorded.wait()
        await asyncio.sleep(0.3)  # the page hears of the move first
        with suppress(Error):  # it may have given this answer up
            await route.fulfill(response=before)

    await three.page.route("**/api/conversations/*", move)
    await three.page.route(re.compile(r"/api/conversations\?.*folder_id="), look)
    await three.conversations.get_by_role("button", name="Actions de « Budget »").click()
    await three.action("Déplacer vers").hover()
    await three.choice("Finances").click()
    await folder.click()
    await expect(row(three, "Budget")).to_be_visible()


async def test_delete_then_undo(three: Screen) -> None:
    await row(three, "Budget").click()
    await three.reading("Mille euros.")
    await act(three, "Budget", "Supprimer")
    await expect(row(three, "Budget")).to_have_count(0)
    await expect(three.heading("Bonjour Ada")).to_be_visible()
    await three.undo().click()
    await expect(row(three, "Budget")).to_be_visible()
    await three.reading("Mille euros.")


async def test_delete_for_good(three: Screen, ada: Person) -> None:
    await row(three, "Budget").click()
    await three.reading("Mille euros.")
    conversation = three.conversation_id
    await three.button("Nouvelle conversation").click()
    await act(three, "Budget", "Supprimer")
    notices = three.page.get_by_role("region", name="Notifications")
    await expect(notices).to_contain_text("Conversation supprimée.")
    await notices.get_by_role("button", name="Fermer").click()
    await expect(notices.get_by_role("button", name="Annuler")).to_have_count(0)
    assert (await ada.visitor.call("GET", f"/api/conversations/{conversation}")).status == 404
    await three.open(f"/c/{conversation}")
    await expect(three.heading("Cette page n’existe pas")).to_be_visible()
    await expect(row(three, "Congés")).to_be_visible()
    await expect(row(three, "Budget")).to_have_count(0)


async def test_delete_while_it_answers(screen: Screen) -> None:
    await screen.ask("À oublier [[tokens=300 rate=20]]")
    await screen.reading("La lumière se propage")
    await screen.main.get_by_role("button", name=re.compile("^Actions de")).click()
    await screen.action("Supprimer").click()
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await expect(screen.conversations).to_contain_text("Vos conversations apparaîtront ici.")
    await expect(screen.button("Envoyer")).to_be_visible()


async def test_export_one_conversation(three: Screen) -> None:
    await row(three, "Budget").click()
    for action, ending, words in (
        ("Exporter en Markdown", ".md", "Mille euros."),
        ("Exporter en JSON", ".json", '"Mille euros."'),
    ):
        await three.main.get_by_role("button", name="Actions de « Budget »").click()
        async with three.page.expect_download() as download:
            await three.action(action).click()
        file = await download.value
        assert file.suggested_filename.endswith(ending)
        assert words in Path(await file.path()).read_text()


async def test_export_all_then_import_elsewhere(three: Screen, new_person: NewPerson, open_screen: OpenScreen) -> None:
    await three.person_menu("Réglages")
    async with three.page.expect_download() as download:
        await three.link("Télécharger toutes mes conversations").click()
    file = await (await download.value).path()
    assert len(json.loads(Path(file).read_text())["conversations"]) == 3

    other = await open_screen(await new_person("Bob"), "/settings")
    async with other.page.expect_file_chooser() as chooser:
        await other.button("Choisir un fichier").click()
    await (await chooser.value).set_files(file)
    await expect(other.page.get_by_text("3 conversations ajoutées.").first).to_be_visible()
    await row(other, "Archives d’Orléans").click()
    await other.reading("Rue des Carmes")
    await other.ask("Et ensuite ? [[say=Ensuite_aussi.]]")
    await other.reading("Ensuite aussi.", 2)


async def test_a_file_that_is_no_export(screen: Screen, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.json"
    wrong.write_text('{"format": "autre"}')
    await screen.open("/settings")
    async with screen.page.expect_file_chooser() as chooser:
        await screen.button("Choisir un fichier").click()
    await (await chooser.value).set_files(wrong)
    await expect(screen.page.get_by_role("alert")).to_contain_text("Rien n’a été ajouté.")
