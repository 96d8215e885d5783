/** The bases in which to look, found by their name. */
import { useState } from "react";
import { useReadableCollections } from "#/api/readableCollections";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./research.module.css";

const css = classes(sheet);

interface BaseChoiceProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function BaseChoice({ chosen, onChange }: BaseChoiceProps) {
  const t = useTranslations("research");
  const levels = useTranslations("models.levels");
  const [words, setWords] = useState("");
  const { data, error, refetch } = useReadableCollections(useSettled(words.trim()));
  return (
    <fieldset className={css("sources")}>
      <legend className={css("legend")}>{t("bases")}</legend>
      <Field label={t("searchBases")} type="search" value={words} onChange={({ target }) => setWords(target.value)} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={css("about")}>{t("noBases")}</p>}
      {data?.map((one) => (
        <Check
          key={one.id}
          label={one.name}
          hint={levels(one.level)}
          checked={chosen.includes(one.id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
          }
        />
      ))}
    </fieldset>
  );
}
