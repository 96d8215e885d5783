/** Makes the codes of a wave, shown this once: a file, or slips to cut out. */
import { Download, Printer } from "lucide-react";
import { createPortal } from "react-dom";
import { type Codes, type Cohort, useMakeCodes } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useProductName } from "#/features/identity/useProductName";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useDay } from "./WavesAdministration";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function CodesDialog({ cohort, onClose }: { readonly cohort: Cohort; readonly onClose: () => void }) {
  const t = useTranslations();
  const make = useMakeCodes(cohort.id);
  const codes = make.data;
  return (
    <Dialog isOpen onClose={onClose} title={t("waves.codes")} closeLabel={t("shell.close")}>
      <p>{codes ? t("waves.codesMade", { count: codes.items.length }) : t("waves.codesWords")}</p>
      {make.error && <ErrorNotice error={make.error} />}
      <DialogButtons>
        {codes?.items.length === 0 ? (
          <Button look="primary" onPress={onClose}>
            {t("shell.close")}
          </Button>
        ) : codes ? (
          <>
            <Button icon={Download} onPress={() => save(codes.csv, t("waves.fileName"))}>
              {t("waves.download")}
            </Button>
            <Button look="primary" icon={Printer} onPress={() => window.print()}>
              {t("waves.print")}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button look="primary" busy={make.isPending} onPress={() => make.mutate(undefined)}>
              {t("waves.makeCodes")}
            </Button>
          </>
        )}
      </DialogButtons>
      {codes && createPortal(<Slips codes={codes} />, document.body)}
    </Dialog>
  );
}

/** On paper only. */
function Slips({ codes }: { readonly codes: Codes }) {
  const t = useTranslations("waves");
  const product = useProductName();
  const day = useDay();
  return (
    <div className={css("slips")} aria-hidden="true">
      {codes.items.map((slip) => (
        <div key={slip.email} className={css("slip")}>
          <strong>{t("slipTitle", { product })}</strong>
          <span>
            {slip.name} · {slip.unit}
          </span>
          <span>{slip.email}</span>
          <span>{t("slipWords")}</span>
          <span>{codes.address}</span>
          <span className={css("code")}>{slip.code}</span>
          <span>{t("slipUntil", { date: day(codes.closes_on) })}</span>
        </div>
      ))}
    </div>
  );
}

function save(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
