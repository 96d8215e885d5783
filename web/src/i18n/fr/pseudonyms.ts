/** Names replaced before words leave. */
export default {
  replace: "Remplacer les noms avant l’envoi",
  required: "Votre unité le demande : c’est fait dès qu’ils ne peuvent pas partir tels quels.",
  preview: "Aperçu",
  title: "Ce qui partirait",
  reading: "Lecture de votre message…",
  told: "{count, plural, =0 {Aucun nom ni identifiant n’a été trouvé : le texte partirait tel quel.} one {# nom ou identifiant est remplacé ; la réponse vous sera montrée avec l’original.} other {# noms ou identifiants sont remplacés ; la réponse vous sera montrée avec les originaux.}}",
  to: "Destinataire : {model}.",
  files: "Les passages des fichiers et des bases sont choisis au moment de la question, et remplacés de la même façon.",
  roles: { user: "Vous", assistant: "Réponse" },
} as const;
