"""The sentences of a draft, and the searches that cover it: words of its own, none of a reference."""

from chatelet.writing.related.outline import MOST_SEARCHES, MOST_STATEMENTS, outline_of

BODY = (
    "Équité des réseaux de neurones\n"
    "L’équité des réseaux de neurones à la marge reste mal mesurée dans les petites populations (Guo et al., 2022). "
    "Nous proposons une mesure de l’équité marginale fondée sur des sous-groupes rares [3, 4]. "
    "Oui. "
    "La thermométrie des cellules vivantes demande des sondes nanométriques en diamant. "
    "Les sous-groupes rares sont tirés au sort puis pondérés selon leur effectif dans la population."
)


def test_sentences_are_the_draft_s_own_without_calls_and_searches_cover_them() -> None:
    outline = outline_of(BODY)
    assert [one.split()[0] for one in outline.statements] == ["L’équité", "Nous", "La", "Les"]
    assert all("2022" not in one and "[" not in one for one in (*outline.statements, *outline.searches))
    words = " ".join(outline.searches).lower()
    assert "thermométrie" in words
    assert "groupes" in words
    assert "proposons" not in words, "what any draft says of itself is not looked for"
    assert 2 <= len(outline.searches) <= MOST_SEARCHES
    assert all(2 <= len(one.split()) <= 10 for one in outline.searches)


def test_a_draft_that_says_nothing_has_no_outline() -> None:
    assert outline_of("") == outline_of("Oui. Non. 12, 13 ; 14.")
    assert outline_of("").searches == ()


def test_a_long_draft_is_bounded() -> None:
    many = " ".join(
        f"La mesure numéro {n} concerne une variable particulière appelée x{n} dans le corpus étudié."
        for n in range(900)
    )
    assert len(outline_of(many).statements) <= MOST_STATEMENTS
