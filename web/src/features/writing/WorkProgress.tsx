/** How far a work is: its state, what is done, the time left, why it waits or stopped, how long it is kept. */
import type { Work } from "#/api/types";
import { isUnderWay } from "#/api/writing";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import desk from "./desk.module.css";
import { useLasting } from "./useLasting";

const css = classes(desk);

export function WorkProgress({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const steps = useTranslations("summaries");
  const lasting = useLasting();
  const words = useErrorWords();
  const drafting = useTranslations("drafting.draft");
  const { state, done, segments, seconds_left, error, resumes_at: resumes } = work;
  const far = () => {
    if (work.kind === "draft") return drafting("running", { done, segments });
    return work.form === null ? t("segments", { done, segments }) : steps("steps", { done, steps: segments });
  };
  const format = useFormatter();
  return (
    <>
      <output className={css("facts")}>
        {t(`states.${state}`)}
        {segments > 0 && ` · ${far()}`}
        {seconds_left !== null && ` · ${t("left", { time: lasting(seconds_left) })}`}
        {!isUnderWay(work) &&
          ` · ${t("until", { day: format.dateTime(new Date(work.expires_at), { dateStyle: "long" }) })}`}
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
        <Notice meaning={state === "failed" ? "refusal" : "caution"} actions={<Contest code={error} />}>
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
