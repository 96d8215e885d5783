/** A file in the place of a text: chosen, sent, read; it can be taken back. */
import { FilePlus2, X } from "lucide-react";
import { useRef } from "react";
import { useErrorWords } from "#/features/errors/errorWords";
import type { Upload } from "#/features/files/upload";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import desk from "./desk.module.css";
import sheet from "./writing.module.css";

const css = classes(desk, sheet);

interface FileFieldProps {
  readonly upload: Upload | null;
  readonly give: (file: File) => void;
  readonly remove: () => void;
}

export function FileField({ upload, give, remove }: FileFieldProps) {
  const t = useTranslations("writing.file");
  const words = useErrorWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={css("file")}>
      <Button icon={FilePlus2} onPress={() => input.current?.click()}>
        {upload === null ? t("choose") : t("change")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("choose")}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) give(file);
          target.value = "";
        }}
      />
      {upload === null ? (
        <span className={css("facts")}>{t("formats")}</span>
      ) : (
        <>
          <span className={css("fileName")}>{upload.name}</span>
          <output className={css("facts")}>{t(`phases.${upload.phase}`)}</output>
          <IconButton small label={t("remove", { name: upload.name })} icon={X} onPress={remove} />
        </>
      )}
      {upload?.phase === "failed" && (
        <>
          <p role="alert">{words(upload.error)}</p>
          {upload.error && <Contest code={upload.error.code} />}
        </>
      )}
    </div>
  );
}
