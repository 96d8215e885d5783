"""Names that stand in for others: common enough to keep a sentence calm, none of them an ordinary word.

Kept apart by gender, and by what elides before them (« d'Odile », « de Sylvie »): the words around need no change.
"""

from typing import Final

GIVEN: Final[dict[tuple[str, bool], tuple[str, ...]]] = {
    ("f", True): tuple(
        "Agathe Amandine Apolline Armelle Audrey Émeline Élodie Évelyne Eugénie Isabelle Ophélie Odile Astrid Ursule"
        " Anouk Estelle Émilie Agnès Inès Edwige Adeline Olympe Aurélie Iseult Oriane Élisabeth Anaïs Octavie".split()
    ),
    ("f", False): tuple(
        "Sylvie Nathalie Mathilde Caroline Delphine Séverine Bérénice Coralie Ludivine Margaux Pauline Sandrine"
        " Valérie Tiphaine Béatrice Corinne Gwendoline Karine Laetitia Magali Noémie Priscille Roxane Solange Thérèse"
        " Véronique Zélie Brigitte Capucine Daphné Félicie Gaëlle Jacinthe Lucile Maëlys Nadège Perrine".split()
    ),
    ("m", True): tuple(
        "Antoine Arnaud Édouard Étienne Olivier Octave Ulysse Alban Émilien Éric Oscar Augustin Armand Adrien Évariste"
        " Anatole Ignace Ambroise Edgar Alphonse Aurélien Alexis Achille Isidore Aristide Eustache".split()
    ),
    ("m", False): tuple(
        "Laurent Thibault Guillaume Sébastien Bertrand Cédric Damien Fabrice Gauthier Jérôme Ludovic Mathieu Nicolas"
        " Philippe Quentin Romain Sylvain Tristan Valentin Xavier Baptiste Corentin Didier Florian Grégoire Kilian"
        " Léopold Maxime Norbert Pascal Rodolphe Stanislas Théodore Vivien Bastien Corneille".split()
    ),
    ("x", True): ("Alix", "Ariel", "Eden", "Andréa", "Élie", "Ulrike"),
    ("x", False): ("Camille", "Dominique", "Claude", "Sacha", "Morgan", "Charlie", "Frédérique", "Maxence", "Yaël"),
}
FAMILY: Final[dict[bool, tuple[str, ...]]] = {
    True: tuple(
        "Aubertin Arnoult Étiévant Evrardin Imbertot Ollivaud Ozanneau Audibrand Ancelot Aymardin Esnaultier Éluardet"
        " Ursaud Isnardon Auvergnat Ermelin Armandin Alvarin Andrieu Aubrion Escoffrin Olivennat Ivaldin Aucherie"
        " Amelineau Elbardin".split()
    ),
    False: tuple(
        "Garnieraud Lefortin Morvandieu Bertholin Chavignat Delaunoy Fontanel Gaudrier Lamoureix Marchandieu Noirmont"
        " Perrotin Rambaudet Sauvageot Tessier Vauquelin Bonnardel Carpentras Desrosiers Ferrandin Grandjouan Jaubertin"
        " Lacombrade Maillardet Pelletereau Quesnelin Roussillat Thévenard Valladier Boisrenaud Castellan Duvergnier"
        " Froissard Guilbertin Langloisel Montbrison Pasquereau Rivallant Simonnet Toussenel Villardin Blanchardin"
        " Courtemanche Delorméau Faucheroux Gosselinet".split()
    ),
}
WAYS: Final = tuple(
    "des Glycines|des Aubépines|du Vieux Lavoir|des Capucines|du Moulin Neuf|des Bleuets|de la Tuilerie|des Noisetiers"
    "|du Clos Fleuri|des Mésanges|de la Source Claire|des Peupliers|des Chardonnerets|du Four à Chaux|des Bruyères"
    "|de la Grange Rouge".split("|")
)
TOWNS: Final = tuple(
    "Valmorin-sur-Ilve Bourcelles Saint-Orvin Montrevaud Fontarelles Villembrey Castelivran Rocheplane Belvézin"
    " Aubreville-les-Prés Marsolles Chantebrune Grandvaloir Pontavesne Lormeilles Verchamps".split()
)


def elides(word: str) -> bool:
    """Tell whether « de » becomes « d' » before `word`; an h is counted with the vowels, before which both are met."""
    first, second = word[:1].casefold(), word[1:2].casefold()
    return first in "aàâeéèêëiîïoôœuùûüæh" if first != "y" else second not in "aeouéèoa"
