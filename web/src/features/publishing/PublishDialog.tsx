/** A text to publish: who reviewed it, the label that its readers see, and the file (AI Act, article 50(4)). */
import { Download } from "lucide-react";
import { useState } from "react";
import { type Published, usePublish } from "#/api/publishing";
import { usePerson } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { saveFile } from "#/ui/saveFile";
import { proposedLabel } from "./label";
import sheet from "./publishing.module.css";

const css = classes(sheet);

interface PublishDialogProps<Form extends string> {
  /** That of the document. */
  readonly language: "fr" | "en";
  /** The name of the file, without its ending. */
  readonly name: string;
  readonly forms: readonly Form[];
  readonly asked: (body: Chosen<Form>) => Published;
  readonly onClose: () => void;
}

interface Chosen<Form extends string> {
  readonly form: Form;
  readonly reviewed: boolean;
  readonly label: string;
}

export function PublishDialog<Form extends string>({
  language,
  name,
  forms,
  asked,
  onClose,
}: PublishDialogProps<Form>) {
  const t = useTranslations("publishing");
  const close = useTranslations("shell")("close");
  const { toast } = useLive();
  const person = usePerson();
  const publish = usePublish();
  const [reviewed, setReviewed] = useState(false);
  const [shown, setShown] = useState(true);
  /** The label in words of their own; null: the one proposed. */
  const [own, setOwn] = useState<string | null>(null);
  const [form, setForm] = useState(forms[0]);
  const isLabelled = shown || !reviewed;
  const label = own ?? proposedLabel(language, reviewed ? person.name : null);
  const words = label.trim().replace(/\s+/g, " ");
  const missing = isLabelled && words === "";
  const take = () => {
    if (form === undefined) return;
    publish.mutate(asked({ form, reviewed, label: isLabelled ? words : "" }), {
      onSuccess: (file) => {
        saveFile(file, `${name}.${form}`);
        toast({ words: t(reviewed ? "takenReviewed" : "taken") });
        onClose();
      },
    });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} closeLabel={close}>
      <div className={css("form")}>
        <p className={css("about")}>{t("about")}</p>
        <Check
          label={t("reviewed")}
          hint={t("reviewedHint", { name: person.name })}
          checked={reviewed}
          onChange={({ target }) => setReviewed(target.checked)}
        />
        <Check
          label={t("shown")}
          hint={t(reviewed ? "shownHint" : "shownAlways")}
          checked={isLabelled}
          disabled={!reviewed}
          onChange={({ target }) => setShown(target.checked)}
        />
        {isLabelled && (
          <LinesField
            label={t("label")}
            rows={3}
            maxLength={300}
            prose
            lang={language}
            value={label}
            error={missing ? t("empty") : null}
            onChange={({ target }) => setOwn(target.value)}
          />
        )}
        <ChoiceField
          label={t("form")}
          value={form}
          onChange={({ target }) => setForm(forms.find((one) => one === target.value))}
          options={forms.map((one) => [one, one.toUpperCase()] as const)}
        />
        {publish.error && <ErrorNotice error={publish.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button look="primary" icon={Download} isDisabled={missing} busy={publish.isPending} onPress={take}>
            {t("take")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
