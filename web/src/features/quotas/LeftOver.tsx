/** Quietly, beside the notice on AI: what is left of the quota nearest to its end, for the model about to be asked. */
import { useAllowances } from "#/api/quotas";
import { concerning, isNearEnd, usedUp } from "./allowance";
import { useAllowanceWords } from "./useAllowanceWords";

interface LeftOverProps {
  readonly modelId: string;
  /** How it shows once little is left. */
  readonly nearEnd: string | undefined;
}

export function LeftOver({ modelId, nearEnd }: LeftOverProps) {
  const { data } = useAllowances();
  const { left } = useAllowanceWords();
  const nearest = concerning(data ?? [], modelId)[0];
  // Above the composer, what is used up is told as what holds the question back.
  if (!nearest || usedUp(data ?? [], modelId)) return null;
  return (
    <>
      {" · "}
      <span className={isNearEnd(nearest) ? nearEnd : undefined}>{left(nearest)}</span>
    </>
  );
}
