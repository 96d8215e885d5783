/** A new conversation. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { preloadAnswers } from "#/features/chat/AnswerText";
import { NewConversation } from "#/features/chat/NewConversation";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useShell } from "#/features/shell/shellContext";
import { useTranslations } from "#/i18n";

export function HomeScreen() {
  const t = useTranslations("conversations");
  const navigate = useNavigate();
  const { folder } = useShell();
  useEffect(() => {
    const timer = setTimeout(preloadAnswers, 1_000);
    return () => clearTimeout(timer);
  }, []);
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
