/** One draft: how far it is, its text to read and to change, what must be checked beside it, its files. */
import { Link } from "@tanstack/react-router";
import { ArrowLeft, BookOpen, Download, Megaphone, PenLine, Save } from "lucide-react";
import { useRef, useState } from "react";
import { draftAddress, FORMS, useChangeDraft, useDraft } from "#/api/drafting";
import type { Draft, ToCheck } from "#/api/types";
import { Answer } from "#/features/answer";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { PublishDialog } from "#/features/publishing/PublishDialog";
import desk from "#/features/writing/desk.module.css";
import { WorkActions } from "#/features/writing/WorkActions";
import { WorkProgress } from "#/features/writing/WorkProgress";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./drafting.module.css";
import { unitsOf } from "./form";
import { ToCheckList } from "./ToCheckList";

const css = classes(desk, sheet);

export function DraftView({ id }: { readonly id: string }) {
  const t = useTranslations("drafting");
  const draft = useDraft(id);
  return (
    <section className={css("section")} aria-labelledby="drafting-draft">
      <p>
        <Link to="/bureau/rediger" activeOptions={{ exact: true }} className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t("back")}
        </Link>
      </p>
      {draft.error && <ErrorNotice error={draft.error} onRetry={() => void draft.refetch()} />}
      {draft.data && (
        <>
          <h2 id="drafting-draft" className={css("title")}>
            {draft.data.work.name}
          </h2>
          <WorkProgress work={draft.data.work} />
          <Kept draft={draft.data} />
          {draft.data.work.state === "done" ? <Written draft={draft.data} /> : <Partly draft={draft.data} />}
        </>
      )}
    </section>
  );
}

/** Parts that the model could not write. */
function Kept({ draft: { work } }: { readonly draft: Draft }) {
  const t = useTranslations("drafting.draft");
  const kept = work.report?.kept ?? 0;
  if (kept === 0) return null;
  return (
    <Notice meaning="caution">
      <p>{t("kept", { count: kept })}</p>
    </Notice>
  );
}

/** As far as it is written, with what may be done meanwhile. */
function Partly({ draft }: { readonly draft: Draft }) {
  const t = useTranslations("drafting.draft");
  return (
    <>
      <WorkActions work={draft.work} after="/bureau/rediger" />
      <section lang={draft.language} className={css("page")} aria-label={t("text")}>
        <Answer text={draft.text} streaming={false} />
      </section>
    </>
  );
}

function Written({ draft }: { readonly draft: Draft }) {
  const t = useTranslations("drafting.draft");
  const { toast } = useLive();
  const change = useChangeDraft(draft.work.id);
  const [text, setText] = useState(draft.text);
  const [isEdited, setEdited] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const isChanged = text !== draft.text;
  const show = ({ start, end, words }: ToCheck) => {
    setEdited(true);
    const found = isChanged ? text.indexOf(words) : -1;
    const [from, to] = found >= 0 ? [found, found + words.length] : unitsOf(draft.text, start, end);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from, to);
    });
  };
  const save = () => change.mutate(text, { onSuccess: () => toast({ words: t("saved") }) });
  return (
    <>
      <WorkActions work={draft.work} after="/bureau/rediger">
        {FORMS.map((form) => (
          <LinkButton key={form} href={draftAddress(draft.work.id, form)} icon={Download} download>
            {t(`forms.${form}`)}
          </LinkButton>
        ))}
        <Publishing draft={draft} />
      </WorkActions>
      <p className={css("about")}>
        {t("mark")} {draft.style !== null && t("styled", { form: draft.style.toUpperCase() })}
      </p>
      <div className={css("beside")}>
        <div className={css("section")}>
          <div className={css("actions")}>
            <Button icon={isEdited ? BookOpen : PenLine} onPress={() => setEdited(!isEdited)}>
              {t(isEdited ? "read" : "edit")}
            </Button>
            {isChanged && (
              <Button look="primary" icon={Save} busy={change.isPending} onPress={save}>
                {t("save")}
              </Button>
            )}
          </div>
          {isChanged && <p className={css("about")}>{t("unsaved")}</p>}
          {change.error && <ErrorNotice error={change.error} />}
          {isEdited ? (
            <textarea
              ref={area}
              aria-label={t("text")}
              className={css("text")}
              rows={24}
              spellCheck
              lang={draft.language}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          ) : (
            <div lang={draft.language} className={css("page")}>
              <Answer text={text} streaming={false} />
            </div>
          )}
        </div>
        <ToCheckList findings={draft.findings} onShow={show} />
      </div>
    </>
  );
}

/** The text as it is saved, to publish. */
function Publishing({ draft: { work, language } }: { readonly draft: Draft }) {
  const t = useTranslations("publishing");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={Megaphone} onPress={() => setOpen(true)}>
        {t("open")}
      </Button>
      {isOpen && (
        <PublishDialog
          language={language}
          name={work.name}
          forms={FORMS}
          asked={(body) => ({ kind: "draft", id: work.id, body })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
