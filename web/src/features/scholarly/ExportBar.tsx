/** What is done with the works chosen: a file of references, in the form that other software reads. */
import { Download } from "lucide-react";
import { type ReferenceFormat, useReferenceExport } from "#/api/scholarly";
import type { ScholarlyWork } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { KeepWorks } from "#/features/publications/KeepWorks";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { saveFile } from "#/ui/saveFile";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const FORMATS = { bibtex: "bib", csl: "json", ris: "ris" } as const;

export function ExportBar({ chosen }: { readonly chosen: readonly ScholarlyWork[] }) {
  const t = useTranslations("scholarly");
  const exporting = useReferenceExport();
  if (chosen.length === 0) return null;
  const run = (format: ReferenceFormat) =>
    exporting.mutate(
      { format, records: chosen },
      { onSuccess: (file) => saveFile(file, `references.${FORMATS[format]}`) },
    );
  return (
    <div className={css("export")}>
      <span role="status">{t("chosen", { count: chosen.length })}</span>
      {(Object.keys(FORMATS) as ReferenceFormat[]).map((format) => (
        <Button key={format} small icon={Download} busy={exporting.isPending} onPress={() => run(format)}>
          {t(`formats.${format}`)}
        </Button>
      ))}
      <KeepWorks chosen={chosen} />
      {exporting.error && <ErrorNotice error={exporting.error} />}
    </div>
  );
}
