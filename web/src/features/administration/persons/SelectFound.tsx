/** Everybody that the filters find, and not only those shown: fetched then, so that each is named in what follows. */
import { useEveryPerson, type WantedPersons } from "#/api/persons";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import type { Selection } from "./useSelection";

const MOST = 5000;

interface SelectFoundProps {
  readonly wanted: WantedPersons;
  readonly selection: Selection;
}

export function SelectFound({ wanted, selection }: SelectFoundProps) {
  const t = useTranslations("persons");
  const words = useErrorWords();
  const { toast, announce } = useLive();
  const every = useEveryPerson(wanted, MOST);
  const select = () =>
    void every.mutateAsync().then(
      ({ persons, whole }) => {
        selection.set(persons, true);
        if (whole) announce(t("selected", { count: persons.length }));
        else toast({ words: t("selectedFirst", { count: persons.length }) });
      },
      (error: unknown) => toast({ words: words(error) }),
    );
  return (
    <Button small look="quiet" busy={every.isPending} onPress={select}>
      {t("selectFound")}
    </Button>
  );
}
