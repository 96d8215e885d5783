/** Directories: how much each says, when it last called, and what may be done with its token. */
import { Ellipsis, KeyRound, ListTree, ShieldOff } from "lucide-react";
import { useState } from "react";
import { useRenewToken, useRevokeDirectory } from "#/api/directories";
import type { Directory } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import { useWhen } from "../persons/useWhen";
import { TokenToCopy } from "./TokenToCopy";

interface DirectoriesTableProps {
  readonly directories: readonly Directory[];
  readonly onChoose: (id: string) => void;
}

export function DirectoriesTable({ directories, onChoose }: DirectoriesTableProps) {
  const t = useTranslations("provisioning");
  const when = useWhen();
  return (
    <Table
      caption={t("directories")}
      rows={directories}
      rowKey={({ id }) => id}
      empty={t("none")}
      columns={[
        { name: t("name"), heading: true, cell: (one) => one.name },
        { under: true, name: t("issuer"), cell: (one) => one.issuer },
        { under: true, name: t("users"), align: "end", cell: (one) => one.users },
        { under: true, name: t("groups"), cell: (one) => `${one.groups} · ${t("unmapped", { count: one.unmapped })}` },
        { under: true, name: t("lastUsed"), cell: (one) => (one.last_used_at ? when(one.last_used_at) : t("never")) },
        { name: t("state"), cell: (one) => t(`states.${stateOf(one)}`) },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: (one) => <DirectoryActions directory={one} onChoose={() => onChoose(one.id)} />,
        },
      ]}
    />
  );
}

function stateOf({ revoked_at, expires_at }: Directory): "living" | "revoked" | "expired" {
  if (revoked_at) return "revoked";
  return expires_at && new Date(expires_at).getTime() <= Date.now() ? "expired" : "living";
}

function DirectoryActions({ directory, onChoose }: { readonly directory: Directory; readonly onChoose: () => void }) {
  const t = useTranslations();
  const words = useErrorWords();
  const { toast } = useLive();
  const renew = useRenewToken();
  const revoke = useRevokeDirectory();
  const [revoking, setRevoking] = useState(false);
  const { name } = directory;
  const label = t("provisioning.actionsOf", { name });
  const onError = (error: Error) => toast({ words: words(error) });
  const onSuccess = () => toast({ words: t("provisioning.revokeDone") });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={ListTree} onAction={onChoose}>
          {t("provisioning.details")}
        </MenuAction>
        <MenuAction icon={KeyRound} onAction={() => renew.mutate(directory.id, { onError })}>
          {t("provisioning.renew")}
        </MenuAction>
        <MenuAction icon={ShieldOff} danger onAction={() => setRevoking(true)}>
          {t("provisioning.revoke")}
        </MenuAction>
      </Menu>
      {renew.data && (
        <Dialog isOpen onClose={renew.reset} title={t("provisioning.tokenTitle")} closeLabel={t("shell.close")}>
          <TokenToCopy token={renew.data} onClose={renew.reset} />
        </Dialog>
      )}
      <Dialog
        isOpen={revoking}
        onClose={() => setRevoking(false)}
        title={t("provisioning.revokeTitle", { name })}
        closeLabel={t("shell.close")}
      >
        <p>{t("provisioning.revokeWords")}</p>
        <DialogButtons>
          <Button onPress={() => setRevoking(false)}>{t("shell.cancel")}</Button>
          <Button
            look="danger"
            onPress={() => {
              void revoke.mutateAsync(directory.id).then(onSuccess, onError);
              setRevoking(false);
            }}
          >
            {t("provisioning.revoke")}
          </Button>
        </DialogButtons>
      </Dialog>
    </>
  );
}
