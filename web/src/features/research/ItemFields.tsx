/** One sub-question of a plan, with its searches: each may be changed or taken out. */
import { Plus, Trash2 } from "lucide-react";
import type { ResearchWhere } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { type DraftItem, type DraftQuery, MOST_QUERIES, newQuery } from "./draft";
import sheet from "./research.module.css";

const css = classes(sheet);

interface ItemFieldsProps {
  readonly item: DraftItem;
  readonly place: number;
  readonly where: readonly ResearchWhere[];
  readonly onChange: (item: DraftItem) => void;
  readonly onRemove: () => void;
}

export function ItemFields({ item, place, where, onChange, onRemove }: ItemFieldsProps) {
  const t = useTranslations("research.plan");
  const sources = useTranslations("research.sources");
  const change = (changed: DraftQuery) =>
    onChange({ ...item, queries: item.queries.map((one) => (one.key === changed.key ? changed : one)) });
  return (
    <li className={css("item")}>
      <div className={css("line")}>
        <Field
          label={t("item", { place })}
          maxLength={400}
          value={item.question}
          onChange={({ target }) => onChange({ ...item, question: target.value })}
        />
        <IconButton label={t("removeItem", { place })} icon={Trash2} onPress={onRemove} />
      </div>
      <ul className={css("queries")}>
        {item.queries.map((query, rank) => (
          <li key={query.key} className={css("line")}>
            <ChoiceField
              label={t("in", { rank: rank + 1 })}
              value={query.where}
              onChange={({ target }) => change({ ...query, where: target.value as ResearchWhere })}
              options={where.map((one) => [one, sources(one)] as const)}
            />
            <Field
              label={t("words", { rank: rank + 1 })}
              maxLength={400}
              autoComplete="off"
              value={query.words}
              onChange={({ target }) => change({ ...query, words: target.value })}
            />
            <IconButton
              label={t("removeQuery", { rank: rank + 1 })}
              icon={Trash2}
              onPress={() => onChange({ ...item, queries: item.queries.filter(({ key }) => key !== query.key) })}
            />
          </li>
        ))}
      </ul>
      {item.queries.length < MOST_QUERIES && (
        <div>
          <Button
            small
            icon={Plus}
            onPress={() => onChange({ ...item, queries: [...item.queries, newQuery(where[0] ?? "web")] })}
          >
            {t("addQuery")}
          </Button>
        </div>
      )}
    </li>
  );
}
