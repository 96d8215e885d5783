/** Asks for one name: of a conversation, of a folder. */
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "./list.module.css";

const css = classes(sheet);

interface NameDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly label: string;
  readonly initial: string;
  readonly maxLength: number;
  readonly onSave: (name: string) => void;
}

export function NameDialog({ isOpen, onClose, title, label, initial, maxLength, onSave }: NameDialogProps) {
  const t = useTranslations("shell");
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} closeLabel={t("close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const name = submitted<"name">(event).name.trim();
          if (name !== "" && name !== initial) onSave(name);
          onClose();
        }}
      >
        <Field
          label={label}
          name="name"
          defaultValue={initial}
          maxLength={maxLength}
          autoFocus
          required
          onFocus={(event) => event.target.select()}
        />
        <DialogButtons>
          <Button onPress={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary">
            {t("save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
