/** For curators: what of a base no answer was given, and how many questions nothing in it answered. Counts only. */
import { useState } from "react";
import { type UseOrder, useCollectionUse } from "#/api/collections";
import type { CollectionUse } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField } from "#/ui/Field";
import { Table } from "#/ui/Table";
import sheet from "./try.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);
const PERIODS = [30, 90, 365] as const;
const ORDERS = ["passages", "name"] as const satisfies readonly UseOrder[];

interface UseDialogProps {
  readonly collectionId: string;
  readonly onClose: () => void;
}

export function UseDialog({ collectionId, onClose }: UseDialogProps) {
  const t = useTranslations("collections.use");
  const shell = useTranslations("shell");
  const [days, setDays] = useState<(typeof PERIODS)[number]>(90);
  const [order, setOrder] = useState<UseOrder>("passages");
  const { data, error, refetch } = useCollectionUse(collectionId, days, order);
  return (
    <Dialog isOpen wide onClose={onClose} title={t("title")} closeLabel={shell("close")}>
      <p className={css("about")}>{t("words")}</p>
      <div className={css("form")}>
        <ChoiceField
          label={t("period")}
          value={String(days)}
          onChange={(event) => setDays(PERIODS.find((one) => String(one) === event.target.value) ?? 90)}
          options={PERIODS.map((one) => [String(one), t(`periods.d${one}`)])}
        />
        <ChoiceField
          label={t("sort")}
          value={order}
          onChange={(event) => setOrder(ORDERS.find((one) => one === event.target.value) ?? "passages")}
          options={ORDERS.map((one) => [one, t(`sorts.${one}`)])}
        />
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <div aria-live="polite">{data && <Told use={data} />}</div>
      <DialogButtons>
        <Button onPress={onClose}>{shell("close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Told({ use }: { readonly use: CollectionUse }) {
  const t = useTranslations("collections.use");
  const { number } = useFormatter();
  const day = useDay();
  const since = day(use.since);
  if (use.questions === null) return <p className={css("verdict")}>{t("few", { since })}</p>;
  const share = number(use.passages === 0 ? 0 : use.never_passages / use.passages, { style: "percent" });
  return (
    <>
      <p className={css("verdict")}>
        {t("never", { never: use.never_documents, documents: use.documents, share, since })}
      </p>
      <p className={css("reasons")}>
        {t("unanswered", { questions: use.questions, unanswered: use.unanswered })} {t("recent")}{" "}
        {use.items.length < use.never_documents && t("more", { count: use.items.length })}
      </p>
      {use.items.length > 0 && (
        <Table
          caption={t("title")}
          rows={use.items}
          rowKey={(one) => one.document_id}
          empty=""
          columns={[
            {
              name: t("name"),
              heading: true,
              cell: ({ name, folder }) => (folder === "" ? name : `${folder} / ${name}`),
            },
            { name: t("passages"), align: "end", cell: ({ passages }) => number(passages) },
            { name: t("added"), secondary: true, cell: ({ added_on }) => day(added_on) },
          ]}
        />
      )}
    </>
  );
}
