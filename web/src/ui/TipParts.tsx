/** What draws the words beside a button. */
import { UNSAFE_PortalProvider } from "react-aria/PortalProvider";
import {
  Provider,
  Tooltip,
  TooltipContext,
  type TooltipProps,
  TooltipTriggerStateContext,
} from "react-aria-components";
import sheet from "./Button.module.css";
import { classes } from "./classes";
import type { ShownTipProps } from "./Tip";

const css = classes(sheet);

export function ShownTip({ state, button, about, words, placement = "bottom", within = "main" }: ShownTipProps) {
  return (
    <Provider
      values={[
        [TooltipTriggerStateContext, state],
        [TooltipContext, { ...(about as TooltipProps), triggerRef: button }],
      ]}
    >
      <UNSAFE_PortalProvider getContainer={() => document.querySelector(within) ?? document.body}>
        <Tooltip offset={6} placement={placement} className={css("tip")}>
          {words}
        </Tooltip>
      </UNSAFE_PortalProvider>
    </Provider>
  );
}
