/** How many documents are chosen, and what may be done with all of them. */
import { FolderInput, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { Collection } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./collections.module.css";
import { MoveDialog } from "./MoveDialog";
import { RemoveDialog } from "./RemoveDialog";
import type { Chosen } from "./useChosen";

const css = classes(sheet);

/** Where the focus goes once nothing is chosen: this bar is then gone. */
export const DOCUMENTS_TITLE = "documents-title";

interface ChoiceBarProps {
  readonly collection: Collection;
  readonly chosen: Chosen;
  readonly folders: readonly string[];
}

export function ChoiceBar({ collection: { id }, chosen, folders }: ChoiceBarProps) {
  const t = useTranslations("collections.choice");
  const [asked, ask] = useState<"move" | "remove" | null>(null);
  const close = () => ask(null);
  const { documents } = chosen;
  const clear = () => {
    chosen.clear();
    document.getElementById(DOCUMENTS_TITLE)?.focus();
  };
  if (documents.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields.
    <div role="group" aria-label={t("label")} className={css("choice")}>
      <span className={css("choiceCount")}>{t("count", { count: documents.length })}</span>
      <Button small icon={FolderInput} onPress={() => ask("move")}>
        {t("move")}
      </Button>
      <Button small icon={Trash2} onPress={() => ask("remove")}>
        {t("remove")}
      </Button>
      <Button small look="quiet" icon={X} onPress={clear}>
        {t("clear")}
      </Button>
      {asked === "move" && (
        <MoveDialog collection={id} documents={documents} folders={folders} onClose={close} onDone={clear} />
      )}
      {asked === "remove" && <RemoveDialog collection={id} documents={documents} onClose={close} onDone={clear} />}
    </div>
  );
}
