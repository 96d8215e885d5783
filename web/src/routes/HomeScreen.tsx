/** A new conversation. */
import { useNavigate } from "@tanstack/react-router";
import { NewConversation } from "#/features/chat/NewConversation";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useShell } from "#/features/shell/shellContext";
import { useTranslations } from "#/i18n";

export function HomeScreen() {
  const t = useTranslations("conversations");
  const navigate = useNavigate();
  const { folder } = useShell();
  return (
    <>
      <ScreenHeader title={t("new")} quiet />
      <NewConversation
        folderId={folder?.id ?? null}
        onCreated={(id) => void navigate({ to: "/c/$conversationId", params: { conversationId: id } })}
      />
    </>
  );
}
