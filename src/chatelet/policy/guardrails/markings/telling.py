"""Sentences that speak of markings (lessons, laws, films), and those that speak of their own document."""

import re
from typing import Final

ITSELF: Final = re.compile(
    r"\b(?:ce|cette|cet|le present|la presente|du present|de la presente|les presentes?|ces|this"
    r"|the present) (?:document|note|courrier|fichier|message|piece|rapport|dossier|pli|lettre|annexe|courriel|mail"
    r"|information|compte[ -]rendu|fiche|plan|page|file|report)s?"
    r"|\bci-joint|\bci-apres|\bpiece jointe|\bje (?:vous|t')|\bjoint\b|\bje joins|\ben copie|\bveuillez|\bmerci"
)
LESSON: Final = re.compile(
    r"se plac\w+|doi(?:t|vent)\b|appose|signifie|designe|correspond|s'applique|est defini|definit|a ete supprim"
    r"|supprimee?|remplac|qu'est-ce|que veut dire|que signifie|definition|\bcours\b|formation|lecon|exercice|expliqu"
    r"|difference|par exemple|exemple|glossaire|\barticle|code penal|\bloi\b|decret|arrete|instruction (?:generale"
    r"|interministerielle|n)"
    r"|(?<!au sens de l')\bigi\b|ii 901|wikipedia|\bquiz|comment\b|s'impose|les niveaux|niveaux|couleurs"
    r"|protocole|principe|\bfilm|roman|serie|titre|\bjeu\b|chanson|livre|auteur|episode|\bpermet|peut etre|peuvent"
    r"|on appelle|dit[e]?s? \"|notion|rappelle|consiste|historique|reforme|a partir de|depuis 20|avant 20|means"
    r"|must be|should be"
    r"|lorsqu|quand un|si un|tout document|un document|des documents|les documents|toute information|les informations"
    r"|des informations|une information|habilit"
)
