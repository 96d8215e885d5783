/** What a unit decides of inclusive writing in French: the writing desk follows it, and checks. */
import { useSetUnitRule, useUnitRule } from "#/api/inclusive";
import { useHeld } from "#/api/sessions";
import type { Inclusive, Unit } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { INCLUSIVE_RULES } from "#/features/writing/styles";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";

const css = classes(sheet);

export function UnitInclusive({ unit }: { readonly unit: Unit }) {
  const t = useTranslations("inclusive");
  const { toast } = useLive();
  const may = unit.rights.some((right) => right === "units.manage" || right === "installation.manage");
  const held = useHeld().somewhere("units.manage");
  const { data, error, refetch } = useUnitRule(unit.id, may && held);
  const set = useSetUnitRule(unit.id);
  if (!may || !held) return null;
  const above = data?.above;
  const inherited = above ? t("above", { rule: t(`rules.${above.rule}`), unit: above.unit_name ?? t("nobody") }) : "";
  return (
    <section className={css("section")} aria-labelledby="inclusive-title">
      <h2 id="inclusive-title" className={css("cardTitle")}>
        {t("title")}
      </h2>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <ChoiceField
          label={t("label")}
          hint={t(`hints.${data.rule ?? data.above.rule}`)}
          value={data.rule ?? ""}
          onChange={({ target }) =>
            set.mutate(target.value === "" ? null : (target.value as Inclusive), {
              onSuccess: () => toast({ words: t("saved") }),
            })
          }
          options={[["", inherited], ...INCLUSIVE_RULES.map((rule) => [rule, t(`rules.${rule}`)] as const)]}
        />
      )}
      {set.error && <ErrorNotice error={set.error} />}
    </section>
  );
}
