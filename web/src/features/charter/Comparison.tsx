/** What changes, line by line; each change is named, not only coloured. */
import { useMemo } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./charter.module.css";
import { compareLines } from "./diff";

const css = classes(sheet);
const SIGNS = { same: "", added: "+", removed: "−" } as const;

export function Comparison({ before, after }: { readonly before: string; readonly after: string }) {
  const t = useTranslations("charter");
  const lines = useMemo(() => compareLines(before, after.trim()), [before, after]);
  if (lines.every(({ kind }) => kind === "same")) return <p className={css("words")}>{t("noChange")}</p>;
  const names = { same: null, added: t("addedLine"), removed: t("removedLine") };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group, not a landmark of its own.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <div role="group" aria-label={t("compare")} tabIndex={0} className={css("preview")}>
      <ol className={css("lines")}>
        {lines.map(({ kind, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat, and are drawn again together.
          <li key={index} className={css("line", kind === "same" ? null : kind)}>
            <span aria-hidden="true">{SIGNS[kind]}</span>
            <span>
              {names[kind] !== null && <span className="visuallyHidden">{names[kind]} </span>}
              {text}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
