/** One work: how far it is, what may be done with it, its result, what needs a human eye. */
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { Work } from "#/api/types";
import { useWork } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import desk from "./desk.module.css";
import { ReportView } from "./ReportView";
import { SideBySide } from "./SideBySide";
import type { DeskSearch } from "./search";
import { SummaryExports } from "./summary/SummaryExports";
import { SummaryResult } from "./summary/SummaryResult";
import { useWhat } from "./useWhat";
import { WorkActions } from "./WorkActions";
import { WorkProgress } from "./WorkProgress";

const css = classes(desk);

export function WorkView({ id }: { readonly id: string }) {
  const t = useTranslations("writing");
  const work = useWork(id);
  const search: DeskSearch = work.data?.kind === "summarise" ? { view: "summary" } : {};
  return (
    <section className={css("section")} aria-labelledby="writing-work">
      <p>
        <Link to="/bureau" search={search} activeOptions={{ exact: true }} className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t(search.view === "summary" ? "backToSummaries" : "back")}
        </Link>
      </p>
      {work.error && <ErrorNotice error={work.error} onRetry={() => void work.refetch()} />}
      {work.data && <Shown work={work.data} />}
    </section>
  );
}

function Shown({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const what = useWhat(work);
  return (
    <>
      <h2 id="writing-work" className={css("title")}>
        {work.is_file ? work.name : t("aText")} · {what}
      </h2>
      <WorkProgress work={work} />
      <WorkActions work={work} after="/bureau">
        {work.kind === "summarise" && <SummaryExports work={work} />}
      </WorkActions>
      {work.report && <ReportView report={work.report} isFile={work.is_file} />}
      {work.kind === "summarise" ? <SummaryResult work={work} /> : <SideBySide work={work} />}
    </>
  );
}
