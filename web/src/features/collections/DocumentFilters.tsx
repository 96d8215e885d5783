/** What of the base is listed: words, a state, an order. */
import { useEffect, useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./collections.module.css";
import { type CollectionSearch, readSearch, SORTS, STATES } from "./search";

const css = classes(sheet);

interface DocumentFiltersProps {
  readonly search: CollectionSearch;
  readonly onSearch: (search: CollectionSearch) => void;
  /** The base has no document: there is nothing to look for. */
  readonly isEmpty: boolean;
}

export function DocumentFilters({ search, onSearch, isEmpty }: DocumentFiltersProps) {
  const t = useTranslations("collections.list");
  const change = (changed: Record<string, string>) => onSearch(readSearch({ ...search, ...changed }));
  if (isEmpty) return null;
  return (
    <search className={css("filters")}>
      <Words words={search.q ?? ""} onWords={(q) => change({ q })} />
      <ChoiceField
        label={t("show")}
        value={search.state ?? "all"}
        onChange={(event) => change({ state: event.target.value })}
        options={STATES.map((one) => [one, t(`states.${one}`)])}
      />
      <ChoiceField
        label={t("sort")}
        value={search.sort ?? "name"}
        onChange={(event) => change({ sort: event.target.value })}
        options={SORTS.map((one) => [one, t(`sorts.${one}`)])}
      />
    </search>
  );
}

/** What is typed reaches the address once it has settled, and follows it when it changes by itself. */
function Words({ words, onWords }: { readonly words: string; readonly onWords: (words: string) => void }) {
  const t = useTranslations("collections.list");
  const [typed, setTyped] = useState(words);
  const settled = useSettled(typed, 250);
  useEffect(() => setTyped(words), [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is sent, not what the address says.
  useEffect(() => {
    if (settled === typed && settled.trim() !== words) onWords(settled.trim());
  }, [settled]);
  return (
    <Field
      label={t("search")}
      hint={t("searchHint")}
      type="search"
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
