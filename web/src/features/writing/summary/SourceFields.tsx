/** The documents to summarise: sent now, or chosen among those that the person sent before. */
import { FilePlus2, FileText, X } from "lucide-react";
import { useRef } from "react";
import { useSummarySources } from "#/api/summaries";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { percentSent, type Upload } from "#/features/files/upload";
import { useSourceNames } from "#/features/sources/useSourceNames";
import { useFormatter, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { MOST_FILES } from "./forms";
import sheet from "./summary.module.css";
import type { useSummaryFiles } from "./useSummaryFiles";

const css = classes(sheet);

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
      <OwnFiles own={own} onOwn={onOwn} left={left} />
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
    </li>
  );
}

interface OwnFilesProps extends Omit<SourceFieldsProps, "files"> {
  readonly left: number;
}

function OwnFiles({ own, onOwn, left }: OwnFilesProps) {
  const t = useTranslations("summaries");
  const format = useFormatter();
  const list = useSummarySources();
  const items = list.data?.items ?? [];
  // Chosen elsewhere, and not among the last ones.
  const others = own.filter((id) => list.isSuccess && !items.some((one) => one.id === id));
  const { nameOf } = useSourceNames(others, []);
  const about = (pages: number, date: string) =>
    [pages > 0 && t("pages", { pages }), format.dateTime(new Date(date), { dateStyle: "medium" })]
      .filter(Boolean)
      .join(" · ");
  return (
    <details open={own.length > 0 || undefined}>
      <summary>{t("own", { count: own.length })}</summary>
      {list.isPending && <p className={css("facts")}>{t("loading")}</p>}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <p className={css("facts")}>{t("noOwn")}</p>}
      <div className={css("own")}>
        {others.map((id) => (
          <Check key={id} label={nameOf(id)} checked onChange={() => onOwn(own.filter((one) => one !== id))} />
        ))}
        {items.map(({ id, name, pages, created_at }) => (
          <Check
            key={id}
            label={name}
            hint={about(pages, created_at)}
            checked={own.includes(id)}
            disabled={left <= 0 && !own.includes(id)}
            onChange={({ target }) => onOwn(target.checked ? [...own, id] : own.filter((one) => one !== id))}
          />
        ))}
      </div>
    </details>
  );
}
