/** The templates that one may use: opened, imported. */
import { Link } from "@tanstack/react-router";
import { FilePlus2 } from "lucide-react";
import { useRef } from "react";
import { useAddTemplate, useTemplates } from "#/api/drafting";
import type { Template } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import desk from "#/features/writing/desk.module.css";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { useNearTemplates } from "./useNearTemplates";

const css = classes(desk);

export function Templates() {
  const t = useTranslations("drafting");
  const { toast } = useLive();
  const list = useTemplates();
  const { near, far } = useNearTemplates(list.data?.items);
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
      {list.data && <Listed items={near} caption={t("templates.title")} />}
      {far.length > 0 && (
        <details>
          <summary>{t("templates.otherLanguages", { count: far.length })}</summary>
          <Listed items={far} caption={t("templates.otherLanguages", { count: far.length })} />
        </details>
      )}
    </section>
  );
}

function Listed({ items, caption }: { readonly items: readonly Template[]; readonly caption: string }) {
  const t = useTranslations("drafting");
  const format = useFormatter();
  return (
    <Table
      caption={caption}
      rows={items}
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
        { name: t("templates.purpose"), secondary: true, cell: ({ purpose }) => purpose },
        { name: t("templates.owner"), cell: (one) => one.unit_name ?? t(`owners.${one.owner}`) },
        {
          name: t("templates.version"),
          secondary: true,
          align: "end",
          cell: ({ version }) => format.number(version),
        },
      ]}
    />
  );
}
