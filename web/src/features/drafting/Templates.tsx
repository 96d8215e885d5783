/** The templates that one may use: opened, imported. */
import { Link } from "@tanstack/react-router";
import { FilePlus2 } from "lucide-react";
import { useRef } from "react";
import { useAddTemplate, useTemplates } from "#/api/drafting";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "./drafting.module.css";

const css = classes(sheet);

export function Templates() {
  const t = useTranslations("drafting");
  const format = useFormatter();
  const { toast } = useLive();
  const list = useTemplates();
  const add = useAddTemplate();
  const input = useRef<HTMLInputElement>(null);
  const bring = async (file: File) =>
    add.mutate(
      { file: await file.text() },
      { onSuccess: ({ name }) => toast({ words: t("templates.imported", { name }) }) },
    );
  return (
    <section className={css("section")} aria-labelledby="drafting-templates">
      <h2 id="drafting-templates" className={css("title")}>
        {t("templates.title")}
      </h2>
      <p className={css("about")}>{t("templates.about")}</p>
      <div className={css("actions")}>
        <Button icon={FilePlus2} busy={add.isPending} onPress={() => input.current?.click()}>
          {t("templates.import")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".md,.markdown,text/markdown"
          aria-label={t("templates.import")}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void bring(file);
            target.value = "";
          }}
        />
      </div>
      {(list.error ?? add.error) && <ErrorNotice error={list.error ?? add.error} />}
      {list.data && (
        <Table
          caption={t("templates.title")}
          rows={list.data.items}
          rowKey={(one) => one.id}
          empty=""
          columns={[
            {
              name: t("templates.name"),
              heading: true,
              cell: ({ id, name }) => (
                <Link to="/bureau/modeles/$templateId" params={{ templateId: id }}>
                  {name}
                </Link>
              ),
            },
            { name: t("template"), secondary: true, cell: ({ purpose }) => purpose },
            { name: t("templates.owner"), cell: (one) => one.unit_name ?? t(`owners.${one.owner}`) },
            {
              name: t("templates.version"),
              secondary: true,
              align: "end",
              cell: ({ version }) => format.number(version),
            },
          ]}
        />
      )}
    </section>
  );
}
