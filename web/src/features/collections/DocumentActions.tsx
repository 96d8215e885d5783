/** What may be done with one document. */
import { Download, Ellipsis, FileSearch, History, Pencil, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useReadAgain } from "#/api/collections";
import { originalAddress } from "#/api/files";
import type { Collection, Doc } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { EditDialog } from "./EditDialog";
import { RemoveDialog } from "./RemoveDialog";
import { ReportDialog } from "./ReportDialog";
import { stateOf } from "./state";
import { VersionsDialog } from "./VersionsDialog";

interface DocumentActionsProps {
  readonly document: Doc;
  readonly collection: Collection;
  readonly folders: readonly string[];
}

type Asked = "report" | "edit" | "versions" | "remove" | null;

export function DocumentActions({ document, collection, folders }: DocumentActionsProps) {
  const t = useTranslations("collections");
  const [asked, ask] = useState<Asked>(null);
  const { toast } = useLive();
  const tell = useErrorToast();
  const again = useReadAgain();
  const close = () => ask(null);
  const writes = collection.part !== "reader";
  const label = t("list.actionsOf", { name: document.name });
  const readAgain = () =>
    void again.mutateAsync(document.id).then(() => toast({ words: t("actions.readAgain") }), tell);
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={FileSearch} onAction={() => ask("report")}>
          {t("actions.report")}
        </MenuAction>
        <MenuAction icon={Download} href={originalAddress(document.file.id)} download>
          {t("actions.download")}
        </MenuAction>
        <MenuAction icon={History} onAction={() => ask("versions")}>
          {t("actions.versions")}
        </MenuAction>
        {writes && (
          <>
            <MenuAction icon={Pencil} onAction={() => ask("edit")}>
              {t("actions.edit")}
            </MenuAction>
            {stateOf(document).meaning === "refusal" && (
              <MenuAction icon={RotateCw} onAction={readAgain}>
                {t("actions.again")}
              </MenuAction>
            )}
            {!document.followed && (
              <MenuAction icon={Trash2} danger onAction={() => ask("remove")}>
                {t("actions.remove")}
              </MenuAction>
            )}
          </>
        )}
      </Menu>
      {asked === "report" && <ReportDialog name={document.name} file={document.file} onClose={close} />}
      {asked === "versions" && <VersionsDialog document={document} writes={writes} onClose={close} />}
      {asked === "edit" && <EditDialog document={document} folders={folders} onClose={close} />}
      {asked === "remove" && <RemoveDialog collection={collection.id} documents={[document]} onClose={close} />}
    </>
  );
}
