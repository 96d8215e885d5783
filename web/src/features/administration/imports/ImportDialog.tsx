/** Imports a table of units or of persons: a file is chosen, tried, told line by line, then applied whole. */
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useImportTable } from "#/api/imports";
import type { ImportReport } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";
import { Report } from "./Report";

const css = classes(sheet);

export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const load = useImportTable();
  const chooser = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ImportReport["kind"]>("persons");
  const [file, setFile] = useState<File | null>(null);
  const report = load.data;
  const count = report ? report.created + report.moved + report.changed : 0;
  const send = (chosen: File, apply: boolean) =>
    load.mutate(
      { kind, file: chosen, apply },
      {
        onSuccess: (done) => {
          if (!done.applied) return;
          toast({ words: t("imports.done", { count }) });
          onClose();
        },
      },
    );
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    send(chosen, false);
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("imports.title")} closeLabel={t("shell.close")} wide>
      <div className={css("form")}>
        <ChoiceField
          label={t("imports.what")}
          hint={t(`imports.columns.${kind}`)}
          value={kind}
          options={[
            ["persons", t("imports.kinds.persons")],
            ["units", t("imports.kinds.units")],
          ]}
          onChange={(event) => {
            setKind(event.target.value === "units" ? "units" : "persons");
            setFile(null);
            load.reset();
          }}
        />
        <input
          ref={chooser}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          className={css("file")}
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <div className={css("buttons")}>
          <Button icon={FileUp} busy={load.isPending} onPress={() => chooser.current?.click()}>
            {t(file ? "imports.chooseAnother" : "imports.choose")}
          </Button>
        </div>
        {load.error && <ErrorNotice error={load.error} />}
        {file && report && <Report report={report} name={file.name} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="primary"
            busy={load.isPending}
            isDisabled={!file || !report || report.refused > 0 || count === 0}
            onPress={() => file && send(file, true)}
          >
            {t("imports.apply", { count })}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
