/** Where a conversation will be, for the instant before it is drawn: the frame of its composer, in its place. */
import { classes } from "#/ui/classes";
import composerSheet from "./Composer.module.css";
import sheet from "./Conversation.module.css";

const css = classes(sheet);
const composer = classes(composerSheet);

export function ComingConversation() {
  return (
    <div className={css("conversation")} aria-hidden="true">
      <div />
      <div className={composer("gutter")}>
        <div className={composer("dock", "coming")}>
          <div className={composer("composer")} />
        </div>
      </div>
    </div>
  );
}
