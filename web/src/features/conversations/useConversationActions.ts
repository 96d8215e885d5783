/** What may be done with a conversation from its menu; deleting can be undone for fifteen seconds. */
import { useNavigate } from "@tanstack/react-router";
import { useDeleteConversation, useRestoreConversation, useUpdateConversation } from "#/api/conversations";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { forgetTurn } from "#/features/turn";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";

const UNDO_SECONDS = 15;

export interface ConversationActions {
  readonly rename: (title: string) => void;
  readonly pin: (pinned: boolean) => void;
  readonly move: (folderId: string | null) => void;
  readonly remove: () => void;
}

export function useConversationActions(id: string, isOpen: boolean): ConversationActions {
  const t = useTranslations("conversations");
  const navigate = useNavigate();
  const { toast } = useLive();
  const update = useUpdateConversation(id);
  const remove = useDeleteConversation();
  const restore = useRestoreConversation();
  const onError = useErrorToast();
  // The menu is gone by then: what follows must not depend on it being on screen.
  const undo = () =>
    void restore.mutateAsync(id).then(() => {
      toast({ words: t("restored") });
      return navigate({ to: "/c/$conversationId", params: { conversationId: id } });
    }, onError);
  const onRemoved = () => {
    forgetTurn(id);
    toast({ words: t("deleted"), action: { name: t("undo"), run: undo }, lasts: UNDO_SECONDS });
  };
  return {
    rename: (title) => update.mutate({ title }, { onError }),
    pin: (pinned) => update.mutate({ pinned }, { onError }),
    move: (folder_id) => update.mutate({ folder_id }, { onError }),
    remove: () => {
      // Leave first: the screen must not ask again for what is being deleted.
      const left = isOpen ? navigate({ to: "/" }) : Promise.resolve();
      void left.then(() => remove.mutateAsync(id)).then(onRemoved, onError);
    },
  };
}
