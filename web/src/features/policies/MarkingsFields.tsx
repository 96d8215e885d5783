/** The institution's own markings: words that give a level to whatever bears them. One field a level. */
import type { PolicyRules } from "#/api/types";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import sheet from "./policies.module.css";
import { markingField } from "./rules";

const css = classes(sheet);

export function MarkingsFields({ markings }: { readonly markings: PolicyRules["markings"] }) {
  const t = useTranslations();
  const levels = useDeclaredLevels().filter((one) => one !== "public");
  return (
    <fieldset className={css("set")}>
      <legend>{t("policies.kinds.markings")}</legend>
      <p className={css("about")}>{t("policies.markingsHint")}</p>
      {levels.map((one) => (
        <LinesField
          key={one}
          label={t(`models.levels.${one}`)}
          name={markingField(one)}
          rows={2}
          defaultValue={markings?.[one]?.join("\n") ?? ""}
        />
      ))}
    </fieldset>
  );
}
