/** The places that document bases may follow: declared, tried, changed, withdrawn. */
import { Ellipsis, FlaskConical, Pencil, Plus, Unplug } from "lucide-react";
import { useState } from "react";
import { usePlaces, useWithdrawPlace } from "#/api/followed";
import type { Place } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { PlaceDialog } from "./PlaceDialog";
import { PlaceTrialDialog } from "./PlaceTrialDialog";
import { whereOf } from "./readPlace";

const css = classes(sheet);

export function PlacesAdministration() {
  const t = useTranslations("places");
  const { data, error, refetch } = usePlaces();
  const [edited, edit] = useState<Place | "new" | null>(null);
  const allowed = data ? [...data.folders, ...data.origins] : [];
  return (
    <section className={css("section")} aria-labelledby="places-title">
      <div className={css("head")}>
        <h2 id="places-title" className={css("title")}>
          {t("title")}
        </h2>
        <Button icon={Plus} onPress={() => edit("new")}>
          {t("add")}
        </Button>
      </div>
      <p className={css("words")}>{t("about")}</p>
      {data && (
        <p className={css("words")}>
          {allowed.length > 0 ? t("allowed", { places: allowed.join(", ") }) : t("nothingAllowed")}
        </p>
      )}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <PlacesTable places={data.items} onEdit={edit} />}
      {edited && <PlaceDialog place={edited === "new" ? null : edited} onClose={() => edit(null)} />}
    </section>
  );
}

interface PlacesTableProps {
  readonly places: readonly Place[];
  readonly onEdit: (place: Place) => void;
}

function PlacesTable({ places, onEdit }: PlacesTableProps) {
  const t = useTranslations("places");
  return (
    <Table
      caption={t("title")}
      rows={places}
      rowKey={({ id }) => id}
      empty={t("none")}
      columns={[
        { name: t("name"), heading: true, cell: ({ name }) => name },
        { name: t("kind"), cell: ({ declared }) => t(`kinds.${declared.kind}`) },
        { name: t("where"), secondary: true, cell: ({ declared }) => whereOf(declared) },
        {
          name: t("unit"),
          secondary: true,
          cell: ({ unit }) => (unit ? t("andUnder", { name: unit.name }) : t("everybody")),
        },
        { name: t("sources"), align: "end", secondary: true, cell: ({ sources }) => sources },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: (one) => <PlaceActions place={one} onEdit={() => onEdit(one)} />,
        },
      ]}
    />
  );
}

function PlaceActions({ place, onEdit }: { readonly place: Place; readonly onEdit: () => void }) {
  const t = useTranslations("places");
  const [asked, ask] = useState<"try" | "withdraw" | null>(null);
  const label = t("actionsOf", { name: place.name });
  const close = () => ask(null);
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={FlaskConical} onAction={() => ask("try")}>
          {t("try")}
        </MenuAction>
        <MenuAction icon={Pencil} onAction={onEdit}>
          {t("edit")}
        </MenuAction>
        <MenuAction icon={Unplug} danger onAction={() => ask("withdraw")}>
          {t("withdraw")}
        </MenuAction>
      </Menu>
      {asked === "try" && <PlaceTrialDialog place={place} onClose={close} />}
      {asked === "withdraw" && <WithdrawDialog place={place} onClose={close} />}
    </>
  );
}

function WithdrawDialog({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const t = useTranslations("places");
  const shell = useTranslations("shell");
  const { toast } = useLive();
  const tell = useErrorToast();
  const withdraw = useWithdrawPlace();
  const act = () => {
    void withdraw.mutateAsync(place.id).then(() => toast({ words: t("withdrawn") }), tell);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("withdrawTitle", { name: place.name })} closeLabel={shell("close")}>
      <p>{t("withdrawWords", { count: place.sources })}</p>
      <DialogButtons>
        <Button onPress={onClose}>{shell("cancel")}</Button>
        <Button look="danger" onPress={act}>
          {t("withdraw")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
