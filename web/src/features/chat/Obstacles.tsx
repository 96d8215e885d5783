/** What prevents any question from leaving, said before it is written, with the next step. */
import type { useModels } from "#/api/models";
import { useLevels } from "#/api/sessions";
import type { Level, Model } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { type Categories, chooseModel, isAtMost, lackOf } from "#/features/inference/choice";
import { useQuotaObstacle } from "#/features/quotas/useQuotaObstacle";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";

type Models = ReturnType<typeof useModels>;

interface ObstaclesProps {
  readonly models: Models;
  readonly obstacle: Obstacle | null;
  readonly onModel: (id: string) => void;
}

export interface Obstacle {
  readonly words: string;
  /** The list of models, asked again, may say otherwise. */
  readonly mayPass?: boolean;
  /** The model by which to go on. */
  readonly offer?: Model | null;
  /** The decision of a safeguard that it is. */
  readonly code?: string;
}

export function Obstacles({ models, obstacle, onModel }: ObstaclesProps) {
  const t = useTranslations();
  const again = () => void models.refetch();
  if (models.error && !models.data) return <ErrorNotice error={models.error} onRetry={again} />;
  if (!obstacle) return null;
  const { mayPass, offer, code } = obstacle;
  return (
    <Notice
      meaning="caution"
      actions={
        (mayPass || offer || code) && (
          <>
            {(mayPass || offer) && (
              <Button small onPress={() => (offer ? onModel(offer.id) : again())}>
                {offer ? t("quotas.continueWith", { model: offer.display_name }) : t("shell.tryAgain")}
              </Button>
            )}
            {code && <Contest code={code} />}
          </>
        )
      }
    >
      {obstacle.words}
    </Notice>
  );
}

/** The model that would be asked, and why the question cannot leave: no model at all, or nothing left of its quota. */
export function useChoice(
  models: Models,
  level: Level,
  wanted: string | null,
  categories: Categories,
): { readonly chosen: Model | null; readonly obstacle: Obstacle | null } {
  const lack = useLack(models, level, categories);
  const known = models.data ?? [];
  const chosen = lack === null ? chooseModel(known, level, wanted, categories) : null;
  const quota = useQuotaObstacle(known, level, chosen, categories);
  return { chosen, obstacle: lack ?? quota };
}

/** Why nothing can leave at this level; null when something can, or while the models are not known. */
function useLack(models: Models, level: Level, categories: Categories): Obstacle | null {
  const t = useTranslations("models");
  const { highest_level: highest } = useLevels();
  if (!isAtMost(level, highest)) return { words: t("notApproved"), code: "level_not_allowed" };
  const lack = models.data ? lackOf(models.data, level, categories) : null;
  return lack && { words: t(lack), mayPass: true };
}
