/** What was used of what is allowed: steps, time, tokens. */
import type { Research } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./research.module.css";

const css = classes(sheet);

export function Spent({ research: { spent, budget } }: { readonly research: Pick<Research, "spent" | "budget"> }) {
  const t = useTranslations("research.budget");
  const format = useFormatter();
  const minutes = (seconds: number) => format.number(seconds / 60, { maximumFractionDigits: 1 });
  const shown = [
    ["steps", format.number(spent.steps), format.number(budget.steps)],
    ["minutes", minutes(spent.seconds), minutes(budget.seconds)],
    ["tokens", format.number(spent.tokens), format.number(budget.tokens)],
  ] as const;
  return (
    <dl className={css("figures")}>
      {shown.map(([measure, used, most]) => (
        <div key={measure}>
          <dt>{t(measure)}</dt>
          <dd>{t("of", { used, most })}</dd>
        </div>
      ))}
    </dl>
  );
}
