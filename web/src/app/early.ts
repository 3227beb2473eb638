// The first file of the page, small and alone: it asks for the words and the page's code before the code that would
// ask for them is here, and opens the connection, its topics in the address, with the first questions on it. What comes back waits in
// window.palabre for socket.ts. Nothing depends on it: without it the same happens, only later.
// What can be asked without the socket goes by /rpc at once, beside its opening, where somebody was here before or
// comes to a vote.
import { preferred } from "../i18n/preferred";
import {
  type Ahead,
  asked,
  exchangePlace,
  firstId,
  openSocket,
  type Question,
} from "../sync/ahead";
import { findTopic, type Hint, readHint, readKept, votesAhead } from "../sync/kept";
import { elementOf } from "./script";
import { topicsOf } from "./topics";

type Words = Record<string, string[]>;
/** Put here by the build (web/build/early.ts). */
declare const __FILES__: {
  words: Words;
  pages: { address: string; files: string[]; words: Words }[];
};
const path = location.pathname;
/** After it the questions go over the socket. */
const patienceMs = 3_000;

function hint(name: string): void {
  if (name.endsWith(".js")) {
    elementOf(name.replace("assets/", ""));
    return;
  }
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "style";
  link.crossOrigin = "";
  link.href = `/${name}`;
  document.head.append(link);
}

function hints(): void {
  const code = preferred();
  const page = __FILES__.pages.find((one) => new RegExp(one.address).test(path));
  const own = page ? [...(page.words[code] ?? []), ...page.files] : [];
  for (const name of [...(__FILES__.words[code] ?? []), ...own]) hint(name);
}

/** What the page will ask in these words; what it does not ask is forgotten. */
function questionsOf(hint: Hint | undefined): Question[] {
  const session = { method: "session.get", params: {} };
  const mine = (poll: string) => ({ method: "ballot.mine", params: { poll } });
  const [, number] = /^\/v\/(\d+)$/.exec(path) ?? [];
  if (number) return [session, { method: "poll.get", params: { id: number } }, mine(number)];
  const polls = path === "/" ? (hint?.polls ?? []) : [];
  return [session, ...polls.slice(0, votesAhead).map((one) => mine(String(one)))];
}

function ask(ahead: Ahead, question: Question): object {
  const one = { ...question, id: firstId + ahead.asked.length };
  ahead.asked.push(one);
  return { jsonrpc: "2.0", ...one };
}

/** Answers as if the socket had brought them. */
async function post(messages: object[], hear: (data: string) => void): Promise<void> {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), patienceMs);
  const answer = await fetch("/rpc", {
    method: "POST",
    credentials: "same-origin",
    signal: patience.signal,
    headers: { "Content-Type": "application/json", "X-Palabre-CSRF": "1" },
    body: JSON.stringify(messages),
  });
  const answers = (await answer.json()) as object[];
  for (const one of answers) hear(JSON.stringify(one));
}

function connect(): void {
  const hint = readHint();
  const topics = topicsOf(path).map(
    (alias) => findTopic(hint, alias) ?? { name: alias, position: 0 },
  );
  // What the page watches stands in the address of the socket.
  const ahead: Ahead = {
    ...openSocket(asked(topics, hint?.epoch)),
    heard: [],
    kept: readKept(),
  };
  window.palabre = ahead;
  const { socket } = ahead;
  const hear = (data: unknown) => {
    ahead.heard.push(data);
    ahead.tell?.();
  };
  socket.onmessage = (event) => hear(event.data);
  socket.onclose = (event) => {
    ahead.closed = event.code;
  };
  // A listener of its own: socket.ts sets onopen, perhaps before the socket is open.
  const opened = new Promise((done) => socket.addEventListener("open", done));
  const messages = questionsOf(hint).map((question) => ask(ahead, question));
  // A vote's question need not wait behind the documents that the opening brings.
  const beside = hint !== undefined || messages.length > 1;
  const sent = beside ? post(messages, hear).then(() => true) : Promise.resolve(false);
  opened.then(async () => {
    if (await sent.catch(() => false)) return;
    for (const message of messages) socket.send(JSON.stringify(message));
  });
}

// Nobody is signed in where one joins, nor on a big screen; where WebSockets do not pass, another way is tried (socket.ts).
let passes = path !== "/join" && path !== "/screen";
try {
  if (sessionStorage.getItem(exchangePlace)) passes = false;
} catch {
  // Without storage there is no memory of it.
}
// The page waits for this (parts.ts), though not for ever.
if (passes && !window.palabreAsked) connect();
window.palabreAsked = true;
// After the socket, whose answer takes the longest, and in a task of its own.
setTimeout(hints);
