/** One research: its plan to confirm, then what is found as it comes, and its report. */
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { isUnderWay, useResearch } from "#/api/research";
import type { Research } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { Actions } from "./Actions";
import { Conflicts } from "./Conflicts";
import { Notes } from "./Notes";
import { PlanEditor } from "./PlanEditor";
import { PlanProgress } from "./PlanProgress";
import { Proposals } from "./Proposals";
import { ReportView } from "./ReportView";
import sheet from "./research.module.css";
import { type Place, SourceDialog } from "./SourceDialog";
import { SourceList } from "./SourceList";
import { Spent } from "./Spent";

const css = classes(sheet);

export function ResearchView({ id }: { readonly id: string }) {
  const t = useTranslations("research");
  const found = useResearch(id);
  return (
    <section className={css("section")} aria-labelledby="research-one">
      <p>
        <Link to="/recherche-approfondie" activeOptions={{ exact: true }} className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t("back")}
        </Link>
      </p>
      {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown research={found.data} />}
    </section>
  );
}

function Shown({ research }: { readonly research: Research }) {
  const t = useTranslations("research");
  const [open, setOpen] = useState<Place | null>(null);
  const { state, sections, notes, conflicts, sources } = research;
  return (
    <>
      <h2 id="research-one" className={css("title", "asked")}>
        {research.question}
      </h2>
      <State research={research} />
      <Actions research={research} />
      {state === "proposed" && <PlanEditor research={research} />}
      {sections.length > 0 && <ReportView research={research} onOpen={setOpen} />}
      {conflicts.length > 0 && <Conflicts research={research} onOpen={setOpen} />}
      {research.items.length > 0 && state !== "proposed" && <PlanProgress research={research} onOpen={setOpen} />}
      {notes.length > 0 && <Notes research={research} onOpen={setOpen} />}
      {sources.length > 0 && <SourceList research={research} onOpen={setOpen} />}
      {(state === "done" || state === "partial") && sources.length === 0 && <Notice>{t("nothingFound")}</Notice>}
      <Proposals key={`${research.ended_at}`} research={research} />
      <SourceDialog research={research} place={open} onClose={() => setOpen(null)} />
    </>
  );
}

function State({ research }: { readonly research: Research }) {
  const t = useTranslations("research");
  const levels = useTranslations("models.levels");
  const words = useErrorWords();
  const { state, error, reached, level } = research;
  return (
    <>
      <output className={css("facts")}>
        {t(`states.${state}`)} · {levels(level)}
      </output>
      {isUnderWay(research) && <progress className={css("progress")} aria-label={t("progress")} />}
      <Spent research={research} />
      {reached !== null && <Notice meaning="caution">{t(`reached.${reached}`)}</Notice>}
      {state === "stopped" && <Notice>{t("stopped")}</Notice>}
      {error !== null && (
        <Notice
          meaning={state === "failed" ? "refusal" : "caution"}
          alert={state === "failed"}
          actions={<Contest code={error} />}
        >
          <p>{words({ code: error, params: {} })}</p>
          {state === "failed" && <p>{t("kept")}</p>}
        </Notice>
      )}
    </>
  );
}
