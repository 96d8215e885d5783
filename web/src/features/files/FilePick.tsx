/** A file asked for by a button of the house, its name beside it: the browser's own field has its own look and language. */
import { FilePlus2 } from "lucide-react";
import { useId, useRef } from "react";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./FilePick.module.css";

const css = classes(sheet);

interface FilePickProps {
  readonly label: string;
  readonly hint?: string;
  readonly accept: string;
  readonly multiple?: boolean;
  readonly error?: string | null;
  /** The name of what is chosen. */
  readonly chosen: string | null;
  readonly onPick: (files: readonly File[]) => void;
}

export function FilePick({ label, hint, accept, multiple = false, error = null, chosen, onPick }: FilePickProps) {
  const t = useTranslations("files.pick");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={css("field")}>
      <span id={`${id}-label`} className={css("label")}>
        {label}
      </span>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={css("hint")}>
          {hint}
        </p>
      )}
      <div className={css("row")}>
        <Button
          icon={FilePlus2}
          aria-describedby={[`${id}-label`, hint === undefined ? "" : `${id}-hint`].filter(Boolean).join(" ")}
          onPress={() => input.current?.click()}
        >
          {chosen === null ? t("choose") : t("change")}
        </Button>
        <output className={css("name")}>{chosen ?? t("none")}</output>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = "";
          if (files.length > 0) onPick(files);
        }}
      />
      {error !== null && (
        <p role="alert" className={css("error")}>
          {error}
        </p>
      )}
    </div>
  );
}
