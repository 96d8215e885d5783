/** The writing desk: what is asked and what was; one work. */
import { getRouteApi } from "@tanstack/react-router";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { AskForm } from "#/features/writing/AskForm";
import { Glossaries } from "#/features/writing/Glossaries";
import { WorkList } from "#/features/writing/WorkList";
import { WorkView } from "#/features/writing/WorkView";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);
const one = getRouteApi("/bureau/$workId");

export function WritingScreen() {
  const t = useTranslations("writing");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <AskForm />
          <WorkList />
          <Glossaries />
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
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <WorkView key={workId} id={workId} />
        </div>
      </div>
    </>
  );
}
