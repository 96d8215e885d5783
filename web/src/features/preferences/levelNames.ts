/** The names that the institution gives levels, in the place of ours, wherever a level is shown. */
import type { Session } from "#/api/types";
import type { Locale, Messages } from "#/i18n";

export function withLevelNames(messages: Messages, locale: Locale, renamed: Session["level_names"] = {}): Messages {
  const entries = Object.entries(renamed);
  if (entries.length === 0) return messages;
  const names = entries.map(([level, { name }]) => [level, name[locale]]);
  const about = entries.flatMap(([level, one]) => (one.about[locale] ? [[level, one.about[locale]]] : []));
  const { models } = messages;
  const renamedModels: Messages["models"] = {
    ...models,
    levels: { ...models.levels, ...Object.fromEntries(names) },
    levelWords: { ...models.levelWords, ...Object.fromEntries(about) },
  };
  // Over the words rather than a copy of them: those that come with a later screen are then here too.
  return Object.assign(Object.create(messages) as Messages, { models: renamedModels });
}
