/** What prevents any question from leaving, said before it is written, with the next step. */
import type { useModels } from "#/api/models";
import { useLevels } from "#/api/sessions";
import type { Level } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { isAtMost, lackOf } from "#/features/inference/choice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";

type Models = ReturnType<typeof useModels>;

interface ObstaclesProps {
  readonly models: Models;
  readonly obstacle: Obstacle | null;
}

export interface Obstacle {
  readonly words: string;
  /** The list of models, asked again, may say otherwise. */
  readonly mayPass: boolean;
}

export function Obstacles({ models, obstacle }: ObstaclesProps) {
  const t = useTranslations("shell");
  const again = () => void models.refetch();
  if (models.error && !models.data) return <ErrorNotice error={models.error} onRetry={again} />;
  if (!obstacle) return null;
  return (
    <Notice
      meaning="caution"
      actions={
        obstacle.mayPass && (
          <Button small onPress={again}>
            {t("tryAgain")}
          </Button>
        )
      }
    >
      {obstacle.words}
    </Notice>
  );
}

/** Why nothing can leave at this level; null when something can, or while the models are not known. */
export function useObstacle(models: Models, level: Level): Obstacle | null {
  const t = useTranslations("models");
  const { highest_level: highest } = useLevels();
  if (!isAtMost(level, highest)) return { words: t("notApproved"), mayPass: false };
  const lack = models.data ? lackOf(models.data, level) : null;
  return lack && { words: t(lack), mayPass: true };
}
