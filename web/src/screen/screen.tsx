// The frame around what is shown: below, on every face, who is there and whether that is enough, the four words of the seal,
// the time; above, only while the server is not heard, how old all this is.
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useFourWords } from "../ballot/four";
import { alarm } from "../ballot/record";
import type { Meeting, Poll, Presence } from "../generated/api";
import { regionOf } from "../i18n/several";
import { meetingOf } from "../meeting/words";
import { useTopic } from "../sync/feed";
import { useSilence } from "../sync/silence";
import { Icon } from "../ui/icons";
import { Agenda, Ended, ItemFace, Join, Tasks, Waiting, Work } from "./faces";
import { type Face, faceOf } from "./face";
import { second, turns, useClock } from "./clock";
import { fullScreen, handled, nextTheme } from "./keys";
import type { Session } from "./main";
import { ResultFace } from "./result";
import { plain, Say } from "./say";
import { Votes } from "./votes";
import { main, t, turn, zone } from "./words";

/** "8 more needed" → "reached", in the unit that the quorum counts. */
export function Quorum({ presence }: { presence: Presence | undefined }) {
  const quorum = presence?.quorum;
  if (!quorum) return null;
  const { met, missing, unit } = quorum;
  return (
    <span class={met ? "quorum met" : "quorum missing"} data-test="screen-quorum">
      <Icon name={met ? "done" : "warn"} size={0} />
      {met ? (
        <Say of={t("screen-quorum-met")} line />
      ) : missing > 0 ? (
        <Say of={t(`screen-quorum-missing-${unit}`, { count: missing })} line />
      ) : (
        <Say of={t("screen-quorum-class")} line />
      )}
    </span>
  );
}

/** Four words, as on the phones; in red when the record is not the one that this screen knew. */
function Seal() {
  const { words, size } = useFourWords();
  if (alarm.value && !alarm.value.looked)
    return (
      <p class="seal wrong" role="alert" data-test="screen-alarm">
        <Icon name="warn" size={0} /> {plain(t("screen-alarm"))}
      </p>
    );
  if (!words) return <p class="seal" />;
  return (
    <p class="seal" data-test="screen-seal" data-size={size}>
      <Icon name="lock" size={0} />
      <span class="hidden">{plain(t("screen-seal"))}</span>
      <span lang="en">{words}</span>
    </p>
  );
}

function Time() {
  const now = second.value * 1000;
  return (
    <time class="clock" data-test="screen-clock">
      {new Intl.DateTimeFormat(regionOf(main.value), {
        ...{ timeStyle: "short", timeZone: zone.value },
      }).format(now)}
    </time>
  );
}

function Strip({ presence }: { presence: Presence | undefined }) {
  return (
    <footer class="strip">
      <p class="strip-presence">
        {presence && (
          <span data-test="screen-present">
            <Icon name="people" size={0} />
            {
              t("screen-of", {
                count: presence.present.heads,
                all: presence.entitled.heads,
              })[main.value]
            }
          </span>
        )}
        <Quorum presence={presence} />
      </p>
      <Seal />
      <Time />
    </footer>
  );
}

function Age({ seconds }: { seconds: number }) {
  const minutes = Math.floor(seconds / 60);
  return (
    <p class="age" role="status" data-test="screen-age">
      <Icon name="warn" size={0} />
      <Say
        of={minutes > 0 ? t("screen-age-minutes", { minutes }) : t("screen-age", { seconds })}
        line
      />
    </p>
  );
}

function Help() {
  return (
    <div class={handled.value ? "screen-help shown" : "screen-help"}>
      <button type="button" class="button" onClick={() => fullScreen().catch(() => {})}>
        {plain(t("screen-key-full"))} (F)
      </button>
      <button type="button" class="button" onClick={nextTheme}>
        {plain(t("screen-key-theme"))} (T)
      </button>
      <button type="button" class="button" onClick={turn}>
        {plain(t("screen-key-language"))} (L)
      </button>
    </div>
  );
}

type Shown = { face: Face<Poll>; meeting: Meeting; presence: Presence | undefined; topic: string };

function Body({ face, meeting, presence, topic }: Shown) {
  const watched = useTopic(topic);
  if (face.what === "polls") return <Votes polls={face.polls} watched={watched} />;
  if (face.what === "result") return <ResultFace poll={face.poll} />;
  if (face.what === "agenda") return <Agenda meeting={meeting} />;
  if (face.what === "item") return <ItemFace meeting={meeting} />;
  if (face.what === "work") return <Work meeting={meeting} tasks={watched.all("task")} />;
  if (face.what === "tasks") return <Tasks tasks={watched.all("task")} />;
  if (face.what === "waiting") return <Waiting meeting={meeting} />;
  if (face.what === "join")
    return <Join meeting={meeting} presence={presence} code={watched.one("meeting_code")?.code} />;
  return <Ended meeting={meeting} />;
}

/** What does not fit steps back, as far as it has to (tight.css), each time something else is shown, or takes its turn. */
const tightMost = 8;
function useFit() {
  const place = useRef<HTMLElement>(null);
  const size = useSignal(0);
  const drawn = size.value + turns.value;
  useEffect(() => {
    const again = () => {
      size.value++;
    };
    addEventListener("resize", again);
    return () => removeEventListener("resize", again);
  }, []);
  useLayoutEffect(() => {
    const face = place.current;
    if (!face || drawn < 0) return;
    delete face.dataset.tight;
    for (let step = 1; step <= tightMost && face.scrollHeight > face.clientHeight + 1; step++)
      face.dataset.tight = `${face.dataset.tight ?? ""} ${step}`;
  });
  return place;
}

export function Screen({ session, meeting: id }: { session: Session; meeting: string }) {
  useClock();
  const topic = `screen/${id}`;
  const watched = useTopic(topic);
  const silence = useSilence();
  const meeting = meetingOf(watched);
  const presence = watched.one("presence");
  const face = meeting && faceOf(meeting, watched.all("poll"));
  // Nothing more is heard of a meeting that is over, and nothing of it grows old.
  const over = face?.what === "ended" || face?.what === "cancelled";
  const age = over ? undefined : silence;
  const shown = useFit();
  const title = meeting ? plain(meeting.title) : session.org_name;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = main.value;
  }, [title, main.value]);
  return (
    <div class={age === undefined ? "stage" : "stage stale"} data-age={age}>
      {age !== undefined && <Age seconds={age} />}
      <main
        ref={shown}
        class={`face ${face?.what ?? "none"}`}
        data-page="screen"
        data-face={face?.what}
      >
        {meeting && face ? (
          <Body face={face} meeting={meeting} presence={presence} topic={topic} />
        ) : (
          <p role="status">
            <Say of={t("screen-entering")} line />
          </p>
        )}
      </main>
      <Strip presence={presence} />
      <Help />
    </div>
  );
}
