// Being counted as present on one's own phone: by the code on the big screen, which the QR brings along, or from elsewhere
// where the meeting allows it. What one types stays here whatever happens in the hall.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isMember, me } from "../app/session";
import type { Attendance } from "../generated/api";
import { pick, reasonText, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { useTopic } from "../sync/feed";
import { send } from "../sync/outbox";
import { RpcError } from "../sync/rpc";
import { Icon } from "../ui/icons";
import { Ask, Field } from "../ui/parts";
import { act, announce, notifyError } from "../ui/toast";
import type { Meeting } from "../generated/api";
import { hourOf } from "./hours";
import { presentSince } from "./words";

const codeSize = 6;
/** What the address of the QR carries. */
const codeHere = (): string => /^#([A-Z0-9]{6})$/i.exec(location.hash)?.[1]?.toUpperCase() ?? "";
const tidy = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** My own times at this meeting. */
export function useOwn(meeting: string): { attendance: Attendance | undefined; known: boolean } {
  const mine = useTopic("me");
  const attendance = mine.all("attendance").find((one) => one.meeting === meeting);
  return { attendance, known: mine.state.value === "complete" };
}

function useEntering(meeting: string) {
  const busy = useSignal(false);
  const wrong = useSignal("");
  const enter = async (code?: string) => {
    if (busy.peek()) return;
    busy.value = true;
    wrong.value = "";
    try {
      await send("attendance.enter", { meeting, code });
    } catch (error) {
      if (error instanceof RpcError && error.reason === "attendance.bad_code") {
        await words("pages").catch(() => {});
        wrong.value = reasonText(error.reason);
      } else notifyError(error);
    }
    busy.value = false;
  };
  return { busy: busy.value, wrong: wrong.value, enter };
}
type Entering = ReturnType<typeof useEntering>;

function ByCode({ busy, wrong, enter }: Entering) {
  const brought = useSignal(codeHere());
  const code = useSignal(brought.peek());
  useEffect(() => {
    // Followed on a page that is open already.
    const follow = () => {
      if (!codeHere()) return;
      brought.value = codeHere();
      code.value = brought.peek();
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    // A code that was not taken is typed instead.
    if (wrong) brought.value = "";
  }, [wrong]);
  const whole = tidy(code.value).length === codeSize;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) enter(tidy(code.peek()));
      }}
    >
      {!brought.value && (
        <Field label={t("checkin-code")} hint={t("checkin-code-hint")} error={wrong || undefined}>
          {(ids) => (
            <input
              {...ids}
              class="code checkin-code"
              type="text"
              data-test="checkin-code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={9}
              value={code.value}
              onInput={(event) => {
                code.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
      <button
        type="submit"
        class="button primary big"
        data-test="checkin"
        disabled={!whole || busy}
        aria-busy={busy}
      >
        <Icon name="done" /> {t("checkin-here")}
      </button>
    </form>
  );
}

/** How it is made sure who takes part from elsewhere stands beside the button. */
function Remote({ meeting, busy, enter }: { meeting: Meeting } & Entering) {
  const procedure = pick(meeting.procedure);
  return (
    <details class="more" data-test="checkin-elsewhere">
      <summary>{t("checkin-elsewhere")}</summary>
      <p class="hint">{t("checkin-elsewhere-how", { name: me.value.name })}</p>
      {procedure.text && (
        <p class="hint lines" lang={procedure.lang} dir="auto">
          {procedure.text}
        </p>
      )}
      <button
        type="button"
        class="button"
        data-test="checkin-remote"
        disabled={busy}
        onClick={() => enter()}
      >
        {t("checkin-remote")}
      </button>
    </details>
  );
}

/** The ways in, without a frame of their own. */
export function Ways({ meeting }: { meeting: Meeting }) {
  const entering = useEntering(meeting.id);
  return (
    <div class="stack">
      <ByCode {...entering} />
      {meeting.remote && <Remote meeting={meeting} {...entering} />}
    </div>
  );
}

function Present({
  meeting,
  own,
  since,
  came,
}: {
  meeting: Meeting;
  own: Attendance;
  since: number;
  /** Just now, on this page. */
  came: boolean;
}) {
  const line = useRef<HTMLDivElement>(null);
  const remote = own.periods.at(-1)?.remote;
  const text = t(remote ? "present-remote" : "present-since", { time: hourOf(since) });
  useEffect(() => {
    if (came) announce("presence", text);
    // The button that had the focus is gone with what it did; the code need not stay in the address.
    if (came && document.activeElement === document.body)
      line.current?.focus({ preventScroll: true });
    if (codeHere()) history.replaceState(history.state, "", location.pathname);
  }, [since]);
  return (
    <div
      class="present-line"
      tabIndex={-1}
      ref={line}
      data-test="present"
      data-remote={remote ? "yes" : "no"}
    >
      <span class="present-word">
        <Icon name="done" size={22} />
        <strong>{text}</strong>
      </span>
      <Ask
        label={t("present-leave")}
        question={t("present-leave-ask")}
        confirm={t("present-leave")}
        tone="quiet small"
        test="present-leave"
        onConfirm={() => {
          act("attendance.leave", { meeting: meeting.id });
        }}
      />
    </div>
  );
}

function textFor(attendance: Attendance | undefined): string {
  if (!isMember.value) return t("checkin-observer");
  return attendance ? t("checkin-again-text") : t("checkin-text");
}

/** In the meeting: I am there, or how to be. */
export function CheckIn({ meeting }: { meeting: Meeting }) {
  const { attendance, known } = useOwn(meeting.id);
  const since = presentSince(attendance);
  const asked = useRef(false);
  if (!known) return <div class="present-line" />;
  if (attendance && since !== undefined)
    return <Present {...{ meeting, since }} own={attendance} came={asked.current} />;
  asked.current = true;
  return (
    <section class="card box checkin" aria-labelledby="checkin" data-test="checkin-box">
      <h2 id="checkin">{t(attendance ? "checkin-again-title" : "checkin-title")}</h2>
      <p>{textFor(attendance)}</p>
      <Ways meeting={meeting} />
    </section>
  );
}
