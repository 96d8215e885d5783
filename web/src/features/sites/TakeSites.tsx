/** A whole list out of a file; what was not understood is told by the number of its line. */

import { useState } from "react";
import { useTakeWebSites } from "#/api/sites";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { FilePick } from "#/features/files/FilePick";
import { textOf } from "#/features/files/fileText";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import type { ScopeProps } from "./AddSite";
import { refusedLines } from "./kinds";
import sheet from "./sites.module.css";

const css = classes(sheet);

export function TakeSites({ unitId, ready }: ScopeProps) {
  const t = useTranslations("sites");
  const taking = useTakeWebSites();
  const [file, setFile] = useState<File | null>(null);
  const take = async () => {
    if (file !== null && ready) taking.mutate({ text: await textOf(file), unit_id: unitId });
  };
  const refused = taking.data ? refusedLines(taking.data) : null;
  return (
    <form
      className={css("way")}
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <h3 className={css("sub")}>{t("import")}</h3>
      <FilePick
        label={t("file")}
        hint={t("fileHint")}
        accept=".csv,text/csv,text/plain"
        chosen={file?.name ?? null}
        onPick={([one]) => setFile(one ?? null)}
      />
      <div>
        <Button type="submit" busy={taking.isPending} isDisabled={!ready || file === null}>
          {t("importOne")}
        </Button>
      </div>
      {taking.error && <ErrorNotice error={taking.error} />}
      <div role="status">
        {taking.data && refused && (
          <Notice meaning={refused.lines === "" ? "plain" : "caution"}>
            <p>{t("taken", { added: taking.data.added, changed: taking.data.changed, same: taking.data.same })}</p>
            {refused.lines !== "" && <p>{t("refused", refused)}</p>}
          </Notice>
        )}
      </div>
    </form>
  );
}
