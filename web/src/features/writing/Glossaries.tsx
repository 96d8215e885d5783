/** Glossaries and translation memories: brought from a file, taken away as one, deleted. */
import { Download, FilePlus2, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { Glossary } from "#/api/types";
import { glossaryAddress, useAddGlossary, useGlossaries, useRemoveGlossary } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField } from "#/ui/Field";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { useLanguageChoices } from "./AskOptions";
import sheet from "./writing.module.css";

const css = classes(sheet);

export function Glossaries() {
  const t = useTranslations("writing.glossary");
  const format = useFormatter();
  const list = useGlossaries();
  const remove = useRemoveGlossary();
  return (
    <section className={css("section")} aria-labelledby="writing-glossaries">
      <h2 id="writing-glossaries" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <Bring />
      {(list.error ?? remove.error) && <ErrorNotice error={list.error ?? remove.error} />}
      {list.isSuccess && list.data.items.length > 0 && (
        <Table
          caption={t("title")}
          rows={list.data.items}
          rowKey={(one) => one.id}
          empty=""
          columns={[
            { name: t("name"), heading: true, cell: ({ name }) => name },
            { name: t("kind"), secondary: true, cell: ({ kind }) => t(kind) },
            { name: t("languages"), cell: ({ source, target }) => `${source} → ${target}` },
            { name: t("lines"), align: "end", cell: ({ lines }) => format.number(lines) },
            { name: t("whose"), secondary: true, cell: ({ unit_name }) => unit_name ?? t("mine") },
            { name: t("actions"), cell: (one) => <Actions glossary={one} onRemove={() => remove.mutate(one.id)} /> },
          ]}
        />
      )}
    </section>
  );
}

function Actions({ glossary, onRemove }: { readonly glossary: Glossary; readonly onRemove: () => void }) {
  const t = useTranslations("writing.glossary");
  return (
    <span className={css("actions")}>
      <LinkButton href={glossaryAddress(glossary.id)} icon={Download} download>
        {t("take")}
      </LinkButton>
      {glossary.is_mine && (
        <IconButton small label={t("remove", { name: glossary.name })} icon={Trash2} onPress={onRemove} />
      )}
    </span>
  );
}

function Bring() {
  const t = useTranslations("writing.glossary");
  const { toast } = useLive();
  const add = useAddGlossary();
  const languages = useLanguageChoices();
  const input = useRef<HTMLInputElement>(null);
  const [pair, setPair] = useState({ source: "fr", target: "en" });
  const bring = (file: File) =>
    add.mutate(
      { file, kind: /\.tmx$/i.test(file.name) ? "memory" : "terms", ...pair },
      { onSuccess: ({ name, lines }) => toast({ words: t("brought", { name, lines }) }) },
    );
  return (
    <>
      <div className={css("choices")}>
        <ChoiceField
          label={t("source")}
          value={pair.source}
          options={languages}
          onChange={({ target }) => setPair({ ...pair, source: target.value })}
        />
        <ChoiceField
          label={t("target")}
          value={pair.target}
          options={languages}
          onChange={({ target }) => setPair({ ...pair, target: target.value })}
        />
      </div>
      <div className={css("actions")}>
        <Button icon={FilePlus2} busy={add.isPending} onPress={() => input.current?.click()}>
          {t("bring")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.tsv,.tbx,.xml,.tmx"
          aria-label={t("bring")}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) bring(file);
            target.value = "";
          }}
        />
      </div>
      {add.error && <ErrorNotice error={add.error} />}
    </>
  );
}
