/** On a file of a conversation: a menu whose actions open the writing desk with this file chosen. */
import { EllipsisVertical, ListChecks, PenLine } from "lucide-react";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { Menu, MenuAction } from "#/ui/Menu";

export function FileVerbs({ fileId, name }: { readonly fileId: string; readonly name: string }) {
  const t = useTranslations("verbs");
  return (
    <Menu
      label={t("fileActions", { name })}
      trigger={<IconButton small label={t("fileActions", { name })} icon={EllipsisVertical} />}
    >
      <MenuAction icon={PenLine} href={`/bureau?file=${encodeURIComponent(fileId)}`}>
        {t("file", { name })}
      </MenuAction>
      <MenuAction icon={ListChecks} href={`/bureau?view=summary&file=${encodeURIComponent(fileId)}`}>
        {t("summariseFile", { name })}
      </MenuAction>
    </Menu>
  );
}
