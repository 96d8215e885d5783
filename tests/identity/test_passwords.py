"""Which passwords are accepted, how names and addresses are cleaned; pure."""

import pytest

from chatelet.identity import passwords
from chatelet.identity.errors import EmailInvalid, NameInvalid, PasswordTooWeak
from chatelet.identity.names import clean_email, clean_name, search_words, sort_key
from chatelet.identity.passwords import check_strength, hash_password, verify_password
from chatelet.identity.tokens import hash_token, new_token

IDENTITY = ("marie.curie@radium.fr", "Marie Skłodowska-Curie")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "Les comètes reviennent en 1759", "x7$kQ9!mZ2pL", "une phrase longue et simple",
        "1906 fin de Pierre", "ma voisine Marie chante", "!?.;:§%*$-_)", "日本語のパスワードは安全です",
        "é" * 6 + "abcdefg",
    ],
)  # fmt: skip
def test_strong_ones_are_accepted(password: str) -> None:
    assert check_strength(password, *IDENTITY)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"), ("onze signes", "too_short"), ("x" * 201, "too_long"), ("ﷺ" * 20, "too_long"),
        ("motdepasse123", "too_common"), ("MotDePasse2024!", "too_common"), ("P@ssw0rd1234", "too_common"),
        ("azertyuiop12", "too_common"), ("Bienvenue2026", "too_common"), ("aaaaaaaaaaaa", "too_common"),
        ("abcabcabcabc", "too_common"), ("password4password4", "too_common"), ("839201746552", "too_common"),
        ("abcdefghijklm", "too_common"), ("mlkjhgfdsqpo", "too_common"), ("qsdfghjklmwxc", "too_common"),
        ("Administrateur1", "too_common"), ("123456789azerty", "too_common"),
        ("marie.curie@radium.fr", "like_identity"), ("MarieCurie1867", "like_identity"),
        ("curiemarie2026!!", "like_identity"), ("Skłodowska-Curie", "like_identity"), ("secret\0secret", "unreadable"),
        ("ligne\nde texte long", "unreadable"),
    ],
)  # fmt: skip
def test_weak_ones_are_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        check_strength(password, *IDENTITY)
    assert refused.value.params["reason"] == reason


async def test_hashes_verify_whatever_the_keyboard() -> None:
    stored = await hash_password("cafe\u0301 serre\u0301 du matin")  # accents typed apart
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.needs_new_hash(stored)
    assert await verify_password(stored, "café serré du matin")
    for wrong in ("", "cafe serre du matin", "Café serré du matin", "café serré du matin ", "x" * 5000, "\ud800", "\0"):
        assert not await verify_password(stored, wrong)


async def test_nobody_s_hash_costs_the_same_and_opens_nothing() -> None:
    assert not passwords.needs_new_hash(passwords._NOBODY)
    for stored in (None, "", "$argon2id$broken", "plain", passwords._NOBODY):
        assert not await verify_password(stored, "anything at all")


def test_what_is_not_an_address() -> None:
    for text in (
        "", "@", "a@", "@b", "a b@c", "a@b c", "a@b@c", "é@b.fr", "a@é.fr", "a\0@b", "a@-b", "a@b-", "a@b..c",
        "a" * 250 + "@b.fr",
    ):  # fmt: skip
        with pytest.raises(EmailInvalid):
            clean_email(text)


def test_addresses_and_names_are_cleaned() -> None:
    assert clean_email("  Marie.CURIE+x@Radium.FR ") == "marie.curie+x@radium.fr"
    assert clean_email("o'neil@localhost") == "o'neil@localhost"
    assert clean_name(" Émilie   du\tChâtelet ") == "Émilie du Châtelet"
    assert clean_name("Anne‑Sophie O’Neil 李") == "Anne‑Sophie O’Neil 李"
    for text in ("", " ", "x" * 121, "a\0", "a\u202eb", "\ud800"):
        with pytest.raises(NameInvalid):
            clean_name(text)


def test_words_ignore_case_accents_and_punctuation() -> None:
    assert search_words("Émilie du Châtelet", "emilie.du@x.fr") == ["emilie", "du", "chatelet", "x", "fr"]
    assert sort_key("Cœur-de-Lion, Œdipe Straße") == "coeur de lion oedipe strasse"
    assert search_words("':* & | ! \\ \0") == []


def test_tokens_are_long_different_and_never_shown() -> None:
    tokens = [new_token() for _ in range(1000)]
    assert len({token.text for token in tokens}) == 1000
    assert all(len(token.text) == 43 and token.hash == hash_token(token.text) for token in tokens)
    assert tokens[0].text not in repr(tokens[0])
    assert len(hash_token("\ud800")) == 32
