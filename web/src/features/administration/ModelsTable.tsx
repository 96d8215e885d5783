/** The models offered, the level each may receive, and where it runs. */
import { Ellipsis, Pencil, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteModel } from "#/api/backends";
import type { OfferedModel } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import sheet from "./administration.module.css";
import { DeleteDialog } from "./DeleteDialog";
import { sees } from "./readModel";

const css = classes(sheet);

interface ModelsTableProps {
  readonly models: readonly OfferedModel[];
  readonly onEdit: (model: OfferedModel) => void;
}

export function ModelsTable({ models, onEdit }: ModelsTableProps) {
  const t = useTranslations();
  const format = useFormatter();
  return (
    <Table
      caption={t("administration.models")}
      rows={models}
      rowKey={(model) => model.id}
      empty={t("administration.noModel")}
      columns={[
        { name: t("administration.model"), heading: true, cell: (one) => <ModelName model={one} /> },
        { name: t("administration.backend"), cell: (one) => one.backend },
        { name: t("administration.ceiling"), cell: (one) => <Ceiling model={one} /> },
        {
          name: t("administration.context"),
          align: "end",
          cell: (one) => format.number(one.context_tokens),
        },
        { name: t("administration.state"), cell: (one) => t(one.enabled ? "administration.on" : "administration.off") },
        { name: t("administration.source"), cell: (one) => t(`administration.sources.${one.source}`) },
        {
          name: t("administration.actions"),
          quiet: true,
          align: "end",
          cell: (one) => <ModelActions model={one} onEdit={() => onEdit(one)} />,
        },
      ]}
    />
  );
}

/** The most that it may receive: the level, and what the matter may be about. */
function Ceiling({ model }: { readonly model: OfferedModel }) {
  const t = useTranslations("models");
  const format = useFormatter();
  return (
    <>
      {t(`levels.${model.highest_level}`)}
      {model.categories.length > 0 && (
        <p className={css("words")}>{format.list(model.categories.map((one) => t(`categories.${one}`)))}</p>
      )}
    </>
  );
}

function ModelName({ model }: { readonly model: OfferedModel }) {
  const t = useTranslations("administration");
  return (
    <span className={css("state")}>
      {model.display_name}
      {model.is_default && (
        <span className={css("tag")}>
          <Star aria-hidden="true" className={css("tagIcon")} />
          {t("default")}
        </span>
      )}
      {sees(model) && <span className={css("tag")}>{t("seesTag")}</span>}
      {model.demonstration && <span className={css("tag")}>{t("demonstration")}</span>}
    </span>
  );
}

function ModelActions({ model, onEdit }: { readonly model: OfferedModel; readonly onEdit: () => void }) {
  const t = useTranslations("administration");
  const words = useErrorWords();
  const { toast } = useLive();
  const remove = useDeleteModel();
  const [deleting, setDeleting] = useState(false);
  const name = model.display_name;
  const label = t("actionsOf", { name });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
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
        title={t("deleteModel", { name })}
        words={t("deleteModelWords")}
        onDelete={() => remove.mutate(model.id, { onError: (error) => toast({ words: words(error) }) })}
      />
    </>
  );
}
