/** What is given with the question being written: each file with what is happening to it, each base where to look. */
import { CircleAlert, FileCheck2, FileText, Library, RotateCw, Shield, X } from "lucide-react";
import type { Level } from "#/api/types";
import { percentSent, type Upload } from "#/features/files/upload";
import { useSize } from "#/features/files/useSize";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./given.module.css";
import { useFileWords } from "./useFileWords";
import type { Given } from "./useGiven";

const css = classes(sheet);

interface GivenProps {
  readonly given: Given;
  /** The question is leaving: nothing changes any more. */
  readonly locked: boolean;
}

export function FileChips({ given, locked }: GivenProps) {
  const t = useTranslations("given");
  if (given.uploads.length + given.collections.length === 0) return null;
  return (
    <div className={css("given")}>
      {given.uploads.length > 0 && (
        <ul aria-label={t("fileList")} className={css("chips")}>
          {given.uploads.map((upload) => (
            <FileChip key={upload.key} upload={upload} given={given} locked={locked} />
          ))}
        </ul>
      )}
      {given.collections.length > 0 && (
        <ul aria-label={t("baseList")} className={css("chips")}>
          {given.collections.map((one) => (
            <li key={one.id} className={css("chip")}>
              <Library aria-hidden="true" className={css("icon")} />
              <span className={css("name")}>{one.name}</span>
              <IconButton
                small
                label={t("remove", { name: one.name })}
                icon={X}
                isDisabled={locked}
                onPress={() => given.choose(given.collections.filter(({ id }) => id !== one.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface FileChipProps extends GivenProps {
  readonly upload: Upload;
}

function FileChip({ upload, given, locked }: FileChipProps) {
  const t = useTranslations("given");
  const words = useFileWords();
  const size = useSize();
  const { key, name, phase } = upload;
  const failed = phase === "failed";
  const Icon = failed ? CircleAlert : phase === "read" ? FileCheck2 : FileText;
  return (
    <li className={css("chip", failed && "failed")}>
      <Icon aria-hidden="true" className={css("icon")} />
      <span className={css("words")}>
        <span className={css("name")} title={name}>
          {name}
        </span>
        <span className={css("state")}>{failed ? words(upload) : [size(upload.size), words(upload)].join(" · ")}</span>
        {upload.error && <Contest code={upload.error.code} />}
      </span>
      {failed && given.canRetry(upload) && (
        <IconButton small label={t("retry", { name })} icon={RotateCw} onPress={() => given.retry(key)} />
      )}
      <IconButton small label={t("remove", { name })} icon={X} isDisabled={locked} onPress={() => given.remove(key)} />
      {phase === "sending" && (
        <progress className={css("bar")} max={100} value={percentSent(upload)} aria-label={name} />
      )}
    </li>
  );
}

/** Before sending: the level that what is given gives to the question, and why. */
export function RaisedLevel({ given: { floor }, level }: { readonly given: Given; readonly level: Level }) {
  const t = useTranslations();
  if (floor?.level !== level) return null;
  return (
    <p className={css("level")}>
      <Shield aria-hidden="true" className={css("icon")} />
      {t("given.level", { level: t(`models.levels.${floor.level}`), name: floor.name })}
    </p>
  );
}
