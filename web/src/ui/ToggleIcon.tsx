/** A switch drawn as an icon: its name is spoken and shown, its state told and seen. */
import type { LucideIcon } from "lucide-react";
import { UNSAFE_PortalProvider } from "react-aria/PortalProvider";
import { ToggleButton, type ToggleButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";
import sheet from "./Button.module.css";
import { classes } from "./classes";

const css = classes(sheet);

interface ToggleIconProps extends Omit<ToggleButtonProps, "className" | "style" | "children" | "aria-label"> {
  readonly label: string;
  readonly icon: LucideIcon;
}

export function ToggleIcon({ label, icon: Icon, ...rest }: ToggleIconProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <ToggleButton {...rest} aria-label={label} className={css("button", "iconOnly", "quiet", "toggle")}>
        <Icon aria-hidden="true" className={css("icon")} />
      </ToggleButton>
      <UNSAFE_PortalProvider getContainer={() => document.querySelector("main") ?? document.body}>
        <Tooltip offset={6} className={css("tip")}>
          {label}
        </Tooltip>
      </UNSAFE_PortalProvider>
    </TooltipTrigger>
  );
}
