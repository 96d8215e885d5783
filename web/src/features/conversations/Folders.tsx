/** The folders, always in reach under the list; opening one narrows the list to it. */
import { Ellipsis, Folder as FolderIcon, FolderPlus, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useConversationList } from "#/api/conversations";
import { useCreateFolder, useDeleteFolder, useRenameFolder } from "#/api/folders";
import type { Folder } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import sheet from "./list.module.css";
import { NameDialog } from "./NameDialog";

const css = classes(sheet);

interface FoldersProps {
  readonly chosen: string | null;
  readonly onChoose: (folder: Folder | null) => void;
}

export function Folders({ chosen, onChoose }: FoldersProps) {
  const t = useTranslations("conversations");
  const onError = useErrorToast();
  const { data } = useConversationList(null);
  const create = useCreateFolder();
  const [naming, setNaming] = useState(false);
  const folders = data?.pages[0]?.folders ?? [];
  return (
    <section className={css("folders")} aria-labelledby="folders">
      <div className={css("foldersHead")}>
        <h3 id="folders" className={css("groupName")}>
          {t("folders")}
        </h3>
        <IconButton small label={t("newFolder")} icon={FolderPlus} onPress={() => setNaming(true)} />
      </div>
      {folders.length > 0 && (
        <ul className={css("rows")}>
          {folders.map((folder) => (
            <FolderRow
              key={folder.id}
              folder={folder}
              isOpen={folder.id === chosen}
              onChoose={() => onChoose(folder.id === chosen ? null : folder)}
              onGone={() => folder.id === chosen && onChoose(null)}
            />
          ))}
        </ul>
      )}
      <NameDialog
        isOpen={naming}
        onClose={() => setNaming(false)}
        title={t("newFolder")}
        label={t("folderName")}
        initial=""
        maxLength={80}
        onSave={(name) => create.mutate(name, { onError })}
      />
    </section>
  );
}

interface FolderRowProps {
  readonly folder: Folder;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onGone: () => void;
}

function FolderRow({ folder, isOpen, onChoose, onGone }: FolderRowProps) {
  const t = useTranslations("conversations");
  const { toast } = useLive();
  const rename = useRenameFolder();
  const remove = useDeleteFolder();
  const [naming, setNaming] = useState(false);
  const onError = useErrorToast();
  const onRemoved = () => {
    onGone();
    toast({ words: t("folderDeleted") });
  };
  return (
    <li className={css("row", isOpen && "open")}>
      <Button look="quiet" small wide start icon={FolderIcon} aria-pressed={isOpen} onPress={onChoose}>
        <span className={css("title")}>{folder.name}</span>
      </Button>
      <span className={css("menu")}>
        <Menu
          label={t("folderMenu", { name: folder.name })}
          placement="bottom end"
          trigger={<IconButton small tip="right" label={t("folderMenu", { name: folder.name })} icon={Ellipsis} />}
        >
          <MenuAction icon={Pencil} onAction={() => setNaming(true)}>
            {t("renameFolder")}
          </MenuAction>
          <MenuAction icon={Trash2} danger onAction={() => remove.mutate(folder.id, { onSuccess: onRemoved, onError })}>
            {t("deleteFolder")}
          </MenuAction>
        </Menu>
      </span>
      <NameDialog
        isOpen={naming}
        onClose={() => setNaming(false)}
        title={t("renameFolder")}
        label={t("folderName")}
        initial={folder.name}
        maxLength={80}
        onSave={(name) => rename.mutate({ id: folder.id, name }, { onError })}
      />
    </li>
  );
}
