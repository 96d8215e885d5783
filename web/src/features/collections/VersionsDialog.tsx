/** The versions of a document: each can be downloaded, an earlier one taken up again. */
import { useRestore, useVersions } from "#/api/collections";
import { originalAddress } from "#/api/files";
import type { Doc, Version } from "#/api/types";
import { useWhen } from "#/features/administration/persons/useWhen";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "./collections.module.css";

const css = classes(sheet);

interface VersionsDialogProps {
  readonly document: Doc;
  readonly writes: boolean;
  readonly onClose: () => void;
}

export function VersionsDialog({ document, writes, onClose }: VersionsDialogProps) {
  const t = useTranslations("collections.versions");
  const shell = useTranslations("shell");
  const when = useWhen();
  const { data = [], error, refetch } = useVersions(document.id);
  return (
    <Dialog isOpen wide onClose={onClose} title={t("title", { name: document.name })} closeLabel={shell("close")}>
      <p className={css("about")}>{t("words")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <Table
        caption={t("title", { name: document.name })}
        rows={data}
        rowKey={(one) => one.id}
        empty=""
        columns={[
          { name: t("number"), heading: true, cell: ({ number }) => number },
          { name: t("when"), secondary: true, cell: (one) => when(one.created_at) },
          { name: t("state"), cell: ({ state }) => t(`states.${state}`) },
          {
            name: t("download"),
            quiet: true,
            align: "end",
            cell: (one) => (
              <span className={css("actions", "atEnd")}>
                <a
                  href={originalAddress(one.file_id)}
                  download
                  aria-label={t("downloadOf", { number: String(one.number) })}
                  className={css("textLink")}
                >
                  {t("download")}
                </a>
                {writes && one.id !== document.version.id && <Restore document={document} version={one} />}
              </span>
            ),
          },
        ]}
      />
      <DialogButtons>
        <Button onPress={onClose}>{shell("close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Restore({ document, version }: { readonly document: Doc; readonly version: Version }) {
  const t = useTranslations("collections.versions");
  const { toast } = useLive();
  const tell = useErrorToast();
  const restore = useRestore(document.id);
  const number = String(version.number);
  return (
    <Button
      small
      busy={restore.isPending}
      aria-label={t("restoreOf", { number })}
      onPress={() => void restore.mutateAsync(version.id).then(() => toast({ words: t("restored", { number }) }), tell)}
    >
      {t("restore")}
    </Button>
  );
}
