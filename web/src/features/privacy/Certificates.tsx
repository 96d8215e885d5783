/** What was destroyed, with its signed proof. */
import { Download, Ellipsis, FileText } from "lucide-react";
import { storedCertificateAddress, useCertificates } from "#/api/privacy";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useLocale, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);

export function Certificates() {
  const t = useTranslations("privacy");
  const format = useFormatter();
  const day = useDay();
  const { data, error, refetch } = useCertificates();
  return (
    <section className={css("section")} aria-labelledby="certificates-title">
      <h2 id="certificates-title" className={css("title")}>
        {t("certificatesTitle")}
      </h2>
      <p className={css("about")}>{t("certificatesWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={t("certificatesTitle")}
          rows={data}
          rowKey={(one) => one.id}
          empty={t("certificatesNone")}
          columns={[
            { name: t("madeOn"), heading: true, cell: (one) => day(one.made_at) },
            { name: t("reason"), cell: (one) => t(`reasons.${one.reason}`) },
            { name: t("keys"), align: "end", cell: (one) => format.number(one.keys) },
            { name: t("rows"), align: "end", cell: (one) => format.number(one.rows) },
            { name: t("blobs"), align: "end", secondary: true, cell: (one) => format.number(one.blobs) },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (one) => <Actions id={one.id} date={day(one.made_at)} />,
            },
          ]}
        />
      )}
    </section>
  );
}

function Actions({ id, date }: { readonly id: string; readonly date: string }) {
  const t = useTranslations("privacy");
  const language = useLocale();
  const label = t("certificateOf", { date });
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      <MenuAction icon={Download} href={storedCertificateAddress(id, "json")} download>
        {t("download")}
      </MenuAction>
      <MenuAction icon={FileText} href={storedCertificateAddress(id, language)} download>
        {t("read")}
      </MenuAction>
    </Menu>
  );
}
