/** Before publishing: how many people will be asked, and in which languages. */
import { type CharterAdmin, type CharterTexts, usePublishCharter } from "#/api/charter";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import type { Scope } from "./CharterAdministration";

interface PublishDialogProps {
  readonly scope: Scope;
  readonly charter: CharterAdmin;
  readonly texts: CharterTexts;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

export function PublishDialog({ scope, charter, texts, onClose, onPublished }: PublishDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const publish = usePublishCharter();
  const written = LANGUAGES.filter((one) => texts[one].trim() !== "");
  const [only] = written.length === 1 ? written : [];
  const onSuccess = ({ version }: { readonly version: number }) => {
    toast({ words: t("charter.publishedToast", { version }) });
    onPublished();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("charter.publishTitle", { version: charter.version + 1 })}
      closeLabel={t("shell.close")}
    >
      <p>{scope.name}</p>
      <p>{t("charter.publishWords", { count: charter.would_ask })}</p>
      {only && (
        <Notice meaning="caution">{t("charter.publishOne", { language: t(`charter.languages.${only}`) })}</Notice>
      )}
      {publish.error && <ErrorNotice error={publish.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look="primary"
          busy={publish.isPending}
          onPress={() => publish.mutate({ unitId: scope.id, after: charter.version, texts }, { onSuccess })}
        >
          {t("charter.publishNow")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
