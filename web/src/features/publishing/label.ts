/** The label proposed for a text to publish: words of the document, in its language, whatever that of the page. */

type Language = "fr" | "en";

const GENERATED: Readonly<Record<Language, string>> = {
  fr: "Texte généré ou modifié par une intelligence artificielle.",
  en: "Text generated or manipulated by artificial intelligence.",
};

/** `reviewer` is null as long as nobody says to have reviewed the text. */
export function proposedLabel(language: Language, reviewer: string | null): string {
  if (reviewer === null) return GENERATED[language];
  return language === "fr"
    ? `Texte rédigé avec une intelligence artificielle, relu par ${reviewer}, qui en assume la responsabilité éditoriale.`
    : `Text written with artificial intelligence, reviewed by ${reviewer}, who takes editorial responsibility for it.`;
}
