/** Words for taking a text away to publish it. */
export default {
  open: "Pour publication…",
  title: "Emporter pour publier",
  about:
    "Un texte qui informe le public sur une question d’intérêt général doit dire qu’une intelligence artificielle l’a écrit, sauf si une personne l’a relu et répond de sa publication (règlement européen sur l’IA, article 50, paragraphe 4).",
  reviewed: "J’ai relu ce texte et je réponds de sa publication",
  reviewedHint:
    "Votre nom ({name}) et la date sont inscrits dans les propriétés du fichier. Le journal garde votre relecture et l’empreinte du fichier, jamais le texte.",
  shown: "Montrer la mention aux lecteurs, sous le titre",
  shownHint: "Sans mention visible, le fichier dit tout de même aux logiciels qu’une IA l’a écrit.",
  shownAlways: "Sans relecture, la mention reste.",
  label: "Mention proposée, que vous pouvez changer",
  empty: "Écrivez la mention, ou dites que vous avez relu le texte.",
  form: "Format",
  cancel: "Annuler",
  take: "Télécharger",
  taken: "Fichier téléchargé, avec sa mention.",
  takenReviewed: "Fichier téléchargé. Votre relecture est inscrite au journal.",
};
