/** A line of a glossary, new or changed. */
import { useChangeGlossary } from "#/api/glossaries";
import type { Glossary, GlossaryLine } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import desk from "./desk.module.css";
import { lineOf } from "./lineOf";

const css = classes(desk);
const LONGEST = 500;

interface LineDialogProps {
  readonly glossary: Glossary;
  readonly line: GlossaryLine | null;
  readonly onClose: () => void;
}

export function LineDialog({ glossary, line, onClose }: LineDialogProps) {
  const t = useTranslations();
  const change = useChangeGlossary(glossary.id);
  const isTerms = glossary.kind === "terms";
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(line === null ? "glossaries.add" : "glossaries.change")}
      closeLabel={t("shell.close")}
    >
      <form
        className={css("section")}
        onSubmit={(event) => {
          const said = submitted<"source" | "target" | "forbidden" | "note" | "exact">(event);
          const removed = line === null ? [] : [{ source: line.source, target: line.target }];
          change.mutate({ removed, added: [lineOf(said)] }, { onSuccess: onClose });
        }}
      >
        <Field
          label={t("glossaries.source")}
          name="source"
          defaultValue={line?.source ?? ""}
          required
          maxLength={LONGEST}
          lang={glossary.source}
          autoComplete="off"
        />
        <Field
          label={t("glossaries.target")}
          {...(isTerms && { hint: t("glossaries.targetHint") })}
          name="target"
          defaultValue={line === null || (isTerms && line.source === line.target) ? "" : line.target}
          required={!isTerms}
          maxLength={LONGEST}
          lang={glossary.target}
          autoComplete="off"
        />
        {isTerms && <TermFields line={line} />}
        {change.error && <ErrorNotice error={change.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button look="primary" type="submit" busy={change.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function TermFields({ line }: Pick<LineDialogProps, "line">) {
  const t = useTranslations("glossaries");
  return (
    <>
      <Field
        label={t("forbidden")}
        hint={t("forbiddenHint")}
        name="forbidden"
        defaultValue={line?.forbidden.join(", ") ?? ""}
        autoComplete="off"
      />
      <Field label={t("note")} name="note" defaultValue={line?.note ?? ""} maxLength={LONGEST} autoComplete="off" />
      <Check label={t("exact")} hint={t("exactHint")} name="exact" defaultChecked={line?.exact_case ?? false} />
    </>
  );
}
