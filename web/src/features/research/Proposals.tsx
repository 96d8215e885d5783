/** Searches that the model would make next: none leaves unless the person reads it, keeps it, and confirms. */
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { useAddSearches, useResearchOffer } from "#/api/research";
import type { Research, ResearchAllowed } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { BudgetFields } from "./BudgetFields";
import { allowed, type DraftItem, newItem, newQuery, planOf, raised } from "./draft";
import { ItemFields } from "./ItemFields";
import sheet from "./research.module.css";

const css = classes(sheet);
const ENDED: ReadonlySet<Research["state"]> = new Set(["done", "partial", "stopped", "failed"]);

export function Proposals({ research }: { readonly research: Research }) {
  const t = useTranslations("research.more");
  const first = research.where[0] ?? "web";
  const [item, setItem] = useState<DraftItem | null>(null);
  const begin = () => {
    const queries = research.proposals.map(({ where, words }) => newQuery(where, words));
    setItem({ ...newItem(first), question: t("question"), ...(queries.length > 0 && { queries }) });
  };
  if (!ENDED.has(research.state) || research.items.length === 0) return null;
  return (
    <section className={css("part")} aria-labelledby="research-more">
      <h3 id="research-more" className={css("subtitle")}>
        {t("title")}
      </h3>
      <p className={css("about")}>
        {research.proposals.length > 0 ? t("proposed", { count: research.proposals.length }) : t("about")}
      </p>
      {item === null ? (
        <div>
          <Button icon={Plus} onPress={begin}>
            {t("begin")}
          </Button>
        </div>
      ) : (
        <MoreForm research={research} item={item} onChange={setItem} onGone={() => setItem(null)} />
      )}
    </section>
  );
}

interface MoreFormProps {
  readonly research: Research;
  readonly item: DraftItem;
  readonly onChange: (item: DraftItem) => void;
  readonly onGone: () => void;
}

function MoreForm({ research, item, onChange, onGone }: MoreFormProps) {
  const t = useTranslations("research.more");
  const { data: offer } = useResearchOffer();
  const [chosen, setBudget] = useState<ResearchAllowed | null>(null);
  const add = useAddSearches(research.id);
  const [planned] = planOf([item]);
  const budget = chosen ?? (offer ? raised(research.budget, offer.most) : allowed(research.budget));
  return (
    <form
      className={css("section")}
      onSubmit={(event) => {
        event.preventDefault();
        if (planned) add.mutate({ item: planned, budget }, { onSuccess: onGone });
      }}
    >
      <ul className={css("items")}>
        <ItemFields item={item} place={1} where={research.where} onChange={onChange} onRemove={onGone} />
      </ul>
      {offer && <BudgetFields budget={budget} most={offer.most} onChange={setBudget} />}
      {add.error && <ErrorNotice error={add.error} />}
      <div className={css("actions")}>
        <Button look="primary" type="submit" icon={Search} busy={add.isPending} why={planned ? null : t("empty")}>
          {t("confirm")}
        </Button>
      </div>
    </form>
  );
}
