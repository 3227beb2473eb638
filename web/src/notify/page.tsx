// What happened that concerns me, by day, the newest first; and what I want to be told of. Opening one
// marks it as read. The newest arrive with the topic, older ones when they are asked for.
import { useComputed, useSignal } from "@preact/signals";
import { Page } from "../app/page";
import type { Notification } from "../generated/api";
import { day, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { send } from "../sync/outbox";
import { call, serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Empty, Loading } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { families, type Family, kinds, type What } from "./kinds";
import { Told } from "./told";
import "./notify.css";

function dayName(ms: number): string {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(serverNow()) - midnight(ms)) / 86_400_000);
  if (days === 0) return t("notify-today");
  return days === 1 ? t("notify-yesterday") : day(ms);
}

function byDay(all: Notification[]): [string, Notification[]][] {
  const days = new Map<string, Notification[]>();
  for (const one of all) {
    const name = dayName(one.at_ms);
    days.set(name, [...(days.get(name) ?? []), one]);
  }
  return [...days];
}

/** Those that came with the topic win over what was asked for earlier. */
function useAll() {
  const watched = useTopic("personal");
  const older = useSignal<Notification[]>([]);
  const next = useSignal<string | null>(null);
  const asked = useSignal(false);
  const all = useComputed(() => {
    const live = watched.all("notification");
    const known = new Set(live.map((one) => one.id));
    return [...live, ...older.value.filter((one) => !known.has(one.id))].sort(
      (a, b) => b.at_ms - a.at_ms || b.rev - a.rev,
    );
  });
  const more = async () => {
    const oldest = Math.min(...watched.all("notification").map((one) => one.rev));
    const after = asked.value ? (next.value ?? "") : String(oldest);
    try {
      const answer = await call("notification.list", { after, limit: 50 });
      older.value = [...older.value, ...(answer.items as unknown as Notification[])];
      next.value = answer.next;
      asked.value = true;
    } catch (error) {
      notifyError(error);
    }
  };
  const maybeMore = asked.value ? next.value !== null : all.value.length >= 50;
  const forgetOlder = () => {
    older.value = older.value.map((one) => ({ ...one, read: true }));
  };
  return { state: watched.state, all, more, maybeMore, forgetOlder };
}

const words = (family: Family): What[] =>
  (Object.keys(kinds) as What[]).filter((what) => kinds[what].family === family);

/** One box for each kind of thing; saved at once. */
function Choices() {
  const off = useTopic("personal").one("preferences")?.off ?? [];
  const change = (family: Family, on: boolean) => {
    const others = off.filter((what) => kinds[what].family !== family);
    const save = (list: What[]) => send("preferences.set", { off: list });
    act(
      "preferences.set",
      { off: on ? others : [...others, ...words(family)] },
      { done: t("saved"), undo: () => save(off).catch(() => {}) },
    );
  };
  return (
    <section class="card box told-choices" aria-labelledby="told-choices">
      <h2 id="told-choices">{t("notify-choices")}</h2>
      <p class="hint">{t("notify-choices-hint")}</p>
      {families.map((family) => (
        <label class="check" key={family}>
          <input
            type="checkbox"
            data-test={`notify-family-${family}`}
            checked={words(family).some((what) => !off.includes(what))}
            onChange={(event) => change(family, event.currentTarget.checked)}
          />
          {t(`notify-family-${family}`)}
        </label>
      ))}
    </section>
  );
}

export default function Notifications() {
  const { state, all, more, maybeMore, forgetOlder } = useAll();
  const unread = all.value.some((one) => !one.read);
  const readAll = () => {
    forgetOlder();
    act("notification.read", { all: true });
  };
  return (
    <Page
      name="notifications"
      title={t("notify-title")}
      actions={
        unread && (
          <button type="button" class="button" data-test="read-all" onClick={readAll}>
            <Icon name="done" /> {t("notify-read-all")}
          </button>
        )
      }
    >
      {state.value === "loading" && <Loading />}
      {state.value === "complete" && all.value.length === 0 && (
        <Empty icon="done" text={t("notify-none")}>
          <a class="button quiet" href="/">
            {t("nav-home")}
          </a>
        </Empty>
      )}
      {byDay(all.value).map(([name, some]) => (
        <section class="told-day" key={name}>
          <h2 class="overline">{name}</h2>
          {some.map((one) => (
            <Told key={one.id} told={one} />
          ))}
        </section>
      ))}
      {maybeMore && (
        <p class="center">
          <button type="button" class="button quiet" data-test="more-told" onClick={more}>
            {t("notify-older")}
          </button>
        </p>
      )}
      <Choices />
    </Page>
  );
}
