/** The passages that hold what is said, with their page, word for word. */
import type { PaperCell } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./papers.module.css";

const css = classes(sheet);

export function HeldPassages({ held }: { readonly held: PaperCell["held"] }) {
  const t = useTranslations("papers");
  return (
    <details className={css("held")}>
      <summary>{t("held", { count: held.length })}</summary>
      {held.map(({ number, page, text, start }) => (
        <blockquote key={`${number} ${start}`}>
          <strong>
            [{number}]{page !== null && ` ${t("page", { page: String(page) })}`}
          </strong>{" "}
          {text}
        </blockquote>
      ))}
    </details>
  );
}
