/** How far a document is: an icon, a word, and the reason when it failed. The reading report is one press away. */
import { CircleAlert, CircleCheck, LoaderCircle, OctagonX } from "lucide-react";
import { useState } from "react";
import type { Doc } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./collections.module.css";
import { ReportDialog } from "./ReportDialog";
import { type DocumentState, stateOf } from "./state";

const css = classes(sheet);
const ICONS = { busy: LoaderCircle, well: CircleCheck, caution: CircleAlert, refusal: OctagonX } as const;

export function DocumentStateWords({ document }: { readonly document: Doc }) {
  const t = useTranslations("collections.state");
  const [open, setOpen] = useState(false);
  const words = useErrorWords();
  const say = useStateWords();
  const state = stateOf(document);
  const Icon = ICONS[state.meaning];
  return (
    <div className={css("state")}>
      <span className={css("stateName", state.meaning)}>
        <Icon aria-hidden="true" className={css("stateIcon")} />
        {say(state)}
      </span>
      {state.error !== null && <span className={css("under")}>{words({ code: state.error })}</span>}
      {state.error !== null && <Contest code={state.error} />}
      {document.file.report && state.meaning !== "busy" && state.meaning !== "well" && (
        <Button small look="quiet" aria-label={t("reportOf", { name: document.name })} onPress={() => setOpen(true)}>
          {t("report")}
        </Button>
      )}
      {open && <ReportDialog name={document.name} file={document.file} onClose={() => setOpen(false)} />}
    </div>
  );
}

function useStateWords(): (state: DocumentState) => string {
  const t = useTranslations("collections.state");
  return ({ name, page, pages }) => {
    const where = { page: String(page), pages: String(pages) };
    if (page > 0 && pages > 0 && name === "reading") return t("readingPage", where);
    if (page > 0 && pages > 0 && name === "recognising") return t("recognisingPage", where);
    return t(name);
  };
}
