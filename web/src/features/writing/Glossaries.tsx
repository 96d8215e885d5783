/** Glossaries and translation memories: begun, brought from a file, opened, taken away as one, deleted. */
import { Link } from "@tanstack/react-router";
import { Download, Trash2 } from "lucide-react";
import { glossaryAddress, useGlossaries, useRemoveGlossary } from "#/api/glossaries";
import type { Glossary } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import { Table } from "#/ui/Table";
import { useLanguageName } from "./AskOptions";
import desk from "./desk.module.css";
import { NewGlossary } from "./NewGlossary";

const css = classes(desk);

export function Glossaries() {
  const t = useTranslations("writing.glossary");
  const words = useTranslations("glossaries");
  const format = useFormatter();
  const language = useLanguageName();
  const list = useGlossaries();
  const remove = useRemoveGlossary();
  return (
    <section className={css("section")} aria-labelledby="writing-glossaries">
      <h2 id="writing-glossaries" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <NewGlossary />
      {(list.error ?? remove.error) && <ErrorNotice error={list.error ?? remove.error} />}
      {list.isSuccess && list.data.items.length > 0 && (
        <Table
          caption={t("title")}
          rows={list.data.items}
          rowKey={(one) => one.id}
          empty=""
          columns={[
            { name: t("name"), heading: true, cell: (one) => <Name glossary={one} /> },
            { name: t("kind"), secondary: true, cell: ({ kind }) => t(kind) },
            { name: t("languages"), cell: ({ source, target }) => `${language(source)} → ${language(target)}` },
            { name: t("lines"), align: "end", cell: ({ lines }) => format.number(lines) },
            { name: t("whose"), secondary: true, cell: ({ unit_name }) => unit_name ?? t("mine") },
            {
              name: words("byDefault"),
              secondary: true,
              cell: ({ by_default }) => words(by_default ? "yes" : "no"),
            },
            { name: t("actions"), cell: (one) => <Actions glossary={one} onRemove={() => remove.mutate(one.id)} /> },
          ]}
        />
      )}
    </section>
  );
}

function Name({ glossary }: { readonly glossary: Glossary }) {
  return (
    <Link to="/bureau/glossaires/$glossaryId" params={{ glossaryId: glossary.id }}>
      {glossary.name}
    </Link>
  );
}

function Actions({ glossary, onRemove }: { readonly glossary: Glossary; readonly onRemove: () => void }) {
  const t = useTranslations("writing.glossary");
  return (
    <span className={css("actions")}>
      <LinkButton href={glossaryAddress(glossary.id)} icon={Download} download>
        {t("take")}
      </LinkButton>
      {glossary.may_edit && (
        <IconButton small label={t("remove", { name: glossary.name })} icon={Trash2} onPress={onRemove} />
      )}
    </span>
  );
}
