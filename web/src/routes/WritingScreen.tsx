/** The writing desk: what is asked and what was, of each desk; one work. */
import { getRouteApi } from "@tanstack/react-router";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { AskForm } from "#/features/writing/AskForm";
import { DeskTabs } from "#/features/writing/DeskTabs";
import { Glossaries } from "#/features/writing/Glossaries";
import { GlossaryView } from "#/features/writing/GlossaryView";
import { SummaryForm } from "#/features/writing/summary/SummaryForm";
import { WorkBeside } from "#/features/writing/summary/WorkBeside";
import { WorkList } from "#/features/writing/WorkList";
import { WorkView } from "#/features/writing/WorkView";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);
const desk = getRouteApi("/bureau");
const one = getRouteApi("/bureau/$workId");
const glossary = getRouteApi("/bureau/glossaires/$glossaryId");

export function WritingScreen() {
  const t = useTranslations("writing");
  const { view, file } = desk.useSearch();
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <DeskTabs side={view ?? "writing"} />
          {view === "summary" ? <SummaryForm key={file} file={file} /> : <AskForm />}
          <WorkList side={view ?? "writing"} />
          {view === undefined && <Glossaries />}
        </div>
      </div>
    </>
  );
}

export function WorkScreen() {
  const t = useTranslations("writing");
  const { workId } = one.useParams();
  return (
    <>
      <ScreenHeader title={t("title")} />
      <WorkBeside key={workId} id={workId}>
        <div className={css("scroll")}>
          <div className={css("column", "wide")}>
            <WorkView id={workId} />
          </div>
        </div>
      </WorkBeside>
    </>
  );
}

export function GlossaryScreen() {
  const t = useTranslations("writing");
  const { glossaryId } = glossary.useParams();
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <GlossaryView key={glossaryId} id={glossaryId} />
        </div>
      </div>
    </>
  );
}
