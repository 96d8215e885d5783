/** The plan before anything leaves: read, changed, confirmed. What is shown is, word for word, what leaves. */
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { useConfirmResearch, useResearchOffer } from "#/api/research";
import type { Research, ResearchAllowed } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { BudgetFields } from "./BudgetFields";
import { allowed, type DraftItem, draftOf, leaving, MOST_ITEMS, newItem, planOf } from "./draft";
import { ItemFields } from "./ItemFields";
import sheet from "./research.module.css";

const css = classes(sheet);

export function PlanEditor({ research }: { readonly research: Research }) {
  const t = useTranslations("research.plan");
  const [items, setItems] = useState<readonly DraftItem[]>(() => draftOf(research));
  const [budget, setBudget] = useState<ResearchAllowed>(() => allowed(research.budget));
  const { data: offer } = useResearchOffer();
  const confirm = useConfirmResearch(research.id);
  const plan = planOf(items);
  const first = research.where[0] ?? "web";
  const change = (changed: DraftItem) => setItems(items.map((one) => (one.key === changed.key ? changed : one)));
  return (
    <form
      className={css("section")}
      aria-labelledby="research-plan"
      onSubmit={(event) => {
        event.preventDefault();
        if (plan.length > 0) confirm.mutate({ items: plan, budget });
      }}
    >
      <h3 id="research-plan" className={css("subtitle")}>
        {t("title")}
      </h3>
      <p className={css("about")}>{t("about", { leaving: leaving(plan) })}</p>
      {research.plan_by === "code" && <Notice>{t("byCode")}</Notice>}
      <ol className={css("items")}>
        {items.map((item, place) => (
          <ItemFields
            key={item.key}
            item={item}
            place={place + 1}
            where={research.where}
            onChange={change}
            onRemove={() => setItems(items.filter(({ key }) => key !== item.key))}
          />
        ))}
      </ol>
      {items.length < MOST_ITEMS && (
        <div>
          <Button icon={Plus} onPress={() => setItems([...items, newItem(first)])}>
            {t("addItem")}
          </Button>
        </div>
      )}
      {offer && <BudgetFields budget={budget} most={offer.most} onChange={setBudget} />}
      {confirm.error && <ErrorNotice error={confirm.error} />}
      <div className={css("actions")}>
        <Button
          look="primary"
          type="submit"
          icon={Search}
          busy={confirm.isPending}
          why={plan.length === 0 ? t("empty") : null}
        >
          {t("confirm")}
        </Button>
      </div>
    </form>
  );
}
