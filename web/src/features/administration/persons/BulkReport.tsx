/** Person by person: what will be done, then what was done, what was refused and why. */
import { CircleCheck, CircleDashed, CircleX, MinusCircle } from "lucide-react";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { countOf, type PlannedLine, type ReportLine } from "./bulk";

const css = classes(sheet);
const MARKS = {
  done: [CircleCheck, "ready"],
  refused: [CircleX, "missing"],
  untried: [CircleDashed, "unknown"],
  self: [MinusCircle, null],
  already: [MinusCircle, null],
} as const;

export function Planned({ lines, count }: { readonly lines: readonly PlannedLine[]; readonly count: number }) {
  const t = useTranslations("persons");
  return (
    <div>
      <p className={css("legend")}>{t("planned", { count })}</p>
      <Lines label={t("planned", { count })}>
        {lines.map(({ person, skip }) => (
          <li key={person.id} className={css("outcome", skip !== null && "skipped")}>
            <span>{person.name}</span>
            <span className={css("outcomeWords")}>
              {skip ? t(`results.${skip}`) : [person.email, person.unit?.name].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </Lines>
    </div>
  );
}

export function BulkReport({ lines }: { readonly lines: readonly ReportLine[] }) {
  const t = useTranslations("persons");
  const errorWords = useErrorWords();
  const words = t("reportWords", { done: countOf(lines, "done"), refused: countOf(lines, "refused") });
  return (
    <div>
      <p className={css("legend")}>{words}</p>
      <Lines label={words}>
        {lines.map(({ person, result, error }) => {
          const [Icon, look] = MARKS[result];
          return (
            <li key={person.id} className={css("outcome")}>
              <span className={css("state")}>
                <Icon aria-hidden="true" className={css("stateIcon", look)} />
                {person.name}
              </span>
              <span className={css("outcomeWords")}>
                {result === "refused" ? errorWords(error) : t(`results.${result}`)}
              </span>
            </li>
          );
        })}
      </Lines>
    </div>
  );
}

function Lines({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <ul className={css("outcomes")} aria-label={label} tabIndex={0}>
      {children}
    </ul>
  );
}
