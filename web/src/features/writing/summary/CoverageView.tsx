/** What of each document the summary rests on: read, cited, not read and why. */
import { FileText } from "lucide-react";
import type { SummaryCoverage } from "#/api/types";
import { useOpenSource } from "#/features/sources/opening";
import type { Messages } from "#/i18n";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import desk from "../desk.module.css";
import sheet from "./summary.module.css";

const css = classes(desk, sheet);
type Known = keyof Messages["summaries"]["unread"];

interface CoverageViewProps {
  readonly workId: string;
  readonly coverage: readonly SummaryCoverage[];
}

export function CoverageView({ workId, coverage }: CoverageViewProps) {
  const t = useTranslations("summaries");
  return (
    <section className={css("section")} aria-labelledby="summary-coverage">
      <h3 id="summary-coverage" className={css("subtitle")}>
        {t("coverage")}
      </h3>
      <ul className={css("coverage")}>
        {coverage.map((one) => (
          <Covered key={one.file_id} workId={workId} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Covered({ workId, one }: { readonly workId: string; readonly one: SummaryCoverage }) {
  const t = useTranslations("summaries");
  const format = useFormatter();
  const open = useOpenSource();
  const { name, passages, read, cited, same, pages, cited_pages, unread, file_id } = one;
  const reasons = useUnreadWords();
  const list = format.list(cited_pages.map(String), { type: "unit" });
  const facts = [
    pages > 0 && t("pages", { pages }),
    t("read", { read, passages }),
    cited_pages.length > 0 ? t("citedPages", { count: cited_pages.length, list }) : t("cited", { cited }),
    same > 0 && t("same", { same }),
  ].filter(Boolean);
  return (
    <li className={css("covered")}>
      <FileText aria-hidden="true" className={css("icon")} />
      <div>
        <button
          type="button"
          className={css("name")}
          onClick={(event) => open({ turnKey: workId, index: null, fileId: file_id }, event.currentTarget)}
        >
          {name}
        </button>
        <p className={css("facts")}>{facts.join(" · ")}</p>
        {unread.map((part) => (
          <p key={`${part.first} ${part.reason}`} className={css("notRead")}>
            {reasons(part)}
          </p>
        ))}
      </div>
    </li>
  );
}

function useUnreadWords(): (part: SummaryCoverage["unread"][number]) => string {
  const t = useTranslations("summaries.unread");
  const where = useTranslations("summaries");
  return ({ first, last, reason }) => {
    const why = t(t.has(reason as Known) ? (reason as Known) : "other");
    return first === 0 ? where("unreadPart", { why }) : where("unreadPages", { first, last, why });
  };
}
