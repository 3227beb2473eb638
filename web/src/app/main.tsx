// Where the page starts: theme and language of this device, the connection, the shell.
import "../ui/base.css";
import "../ui/parts.css";
import "../ui/forms.css";
import "../ui/split.css";
import "./shell.css";
// Of home and of votes, whose style would be a request of its own.
import "../proposal/card.css";
import "../task/row.css";
import "../home/home.css";
import "../poll/poll.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { speak, preferred } from "../i18n/load";
import { untilDone } from "../sync/backoff";
import { waiting } from "../sync/outbox";
import { connection } from "../sync/socket";
import { follow } from "./newest";
import { start } from "./session";
import { App, fetchPage } from "./shell";
import { applyTheme } from "./theme";

applyTheme();
effect(() => {
  document.documentElement.dataset.connection = connection.value.state;
  document.documentElement.dataset.pending = String(waiting.value.length);
});
/** In a task of its own: whoever asks for a file while all of this is being made makes a browser that is looked into read it
 * once more. */
function begin(): void {
  const root = document.getElementById("app");
  follow().catch(() => {});
  if (location.pathname === "/screen") {
    // A projector: no session of a member, no frame.
    if (root) untilDone(() => import("../screen/main")).then(({ show }) => show(root));
    return;
  }
  fetchPage(location.pathname);
  // /join begins without a session; the page connects once there is one.
  if (location.pathname !== "/join") start();
  if (root) untilDone(() => speak(preferred(), false)).then(() => render(<App />, root));
}
setTimeout(begin);
