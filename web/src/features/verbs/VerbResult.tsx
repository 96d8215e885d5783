/** What a verb makes of a passage: asked at once, shown where it was asked, to be copied or opened at the desk. */
import { Link } from "@tanstack/react-router";
import { Copy } from "lucide-react";
import { type RefObject, useCallback, useEffect, useState } from "react";
import { useSummary } from "#/api/summaries";
import type { Work } from "#/api/types";
import { isUnderWay, useRemoveWork, useWork } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useLanguageChoices } from "#/features/writing/AskOptions";
import { useTranslations } from "#/i18n";
import { Bubble } from "#/ui/Bubble";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { useAskPassage } from "./useAskPassage";
import { firstOf, SHORT_FORMS, type Verb, withoutMarks } from "./verbs";
import sheet from "./verbs.module.css";

const css = classes(sheet);

export interface VerbResultProps {
  readonly anchor: RefObject<Element | null>;
  readonly verb: Verb;
  readonly text: string;
  readonly conversationId: string | null;
  readonly onClose: () => void;
}

export default function VerbResult({ anchor, verb, text, conversationId, onClose }: VerbResultProps) {
  const t = useTranslations("verbs");
  const [how, setHow] = useState<string>(() => firstOf(verb, text));
  const languages = useLanguageChoices();
  const { mutate: ask, data: asked, error, reset } = useAskPassage();
  const { mutate: remove } = useRemoveWork();
  const start = useCallback(
    (wanted: string) => ask({ verb, passage: { text, conversationId }, how: wanted }),
    [ask, verb, text, conversationId],
  );
  useEffect(() => start(firstOf(verb, text)), [start, verb, text]);
  const forget = () => asked && remove(asked.id);
  return (
    <Bubble
      anchor={anchor}
      title={t(`names.${verb}`)}
      closeLabel={t("close")}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      {(verb === "translate" || verb === "summarise") && (
        <ChoiceField
          label={t(verb === "translate" ? "into" : "form")}
          value={how}
          options={verb === "translate" ? languages : SHORT_FORMS.map((form) => [form, t(`forms.${form}`)] as const)}
          onChange={({ target }) => {
            forget();
            reset();
            setHow(target.value);
            start(target.value);
          }}
        />
      )}
      {error && <ErrorNotice error={error} onRetry={() => start(how)} />}
      {asked && <Made key={asked.id} id={asked.id} onLeave={onClose} />}
      {!asked && !error && <output className={css("told")}>{t("writing")}</output>}
    </Bubble>
  );
}

function Made({ id, onLeave }: { readonly id: string; readonly onLeave: () => void }) {
  const t = useTranslations("verbs");
  const { data: work, error } = useWork(id);
  return (
    <>
      <output className={css("told")}>{(!work || isUnderWay(work)) && t("writing")}</output>
      {error && <ErrorNotice error={error} />}
      {work && (work.kind === "summarise" ? <Summed work={work} /> : <Written work={work} />)}
      <div className={css("actions")}>
        {work?.text && <CopyButton text={work.text} />}
        <Link to="/bureau/$workId" params={{ workId: id }} className={css("desk")} onClick={onLeave}>
          {t("atDesk")}
        </Link>
      </div>
    </>
  );
}

function Written({ work }: { readonly work: Work }) {
  const t = useTranslations("verbs");
  const doubts = (work.report?.to_look_at.length ?? 0) + (work.report?.more_to_look_at ?? 0);
  return (
    <>
      <WorkError work={work} />
      {work.text !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
        <section aria-label={t("result")} tabIndex={0} lang={work.to || work.source} className={css("made")}>
          {work.text}
        </section>
      )}
      {doubts > 0 && <p className={css("told")}>{t("toCheck", { count: doubts })}</p>}
    </>
  );
}

/** A summary: its words, and how many of its statements the passage holds; the desk shows which. */
function Summed({ work }: { readonly work: Work }) {
  const t = useTranslations("verbs");
  const { data } = useSummary(work);
  const text = data && !data.is_partial ? withoutMarks(data.text) : "";
  return (
    <>
      <WorkError work={work} />
      {data && text !== "" && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
          <section aria-label={t("result")} tabIndex={0} lang={work.to} className={css("made")}>
            {text}
          </section>
          {data.statements > 0 && (
            <p className={css("told")}>{t("held", { held: data.held, statements: data.statements })}</p>
          )}
          <CopyButton text={text} />
        </>
      )}
    </>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const t = useTranslations("verbs");
  const { toast } = useLive();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast({ words: t("copied"), lasts: 2 }),
      () => toast({ words: t("notCopied") }),
    );
  return (
    <Button small icon={Copy} onPress={() => void copy()}>
      {t("copy")}
    </Button>
  );
}

function WorkError({ work }: { readonly work: Work }) {
  const words = useErrorWords();
  if (work.error === null || isUnderWay(work)) return null;
  return (
    <>
      <p role="alert">{words({ code: work.error, params: {} })}</p>
      <Contest code={work.error} />
    </>
  );
}
