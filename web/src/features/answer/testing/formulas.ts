/** Formulas in tests: set and drawn at once, or by a worker that runs in the test itself. */
import { drawFormula } from "../formulas/draw";
import type { FormulaAnswer, FormulaRequest } from "../formulas/kinds";
import { answerOf, setFormula } from "../formulas/set";

export function formulaElement(tex: string, display = false): Element | null {
  const drawn = setFormula(tex, display);
  return drawn && drawFormula(drawn);
}

/** Stands for `Worker`: answers as the one of formulas does; others say nothing. */
export class FormulaWorker extends EventTarget {
  readonly address: string;

  constructor(address: string) {
    super();
    this.address = address;
  }

  postMessage(request: FormulaRequest): void {
    if (!this.address.includes("formulas")) return;
    const data: FormulaAnswer = structuredClone({ id: request.id, made: answerOf(request) });
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }

  terminate(): void {
    // Nothing runs outside the test.
  }
}
