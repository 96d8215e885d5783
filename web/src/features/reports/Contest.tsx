/** Contest it, where a code is the decision of a safeguard; nothing where it is another error. */
import { ContestButton } from "./ContestButton";
import { isSafeguard } from "./safeguards";

interface ContestProps {
  readonly code: string;
  readonly turnId?: string | null;
}

export function Contest({ code, turnId = null }: ContestProps) {
  return isSafeguard(code) ? <ContestButton about={code} turnId={turnId} /> : null;
}
