// The faces of a meeting that are no vote: waiting, coming in, the item, the agenda, to-dos, the end.
import type { ComponentChildren } from "preact";
import type { Meeting, Presence, Task } from "../generated/api";
import { Icon } from "../ui/icons";
import { Qr } from "../ui/qr";
import { regionOf } from "../i18n/several";
import { zoneName } from "../i18n/zone";
import { type Item, itemOf, leftOf, placeOf } from "../meeting/words";
import { around, nextOf, signed } from "./agenda";
import { nowMs, turns } from "./clock";
import { fitting, partOf } from "./part";
import { plain, Say } from "./say";
import { type Labels, main, number, t, zone } from "./words";

/** The longer, the smaller; one that three lines of a title do not hold is smaller than titles, and whole. */
const sizeOf = (labels: Labels): string => {
  const { length } = plain(labels);
  return length <= 36 ? "huge" : length <= 80 ? "large" : "whole";
};

export function Title({ of, before }: { of: Labels; before?: ComponentChildren }) {
  return (
    <h1 class={`title ${sizeOf(of)}`} data-test="screen-title">
      {before}
      <Say of={of} />
    </h1>
  );
}

/** A figure that is read from the last row. `tone`: what it means beside its colour is in its words. */
export function Count({
  value,
  of,
  label,
  tone = "",
  test,
}: {
  value: string;
  of?: string | undefined;
  label: Labels;
  tone?: string;
  test?: string;
}) {
  return (
    <div class={`fact ${tone}`}>
      <p class="count" data-test={test}>
        {value}
        {of && <small> / {of}</small>}
      </p>
      <p class="fact-label">
        <Say of={label} />
      </p>
    </div>
  );
}

const dateOf = (ms: number): string =>
  new Intl.DateTimeFormat(regionOf(main.value), {
    ...{ weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
    timeZone: zone.value,
  }).format(ms);

const short = (url: string): string => url.replace(/^https?:\/\//, "");

function Door({ meeting, code }: { meeting: Meeting; code?: string | undefined }) {
  const address = `${location.origin}/meetings/${meeting.number}`;
  const label = plain(t("screen-qr"));
  return (
    <section class="door">
      <Qr text={code ? `${address}#${code}` : address} label={label} test="screen-qr" />
      <div>
        <p>
          <Say of={t("screen-scan")} />
        </p>
        <p class="address" data-test="screen-address">
          {short(address)
            .split("/")
            .map((part, at) => (
              <>
                {at > 0 && (
                  <>
                    /<wbr />
                  </>
                )}
                {part}
              </>
            ))}
        </p>
        {code && (
          <p class="code" data-test="screen-door-code">
            <span class="hidden">{plain(t("screen-door-code"))} </span>
            {code.slice(0, 3)} {code.slice(3)}
          </p>
        )}
      </div>
    </section>
  );
}

export function Waiting({ meeting }: { meeting: Meeting }) {
  const place = meeting.place && plain(meeting.place);
  const named = zoneName(meeting.starts_ms, zone.value, regionOf(main.value));
  return (
    <>
      <Title of={meeting.title} />
      <p class="when">
        {dateOf(meeting.starts_ms)} {named && <small data-test="screen-zone">({named})</small>}
        {place && <bdi class="where">{place}</bdi>}
      </p>
      <Door meeting={meeting} />
    </>
  );
}

/** `presence` in large: what people who come in make grow. */
export function Join({
  meeting,
  presence,
  code,
}: {
  meeting: Meeting;
  presence: Presence | undefined;
  code: string | undefined;
}) {
  const quorum = presence?.quorum;
  return (
    <>
      <Title of={meeting.title} />
      <Door meeting={meeting} code={code} />
      <div class="facts">
        {presence && (
          <Count
            value={number(presence.present.heads)}
            label={t("screen-present", { count: presence.present.heads })}
            test="screen-heads"
          />
        )}
        {quorum && quorum.missing > 0 && (
          <Count
            value={number(quorum.missing)}
            label={t(`screen-missing-${quorum.unit}`, { count: quorum.missing })}
            tone="missing"
            test="screen-missing"
          />
        )}
      </div>
    </>
  );
}

function Left({ meeting }: { meeting: Meeting }) {
  const left = leftOf(meeting, Math.max(nowMs(), meeting.current_ms ?? 0));
  if (left === undefined) return null;
  return (
    <Count
      value={signed(left)}
      label={t(left < 0 ? "screen-time-over" : "screen-time-left")}
      tone={left < 0 ? "over" : ""}
      test="screen-countdown"
    />
  );
}

function Numbered({ meeting, item }: { meeting: Meeting; item: Item }) {
  return <span class="number">{placeOf(meeting, item.id)}</span>;
}

function Next({ meeting }: { meeting: Meeting }) {
  const next = nextOf(meeting);
  if (!next) return null;
  return (
    <p class="next" data-test="screen-next">
      <span class="next-word">
        <Say of={t("screen-next")} line />
      </span>
      <Numbered meeting={meeting} item={next} /> <Say of={next.title} line />
    </p>
  );
}

export function ItemFace({ meeting }: { meeting: Meeting }) {
  const item = itemOf(meeting, meeting.current);
  if (!item) return <Title of={meeting.title} />;
  return (
    <>
      <Title of={item.title} before={<Numbered meeting={meeting} item={item} />} />
      <div class="facts">
        <Left meeting={meeting} />
      </div>
      <Next meeting={meeting} />
    </>
  );
}

export function Agenda({ meeting }: { meeting: Meeting }) {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.current);
  return (
    <>
      <h1 class="title small">
        <Say of={t("screen-agenda")} line />
      </h1>
      <ol class="agenda">
        {around(meeting.agenda, at).map(({ item, rank }) => {
          const here = item.id === meeting.current;
          const state = here ? "here" : item.outcome ? "past" : "ahead";
          return (
            <li
              key={item.id}
              class={`${state}${item.parent ? " below" : ""}`}
              data-rank={rank}
              aria-current={here ? "step" : undefined}
            >
              <span class="number">{placeOf(meeting, item.id)}</span>
              {item.outcome && !here && <Icon name="done" size={0} />}
              <span class="agenda-title" dir="auto">
                {plain(item.title)}
              </span>
              {item.outcome === "moved" && <em>{plain(t("screen-moved"))}</em>}
              {!item.outcome && item.minutes > 0 && (
                <span class="agenda-minutes">
                  {plain(t("screen-minutes", { minutes: item.minutes }))}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

const dayOf = (ms: number): string =>
  new Intl.DateTimeFormat(regionOf(main.value), {
    ...{ day: "numeric", month: "short", timeZone: zone.value },
  }).format(ms);

const inTurn = <T extends { title: string }>(all: readonly T[], room: number): T[] =>
  partOf(all, turns.value, fitting(all, room), false).shown;

function TaskLine({ task }: { task: Task }) {
  const people = task.assignees.map(({ name }) => name).filter(Boolean);
  return (
    <li class={task.state} data-test="screen-task">
      <span class="task-title" lang={task.language} dir="auto">
        {task.title}
      </span>
      <span class="task-who">
        {people.length > 0 ? (
          <bdi>{people.join(", ")}</bdi>
        ) : task.state === "asked" ? (
          <em>{plain(t("screen-task-asked"))}</em>
        ) : (
          <em>{plain(t("screen-task-free"))}</em>
        )}
      </span>
      <span class="task-due">{task.due_ms ? dayOf(task.due_ms) : ""}</span>
    </li>
  );
}

/** The closing round: who took what, by when; what nobody has taken comes first. */
export function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const order = ["free", "asked", "taken", "done", "dropped"];
  const shown = tasks
    .filter(({ state }) => state !== "dropped")
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.number - b.number);
  return (
    <>
      <h1 class="title small">
        <Say of={t("screen-tasks")} line />
      </h1>
      {shown.length === 0 ? (
        <p>
          <Say of={t("screen-tasks-none")} />
        </p>
      ) : (
        <ul class="tasks">
          {inTurn(shown, 14).map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </ul>
      )}
    </>
  );
}

type FreeTask = Pick<Task, "id" | "title"> & Partial<Pick<Task, "language" | "due_ms">>;

/** Time to do what is free, here and now. */
export function Work({ meeting, tasks }: { meeting: Meeting; tasks: readonly Task[] }) {
  const item = itemOf(meeting, meeting.current);
  const free = tasks.filter(({ state }) => state === "free");
  // Those that the agenda names may be of other meetings: then their titles are all that is known here.
  const named = (item?.tasks ?? []).flatMap(({ id, title }) =>
    title && !tasks.some((task) => task.id === id) ? [{ id, title }] : [],
  );
  const all: readonly FreeTask[] = [...named, ...free];
  return (
    <>
      {item && <Title of={item.title} before={<Numbered meeting={meeting} item={item} />} />}
      <div class="facts">
        <Left meeting={meeting} />
      </div>
      <ul class="tasks free-tasks">
        {inTurn(all, 9).map(({ id, title, language, due_ms }) => (
          <li key={id} data-test="screen-free">
            <span class="task-title" lang={language} dir="auto">
              {title}
            </span>
            <span class="task-due">{due_ms ? dayOf(due_ms) : ""}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Ended({ meeting }: { meeting: Meeting }) {
  const cancelled = meeting.state === "cancelled";
  return (
    <>
      <Title of={meeting.title} />
      <p class="when">
        <Say of={t(cancelled ? "screen-cancelled" : "screen-ended")} />
      </p>
    </>
  );
}
