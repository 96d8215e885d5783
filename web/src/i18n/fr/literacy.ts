/** The short path on using a model well, and how often it was followed. */
export default {
  title: "Bien utiliser l’IA",
  open: "Bien utiliser l’IA, en six étapes",
  step: "Étape {at, number} sur {all, number}",
  previous: "Étape précédente",
  next: "Étape suivante",
  finish: "J’ai terminé",
  close: "Fermer",
  counted: "Parcours terminé. Merci.",
  howCounted:
    "En terminant, vous ajoutez un au compte du mois de votre unité. Ni votre nom, ni l’heure ne sont gardés par le service ; seul ce navigateur retient que vous avez terminé.",
  alreadyCounted: "Vous avez terminé ce parcours ici le {day} : il n’est pas compté de nouveau.",
  steps: {
    model: {
      title: "Ce qu’est un modèle de langage",
      first:
        "Il écrit, mot après mot, la suite la plus vraisemblable d’un texte. Il l’a appris en lisant beaucoup de textes.",
      second:
        "Ce n’est ni un moteur de recherche, ni une base de données, ni une personne : sans source donnée, il ne sait pas d’où vient ce qu’il écrit.",
      do: "Donnez-lui le contexte et les documents : il travaille mieux sur ce que vous lui montrez.",
    },
    errors: {
      title: "Il se trompe avec assurance",
      first:
        "Il peut inventer une date, un chiffre, un article de loi ou une publication qui n’existe pas, dans un style parfait.",
      second: "Le ton ne dit rien de la justesse. Poser deux fois la question peut donner deux réponses.",
      do: "Avant d’utiliser un chiffre, une référence ou un nom, retrouvez-le dans une source.",
    },
    pasting: {
      title: "Ce que vous pouvez coller",
      first:
        "Chaque conversation a un niveau de sensibilité, affiché près de la question : il décide des modèles et des services qui peuvent la recevoir. Les détecteurs le relèvent parfois, mais ils oublient des choses.",
      second:
        "Une information classifiée ne se colle jamais ici. Les données de personnes, seulement si votre travail le demande.",
      do: "Dans le doute, choisissez le niveau le plus haut, ou retirez les noms.",
    },
    citations: {
      title: "Vérifier les citations",
      first:
        "Quand une réponse vient de documents ou du web, ses phrases portent des numéros. Un numéro ouvre le passage exact ; la marque à côté dit si le passage soutient la phrase.",
      second: "Une phrase sans numéro ne vient d’aucune source donnée : c’est au modèle seul que vous la devez.",
      do: "Ouvrez au moins les citations dont dépend votre décision.",
    },
    persons: {
      title: "Décider d’une personne",
      first:
        "Recruter, noter, accorder une aide, sanctionner : la loi tient ces usages pour des usages à haut risque. Un modèle reproduit les préjugés des textes qu’il a lus.",
      second: "Il peut vous aider à écrire. Il ne classe pas des candidats et ne tranche pas à votre place.",
      do: "La décision, ses raisons et sa relecture restent les vôtres, et vous savez les expliquer.",
    },
    asking: {
      title: "À qui demander",
      first:
        "La charte d’usage dit ce qui est permis dans votre institution. Votre responsable, ou la personne qui administre le service pour votre unité, répond à vos questions.",
      second:
        "Une réponse dangereuse, une fuite, un doute : « Signaler un incident », dans le menu à votre nom, prévient qui doit l’être.",
      do: "Signalez tôt : personne ne vous reprochera d’avoir demandé.",
    },
  },
  followed: "Parcours « Bien utiliser l’IA »",
  followedWords:
    "Combien de fois il a été terminé, par unité et par mois, sur douze mois. Ce sont des comptes de parcours, non de personnes : qui change de navigateur peut compter deux fois. Rien n’est montré au-dessous de cinq, ni ce qui permettrait de le retrouver.",
  noUnit: "Sans unité",
  nobody: "Personne n’a encore terminé le parcours.",
  month: "Mois",
  times: "Parcours terminés",
};
