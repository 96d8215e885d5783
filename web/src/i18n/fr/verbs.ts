/** What can be done with a passage of a conversation, or a file of it, at the writing desk. */
export default {
  toolbar: "Que faire de ce passage",
  menu: "Traduire, résumer, reformuler…",
  names: {
    translate: "Traduire",
    summarise: "Résumer",
    rephrase: "Reformuler",
    simplify: "Simplifier",
    correct: "Corriger",
  },
  into: "Vers",
  writing: "En cours…",
  result: "Résultat",
  copy: "Copier",
  copied: "Copié.",
  notCopied: "Rien n’a été copié. Sélectionnez le texte, puis Ctrl+C.",
  close: "Fermer",
  atDesk: "Ouvrir au bureau d’écriture",
  toCheck:
    "{count, plural, one {Un passage est à vérifier : le bureau dit pourquoi.} other {# passages sont à vérifier : le bureau dit pourquoi.}}",
  file: "Traduire ou réécrire {name}",
  fileActions: "Autres actions sur {name}",
} as const;
