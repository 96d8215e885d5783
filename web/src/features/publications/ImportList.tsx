/** A list of references brought into a base: a file of a reference manager, or what is pasted; read before it is sent. */
import { useState } from "react";
import { useImportPapers } from "#/api/papers";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { FilePick } from "#/features/files/FilePick";
import { textOf } from "#/features/files/fileText";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import { AddedWords } from "./AddedWords";

const css = classes(deskSheet);
const LARGEST = 1_000_000;

export function ImportList({ base }: { readonly base: string }) {
  const t = useTranslations("papers");
  const [text, setText] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [large, setLarge] = useState(false);
  const { mutate, data, error, isPending } = useImportPapers();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setLarge(file.size > LARGEST);
    setName(file.size > LARGEST ? null : file.name);
    if (file.size <= LARGEST) setText(await textOf(file));
  };
  return (
    <details className={css("filters")}>
      <summary>{t("import")}</summary>
      <form
        className={css("form", "within")}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") mutate({ base, text });
        }}
      >
        <FilePick
          label={t("importFile")}
          hint={t("importHint")}
          accept=".bib,.ris,.txt,.nbib"
          error={large ? t("importLarge") : null}
          chosen={name}
          onPick={(files) => void take(files[0])}
        />
        <LinesField
          label={t("importLabel")}
          rows={6}
          maxLength={LARGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button type="submit" busy={isPending}>
            {t("importNow")}
          </Button>
        </div>
        {error && <ErrorNotice error={error} />}
        {data && <AddedWords added={data} />}
      </form>
    </details>
  );
}
