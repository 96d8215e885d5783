/** Servers with their zone and what the last probe found. */
import { Activity, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteBackend, useProbeBackend } from "#/api/backends";
import type { Backend } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { usePlace } from "#/features/inference/places";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import { DeleteDialog } from "./DeleteDialog";
import { StateWords } from "./StateWords";

interface BackendsTableProps {
  readonly backends: readonly Backend[];
  readonly onEdit: (backend: Backend) => void;
}

export function BackendsTable({ backends, onEdit }: BackendsTableProps) {
  const t = useTranslations("administration");
  const place = usePlace();
  return (
    <Table
      caption={t("backends")}
      rows={backends}
      rowKey={(backend) => backend.name}
      empty={t("noBackend")}
      columns={[
        { name: t("backend"), heading: true, cell: (one) => one.name },
        { name: t("address"), cell: (one) => one.url },
        { name: t("zone"), cell: ({ zone }) => `${zone.operator}, ${place(zone.country)}` },
        { name: t("reach"), cell: ({ zone }) => place(zone.legal_reach) },
        { name: t("state"), cell: (one) => <StateWords {...one} /> },
        { name: t("source"), cell: (one) => t(`sources.${one.source}`) },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: (one) => <BackendActions backend={one} onEdit={() => onEdit(one)} />,
        },
      ]}
    />
  );
}

function BackendActions({ backend, onEdit }: { readonly backend: Backend; readonly onEdit: () => void }) {
  const t = useTranslations();
  const words = useErrorWords();
  const { toast } = useLive();
  const probe = useProbeBackend();
  const remove = useDeleteBackend();
  const [deleting, setDeleting] = useState(false);
  const { name } = backend;
  const label = t("administration.actionsOf", { name });
  const onError = (error: Error) => toast({ words: words(error) });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction
          icon={Activity}
          onAction={() =>
            probe.mutate(name, {
              onSuccess: ({ state }) => toast({ words: `${name} · ${t(`models.states.${state}`)}` }),
              onError,
            })
          }
        >
          {t("administration.probe")}
        </MenuAction>
        <MenuAction icon={Pencil} onAction={onEdit}>
          {t("administration.edit")}
        </MenuAction>
        <MenuAction icon={Trash2} danger onAction={() => setDeleting(true)}>
          {t("administration.delete")}
        </MenuAction>
      </Menu>
      <DeleteDialog
        isOpen={deleting}
        onClose={() => setDeleting(false)}
        title={t("administration.deleteBackend", { name })}
        words={t("administration.deleteBackendWords")}
        onDelete={() => remove.mutate(name, { onError })}
      />
    </>
  );
}
