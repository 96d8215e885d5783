/** Words around a rendered answer. */
export default {
  copy: "Copier",
  copied: "Copié",
  notCopied: "Copie refusée : sélectionnez le texte, puis Ctrl ou ⌘ + C",
  copyCode: "Copier le code",
  code: "Code",
  codeIn: "Code {language}",
  table: "Tableau : {columns}",
  done: "Fait",
  toDo: "À faire",
  picture: "[image : {words}] ({address})",
  noWords: "sans description",
  leaveTitle: "Ouvrir {place} ?",
  leaveWhy: "Ce lien vient du texte d’une réponse. Il mène hors de cette page, à l’adresse :",
  leave: "Ouvrir dans un nouvel onglet",
  stay: "Rester ici",
  copyAddress: "Copier l’adresse",
} as const;
