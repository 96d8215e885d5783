/** With whom a base is shared: somebody by their exact address, or all of a unit; the part of each, and taking it back. */
import { useShares, useUnshare } from "#/api/collections";
import type { Collection, Part, Share } from "#/api/types";
import { useWhen } from "#/features/administration/persons/useWhen";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "./collections.module.css";
import { ShareForm } from "./ShareForm";
import { useSeenBy } from "./useSeenBy";

const css = classes(sheet);
const PARTS = ["reader", "contributor", "curator"] as const satisfies readonly Part[];

interface SharingDialogProps {
  readonly collection: Collection;
  readonly onClose: () => void;
}

export function SharingDialog({ collection, onClose }: SharingDialogProps) {
  const t = useTranslations("collections");
  const shell = useTranslations("shell");
  const seen = useSeenBy();
  const { data, error, refetch } = useShares(collection.id);
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={t("sharing.title", { name: collection.name })}
      closeLabel={shell("close")}
    >
      <section className={css("section")} aria-labelledby="shares-title">
        <h3 id="shares-title" className={css("subtitle")}>
          {t("sharing.with")}
        </h3>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data && <Shares collection={collection.id} shares={data} />}
      </section>
      <ShareForm collection={collection.id} parts={PARTS} toUnits={!collection.closed} />
      <section className={css("section")} aria-labelledby="seen-title">
        <h3 id="seen-title" className={css("subtitle")}>
          {t("sharing.why")}
        </h3>
        <p className={css("about")}>
          {seen(collection)} {t("seen.administrators")}
        </p>
        <ul className={css("findings")}>
          {PARTS.map((part) => (
            <li key={part}>
              <strong>{t(`parts.${part}`)}</strong>
              {" – "}
              {t(`partWords.${part}`)}
            </li>
          ))}
        </ul>
      </section>
      <DialogButtons>
        <Button onPress={onClose}>{shell("close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Shares({ collection, shares }: { readonly collection: string; readonly shares: readonly Share[] }) {
  const t = useTranslations("collections");
  const when = useWhen();
  return (
    <Table
      caption={t("sharing.with")}
      rows={shares}
      rowKey={(one) => one.id}
      empty={t("sharing.nobody")}
      columns={[
        {
          name: t("sharing.who"),
          heading: true,
          cell: ({ kind, name }) => (kind === "unit" ? t("sharing.unitAndUnder", { name }) : name),
        },
        { name: t("sharing.has"), cell: ({ part }) => t(`parts.${part}`) },
        { name: t("sharing.since"), secondary: true, cell: (one) => when(one.created_at) },
        {
          name: t("sharing.takeBack"),
          quiet: true,
          align: "end",
          cell: (one) => <TakeBack collection={collection} share={one} />,
        },
      ]}
    />
  );
}

function TakeBack({ collection, share: { id, name } }: { readonly collection: string; readonly share: Share }) {
  const t = useTranslations("collections.sharing");
  const { toast } = useLive();
  const tell = useErrorToast();
  const unshare = useUnshare(collection);
  return (
    <Button
      small
      busy={unshare.isPending}
      aria-label={t("takeBackOf", { name })}
      onPress={() => void unshare.mutateAsync(id).then(() => toast({ words: t("takenBack", { name }) }), tell)}
    >
      {t("takeBack")}
    </Button>
  );
}
