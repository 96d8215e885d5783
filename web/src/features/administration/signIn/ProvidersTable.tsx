/** Providers, whether they are offered, and what may be done with each. */
import { Activity, CircleCheck, Ellipsis, ListChecks, Pencil, Power, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteProvider, useProbeProvider } from "#/api/providers";
import type { Provider } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useLocale, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { DeleteDialog } from "../DeleteDialog";

const css = classes(sheet);

interface ProvidersTableProps {
  readonly providers: readonly Provider[];
  readonly onEdit: (provider: Provider) => void;
  readonly onLook: (provider: Provider) => void;
}

export function ProvidersTable({ providers, onEdit, onLook }: ProvidersTableProps) {
  const t = useTranslations("signIn");
  const kindWords = useTranslations("ldap");
  const nameOf = useProviderName();
  return (
    <Table
      caption={t("providers")}
      rows={providers}
      rowKey={({ id }) => id}
      empty={t("none")}
      columns={[
        { name: t("provider"), heading: true, cell: nameOf },
        { under: true, name: t("code"), cell: ({ code }) => code },
        { under: true, name: kindWords("kind"), cell: ({ kind }) => kindWords(`kinds.${kind}`) },
        { under: true, name: t("issuer"), cell: ({ issuer }) => issuer },
        { name: t("state"), cell: ({ enabled }) => <Offered enabled={enabled} /> },
        { under: true, name: t("rulesCount"), align: "end", cell: ({ rules }) => rules },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: (one) => <Actions provider={one} onEdit={() => onEdit(one)} onLook={() => onLook(one)} />,
        },
      ]}
    />
  );
}

export function useProviderName(): (provider: Provider) => string {
  const locale = useLocale();
  return ({ name_fr, name_en }) => (locale === "fr" ? name_fr : name_en);
}

function Offered({ enabled }: { readonly enabled: boolean }) {
  const t = useTranslations("signIn");
  const Icon = enabled ? CircleCheck : Power;
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("stateIcon", enabled && "ready")} />
      {enabled ? t("on") : t("off")}
    </span>
  );
}

interface ActionsProps {
  readonly provider: Provider;
  readonly onEdit: () => void;
  readonly onLook: () => void;
}

function Actions({ provider, onEdit, onLook }: ActionsProps) {
  const t = useTranslations("signIn");
  const words = useErrorWords();
  const { toast } = useLive();
  const probe = useProbeProvider();
  const remove = useDeleteProvider();
  const [deleting, setDeleting] = useState(false);
  const name = useProviderName()(provider);
  const label = t("actionsOf", { name });
  const onError = (error: Error) => toast({ words: words(error) });
  const onProbed = (told: Awaited<ReturnType<typeof probe.mutateAsync>>) =>
    toast({
      words:
        told.state === "ready"
          ? t("probed", { name, keys: told.keys, algorithms: told.algorithms.join(", ") })
          : words({ code: told.error_code, params: told.error_params }),
    });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={ListChecks} onAction={onLook}>
          {t("look")}
        </MenuAction>
        {provider.kind === "openid" && (
          <MenuAction icon={Activity} onAction={() => probe.mutate(provider.id, { onSuccess: onProbed, onError })}>
            {t("probe")}
          </MenuAction>
        )}
        <MenuAction icon={Pencil} onAction={onEdit}>
          {t("edit")}
        </MenuAction>
        <MenuAction icon={Trash2} danger onAction={() => setDeleting(true)}>
          {t("delete")}
        </MenuAction>
      </Menu>
      <DeleteDialog
        isOpen={deleting}
        onClose={() => setDeleting(false)}
        title={t("deleteTitle", { name })}
        words={t("deleteWords")}
        onDelete={() => remove.mutate(provider.id, { onError })}
      />
    </>
  );
}
