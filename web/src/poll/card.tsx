// The vote card: one component for every state of a vote as one voter meets it. It shows only what was
// decoded from the signed definition, freezes while signing, and says "recorded" only after checking
// the receipt. Nothing anybody else does renders the choice again.
import { batch, type Signal, signal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { isMember, session } from "../app/session";
import type { Bytes } from "../ballot/bytes";
import { decodeYesNo, encodeYesNo, type YesNo } from "../ballot/yes-no";
import { type Definition, flag, wordingIn } from "../ballot/definition";
import { clearRefusal, type Kept, loadReceipt, receipts, refusals } from "../ballot/receipts";
import { alarm } from "../ballot/record";
import { fetchWarning } from "../ballot/warn";
import type { Methods, Poll } from "../generated/api";
import { groupName } from "../group/names";
import { unbroken } from "../i18n/format";
import { clock, fullDate, language, number, pick, reasonText, relative, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { untilDone } from "../sync/backoff";
import { useTopic } from "../sync/feed";
import { waiting } from "../sync/outbox";
import { answeringConnection, call, connection, serverNow } from "../sync/socket";
import { RpcError } from "../sync/rpc";
import { useHeldFocus } from "../ui/held-focus";
import { Icon, type IconName } from "../ui/icons";
import { useLater } from "../ui/later";
import { Chip, Late } from "../ui/parts";
import { announce, notifyError } from "../ui/toast";
import { saveFile } from "../ui/save";
import { definitions, type Known, learnDefinition } from "./definition";
import { noteVoted } from "../practice/voted";
import { ruleSentences } from "./rule";
import { type VoteState, voteState } from "./state";

type Mine = Methods["ballot.mine"]["result"];
const choiceIcons: Record<YesNo, IconName> = {
  yes: "yes",
  no: "no",
  abstain: "abstain",
  blank: "blank",
};

function choicesOf(definition: Definition): YesNo[] {
  const list: YesNo[] = ["yes", "no"];
  if (definition.flags & flag.abstain) list.push("abstain");
  if (definition.flags & flag.blank) list.push("blank");
  return list;
}

/** What is chosen on the card so far. */
export interface Draft {
  /** null: nothing yet that could be signed. */
  choice: Signal<Bytes | null>;
  note: Signal<string>;
  /** The person wanted to sign and could not: what is missing is said. */
  told: Signal<boolean>;
}

/** What draws ballots of other methods than yes-no, and says what they hold: fetched with the first of them. */
const parts = signal<typeof import("./ballot/parts") | null>(null);
/** What is said of a vote of a meeting. */
async function fetchHall() {
  return (await Promise.all([import("../meeting/hall"), words("meeting")]))[0];
}
type Hall = typeof import("../meeting/hall");
/** What says why a question was refused, with its words. */
async function fetchTelling() {
  return (await Promise.all([import("../ui/asked"), words("pages")]))[0];
}
type Telling = Pick<typeof import("../ui/asked"), "Awaited">;
/** What signs, and checks receipts: after what is read, which nobody signs sooner. */
async function fetchCast() {
  const cast = await import("../ballot/cast");
  cast.maySign().catch(() => {});
  return cast;
}
async function learnParts(): Promise<void> {
  if (parts.peek()) return;
  parts.value = (await Promise.all([import("./ballot/parts"), words("ballot")]))[0];
}

async function takeIt(poll: string, receipt: string, note: Parameters<Take>[3]): Promise<void> {
  const { takeReceipt } = await fetchCast();
  await takeReceipt(poll, receipt, undefined, note);
}
type Take = typeof import("../ballot/cast")["takeReceipt"];

/** Enter chooses what it stands on; it signs only on the button, or with Ctrl. */
function onEnter(event: KeyboardEvent, sign: () => void): void {
  if (event.key !== "Enter" || event.defaultPrevented) return;
  const field = event.target instanceof HTMLInputElement ? event.target : null;
  if (event.ctrlKey || event.metaKey) sign();
  else if (field) {
    event.preventDefault();
    if (/checkbox|radio/.test(field.type)) field.click();
  }
}

/** Receipts are compared by eye through eight characters of their seal. */
function shortCode(file: string): string {
  const lines = file.trim().split("\n");
  const root = lines[lines.length - 3] ?? "";
  const code = root
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 8)
    .toUpperCase();
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

function Choice({
  value,
  chosen,
  onChoose,
  disabled,
}: {
  value: YesNo;
  chosen: YesNo | null;
  onChoose: (choice: YesNo) => void;
  disabled: boolean;
}) {
  return (
    <label class={`choice ${value}`}>
      <input
        type="radio"
        name="choice"
        data-test={`choice-${value}`}
        checked={chosen === value}
        disabled={disabled}
        onChange={() => onChoose(value)}
      />
      <span class="choice-mark">
        <Icon name={choiceIcons[value]} size={22} />
      </span>
      <span class="choice-word">{t(`choice-${value}`)}</span>
    </label>
  );
}

function YesNoChoices({ known, draft, busy }: { known: Known; draft: Draft; busy: boolean }) {
  const chosen = draft.choice.value && decodeYesNo(draft.choice.value);
  return (
    <fieldset class="choices">
      <legend>{t("your-answer")}</legend>
      {choicesOf(known.definition).map((value) => (
        <Choice
          key={value}
          value={value}
          chosen={chosen}
          onChoose={() => {
            draft.choice.value = encodeYesNo(value);
          }}
          disabled={busy}
        />
      ))}
    </fieldset>
  );
}

function Ballot({
  known,
  draft,
  before,
  busy,
  onSign,
  onCancel,
}: {
  known: Known;
  draft: Draft;
  /** The recorded ballot that is being changed. */
  before: Kept | undefined;
  busy: boolean;
  onSign: () => void;
  onCancel: (() => void) | undefined;
}) {
  const other = known.definition.form !== 2 && parts.value;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSign();
      }}
      onKeyDown={(event) => onEnter(event, onSign)}
    >
      {other ? (
        <other.Fields definition={known.definition} draft={draft} before={before} busy={busy} />
      ) : (
        <YesNoChoices known={known} draft={draft} busy={busy} />
      )}
      <button
        type="submit"
        class="button primary big sign"
        data-test="sign-ballot"
        disabled={(!other && draft.choice.value === null) || busy}
        aria-busy={busy}
      >
        <Icon name="key" /> {busy ? t("signing") : t("sign-ballot")}
      </button>
      {onCancel && !busy && (
        <button type="button" class="button quiet" onClick={onCancel}>
          {t("keep-ballot")}
        </button>
      )}
      <p class="hint">{t("sign-hint")}</p>
    </form>
  );
}

function Receipt({
  kept,
  poll,
  state,
  known,
}: {
  kept: Kept;
  poll: Poll;
  state: VoteState;
  known: Known | undefined;
}) {
  const other = known && known.definition.form !== 2 && parts.value;
  const choice = other ? null : decodeYesNo(kept.choice);
  const closed = state === "closed";
  return (
    <div class="receipt" data-test="receipt" data-checked={kept.checked ? "yes" : "no"}>
      <p class="receipt-head">
        <span class="receipt-mark">
          <Icon name="done" size={24} />
        </span>
        <strong>
          {state === "changed"
            ? t("changed-at", { time: clock(kept.timeMs), count: kept.counter })
            : closed
              ? t("was-recorded", { time: fullDate(kept.timeMs) })
              : t("recorded-at", { time: clock(kept.timeMs) })}
        </strong>
      </p>
      <dl class="receipt-facts">
        {other && <other.Chosen definition={known.definition} kept={kept} />}
        {choice && (
          <div>
            <dt>{t("your-answer")}</dt>
            <dd data-test="chosen">
              <Icon name={choiceIcons[choice]} size={18} /> {t(`choice-${choice}`)}
            </dd>
          </div>
        )}
        <div>
          <dt>{t("receipt")}</dt>
          <dd class="code">{shortCode(kept.file)}</dd>
        </div>
        <div>
          <dt>{t("receipt-entry")}</dt>
          <dd>{number(kept.seq)}</dd>
        </div>
      </dl>
      <p class="hint">{t("receipt-checked")}</p>
      <details class="more">
        <summary>{t("receipt-more")}</summary>
        <p class="hint">{t("receipt-warning")}</p>
        <button
          type="button"
          class="button small"
          data-test="receipt-download"
          onClick={() => saveFile(`palabre-${poll.number}.tlog-proof`, kept.file)}
        >
          <Icon name="down" size={18} /> {t("receipt-save")}
        </button>
      </details>
    </div>
  );
}

/** A vote with a date closes on the page too, whether or not the server can be heard. */
function useOver(closesMs: number): boolean {
  const over = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const leftMs = closesMs - serverNow();
      over.value = closesMs > 0 && leftMs <= 0;
      // Later than that no timer goes off.
      if (leftMs > 0) timer = setTimeout(look, Math.min(leftMs, 2 ** 30));
    };
    look();
    return () => clearTimeout(timer);
  }, [closesMs]);
  return over.value;
}

function Facts({ known, poll }: { known: Known | undefined; poll: Poll }) {
  const mode = known ? (known.definition.mode === 1 ? "named" : "confidential") : poll.mode;
  return (
    <ul class="vote-facts">
      <li>
        <Icon name={mode === "named" ? "eye" : "lock"} size={18} />
        {t(`mode-${mode}`)}
      </li>
      {(poll.closes_ms ?? 0) > 0 && poll.state === "open" && !poll.meeting && (
        <li>
          <Icon name="clock" size={18} />
          <span>
            {t("closes-at", { date: fullDate(poll.closes_ms ?? 0) })} (
            {relative(poll.closes_ms ?? 0, serverNow())})
          </span>
        </li>
      )}
      {known?.definition.body === 1 && known.definition.kind === 1 && (
        <li>
          <Icon name="people" size={18} />
          {t("body-members")}
        </li>
      )}
      {(poll.groups?.length ?? 0) > 0 && (
        <li data-test="poll-groups">
          <Icon name="people" size={18} />
          <span>
            {t("body-group", {
              names: poll.groups?.map((one) => groupName(one).text).join(", ") ?? "",
            })}
          </span>
        </li>
      )}
      {known && (
        <li>
          <Icon name="ready" size={18} />
          <span>
            {known.definition.form !== 2 && parts.value?.methodText(known.definition)}{" "}
            {ruleSentences(known.definition).join(" ")}
          </span>
        </li>
      )}
      {poll.rule.checked === false && (
        <li data-test="rule-not-checked">
          <Icon name="warn" size={18} />
          {t("rule-not-checked")}
        </li>
      )}
    </ul>
  );
}

/** Learns what the card needs and keeps it current. */
function useVote(poll: Poll | undefined) {
  const mine = useSignal<Mine | undefined>(undefined);
  /** Why the card cannot be drawn, and what says so. */
  const refused = useSignal<({ refusal: unknown } & Telling) | undefined>(undefined);
  const tries = useSignal(0);
  const id = poll?.id ?? "";
  const number = String(poll?.number ?? "");
  const state = poll?.state;
  const method = poll?.method;
  const receipt = receipts.value.get(id);
  const checked = receipt?.checked === true;
  useEffect(() => {
    if (checked) noteVoted();
  }, [checked]);
  const refusal = refusals.value.get(id);
  const up = connection.value.state === "up";
  // Whoever comes or goes meanwhile is asked about anew.
  const there = useTopic("me")
    .all("attendance")
    .find((one) => one.meeting === poll?.meeting?.id)?.present;
  const asked = useRef({ id: "", why: "", turns: 0, taken: 0, counter: 0 });
  // A ballot that the answer knows of raises no question: its receipt was only read from the device.
  const counter = receipt?.counter ?? 0;
  const answered = mine.value?.counter ?? counter;
  // Before the card is drawn: what is asked has often been answered already, and one drawing is enough.
  useLayoutEffect(() => {
    if (!id || !state || !session.value) return;
    if (asked.current.id !== id) {
      asked.current = { id, why: "", turns: 0, taken: 0, counter: 0 };
      mine.value = refused.value = undefined;
    }
    const about = asked.current;
    // What is asked before a connection is there is answered on it.
    const why = [answeringConnection(), state, there, refusal].join();
    if (counter === answered) about.counter = counter;
    if (why === about.why && counter === about.counter) return;
    about.why = why;
    about.counter = counter;
    const turn = ++about.turns;
    const learn = async () => {
      // All at once: over a slow network each answer takes its time.
      const [found] = await Promise.all([
        call("ballot.mine", { poll: number }, true),
        loadReceipt(id),
        state !== "draft" && learnDefinition(id, session.peek()?.org ?? "", number),
        method !== "yes-no" && untilDone(learnParts),
      ]);
      // The last answer that came stands, until one to a later question does.
      if (about !== asked.current || turn < about.taken) return;
      about.taken = turn;
      mine.value = found;
      refused.value = undefined;
      const known = receipts.peek().get(id);
      if (found.receipt && (!known?.checked || known.counter < found.counter))
        await untilDone(() => takeIt(id, found.receipt ?? "", found.ballot?.note));
    };
    learn().catch(async (error) => {
      about.why = "";
      if (!(error instanceof RpcError)) return;
      const drawn = mine.peek() && typeof definitions.peek().get(id) === "object";
      if (drawn) return notifyError(error);
      const telling = await untilDone(fetchTelling);
      if (about === asked.current) refused.value = { refusal: error, ...telling };
    });
  }, [id, state, up, there, counter, answered, refusal, tries.value]);
  const again = () => {
    refused.value = undefined;
    tries.value++;
  };
  return { mine, receipt, unanswered: refused.value && { ...refused.value, again } };
}

/** The ballot of this vote that waits for its answer, on this page or from an earlier one. */
function useSending(poll: string) {
  const now = useSignal(Date.now());
  const entry = useComputed(() =>
    waiting.value.find((one) => one.method === "ballot.cast" && one.params.poll === poll),
  );
  const since = entry.value ? Math.max(0, now.value - entry.value.atMs) : 0;
  const pending = entry.value !== undefined;
  useEffect(() => {
    if (!pending) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 200);
    return () => clearInterval(timer);
  }, [pending]);
  return { pending, since };
}

function Message({
  icon,
  tone,
  title,
  children,
  test,
}: {
  icon: IconName;
  tone: string;
  title: string;
  children?: ComponentChildren;
  test?: string;
}) {
  return (
    <div class={`vote-message ${tone}`} data-test={test}>
      <Icon name={icon} size={26} />
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        {children}
      </div>
    </div>
  );
}

export function VoteCard({
  poll,
  settled,
  within = false,
}: {
  poll: Poll | undefined;
  /** One of several on a page that has a heading of its own. */
  within?: boolean;
  /** Set once the card has what it needs. */
  settled: Signal<boolean>;
}) {
  const id = poll?.id ?? "";
  const { mine, receipt, unanswered } = useVote(poll);
  const { pending, since } = useSending(id);
  const signing = useSignal(false);
  const changing = useSignal(false);
  const draft: Draft = {
    choice: useSignal<Bytes | null>(null),
    note: useSignal(""),
    told: useSignal(false),
  };
  const clear = () => {
    draft.choice.value = null;
    draft.note.value = "";
    draft.told.value = false;
  };
  const devices = useTopic("me").all("device");
  const fetched = definitions.value.get(id) ?? "loading";
  const known = typeof fetched === "object" ? fetched : undefined;
  const drawn = known && (known.definition.form === 2 || parts.value);
  const refusal = refusals.value.get(id);
  const hall = useLater(fetchHall, poll?.meeting !== undefined);
  useLater(fetchCast);
  const state = voteState({
    poll,
    over: useOver((poll?.state === "open" && poll.closes_ms) || 0),
    definition: drawn ? "good" : fetched === "bad" ? "bad" : "loading",
    mine: mine.value,
    step: signing.value ? "signing" : pending ? "sending" : "idle",
    sinceSentMs: since,
    refusal,
    receipt,
    changing: changing.value,
    alarm: alarm.value !== null && !alarm.value.looked,
  });
  useEffect(() => {
    if (state === "recorded" || state === "changed") announce("ballot", t("recorded-title"));
    if (state === "unconfirmed") announce("ballot", t("unconfirmed-title"));
    if (state !== "loading" || unanswered) settled.value = true;
  }, [state, unanswered?.refusal]);

  // Too late for the close before: what was refused then may be cast now.
  const reopenedMs = poll?.reopened?.at_ms;
  useEffect(() => {
    if (reopenedMs && refusals.peek().get(id) === "poll.closed") clearRefusal(id);
  }, [reopenedMs]);

  const sign = async () => {
    const here = session.peek();
    const choice = draft.choice.peek();
    if (!known || !here || !mine.value || signing.value) return;
    draft.told.value = choice === null;
    if (!choice) return;
    signing.value = true;
    try {
      const { castBallot, maySign, readySigner, signBallot } = await fetchCast();
      if (!(await maySign())) {
        signing.value = false;
        return;
      }
      const { signer, enrolled } = await readySigner(here.org, here.member, devices);
      enrolled.catch(notifyError);
      const last = Math.max(mine.value.counter, receipt?.counter ?? 0);
      const signed = await signBallot({
        ...{ org: here.org, definition: known.definition, pollHash: known.hash, signer },
        ...{ counter: last + 1, weight: mine.value.weight, choice },
        note: draft.note.peek(),
      });
      batch(() => {
        castBallot(signed);
        signing.value = false;
        changing.value = false;
        clear();
      });
    } catch (error) {
      signing.value = false;
      notifyError(error);
    }
  };

  // Whoever signed with a key stays at this vote.
  const place = useRef<HTMLElement>(null);
  useHeldFocus(place);

  if (!poll) return null;
  const Heading = within ? "h3" : "h1";
  // The class of what is loading is that of the bones in its place: what stands already would move.
  const face = state === "loading" ? "" : state;
  const stands = settled.value || known !== undefined || state !== "loading";
  const wording = known && wordingIn(known.definition, language.value);
  const plain = pick(poll.question);
  const question = unbroken(wording?.question ?? plain.text, wording?.code ?? plain.lang);
  return (
    <section ref={place} class={`card vote-card ${face}`} data-test="vote-card" data-state={state}>
      <p class="row wrap">
        <Chip icon="vote" tone={poll.state === "open" ? "vote" : "plain"}>
          {t(`poll-state-${poll.state}`)}
        </Chip>
        <Chip>{t(`poll-kind-${poll.poll_kind}`)}</Chip>
      </p>
      <Heading class="question" lang={wording?.code}>
        <bdi>{question}</bdi>
      </Heading>
      {wording?.explanation && (
        <p class="explanation" lang={wording.code} dir="auto">
          {wording.explanation}
        </p>
      )}
      {within && <p class="hint">{t(`mode-short-${poll.mode}`)}</p>}
      {stands && !within && <Facts known={known} poll={poll} />}
      {poll.meeting && (
        <div class="hall-place">{hall && <hall.Line poll={poll} question={question} />}</div>
      )}
      {/* Another one once there is something above it: it is drawn there and does not move there. */}
      <div key={stands ? "body" : "waiting"} class="vote-body" tabIndex={-1} aria-live="off">
        <Face
          state={state}
          poll={poll}
          known={known}
          mine={mine.value}
          receipt={receipt}
          refusal={refusal}
          unanswered={unanswered}
          draft={draft}
          hall={hall}
          within={within}
          onSign={sign}
          onChange={(on) => {
            changing.value = on;
            clear();
          }}
          changing={changing.value}
        />
      </div>
      {stands && within && <Facts known={known} poll={poll} />}
    </section>
  );
}

interface FaceProps {
  state: VoteState;
  poll: Poll;
  known: Known | undefined;
  mine: Mine | undefined;
  receipt: Kept | undefined;
  refusal: string | undefined;
  /** While it is loading: why it is no longer. */
  unanswered: ReturnType<typeof useVote>["unanswered"];
  draft: Draft;
  changing: boolean;
  hall: Hall | null;
  within: boolean;
  onSign: () => void;
  onChange: (on: boolean) => void;
}

function notOpenText(poll: Poll): string {
  return poll.opens_ms ? t("opens-at", { date: fullDate(poll.opens_ms) }) : t("opens-by-hand");
}

function Face(props: FaceProps) {
  const { state, poll, known, mine, refusal, hall, unanswered } = props;
  const absent = mine?.reason === "absent";
  const warning = useLater(fetchWarning, state === "alarm");
  switch (state) {
    case "loading":
      if (unanswered) return <unanswered.Awaited {...unanswered} />;
      return (
        <Message icon="clock" tone="plain" title={t("loading")}>
          <Late />
        </Message>
      );
    case "not-open":
      return (
        <Message icon="clock" tone="plain" title={t("not-open-title")}>
          <p>{notOpenText(poll)}</p>
        </Message>
      );
    case "not-eligible":
      return (
        <Message
          icon="people"
          tone="plain"
          title={absent ? t("absent-title") : t("not-eligible-title")}
        >
          <p data-test="not-eligible-reason">
            {t(`not-eligible-${mine?.reason ?? "not_on_roll"}`)}
          </p>
          {hall && absent && <hall.Remedy poll={poll} within={props.within} />}
        </Message>
      );
    case "open":
    case "signing":
      if (!known) return null;
      return (
        <Ballot
          known={known}
          draft={props.draft}
          before={props.changing ? props.receipt : undefined}
          busy={state === "signing"}
          onSign={props.onSign}
          onCancel={props.changing ? () => props.onChange(false) : undefined}
        />
      );
    case "sent":
      return <Message icon="clock" tone="plain" title={t("sent-title")} />;
    case "unconfirmed":
      return (
        <Message icon="clock" tone="dashed" title={t("unconfirmed-title")}>
          <p>{t("unconfirmed-text")}</p>
        </Message>
      );
    case "refused":
      return (
        <Message icon="warn" tone="warn" title={t("refused-title")} test="vote-refused">
          <p>{reasonText(refusal ?? "")}</p>
          {refusal === "poll.closed" && hall && <hall.After poll={poll} voted={false} />}
          {refusal !== "poll.closed" && (
            <button type="button" class="button" onClick={() => clearRefusal(poll.id)}>
              {t("look-again")}
            </button>
          )}
        </Message>
      );
    case "alarm":
      return (
        <Message icon="warn" tone="alarm-tone" title={t("vote-alarm-title")}>
          {warning && <warning.Why />}
        </Message>
      );
    case "cancelled":
      return (
        <Message icon="no" tone="plain" title={t("cancelled-title")}>
          {poll.cancelled?.reason && <p dir="auto">{poll.cancelled.reason}</p>}
        </Message>
      );
    default:
      return <Recorded {...props} />;
  }
}

function Recorded({ state, poll, known, receipt, onChange, hall }: FaceProps) {
  const revote = state !== "closed" && known && known.definition.flags & flag.revote;
  const after = hall && state === "closed" && (
    <hall.After poll={poll} voted={receipt?.checked === true} />
  );
  if (!receipt?.checked)
    return (
      <>
        <Message
          icon="vote"
          tone="plain"
          title={t(isMember.value ? "you-did-not-vote" : "vote-closed")}
        />
        {after}
      </>
    );
  return (
    <>
      <Receipt kept={receipt} poll={poll} state={state} known={known} />
      {revote ? (
        <button
          type="button"
          class="button quiet"
          data-test="change-vote"
          onClick={() => onChange(true)}
        >
          {t("change-vote")}
        </button>
      ) : null}
      {after}
    </>
  );
}
