/** The words beside a button on hover or focus; what draws them is fetched with the first ones. */
import { type ReactNode, type RefObject, useRef } from "react";
import { FocusableProvider } from "react-aria/private/interactions/useFocusable";
import { type TooltipAria, useTooltipTrigger } from "react-aria/useTooltipTrigger";
import { type TooltipTriggerState, useTooltipTriggerState } from "react-stately/useTooltipTriggerState";
import { late, useLate } from "./late";

export const tipParts = late(() => import("./TipParts"));

interface TipProps {
  /** The button. */
  readonly children: ReactNode;
  readonly words: ReactNode;
  readonly placement?: "bottom" | "right";
  /** Milliseconds before it shows. */
  readonly delay?: number;
  /** Where it is drawn, as a selector: inside a landmark, as everything that shows. */
  readonly within?: string;
}

export interface ShownTipProps extends Pick<TipProps, "words" | "placement" | "within"> {
  readonly state: TooltipTriggerState;
  readonly button: RefObject<HTMLElement | null>;
  readonly about: TooltipAria["tooltipProps"];
}

const QUIETLY = { quiet: true } as const;

/** As TooltipTrigger of React Aria does, whose module brings all that placing words needs. */
export function Tip({ children, words, placement = "bottom", delay = 500, within = "main" }: TipProps) {
  const button = useRef<HTMLElement>(null);
  const options = { delay, closeDelay: 0 };
  const state = useTooltipTriggerState(options);
  const { triggerProps, tooltipProps } = useTooltipTrigger(options, state, button);
  const parts = useLate(tipParts, state.isOpen, () => state.close(true), QUIETLY);
  return (
    <>
      <FocusableProvider {...triggerProps} ref={button}>
        {children}
      </FocusableProvider>
      {parts && <parts.ShownTip {...{ state, button, words, placement, within }} about={tooltipProps} />}
    </>
  );
}
