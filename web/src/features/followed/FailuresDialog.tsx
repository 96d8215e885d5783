/** The files of a source that could not be brought, each with its reason. */
import { useFailures } from "#/api/followed";
import type { Source } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Table } from "#/ui/Table";
import sheet from "./followed.module.css";

const css = classes(sheet);

export function FailuresDialog({ source, onClose }: { readonly source: Source; readonly onClose: () => void }) {
  const t = useTranslations("followed");
  const shell = useTranslations("shell");
  const words = useErrorWords();
  const { data, error, refetch } = useFailures(source);
  const title = t("failures", { folder: source.folder });
  return (
    <Dialog isOpen wide onClose={onClose} title={title} closeLabel={shell("close")}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.items.length > 0 && (
        <Table
          caption={title}
          rows={data.items}
          rowKey={({ path }) => path}
          empty=""
          columns={[
            { name: t("file"), heading: true, cell: ({ path }) => path },
            {
              name: t("reason"),
              cell: (one) => (
                <>
                  {words({ code: one.error })} <Contest code={one.error} />
                </>
              ),
            },
          ]}
        />
      )}
      {data && data.hidden > 0 && <p className={css("soft")}>{t("hiddenFailures", { count: data.hidden })}</p>}
      <DialogButtons>
        <Button onPress={onClose}>{shell("close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}
