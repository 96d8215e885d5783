/** One conversation: its title and menu above, its turns and composer below. */
import { useConversation, useConversationList } from "#/api/conversations";
import { ApiError } from "#/api/http";
import { ComingConversation } from "#/features/chat/ComingConversation";
import { Conversation } from "#/features/chat/Conversation";
import { ConversationMenu } from "#/features/conversations/ConversationMenu";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { Clock } from "#/features/privacy/Clock";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { Soon } from "#/ui/Soon";
import { NotFound } from "./NotFound";

export function ConversationScreen({ id }: { readonly id: string }) {
  const t = useTranslations();
  const { data, error, refetch } = useConversation(id);
  const { data: lists } = useConversationList(null);
  if (data) {
    return (
      <>
        <ScreenHeader title={data.title ?? t("conversations.titleComing")}>
          <Soon>
            <Clock conversation={data} />
            <ConversationMenu conversation={data} folders={lists?.pages[0]?.folders ?? []} isOpen />
          </Soon>
        </ScreenHeader>
        <Soon key={id} meanwhile={<ComingConversation />}>
          <Conversation conversation={data} />
        </Soon>
      </>
    );
  }
  if (error instanceof ApiError && (error.status === 404 || error.status === 422)) return <NotFound />;
  return (
    <>
      <ScreenHeader title={error ? t("shell.product") : t("shell.loading")} />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
    </>
  );
}
