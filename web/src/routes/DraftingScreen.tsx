/** Drafting from templates: the form and the templates; one draft; one template. */
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { DraftForm } from "#/features/drafting/DraftForm";
import { DraftView } from "#/features/drafting/DraftView";
import { TemplateEditor } from "#/features/drafting/TemplateEditor";
import { Templates } from "#/features/drafting/Templates";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { DeskTabs } from "#/features/writing/DeskTabs";
import { WorkList } from "#/features/writing/WorkList";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);
const oneDraft = getRouteApi("/bureau/rediger/$draftId");
const oneTemplate = getRouteApi("/bureau/modeles/$templateId");

function Desk({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("writing");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <DeskTabs side="draft" />
          {children}
        </div>
      </div>
    </>
  );
}

export function DraftingScreen() {
  return (
    <Desk>
      <DraftForm />
      <WorkList side="draft" />
      <Templates />
    </Desk>
  );
}

export function DraftScreen() {
  const { draftId } = oneDraft.useParams();
  return (
    <Desk>
      <DraftView key={draftId} id={draftId} />
    </Desk>
  );
}

export function TemplateScreen() {
  const { templateId } = oneTemplate.useParams();
  return (
    <Desk>
      <TemplateEditor key={templateId} id={templateId} />
    </Desk>
  );
}
