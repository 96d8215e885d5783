/** A switch drawn as an icon: its name is spoken and shown, its state told and seen. */
import type { LucideIcon } from "lucide-react";
import { ToggleButton, type ToggleButtonProps } from "react-aria-components";
import sheet from "./Button.module.css";
import { classes } from "./classes";
import { Tip } from "./Tip";

const css = classes(sheet);

interface ToggleIconProps extends Omit<ToggleButtonProps, "className" | "style" | "children" | "aria-label"> {
  readonly label: string;
  readonly icon: LucideIcon;
}

export function ToggleIcon({ label, icon: Icon, ...rest }: ToggleIconProps) {
  return (
    <Tip words={label}>
      <ToggleButton {...rest} aria-label={label} className={css("button", "iconOnly", "quiet", "toggle")}>
        <Icon aria-hidden="true" className={css("icon")} />
      </ToggleButton>
    </Tip>
  );
}
