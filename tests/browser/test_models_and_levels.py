"""Before sending: where the words go, and for which level; what the rules refuse is told in words."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import ABSENT_MODEL, FAR_MODEL, MODEL
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


async def test_the_picker_says_where_words_go(screen: Screen) -> None:
    await screen.picker("Modèle").click()
    here, far = screen.choice(MODEL), screen.choice(FAR_MODEL)
    await expect(here).to_be_checked()
    for words in ("Institution, France", "Jusqu’au niveau Sensible", "N’apprend pas de vos textes", "courant"):
        await expect(here).to_contain_text(words)
    await expect(far).to_contain_text("Nuage & Cie, États-Unis")
    await expect(far).to_contain_text("Jusqu’au niveau Interne")
    await far.click()
    await expect(screen.picker("Modèle")).to_contain_text(FAR_MODEL)
    await expect(screen.picker("Modèle")).to_be_focused()
    notice = screen.main.get_by_role("paragraph").filter(has_text="Une IA répond")
    await expect(notice).to_contain_text("États-Unis")
    await screen.ask("Loin [[say=Bonjour_de_loin]]")
    await screen.read()
    await expect(screen.under()).to_contain_text(f"{FAR_MODEL}, Nuage & Cie, États-Unis")


async def test_a_model_that_does_not_answer_cannot_be_chosen(screen: Screen) -> None:
    await screen.picker("Modèle").click()
    absent = screen.choice(ABSENT_MODEL)
    await expect(absent).to_contain_text("Ne répond pas")
    await expect(absent).to_be_disabled()


async def test_a_raised_level_leaves_out_the_models_not_cleared(screen: Screen) -> None:
    await screen.picker("Modèle").click()
    await screen.choice(FAR_MODEL).click()
    await screen.picker("Niveau de sensibilité").click()
    await expect(screen.choice("Interne")).to_be_checked()
    await expect(screen.choice("Sensible")).to_contain_text("Données personnelles")
    await screen.choice("Sensible").click()
    await expect(screen.picker("Niveau de sensibilité")).to_contain_text("Sensible")
    await expect(screen.picker("Modèle")).to_contain_text(MODEL)
    await screen.picker("Modèle").click()
    await expect(screen.choice(FAR_MODEL)).to_be_disabled()
    await expect(screen.choice(FAR_MODEL)).to_contain_text("N’est pas habilité au-delà du niveau Interne.")
    await screen.page.keyboard.press("Escape")
    await screen.ask("Dossier [[say=Lu]]")
    await screen.read()
    await expect(screen.under()).to_contain_text(MODEL)


async def test_a_level_that_the_installation_is_not_approved_for_is_not_offered(screen: Screen) -> None:
    await screen.picker("Niveau de sensibilité").click()
    await expect(screen.choice("Sensible")).to_contain_text("Le plus haut niveau approuvé pour cette installation.")
    await expect(screen.choice("Diffusion restreinte")).to_have_count(0)


async def test_the_level_of_a_conversation_rises_and_never_drops(ada: Person, open_screen: OpenScreen) -> None:
    conversation = await ada.conversation("Dossier", "Un [[say=Un]]")
    screen = await open_screen(ada, f"/c/{conversation}")
    await screen.picker("Niveau de sensibilité").click()
    await expect(screen.choice("Public")).to_be_disabled()
    async with screen.recording():
        await screen.choice("Sensible").click()
    await expect(screen.picker("Niveau de sensibilité")).to_contain_text("Sensible")
    await screen.page.reload()
    await screen.picker("Niveau de sensibilité").click()
    await expect(screen.choice("Interne")).to_be_disabled()
    await expect(screen.choice("Interne")).to_contain_text("Le niveau d’une conversation ne baisse pas.")
    assert (await ada.visitor.get(f"/api/conversations/{conversation}"))["level"] == "restricted"


async def test_lowering_the_level_sends_no_question(open_screen: OpenScreen, new_person: NewPerson) -> None:
    """The dialog opens within the composer: its form is not the question."""
    boss = await new_person("Grâce Hopper", administrator=True)
    conversation = await boss.conversation("À abaisser", "Un [[say=Première]]", level="restricted")
    screen = await open_screen(boss, f"/c/{conversation}")
    await screen.reading("Première")
    await screen.composer.fill("Encore en train d’écrire")
    await screen.button("Abaisser le niveau de cette conversation").click()
    await screen.dialog.get_by_label("Niveau de sensibilité").select_option(label="Interne")
    await screen.dialog.get_by_role("button", name="Abaisser", exact=True).click()
    await expect(screen.dialog).to_have_count(0)
    await expect(screen.picker("Niveau de sensibilité")).to_contain_text("Interne")
    await expect(screen.composer).to_have_value("Encore en train d’écrire")
    await expect(screen.turn(2)).to_have_count(0)
