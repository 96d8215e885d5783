/** Files on their way to a base: how far each is, why one failed, and what to do about it. */
import { CircleCheck, LoaderCircle, OctagonX, RotateCw, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useErrorWords } from "#/features/errors/errorWords";
import { isLeaving, isThere, progressOf, type Upload } from "#/features/files/upload";
import { useUploads } from "#/features/files/useUploads";
import { Contest } from "#/features/reports/Contest";
import { useFormatter, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "./collections.module.css";
import { inside } from "./folders";
import { useCollectionUploads } from "./UploadsProvider";
import uploadSheet from "./upload.module.css";

const css = classes(sheet);
const own = classes(uploadSheet);
/** Failures and what is under way first; the rest is a count. */
const SHOWN = 8;
const ORDER = { failed: 0, sending: 1, queued: 2, arrived: 3, read: 3 } as const;

export function UploadList({ collection }: { readonly collection: string }) {
  const t = useTranslations("collections.upload");
  const uploads = useCollectionUploads();
  const here = useUploads(uploads).filter(({ place }) => place === collection);
  const progress = progressOf(here);
  useToldAtTheEnd(progress.leaving, progress.there);
  if (here.length === 0) return null;
  const shown = here.toSorted((a, b) => ORDER[a.phase] - ORDER[b.phase]).filter((one) => !isThere(one));
  const failed = here.filter(({ phase }) => phase === "failed");
  return (
    <div className={own("uploads")}>
      <div className={css("head")}>
        <h3 className={css("subtitle")}>{t("progress")}</h3>
        <span className={css("facts")}>
          {t("summary", { kept: String(progress.there), files: String(progress.files), failed: progress.failed })}
        </span>
      </div>
      {progress.leaving > 0 && (
        <>
          <progress className={own("progress")} aria-label={t("bar")} max={1} value={progress.share} />
          <p className={css("facts")}>{t("goesOn")}</p>
        </>
      )}
      <ul className={own("uploadRows")}>
        {shown.slice(0, SHOWN).map((one) => (
          <Row key={one.key} upload={one} />
        ))}
      </ul>
      {shown.length > SHOWN && <p className={css("facts")}>{t("others", { count: shown.length - SHOWN })}</p>}
      <div className={css("actions")}>
        {failed.length > 1 && (
          <Button
            small
            icon={RotateCw}
            onPress={() => {
              for (const { key } of failed) uploads.retry(key);
            }}
          >
            {t("againAll")}
          </Button>
        )}
        {progress.leaving === 0 && progress.there > 0 && (
          <Button small look="quiet" onPress={() => uploads.release(here.filter(isThere).map(({ key }) => key))}>
            {t("clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Row({ upload }: { readonly upload: Upload }) {
  const t = useTranslations("collections.upload");
  const format = useFormatter();
  const words = useErrorWords();
  const { retry, remove } = useCollectionUploads();
  const { key, name, folder, phase, size, received } = upload;
  const Icon = phase === "failed" ? OctagonX : isThere(upload) ? CircleCheck : LoaderCircle;
  const share = format.number(size === 0 ? 1 : received / size, { style: "percent" });
  return (
    <li className={own("uploadRow")}>
      <Icon aria-hidden="true" className={css("stateIcon", phase === "failed" ? "refusal" : "busy")} />
      <span className={own("uploadName")}>
        {inside(folder, name)}
        {phase === "failed" && <span className={css("under")}>{words(upload.error)}</span>}
      </span>
      <span className={own("uploadPhase")}>{t(`phases.${shownPhase(upload)}`, { share })}</span>
      {upload.error && <Contest code={upload.error.code} />}
      {phase === "failed" && (
        <Button small icon={RotateCw} aria-label={t("againOf", { name })} onPress={() => retry(key)}>
          {t("again")}
        </Button>
      )}
      {(isLeaving(upload) || phase === "failed") && (
        <IconButton small label={t("remove", { name })} icon={X} onPress={() => remove([key])} />
      )}
    </li>
  );
}

function shownPhase({ phase, away, received, size }: Upload) {
  if (phase === "arrived" || phase === "read") return "there";
  if (phase !== "sending") return phase;
  if (away) return "away";
  return size > 0 && received >= size ? "handing" : "sending";
}

/** Said once, when the last one is over. */
function useToldAtTheEnd(pending: number, kept: number): void {
  const t = useTranslations("collections.upload");
  const { announce } = useLive();
  const before = useRef(pending);
  useEffect(() => {
    if (before.current > 0 && pending === 0 && kept > 0) announce(t("done", { count: kept }));
    before.current = pending;
  }, [pending, kept, announce, t]);
}
