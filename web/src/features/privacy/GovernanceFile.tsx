/** The file that officers must produce: its versions, to download, and what has changed since the last one. */
import { Download, Ellipsis, FileText } from "lucide-react";
import { fileAddress, useFileVersions, useGenerateFile } from "#/api/governance";
import type { FileVersion } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useLocale, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);
const FORMS = ["odt", "pdf", "docx"] as const;

export function GovernanceFile() {
  const t = useTranslations("governance");
  const day = useDay();
  const { toast } = useLive();
  const { data, error, refetch } = useFileVersions();
  const generate = useGenerateFile();
  const parts = (codes: FileVersion["to_reassess"]) => codes.map((code) => t(`parts.${code}`)).join(", ");
  return (
    <section className={css("section")} aria-labelledby="file-title">
      <h2 id="file-title" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.pending.length > 0 && (
        <Notice meaning="caution">
          {t("pending", { count: data.pending.length, parts: parts(data.pending_parts) })}
        </Notice>
      )}
      {generate.error && <ErrorNotice error={generate.error} />}
      <div>
        <Button
          icon={FileText}
          busy={generate.isPending}
          onPress={() => generate.mutate(undefined, { onSuccess: () => toast({ words: t("made") }) })}
        >
          {t("make")}
        </Button>
      </div>
      {data && (
        <Table
          caption={t("title")}
          rows={data.items}
          rowKey={(one) => one.id}
          empty={t("none")}
          columns={[
            { name: t("version"), heading: true, cell: (one) => one.number },
            { name: t("madeOn"), cell: (one) => day(one.made_at) },
            { name: t("reassess"), secondary: true, cell: (one) => parts(one.to_reassess) },
            { name: t("actions"), quiet: true, align: "end", cell: (one) => <Downloads version={one} /> },
          ]}
        />
      )}
    </section>
  );
}

function Downloads({ version }: { readonly version: FileVersion }) {
  const t = useTranslations("governance");
  const language = useLocale();
  const label = t("actionsOf", { number: String(version.number) });
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      {FORMS.map((form) => (
        <MenuAction key={form} icon={Download} href={fileAddress(version.id, form, language)} download>
          {t(`forms.${form}`)}
        </MenuAction>
      ))}
    </Menu>
  );
}
