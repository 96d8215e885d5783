"""Family and first names that are also ordinary words: without a capital, they are left as they are."""

from typing import Final

from chatelet.policy.guardrails.reading import fold

ORDINARY: Final = frozenset(
    fold("""
petit petite grand grande blanc blanche noir noire roux rousse brun brune gris rouge vert verte jaune rose violet
violette jade ambre olive prune cerise claire pierre marin marine victoire constance constant prudence clémence
espérance grâce fleur marguerite iris capucine ange reine roi prince comte baron duc moine abbé clerc berger bergère
marchand marchande boucher boulanger charpentier maçon meunier mercier tailleur couturier potier forgeron maréchal
sergent page chevalier notaire avocat juge maire garde gardien bois fontaine rivière rive mont val vallée champ champs
pré forêt jardin verger moulin pont port tour château maison grange cour place chemin roche rocher sable mer lac colline
montagne plaine bon bonne beau belle gentil sage vaillant fort forte léger doux douce heureux gai aimé aimée désiré
désirée bienvenue noël toussaint dimanche lundi mardi mercredi jeudi vendredi samedi janvier février mars avril mai juin
juillet août septembre octobre novembre décembre printemps été automne hiver matin soir jour nuit soleil lune étoile
ciel vent pluie neige feu loup renard cerf mouton agneau bœuf cheval coq poule merle aigle faucon poisson mark will bill
jack frank grant hope faith joy may june april august art pat sue rob drew chase mason cook baker smith taylor carter
miller fisher hunter walker young old white black brown green long short rich king knight price wood woods stone hill
field brook lake rivers banks bell ball ford lane street church house hall day night winter summer snow frost wolf fox
bird swan rice bush lily daisy ivy heather holly ruby pearl amber crystal sky star angel christian major general normand
breton picard lorrain allemand français franc france paris florence vienne valence boule balle lame lance fer acier
plomb or argent diamant perle content vrai carré rond bras main tête cou barbe juste modeste innocent parfait vivant
voisin cousin neveu oncle fils gros grosse gras maigre verrier gay sauvage sauveur test note monde robin colin simple
direct commun public privé ancien nouveau neuf vieux jeune dernier premier second double haut bas droit large a an the
""").split()
)
