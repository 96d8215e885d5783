/** The filters, folded until they are wanted, and the order. */
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { type Draft, KINDS, SORTS } from "./draft";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const NAMES = ["author", "domain", "laboratory"] as const;
const YEARS = ["yearFrom", "yearTo"] as const;

interface FilterFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

export function FilterFields({ draft, onChange }: FilterFieldsProps) {
  const t = useTranslations("scholarly");
  const kinds = useTranslations("badges.kinds");
  return (
    <details className={css("filters")}>
      <summary>{t("filters")}</summary>
      <div className={css("fields")}>
        {YEARS.map((name) => (
          <Field
            key={name}
            label={t(name)}
            inputMode="numeric"
            maxLength={4}
            value={draft[name]}
            onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
          />
        ))}
        <ChoiceField
          label={t("kind")}
          value={draft.kind}
          onChange={(event) => onChange({ ...draft, kind: event.target.value as Draft["kind"] })}
          options={[["", t("anyKind")], ...KINDS.map((kind) => [kind, kinds(kind)] as const)]}
        />
        <ChoiceField
          label={t("sort")}
          value={draft.sort}
          onChange={(event) => onChange({ ...draft, sort: event.target.value as Draft["sort"] })}
          options={SORTS.map((sort) => [sort, t(`sorts.${sort}`)] as const)}
        />
        {NAMES.map((name) => (
          <Field
            key={name}
            label={t(name)}
            maxLength={200}
            autoComplete="off"
            value={draft[name]}
            onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
          />
        ))}
        <Check
          label={t("openAccess")}
          checked={draft.openAccess}
          onChange={(event) => onChange({ ...draft, openAccess: event.target.checked })}
        />
      </div>
    </details>
  );
}
