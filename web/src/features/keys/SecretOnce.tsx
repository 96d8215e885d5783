/** The secret of a key just made: shown once, to be copied now. */
import { Copy } from "lucide-react";
import type { MadeKey } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./keys.module.css";

const css = classes(sheet);

export function SecretOnce({ made, onClose }: { readonly made: MadeKey; readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const copy = () =>
    void navigator.clipboard.writeText(made.secret).then(
      () => toast({ words: t("keys.copied") }),
      () => toast({ words: t("chat.notCopied") }),
    );
  return (
    <div className={css("form")}>
      <Notice meaning="caution">{t("keys.once")}</Notice>
      <Field
        label={t("keys.secret")}
        value={made.secret}
        readOnly
        autoFocus
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.close")}</Button>
        <Button look="primary" icon={Copy} onPress={copy}>
          {t("keys.copy")}
        </Button>
      </DialogButtons>
    </div>
  );
}
