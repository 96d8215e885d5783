/** Who may sign in, and who has been invited. */
import { Upload, UserPlus } from "lucide-react";
import { useState } from "react";
import { usePersons } from "#/api/persons";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./administration.module.css";
import { InvitationsTable } from "./InvitationsTable";
import { InviteDialog } from "./InviteDialog";
import { ImportDialog } from "./imports/ImportDialog";
import { PersonsTable } from "./PersonsTable";

const css = classes(sheet);

export function PersonsAdministration() {
  const t = useTranslations("administration");
  const [words, setWords] = useState("");
  const [importing, setImporting] = useState(false);
  const [inviting, setInviting] = useState(false);
  const persons = usePersons(useSettled(words.trim()));
  return (
    <>
      <section className={css("section")} aria-labelledby="persons-title">
        <div className={css("head")}>
          <h2 id="persons-title" className={css("title")}>
            {t("persons")}
          </h2>
          <div className={css("buttons")}>
            <Button icon={Upload} onPress={() => setImporting(true)}>
              {t("import")}
            </Button>
            <Button look="primary" icon={UserPlus} onPress={() => setInviting(true)}>
              {t("invite")}
            </Button>
          </div>
        </div>
        <div className={css("filter")}>
          <Field
            label={t("searchPersons")}
            type="text"
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
        {persons.error && <ErrorNotice error={persons.error} onRetry={() => void persons.refetch()} />}
        {persons.data && <PersonsTable persons={persons.data.pages.flatMap((page) => page.items)} />}
        {persons.hasNextPage && (
          <Button isDisabled={persons.isFetchingNextPage} onPress={() => void persons.fetchNextPage()}>
            {t("morePersons")}
          </Button>
        )}
      </section>
      <section className={css("section")} aria-labelledby="invitations-title">
        <h2 id="invitations-title" className={css("title")}>
          {t("invitations")}
        </h2>
        <InvitationsTable />
      </section>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
