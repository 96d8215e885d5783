"""The administration of units, roles and persons: what opens it, what is done with it, and axe at zero all along."""

import re

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.browser.axe import violations
from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.institution import Institution, found, give, person_id, place
from tests.browser.screen import Screen
from tests.browser.test_accessibility import Inspect, inspect
from tests.browser.test_keyboard import walk

__all__ = ["inspect"]  # the fixture
pytestmark = pytest.mark.browser


@pytest.fixture
async def boss(new_person: NewPerson) -> Person:
    return await new_person("Grâce Hopper", administrator=True)


@pytest.fixture
async def institution(boss: Person) -> Institution:
    return await found(boss)


@pytest.fixture
async def referent(new_person: NewPerson, boss: Person, institution: Institution) -> Person:
    """Ada, of the Directorate of the North, and referent of it."""
    ada = await new_person("Ada Lovelace")
    await place(boss, ada, institution.north)
    await give(boss, ada, "referent", institution.north)
    return ada


def item(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("treeitem", name=re.compile(f"^{name}"))


async def pick(screen: Screen, label: str, words: str) -> None:
    """Choose in a combobox by the words typed."""
    box = screen.dialog.get_by_role("combobox", name=label)
    await box.fill(words)
    await screen.page.get_by_role("option", name=words).click()
    # Its words were there as soon as they were typed: the choice is made once the list is closed.
    await expect(screen.page.get_by_role("listbox")).to_have_count(0)
    await expect(box).to_have_value(words)


async def test_axe_on_units(inspect: Inspect, boss: Person, institution: Institution, referent: Person) -> None:
    inspection = await inspect(boss, "/administration/units")
    screen = inspection.screen
    await expect(item(screen, institution.name("Ministère"))).to_be_visible()
    await inspection.look("tree")
    await screen.field("Rechercher une unité par son nom ou son code").fill(institution.name("Direction"))
    await expect(screen.link(institution.name("Direction du Sud"))).to_be_visible()
    await inspection.look("units found")
    await screen.open(f"/administration/units/{institution.north}")
    ada = screen.page.locator(f'a[href$="{await person_id(referent)}"]')  # others may be named as she is
    for table in ("Personnes de cette unité", "Qui détient un rôle ici"):
        await expect(screen.page.get_by_role("group", name=table).locator(ada)).to_be_visible()
    await inspection.look("unit")
    await screen.button("Créer sous elle").click()
    await inspection.look_in_dialog("new unit")
    await screen.button("Fusionner").click()
    await pick(screen, "L’unité qui reprend tout", institution.name("Direction du Sud"))
    await expect(screen.dialog).to_contain_text("Cela ne s’annule pas.")
    await inspection.look_in_dialog("merging")
    await screen.button("Ajouter une personne").click()
    await expect(screen.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    await inspection.look("looking for a person")


async def test_axe_on_roles_and_persons(
    inspect: Inspect, boss: Person, institution: Institution, referent: Person
) -> None:
    inspection = await inspect(boss, "/administration/roles")
    screen = inspection.screen
    await expect(screen.heading("Référent d’unité")).to_be_visible()
    await inspection.look("roles")
    await screen.button("Créer un rôle").click()
    await inspection.look_in_dialog("new role")
    await screen.open(f"/administration/persons?unit={institution.north}")
    await screen.field("Sélectionner Ada Lovelace").check()
    await inspection.look("selection")
    await screen.button("Agir sur la sélection").click()
    await screen.action("Désactiver les comptes…").click()
    await inspection.look_in_dialog("preview")
    await screen.open(f"/administration/persons/{await person_id(referent)}")
    await expect(screen.page.get_by_role("table", name="Rôles")).to_contain_text("Référent d’unité")
    await inspection.look("person")
    await screen.button("Donner un rôle").click()
    await screen.dialog.get_by_label("Rôle", exact=True).select_option(label="Auditeur")
    await expect(screen.dialog).to_contain_text("ne compte que s’il est donné partout")
    await inspection.look_in_dialog("giving a role")


async def test_the_tree_by_keyboard(open_screen: OpenScreen, boss: Person, institution: Institution) -> None:
    screen = await open_screen(boss, f"/administration/units/{institution.bureau}")
    keys = screen.page.keyboard
    bureau, north = (
        item(screen, institution.name("Bureau de l’Eau")),
        item(screen, institution.name("Direction du Nord")),
    )
    await expect(bureau).to_have_attribute("aria-selected", "true")
    names = await walk(screen)
    assert institution.name("Bureau de l’Eau") in " ".join(names)
    assert not any(name.startswith(institution.name("Direction du Nord")) for name in names), "one stop in the tree"
    await bureau.focus()
    await keys.press("ArrowLeft")
    await expect(north).to_be_focused()
    await keys.press("ArrowLeft")
    await expect(bureau).to_have_count(0)
    await keys.press("ArrowDown")
    await expect(item(screen, institution.name("Direction du Sud"))).to_be_focused()
    await keys.press("Enter")
    await expect(screen.page.get_by_role("heading", level=2, name=institution.name("Direction du Sud"))).to_be_visible()


async def test_a_unit_is_made_moved_and_moved_back(
    open_screen: OpenScreen, boss: Person, institution: Institution
) -> None:
    screen = await open_screen(boss, f"/administration/units/{institution.bureau}")
    await screen.button("Créer sous elle").click()
    await screen.dialog.get_by_label("Nom").fill(institution.name("Section des Sources"))
    await screen.dialog.get_by_label("Code").fill(f"SRC-{institution.suffix}")
    await screen.button("Créer l’unité").click()
    await expect(item(screen, institution.name("Section des Sources"))).to_have_attribute("aria-selected", "true")
    await screen.open(f"/administration/units/{institution.bureau}")
    await screen.button("Déplacer").click()
    await pick(screen, "La placer sous", institution.name("Direction du Sud"))
    await screen.dialog.get_by_role("button", name="Déplacer").click()
    place_words = screen.main.get_by_text(f"{institution.name('Ministère')} › {institution.name('Direction du Sud')}")
    await expect(place_words.first).to_be_visible()
    await screen.undo().click()
    await expect(
        screen.main.get_by_text(f"{institution.name('Ministère')} › {institution.name('Direction du Nord')}").first
    ).to_be_visible()


async def test_a_role_is_given_in_words_and_taken_back(
    open_screen: OpenScreen, boss: Person, new_person: NewPerson, institution: Institution
) -> None:
    who = await person_id(await new_person("Alan Turing"))
    screen = await open_screen(boss, f"/administration/persons/{who}")
    await screen.button("Donner un rôle").click()
    await screen.dialog.get_by_label("Rôle", exact=True).select_option(label="Référent d’unité")
    await expect(screen.dialog).to_contain_text("voir les personnes")
    await pick(screen, "Unité", institution.name("Direction du Nord"))
    await screen.button("Donner le rôle").click()
    table = screen.page.get_by_role("table", name="Rôles")
    await expect(table).to_contain_text(institution.name("Direction du Nord"))
    await screen.button("Retirer le rôle Référent d’unité").click()
    await expect(screen.main.get_by_text("Aucun autre rôle.")).to_be_visible()
    await screen.undo().click()
    await expect(table).to_contain_text("Référent d’unité")


async def test_several_persons_at_once(
    open_screen: OpenScreen, boss: Person, new_person: NewPerson, institution: Institution
) -> None:
    for name in ("Ada", "Alan", "Emmy"):
        await place(boss, await new_person(f"{name} Dubois"), institution.south)
    await place(boss, boss, institution.south)
    screen = await open_screen(boss, f"/administration/persons?unit={institution.south}")
    await screen.field("Sélectionner toutes les personnes affichées").check()
    await screen.button("Agir sur la sélection").click()
    await screen.action("Désactiver les comptes…").click()
    await expect(screen.dialog).to_contain_text("Ce sera fait pour 3 personnes")
    await expect(screen.dialog).to_contain_text("1 personne laissée de côté : c’est vous")
    await screen.button("Désactiver 3 comptes").click()
    await expect(screen.dialog).to_contain_text("Fait pour 3 personnes, aucun refus.")
    states = screen.page.get_by_role("row", name="Dubois", include_hidden=True)
    await expect(states.filter(has_text="Désactivé")).to_have_count(3)
    await screen.button("Annuler pour 3 personnes").click()
    await expect(states.filter(has_text="Désactivé")).to_have_count(0)


_MANY = """
WITH made AS (
    INSERT INTO persons (id, email, name, language, state, issuer, subject, sort_name, search_vector, created_at)
    SELECT gen_random_uuid(), 'n' || number || '@foule.fr', 'Foule ' || number, 'fr', 'active', 'https://foule.fr',
           number || :unit, 'foule ' || number, to_tsvector('simple', 'foule ' || number), now()
    FROM generate_series(100, 219) AS number
    RETURNING id
)
INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
SELECT id, CAST(:unit AS uuid), true, 'page', now() FROM made
"""


async def test_everybody_who_matches_is_acted_on_by_the_server(
    open_screen: OpenScreen, boss: Person, institution: Institution, beside: Database
) -> None:
    async with beside.transaction() as session:
        await session.execute(text(_MANY), {"unit": institution.bureau})
    screen = await open_screen(boss, f"/administration/persons?unit={institution.bureau}", axe=True)
    persons = screen.page.get_by_role("group", name="Personnes", exact=True)  # beside the invitations that wait
    head = persons.get_by_role("columnheader", name="Nom")
    await expect(head).to_have_attribute("aria-sort", "ascending")
    await persons.get_by_role("button", name="Nom").click()
    await expect(head).to_have_attribute("aria-sort", "descending")
    await expect(persons.get_by_role("row").nth(1)).to_contain_text("Foule 219")
    await screen.field("Sélectionner toutes les personnes affichées").check()
    await expect(screen.main).to_contain_text("50 personnes sélectionnées")
    await screen.button("Agir sur toutes celles qui correspondent").click()
    await expect(screen.main).to_contain_text("Toutes les personnes qui correspondent")
    await screen.button("Agir sur la sélection").click()
    await screen.action("Désactiver les comptes…").click()
    await expect(screen.dialog).to_contain_text("Ce sera fait pour 120 personnes")
    await expect(screen.dialog).to_contain_text("et 100 autres")
    assert await violations(screen.page) == []
    async with beside.transaction() as session:
        await session.execute(text("UPDATE persons SET state = 'disabled' WHERE name = 'Foule 150'"))
    await screen.button("Désactiver 120 comptes").click()
    await expect(screen.dialog).to_contain_text("elles seraient maintenant 119")
    await expect(screen.dialog).to_contain_text("1 personne laissée de côté")
    await screen.button("Désactiver 119 comptes").click()
    await expect(screen.dialog).to_contain_text("Fait pour 119 personnes, aucun refus.")
    await screen.dialog.get_by_role("button", name="Fermer").last.click()
    await expect(persons.get_by_role("row").nth(1)).to_contain_text("Désactivé")
    recent = screen.page.get_by_role("region", name="Actions groupées récentes")
    await recent.get_by_role("button", name=re.compile("Désactiver 119 comptes")).first.click()
    await screen.button("Annuler pour 119 personnes").click()
    await expect(screen.dialog).to_contain_text("Annulé pour 119 personnes")


async def test_a_role_is_made_of_rights(open_screen: OpenScreen, boss: Person, institution: Institution) -> None:
    screen = await open_screen(boss, "/administration/roles")
    await screen.button("Créer un rôle").click()
    name = institution.name("Documentaliste")
    await screen.dialog.get_by_label("Nom en français").fill(name)
    await screen.dialog.get_by_label("Nom en anglais").fill("Librarian")
    await screen.dialog.get_by_label("Code").fill(f"librarian_{institution.suffix}")
    await screen.dialog.get_by_label("organiser les bases documentaires").check()
    await screen.button("Enregistrer").click()
    line = screen.main.get_by_role("listitem", name=name)
    await expect(line).to_contain_text("organiser les bases documentaires")
    await screen.button(f"Supprimer le rôle {name}").click()
    await screen.dialog.get_by_role("button", name="Supprimer").click()
    await expect(line).to_have_count(0)


async def test_a_referent_sees_their_unit_and_why_they_may_not_more(
    open_screen: OpenScreen, institution: Institution, referent: Person
) -> None:
    screen = await open_screen(referent, "/administration")
    tabs = screen.page.get_by_role("navigation", name="Administration").get_by_role("link")
    await expect(tabs).to_have_text(["Personnes", "Unités", "Rôles", "Vagues", "Quotas et coûts"])
    await expect(screen.link("Ada Lovelace")).to_be_visible()
    await tabs.nth(1).click()
    await expect(item(screen, institution.name("Direction du Nord"))).to_be_visible()
    await expect(screen.page.get_by_role("treeitem")).to_have_count(2)  # theirs, and the one above by its name
    await item(screen, institution.name("Direction du Nord")).get_by_text(institution.name("Direction du Nord")).click()
    await screen.button("Déplacer").focus()
    why = screen.page.get_by_role("tooltip")
    await expect(why).to_contain_text("gérer les unités")
    await expect(screen.main.get_by_text(institution.name("Direction du Sud"))).to_have_count(0)
    for foreign in (f"/administration/units/{institution.south}", "/administration/models"):
        await screen.open(foreign)
        await expect(screen.main).to_contain_text(re.compile("n’existe pas"))
        await expect(screen.main.get_by_text(institution.name("Direction du Sud"))).to_have_count(0)
