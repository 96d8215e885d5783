/** One work: how far it is, what may be done with it, its result, what needs a human eye. */
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, Copy, Download, Pause, Play, Trash2, X } from "lucide-react";
import type { Work } from "#/api/types";
import { isUnderWay, resultAddress, useChangeWork, useRemoveWork, useWork } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { ReportView } from "./ReportView";
import { SideBySide } from "./SideBySide";
import { SummaryResult } from "./summary/SummaryResult";
import { useLasting } from "./useLasting";
import sheet from "./writing.module.css";

const css = classes(sheet);

export function WorkView({ id }: { readonly id: string }) {
  const t = useTranslations("writing");
  const work = useWork(id);
  return (
    <section className={css("section")} aria-labelledby="writing-work">
      <p>
        <Link to="/bureau" activeOptions={{ exact: true }} className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t("back")}
        </Link>
      </p>
      {work.error && <ErrorNotice error={work.error} onRetry={() => void work.refetch()} />}
      {work.data && <Shown work={work.data} />}
    </section>
  );
}

function Shown({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const forms = useTranslations("summaries.forms");
  return (
    <>
      <h2 id="writing-work" className={css("title")}>
        {work.is_file ? work.name : t("aText")}
        {work.form !== null && ` · ${forms(work.form)}`}
      </h2>
      <Progress work={work} />
      <Actions work={work} />
      {work.report && <ReportView report={work.report} />}
      {work.kind === "summarise" ? <SummaryResult work={work} /> : <SideBySide work={work} />}
    </>
  );
}

function Progress({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const steps = useTranslations("summaries");
  const lasting = useLasting();
  const words = useErrorWords();
  const { state, done, segments, seconds_left, error, resumes_at: resumes } = work;
  const format = useFormatter();
  return (
    <>
      <output className={css("facts")}>
        {t(`states.${state}`)}
        {segments > 0 &&
          ` · ${work.form === null ? t("segments", { done, segments }) : steps("steps", { done, steps: segments })}`}
        {seconds_left !== null && ` · ${t("left", { time: lasting(seconds_left) })}`}
      </output>
      {isUnderWay(work) && (
        <progress
          className={css("progress")}
          aria-label={t("progress")}
          max={1}
          {...(segments > 0 && { value: done / segments })}
        />
      )}
      {error !== null && (
        <Notice meaning={state === "failed" ? "refusal" : "caution"}>
          {/* When the quota opens again is told below. */}
          <p>{resumes === null ? words({ code: error, params: {} }) : t("allowance")}</p>
          {state === "failed" && <p>{t("kept")}</p>}
          {resumes !== null && (
            <p>
              {t("resumes", { when: format.dateTime(new Date(resumes), { dateStyle: "short", timeStyle: "short" }) })}
            </p>
          )}
        </Notice>
      )}
    </>
  );
}

function Actions({ work }: { readonly work: Work }) {
  const t = useTranslations("writing.actions");
  const { toast } = useLive();
  const navigate = useNavigate();
  const change = useChangeWork(work.id);
  const remove = useRemoveWork();
  const { state, text } = work;
  return (
    <div className={css("actions")}>
      {work.has_result && (
        <LinkButton href={resultAddress(work.id)} icon={Download} download>
          {t("download")}
        </LinkButton>
      )}
      {text !== null && (
        <Button
          icon={Copy}
          onPress={() => void navigator.clipboard.writeText(text).then(() => toast({ words: t("copied") }))}
        >
          {t("copy")}
        </Button>
      )}
      {isUnderWay(work) && (
        <Button icon={Pause} onPress={() => change.mutate("pause")}>
          {t("pause")}
        </Button>
      )}
      {(state === "paused" || state === "failed") && (
        <Button look="primary" icon={Play} onPress={() => change.mutate("resume")}>
          {t("resume")}
        </Button>
      )}
      {(isUnderWay(work) || state === "paused") && (
        <Button icon={X} onPress={() => change.mutate("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {!isUnderWay(work) && (
        <Button
          look="danger"
          icon={Trash2}
          busy={remove.isPending}
          onPress={() => remove.mutate(work.id, { onSuccess: () => void navigate({ to: "/bureau" }) })}
        >
          {t("delete")}
        </Button>
      )}
      {(change.error ?? remove.error) && <ErrorNotice error={change.error ?? remove.error} />}
    </div>
  );
}
