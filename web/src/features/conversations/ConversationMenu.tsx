/** ⋯: rename, pin, move, export, delete. The same menu in the list and above the conversation. */
import { Download, Ellipsis, FileCheck, FileText, Folder, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { exportAddress } from "#/api/conversations";
import type { Folder as FolderData, Summary } from "#/api/types";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { Menu, MenuAction, MenuChoice, MenuChoices, MenuLine, Submenu } from "#/ui/Menu";
import { DeclarationDialog } from "./lateDeclarationDialog";
import { NameDialog } from "./NameDialog";
import { useConversationActions } from "./useConversationActions";

interface ConversationMenuProps {
  readonly conversation: Summary;
  readonly folders: readonly FolderData[];
  readonly isOpen: boolean;
  readonly small?: boolean;
}

const NO_FOLDER = "none";

export function ConversationMenu({ conversation, folders, isOpen, small = false }: ConversationMenuProps) {
  const t = useTranslations("conversations");
  const actions = useConversationActions(conversation.id, isOpen);
  const [renaming, setRenaming] = useState(false);
  const [declaring, setDeclaring] = useState(false);
  const { id, pinned, title, folder_id } = conversation;
  const name = t("actionsOf", { title: title ?? t("untitled") });
  return (
    <>
      <Menu
        label={name}
        placement="bottom end"
        trigger={<IconButton small={small} tip={small ? "right" : "bottom"} label={name} icon={Ellipsis} />}
      >
        <MenuAction icon={Pencil} onAction={() => setRenaming(true)}>
          {t("rename")}
        </MenuAction>
        <MenuAction icon={pinned ? PinOff : Pin} onAction={() => actions.pin(!pinned)}>
          {pinned ? t("unpin") : t("pin")}
        </MenuAction>
        {folders.length > 0 && (
          <Submenu icon={Folder} name={t("move")}>
            <MenuChoices
              value={folder_id ?? NO_FOLDER}
              onChange={(key) => actions.move(key === NO_FOLDER ? null : key)}
            >
              <MenuChoice id={NO_FOLDER} name={t("noFolder")} />
              {folders.map((folder) => (
                <MenuChoice key={folder.id} id={folder.id} name={folder.name} />
              ))}
            </MenuChoices>
          </Submenu>
        )}
        <MenuLine />
        <MenuAction icon={FileText} href={exportAddress(id, "markdown")} download>
          {t("exportMarkdown")}
        </MenuAction>
        <MenuAction icon={Download} href={exportAddress(id, "json")} download>
          {t("exportJson")}
        </MenuAction>
        <MenuAction icon={FileCheck} onAction={() => setDeclaring(true)}>
          {t("declare")}
        </MenuAction>
        <MenuLine />
        <MenuAction icon={Trash2} danger onAction={actions.remove}>
          {t("delete")}
        </MenuAction>
      </Menu>
      <NameDialog
        isOpen={renaming}
        onClose={() => setRenaming(false)}
        title={t("renameTitle")}
        label={t("title")}
        initial={title ?? ""}
        maxLength={200}
        onSave={actions.rename}
      />
      {declaring && <DeclarationDialog conversationId={id} onClose={() => setDeclaring(false)} />}
    </>
  );
}
