/** Invitations that wait; a link is never shown again, only withdrawn. */
import { type InvitationOrder, useInvitations, useWithdrawInvitation } from "#/api/persons";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { ListSearch, useListOrder, useListWords } from "../ListSearch";
import { useWhen } from "./useWhen";

export function InvitationsTable() {
  const t = useTranslations("administration");
  const words = useErrorWords();
  const when = useWhen();
  const { toast } = useLive();
  const search = useListWords();
  const { by, order } = useListOrder<InvitationOrder>("-end");
  const invitations = useInvitations(search.settled, by);
  const withdraw = useWithdrawInvitation();
  if (invitations.error) return <ErrorNotice error={invitations.error} onRetry={() => void invitations.refetch()} />;
  if (!invitations.data) return null;
  return (
    <>
      <ListSearch label={t("searchInvitations")} words={search} more={invitations.hasNextPage} />
      <Table
        caption={t("invitations")}
        order={order}
        rows={invitations.data.pages.flatMap((page) => page.items)}
        rowKey={(invitation) => invitation.id}
        empty={search.settled === "" ? t("noInvitation") : t("noneFound")}
        columns={[
          { order: "name", name: t("name"), heading: true, cell: (one) => one.name },
          { order: "email", under: true, name: t("email"), cell: (one) => one.email },
          {
            order: "role",
            under: true,
            name: t("role"),
            cell: (one) => (one.is_administrator ? t("administrator") : t("agent")),
          },
          { order: "end", under: true, name: t("expires"), cell: (one) => when(one.expires_at) },
          {
            name: t("actions"),
            quiet: true,
            align: "end",
            cell: (one) => (
              <Button
                small
                aria-label={t("withdrawOf", { name: one.name })}
                onPress={() =>
                  withdraw.mutate(one.id, {
                    onSuccess: () => toast({ words: t("withdrawn") }),
                    onError: (failure) => toast({ words: words(failure) }),
                  })
                }
              >
                {t("withdraw")}
              </Button>
            ),
          },
        ]}
      />
      {invitations.hasNextPage && (
        <Button busy={invitations.isFetchingNextPage} onPress={() => void invitations.fetchNextPage()}>
          {t("moreInvitations")}
        </Button>
      )}
    </>
  );
}
