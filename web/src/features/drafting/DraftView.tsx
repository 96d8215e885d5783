/** One draft: how far it is, its text to read and to change, what must be checked beside it, its files. */
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, BookOpen, Download, PenLine, Save, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { draftAddress, FORMS, useChangeDraft, useDraft } from "#/api/drafting";
import type { Draft, ToCheck } from "#/api/types";
import { isUnderWay, useRemoveWork } from "#/api/writing";
import { Answer } from "#/features/answer";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./drafting.module.css";
import { unitsOf } from "./form";
import { ToCheckList } from "./ToCheckList";

const css = classes(sheet);

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
          <Progress draft={draft.data} />
          {draft.data.work.state === "done" ? (
            <Written draft={draft.data} />
          ) : (
            <Answer text={draft.data.text} streaming={false} />
          )}
        </>
      )}
    </section>
  );
}

function Progress({ draft: { work } }: { readonly draft: Draft }) {
  const t = useTranslations("drafting.draft");
  const words = useErrorWords();
  const kept = work.report?.kept ?? 0;
  return (
    <>
      {isUnderWay(work) && (
        <>
          <output className={css("about")}>{t("running", { done: work.done, segments: work.segments })}</output>
          <progress
            className={css("progress")}
            aria-label={t("text")}
            max={1}
            {...(work.segments > 0 && { value: work.done / work.segments })}
          />
        </>
      )}
      {work.error !== null && (
        <Notice meaning="refusal">
          <p>{words({ code: work.error, params: {} })}</p>
        </Notice>
      )}
      {kept > 0 && (
        <Notice meaning="caution">
          <p>{t("kept", { count: kept })}</p>
        </Notice>
      )}
    </>
  );
}

function Written({ draft }: { readonly draft: Draft }) {
  const t = useTranslations("drafting.draft");
  const { toast } = useLive();
  const change = useChangeDraft(draft.work.id);
  const [text, setText] = useState(draft.text);
  const [isEdited, setEdited] = useState(false);
  const remove = useRemoveWork();
  const navigate = useNavigate();
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
      <div className={css("actions")}>
        {FORMS.map((form) => (
          <LinkButton key={form} href={draftAddress(draft.work.id, form)} icon={Download} download>
            {t(`forms.${form}`)}
          </LinkButton>
        ))}
        <Button
          look="danger"
          icon={Trash2}
          busy={remove.isPending}
          onPress={() => remove.mutate(draft.work.id, { onSuccess: () => void navigate({ to: "/bureau/rediger" }) })}
        >
          {t("remove")}
        </Button>
      </div>
      {remove.error && <ErrorNotice error={remove.error} />}
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
