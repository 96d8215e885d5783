/** Something laid over the page, fetched when it is first opened; a fetch that fails closes it, and is told. */
import type { ComponentType } from "react";
import { late, useLate } from "./late";

interface Closable {
  readonly onClose: () => void;
}

export function lateOverlay<Module, Props extends Closable>(
  code: () => Promise<Module>,
  choose: (module: Module) => ComponentType<Props>,
): ComponentType<Props> {
  const part = late(code);
  return function LateOverlay(props: Props) {
    const module = useLate(part, true, props.onClose);
    if (!module) return null;
    const Overlay = choose(module);
    return <Overlay {...props} />;
  };
}
