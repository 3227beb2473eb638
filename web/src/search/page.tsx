// Searching everything at once, as one types. Results come from the server, grouped by what they are; the address keeps
// the question, nothing else does. Arrows walk through the results, Escape leads back.
import { type Signal, useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import { Page } from "../app/page";
import { language, t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Icon, type IconName } from "../ui/icons";
import { Empty, Field } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { type Found, Marked } from "./marked";
import "./search.css";

type Kind = Found["kind"];

/** The question goes out once the typing rests. */
const restMs = 250;
const pageSize = 30;
const kinds = [
  ...(["proposal", "poll", "decision", "task", "meeting", "group"] as const),
  ...(["member", "file", "comment"] as const),
];
const icons: Record<Kind, IconName> = {
  proposal: "idea",
  poll: "vote",
  decision: "book",
  task: "task",
  meeting: "hall",
  group: "people",
  member: "me",
  file: "link",
  comment: "talk",
};
const places: Record<Exclude<Kind, "comment" | "file">, string> = {
  proposal: "/p/",
  poll: "/v/",
  decision: "/d/",
  task: "/t/",
  meeting: "/meetings/",
  group: "/g/",
  member: "/m/",
};

function hrefOf({ kind, number, on }: Found): string {
  if (kind !== "comment" && kind !== "file") return places[kind] + number;
  if (!on || on.kind === "comment" || on.kind === "file") return "/";
  const place = places[on.kind] + on.number;
  return kind === "comment" ? `${place}#c-${number}` : place;
}

interface Results {
  text: string;
  items: Found[];
  next: string | null;
}

function useResults(text: string, kind: string): [Signal<Results | null>, () => Promise<void>] {
  const results = useSignal<Results | null>(null);
  const ask = (after?: string) =>
    call("search.find", {
      ...{ text, language: language.value, limit: pageSize },
      ...(kind ? { kinds: [kind as Kind] } : {}),
      ...(after ? { after } : {}),
    });
  useEffect(() => {
    if (!text) {
      results.value = null;
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      ask()
        .then(({ items, next }) => {
          if (wanted) results.value = { text, items, next };
        })
        .catch(notifyError);
    }, restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, kind, language.value]);
  const more = async () => {
    const known = results.value;
    if (!known?.next) return;
    const { items, next } = await ask(known.next).catch((error) => {
      notifyError(error);
      return { items: [], next: known.next };
    });
    if (results.value === known)
      results.value = { ...known, items: [...known.items, ...items], next };
  };
  return [results, more];
}

/** The results of a kind stand together; the kind of the best one stands first. */
function groupsOf(items: Found[]): [Kind, Found[]][] {
  const groups = new Map<Kind, Found[]>();
  for (const one of items) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return [...groups];
}

function Result({ found }: { found: Found }) {
  const { kind, number, on } = found;
  const comment = kind === "comment";
  return (
    <li>
      <a href={hrefOf(found)} class="result" data-test="result" data-kind={kind}>
        <span class="result-title" dir="auto" lang={comment ? undefined : found.title_language}>
          {comment ? <bdi>{on?.title}</bdi> : <Marked {...found.title} />}
          {kind === "decision" && <span class="result-number"> {number}</span>}
        </span>
        {found.snippet.text && (
          <span class="result-text" lang={found.language} dir="auto">
            <Marked {...found.snippet} />
          </span>
        )}
      </a>
    </li>
  );
}

function List({ results, onMore }: { results: Results; onMore: () => void }) {
  if (results.items.length === 0)
    return (
      <Empty icon="search" text={t("search-none", { text: results.text })}>
        <a class="button quiet" href="/p">
          {t("proposals-title")}
        </a>
      </Empty>
    );
  return (
    <>
      {groupsOf(results.items).map(([kind, items]) => (
        <section key={kind} class="result-group" aria-labelledby={`found-${kind}`}>
          <h2 id={`found-${kind}`}>
            <Icon name={icons[kind]} /> {t(`search-kind-${kind}`)}
          </h2>
          <ul>
            {items.map((one) => (
              <Result key={one.id} found={one} />
            ))}
          </ul>
        </section>
      ))}
      {results.next && (
        <button type="button" class="button quiet" data-test="search-more" onClick={onMore}>
          {t("search-more")}
        </button>
      )}
    </>
  );
}

/** Arrows walk from the field through the results and back; Escape empties the field, or leads back to it. */
function keysIn(
  box: HTMLElement,
  field: HTMLInputElement,
  event: KeyboardEvent,
  clear: () => void,
) {
  const links = [...box.querySelectorAll<HTMLElement>(".result")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const inField = document.activeElement === field;
  if (event.key === "ArrowDown" && (inField || at >= 0)) links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else if (event.key === "Escape" && at >= 0) field.focus();
  else if (event.key === "Escape" && inField) clear();
  else return;
  event.preventDefault();
}

export default function Search() {
  const { query, route } = useLocation();
  const typed = useSignal(query.q ?? "");
  const kind = useSignal("");
  const text = typed.value.trim().normalize("NFC").slice(0, 200);
  const [results, more] = useResults(text, kind.value);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the page has taken the focus as every page does.
    const timer = setTimeout(() => field.current?.focus(), 0);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    history.replaceState(null, "", text ? `/search?q=${encodeURIComponent(text)}` : "/search");
  }, [text]);
  const known = results.value;
  const first = known?.text === text ? known.items[0] : undefined;
  return (
    <Page name="search" title={t("search-label")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside */}
      <div
        class="search-page"
        ref={box}
        onKeyDown={(event) => {
          if (box.current && field.current)
            keysIn(box.current, field.current, event, () => {
              typed.value = "";
            });
        }}
      >
        <search>
          <form
            class="search-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (first) route(hrefOf(first));
            }}
          >
            <Field label={t("search-what")}>
              {(ids) => (
                <input
                  {...ids}
                  ref={field}
                  type="search"
                  maxLength={200}
                  autocomplete="off"
                  enterkeyhint="search"
                  data-test="search-text"
                  value={typed.value}
                  onInput={(event) => {
                    typed.value = event.currentTarget.value;
                  }}
                />
              )}
            </Field>
            <Field label={t("search-where")}>
              {(ids) => (
                <select
                  {...ids}
                  data-test="search-kind"
                  value={kind.value}
                  onChange={(event) => {
                    kind.value = event.currentTarget.value;
                  }}
                >
                  <option value="">{t("search-all")}</option>
                  {kinds.map((one) => (
                    <option key={one} value={one}>
                      {t(`search-kind-${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </form>
        </search>
        <p class="hint" role="status" data-test="search-count">
          {known
            ? known.next
              ? t("search-count-more", { count: known.items.length })
              : t("search-count", { count: known.items.length })
            : t("search-hint")}
        </p>
        {known && <List results={known} onMore={more} />}
      </div>
    </Page>
  );
}
