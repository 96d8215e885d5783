/** A button that may not be pressed and says why: to the eye on hover, focus or press, and to whoever listens. */
import { useId } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { ButtonProps } from "./Button";
import sheet from "./Button.module.css";
import { classes } from "./classes";
import { useLive } from "./Live";
import { Tip } from "./Tip";

const css = classes(sheet);

interface RefusedButtonProps extends Pick<ButtonProps, "look" | "icon" | "small" | "children" | "aria-label"> {
  readonly why: string;
}

export function RefusedButton({
  look = "outline",
  icon: Icon,
  small = false,
  why,
  children,
  ...rest
}: RefusedButtonProps) {
  const reason = useId();
  const { toast } = useLive();
  return (
    <>
      <Tip delay={300} within="[role=dialog], main" words={why}>
        <AriaButton
          {...(rest["aria-label"] === undefined ? {} : { "aria-label": rest["aria-label"] })}
          aria-disabled
          aria-describedby={reason}
          onPress={({ pointerType }) => pointerType === "touch" && toast({ words: why })}
          className={css("button", look, small && "small", "refused")}
        >
          {Icon && <Icon aria-hidden="true" className={css("icon")} />}
          {children}
        </AriaButton>
      </Tip>
      <span id={reason} hidden>
        {why}
      </span>
    </>
  );
}
