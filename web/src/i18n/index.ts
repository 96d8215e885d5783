/** Words of the page. French is the reference; English has exactly the same keys, or the build fails. */
import type fr from "./fr";

export { useFormatter, useLocale, useTranslations } from "use-intl";
export { loadMessages, withWords } from "./loading";

export type Messages = typeof fr;

/** The same keys as the French words, any text. */
export type Same<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Same<T[Key]> };

export const LANGUAGES = ["fr", "en"] as const;
export type Locale = (typeof LANGUAGES)[number];

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
