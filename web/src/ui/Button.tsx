/** Buttons: one for words, one for an icon whose name is spoken and shown on hover or focus. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import sheet from "./Button.module.css";
import { classes } from "./classes";
import { RefusedButton } from "./RefusedButton";
import { Tip } from "./Tip";

const css = classes(sheet);

type Look = "primary" | "outline" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly look?: Look;
  readonly icon?: LucideIcon;
  readonly small?: boolean;
  readonly wide?: boolean;
  /** Words at the start of the button, as in a list. */
  readonly start?: boolean;
  /** Working on it: stays focused and named, does nothing more. */
  readonly busy?: boolean;
  /** Why it may not be pressed: it then stays reachable, and says so. */
  readonly why?: string | null;
  readonly children: ReactNode;
}

export function Button({ why = null, ...props }: ButtonProps) {
  return why === null ? <PlainButton {...props} /> : <RefusedButton {...props} why={why} />;
}

function PlainButton(props: Omit<ButtonProps, "why">) {
  const { look = "outline", icon: Icon, small, wide, start, busy = false, type, onPress, children, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      type={busy ? "button" : (type ?? "button")}
      {...(onPress && !busy && { onPress })}
      {...(busy && { "aria-disabled": true })}
      data-busy={busy || undefined}
      className={css("button", look, small && "small", wide && "wide", start && "start")}
    >
      {Icon && <Icon aria-hidden="true" className={css("icon")} />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children" | "aria-label"> {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly look?: Look;
  readonly small?: boolean;
  /** The keyboard shortcut, shown with the name. */
  readonly shortcut?: string;
  /** Where the name shows: where it covers nothing that one may want to press next. */
  readonly tip?: "bottom" | "right";
  /** Nothing more that way: it keeps the focus that pressed it so far, and does nothing. */
  readonly ended?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton(props: IconButtonProps) {
  const {
    label,
    icon: Icon,
    look = "quiet",
    small = false,
    shortcut,
    tip = "bottom",
    ended = false,
    ...others
  } = props;
  const { onPress, ...still } = others;
  const rest = ended ? { ...still, "aria-disabled": true, "data-ended": true } : others;
  return (
    <Tip
      placement={tip}
      words={
        <>
          {label}
          {shortcut !== undefined && <kbd className={css("key")}>{shortcut}</kbd>}
        </>
      }
    >
      <AriaButton {...rest} aria-label={label} className={css("button", "iconOnly", look, small && "small")}>
        <Icon aria-hidden="true" className={css("icon")} />
      </AriaButton>
    </Tip>
  );
}
