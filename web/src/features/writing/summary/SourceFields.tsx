/** The documents to summarise: sent now, or chosen among those that the person sent before. */
import { FilePlus2, FileText, X } from "lucide-react";
import { useRef } from "react";
import { useErrorWords } from "#/features/errors/errorWords";
import { percentSent, type Upload } from "#/features/files/upload";
import { Contest } from "#/features/reports/Contest";
import { useSourceNames } from "#/features/sources/useSourceNames";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import desk from "../desk.module.css";
import { MOST_FILES } from "./forms";
import { BaseFiles, OwnFiles } from "./PickedFiles";
import sheet from "./summary.module.css";
import type { useSummaryFiles } from "./useSummaryFiles";

const css = classes(desk, sheet);

interface SourceFieldsProps {
  readonly files: ReturnType<typeof useSummaryFiles>;
  readonly own: readonly string[];
  readonly onOwn: (own: readonly string[]) => void;
}

export function SourceFields({ files, own, onOwn }: SourceFieldsProps) {
  const t = useTranslations("summaries");
  const input = useRef<HTMLInputElement>(null);
  const left = MOST_FILES - files.uploads.length - own.length;
  return (
    <section className={css("sources")} aria-label={t("documents")}>
      <div className={css("actions")}>
        <Button
          icon={FilePlus2}
          why={left <= 0 ? t("most", { most: MOST_FILES }) : null}
          onPress={() => input.current?.click()}
        >
          {t("choose")}
        </Button>
        <span className={css("facts")}>{t("chooseHint", { most: MOST_FILES })}</span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t("choose")}
          onChange={({ target }) => {
            files.add([...(target.files ?? [])].slice(0, Math.max(0, left)));
            target.value = "";
          }}
        />
      </div>
      {files.uploads.length > 0 && (
        <ul className={css("files")} aria-label={t("sent")}>
          {files.uploads.map((upload) => (
            <Sent key={upload.key} upload={upload} onRemove={() => files.remove(upload.key)} />
          ))}
        </ul>
      )}
      <Chosen own={own} onOwn={onOwn} />
      <OwnFiles own={own} onOwn={onOwn} left={left} />
      <BaseFiles own={own} onOwn={onOwn} left={left} />
    </section>
  );
}

function Sent({ upload, onRemove }: { readonly upload: Upload; readonly onRemove: () => void }) {
  const t = useTranslations("writing.file");
  const words = useErrorWords();
  const { name, phase, error } = upload;
  return (
    <li className={css("file")}>
      <FileText aria-hidden="true" className={css("icon")} />
      <span className={css("fileName")}>{name}</span>
      <output className={css("facts")}>{t(`phases.${phase}`)}</output>
      <IconButton small label={t("remove", { name })} icon={X} onPress={onRemove} />
      {phase === "sending" && <progress max={100} value={percentSent(upload)} aria-label={name} />}
      {phase === "failed" && <p role="alert">{words(error)}</p>}
      {error && <Contest code={error.code} />}
    </li>
  );
}

/** What was chosen, here or elsewhere, wherever it stands. */
function Chosen({ own, onOwn }: Pick<SourceFieldsProps, "own" | "onOwn">) {
  const t = useTranslations("summaries");
  const { nameOf } = useSourceNames(own, []);
  if (own.length === 0) return null;
  return (
    <ul className={css("files")} aria-label={t("chosen")}>
      {own.map((id) => (
        <li key={id} className={css("file")}>
          <FileText aria-hidden="true" className={css("icon")} />
          <span className={css("fileName")}>{nameOf(id)}</span>
          <IconButton
            small
            label={t("unchoose", { name: nameOf(id) })}
            icon={X}
            onPress={() => onOwn(own.filter((one) => one !== id))}
          />
        </li>
      ))}
    </ul>
  );
}
