/** Texts as models write them, with every construct the page knows, for tests that cut them at every offset. */

export const CONSTRUCTS: Readonly<Record<string, string>> = {
  paragraphs: "Un *mot* et **deux mots**, ~~barrés~~.\nUne ligne.\n\nAutre paragraphe avec `code` et 5 $ et 10 $.\n",
  headings: "# Titre\n\nTexte\n## Sous-titre **gras**\nEncore\n\nSouligné\n========\n\nAussi\n-----\n",
  lists:
    "Voici :\n- un\n- deux\n  - deux bis\n  - deux ter\n\n    suite\n- trois\n\n1. premier\n2. second\n\n   ```py\n   x = 1\n   ```\n\n3. tiers\n\nFin.\n",
  tasks: "- [x] fait\n- [ ] à faire\n- rien\n",
  table:
    "Avant\n\n| Année | Budget (k€) | Part |\n|-------|------------:|:----:|\n| 2023 | 1 310,00 | 13,1 % |\n| 2024 | **1 405,75** | 14,0 % |\n\nAprès\n",
  code: 'Voyez :\n```python\ndef f(x):\n    return f"{x}" # `non`\n\n# fin\n```\nEt\n\n~~~\nsans langue\n~~~\n\n    en retrait\n\nFin.\n',
  maths:
    "Soit $x_1 = \\frac{a}{b}$ et \\(y^2\\).\n\n$$\n\\int_0^1 x\\,dx = \\frac12\n$$\n\nPuis\n\\[\nE = mc^2\n\\]\net $$z$$ dedans.\n",
  quote: "> Une citation\n> sur deux lignes, avec $E$\n>\n> - et une liste\n\nAprès.\n",
  links:
    'Voir [la notice](https://www.cnrs.fr/notice_1 "titre"), <https://hal.science>, https://exemple.fr/a_b_c et [ref][1].\n\n[1]: https://arxiv.org/abs/1\n',
  notes: "Un fait[^1], un autre[^b].\n\n[^1]: La source\nsur deux lignes.\n[^b]: Mot\n",
  rules: "Avant\n\n---\n\nAprès\n***\nFin\n",
  escapes: "\\*pas gras\\* &amp; &lt;b&gt; <b>texte</b> \\\\ fin \\$5\n",
  unclosed: "Un **gras jamais fermé et `du code\n\n$$\nx = 1\n\nTexte [lien](http://a\n\n```js\nconst a = 1;\n",
  emoji: "👩‍🚀 𝔸 é — « oui » ; non !\r\n\r\nFin\rde ligne\r\n",
};

export const ALL_CONSTRUCTS: string = Object.values(CONSTRUCTS).join("\n");
