/** Deep research: what is asked and what was; one research. */
import { getRouteApi } from "@tanstack/react-router";
import { AskResearch } from "#/features/research/AskResearch";
import { ResearchList } from "#/features/research/ResearchList";
import { ResearchView } from "#/features/research/ResearchView";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);
const one = getRouteApi("/recherche-approfondie/$researchId");

export function ResearchScreen() {
  const t = useTranslations("research");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <AskResearch />
          <ResearchList />
        </div>
      </div>
    </>
  );
}

export function OneResearchScreen() {
  const t = useTranslations("research");
  const { researchId } = one.useParams();
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <ResearchView key={researchId} id={researchId} />
        </div>
      </div>
    </>
  );
}
