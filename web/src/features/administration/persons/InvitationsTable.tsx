/** Invitations that wait; a link is never shown again, only withdrawn. */
import { useInvitations, useWithdrawInvitation } from "#/api/persons";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { useWhen } from "./useWhen";

export function InvitationsTable() {
  const t = useTranslations("administration");
  const words = useErrorWords();
  const when = useWhen();
  const { toast } = useLive();
  const { data, error, refetch } = useInvitations();
  const withdraw = useWithdrawInvitation();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <Table
      caption={t("invitations")}
      rows={data}
      rowKey={(invitation) => invitation.id}
      empty={t("noInvitation")}
      columns={[
        { name: t("name"), heading: true, cell: (one) => one.name },
        { name: t("email"), cell: (one) => one.email },
        { name: t("role"), cell: (one) => (one.is_administrator ? t("administrator") : t("agent")) },
        { name: t("expires"), cell: (one) => when(one.expires_at) },
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
  );
}
