"""What is known of a page from its head, its address and its words: right, or missing; never made up, never slow."""

import time

import pytest

from chatelet.connectors.web.addresses import same_form, site_of
from chatelet.connectors.web.dates import day_of
from chatelet.connectors.web.head import Head, read_head
from chatelet.connectors.web.tiers import Lists, Site, Tier
from chatelet.connectors.web.walls import wall_of


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<html lang="fr-FR"><title>Un &amp; deux</title><meta name="author" content="Ada">'
            '<meta property="article:published_time" content="2024-05-06T07:08:09Z">',
            Head("Un & deux", "Ada", "2024-05-06", "fr"),
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-01-02","author":'
            '[{"@type":"Person","name":"Grace H."}],"isAccessibleForFree":"False"}</script>',
            Head("", "Grace H.", "2023-01-02", None, paid=True),
        ),
        ("<meta property=og:title content='T'><time datetime=2022-03-04>hier</time>", Head("T", "", "2022-03-04")),
        ('<meta name="date" content="bientôt"><meta name="author" content="https://x.example/ada">', Head()),
        ('<meta name="date" content="3024-01-01">', Head()),
        ('<meta name="date" content="2024-02-31">', Head()),
        ("", Head()),
        ("<" * 5_000, Head()),
    ],
)
def test_what_a_head_says(head: str, expected: Head) -> None:
    assert read_head(head) == expected


@pytest.mark.parametrize("piece", ["<meta ", "<title>", '<meta name="', '"author":[', '"datePublished":"', "<time "])
def test_a_head_made_to_be_slow_is_not(piece: str) -> None:
    began = time.process_time()
    read_head(piece * (600_000 // len(piece)))
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024/5/6 10:00", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("Mon, 06 May 2024 10:00:00 GMT", "2024-05-06"),
        (1714953600, "2024-05-06"),
        (True, None),
        ("1712-01-01", None),
        ("n'importe quoi", None),
        ("9" * 5_000, None),
        (1e300, None),
        (None, None),
    ],
)
def test_days(written: object, day: str | None) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("HTTP://Exemple.ORG:80/a?b=1&utm_source=x#c", "http://exemple.org/a?b=1"),
        ("https://exemple.org", "https://exemple.org/"),
        ("https://exemple.org:8443/", "https://exemple.org:8443/"),
        ("https://éxample.org/", "https://xn--xample-9ua.org/"),
        ("https://u:p@exemple.org/", None),
        ("javascript:alert(1)", None),
        ("https://[::1", None),
        ("https://" + "a" * 3_000, None),
        ("", None),
    ],
)
def test_one_form_of_an_address(written: str, form: str | None) -> None:
    assert same_form(written) == form


def test_tiers_go_by_the_most_exact_line_and_denied_stays_denied() -> None:
    lists = Lists(
        (
            Site("*.presse.example", Tier.PRESS),
            Site("dossiers.presse.example", Tier.OFFICIAL),
            Site("*.mauvais.example", None),
            Site("bon.mauvais.example", Tier.OFFICIAL),
        )
    )
    assert [lists.tier_of(host) for host in ("presse.example", "dossiers.presse.example", "presse.example.org")] == [
        Tier.PRESS,
        Tier.OFFICIAL,
        Tier.OTHER,
    ]
    assert lists.tier_of("mauvais.example") is None
    assert lists.tier_of("bon.mauvais.example") is None
    assert site_of("https://www.Presse.example:8080/a") == "presse.example"


def test_walls() -> None:
    consent = "Nous et nos partenaires déposons des cookies. Tout accepter. Tout refuser. Gérer mes choix."
    assert wall_of(consent, paid=False) == "consent"
    assert wall_of("Le début. Cet article est réservé aux abonnés.", paid=False) == "paywall"
    assert wall_of("Un long article. " * 300 + consent, paid=False) is None
    assert wall_of("Un long article. " * 300, paid=True) == "paywall"
