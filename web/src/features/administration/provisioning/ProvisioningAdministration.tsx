/** Directories that make and close accounts; what the groups of one lead to, and whom it leaves orphaned. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useDirectories } from "#/api/directories";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { ConnectDialog } from "./ConnectDialog";
import { DirectoriesTable } from "./DirectoriesTable";
import { GroupsSection } from "./GroupsSection";
import { OrphansSection } from "./OrphansSection";

const css = classes(sheet);

export function ProvisioningAdministration() {
  const t = useTranslations("provisioning");
  const directories = useDirectories();
  const [connecting, setConnecting] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const items = directories.data?.items ?? [];
  const shown = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <>
      <section className={css("section")} aria-labelledby="directories-title">
        <div className={css("head")}>
          <h2 id="directories-title" className={css("title")}>
            {t("directories")}
          </h2>
          <Button look="primary" icon={Plus} onPress={() => setConnecting(true)}>
            {t("connect")}
          </Button>
        </div>
        <p className={css("words")}>{t("words")}</p>
        {directories.error && <ErrorNotice error={directories.error} onRetry={() => void directories.refetch()} />}
        {directories.data && <DirectoriesTable directories={items} onChoose={setChosen} />}
      </section>
      {shown && <GroupsSection key={`groups ${shown.id}`} directory={shown} />}
      {shown && <OrphansSection key={`orphans ${shown.id}`} directory={shown} />}
      {connecting && <ConnectDialog onClose={() => setConnecting(false)} />}
    </>
  );
}
