// Erasing a member, for administration and secretariat: first what goes and what stays, counted, then a typed
// reason; nothing can be undone, so there are two steps instead of "are you sure". Afterwards the texts by others
// that name the person, each with a link and a mark for "looked after".
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isAdmin, isSecretary } from "../app/session";
import type { Erasure, Member } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";
import { By, Loading, NotThere, When } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { shownPerson } from "./belonging";
import "./member.css";

const reasons = ["asked", "retention", "authority", "moderation"] as const;
const counts = ["profile", "texts", "files", "notes", "named"] as const;
type Counts = Record<(typeof counts)[number], number>;

const letters: Record<string, string> = {
  proposal: "p",
  poll: "v",
  decision: "d",
  task: "t",
  group: "g",
  member: "m",
  meeting: "meetings",
};

type Named = Erasure["named"][number];
const addressOf = ({ kind, id, number, on }: Named): string =>
  on
    ? `/${letters[on.kind]}/${on.number ?? on.id}${kind === "comment" ? `#c-${number}` : ""}`
    : kind === "minutes"
      ? `/meetings/${number}/minutes`
      : `/${letters[kind]}/${number ?? id}`;

function NamedTexts({ erasure }: { erasure: Erasure }) {
  if (erasure.named.length === 0) return <p>{t("erase-named-none")}</p>;
  return (
    <ul class="cards" data-test="erase-named">
      {erasure.named.map((text) => (
        <li key={text.id} class="card">
          <p>
            <a href={addressOf(text)}>
              {t(`erase-kind-${text.kind}`)} {String(text.number ?? "")}
            </a>{" "}
            <span class="hint">{t(text.whole ? "erase-whole" : "erase-word")}</span>
          </p>
          {text.done && (
            <p class="hint">
              {t("erase-done-by")} <By by={text.done} />
            </p>
          )}
          <button
            type="button"
            class="button small quiet"
            aria-pressed={text.done !== undefined}
            data-test="erase-mark"
            onClick={() =>
              act("erasure.mark", { id: erasure.id, thing: text.id, done: !text.done })
            }
          >
            {t(text.done ? "erase-not-done" : "erase-done")}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Result({ erasure }: { erasure: Erasure }) {
  const pending = useSignal<boolean | null>(null);
  useEffect(() => {
    call("erasure.state", {})
      .then((state) => {
        pending.value = state.pending;
      })
      .catch(notifyError);
  }, [erasure.rev]);
  return (
    <section class="card stack" aria-labelledby="erase-result">
      <h2 id="erase-result">{t(erasure.texts ? "erased-with-texts" : "erased-without")}</h2>
      <p class="hint">
        <By by={erasure.by} /> <When ms={erasure.at_ms} /> · {t(`erase-reason-${erasure.reason}`)}
      </p>
      {pending.value !== null && (
        <p role="status" data-test="erase-state">
          {t(pending.value ? "erase-pending" : "erase-complete")}
        </p>
      )}
      <h3>{t("erase-named-title")}</h3>
      <p class="hint">{t("erase-named-hint")}</p>
      <NamedTexts erasure={erasure} />
    </section>
  );
}

function EraseForm({ member }: { member: Member }) {
  const texts = useSignal(false);
  const reason = useSignal<(typeof reasons)[number]>("asked");
  const typed = useSignal("");
  const step = useSignal(1);
  const busy = useSignal(false);
  const asked = useAsked(
    () => call("erasure.preview", { id: member.id, texts: texts.value }),
    texts.value,
  );
  const found = asked.answer as Counts | undefined;
  const word = t("erase-word-to-type");
  const same = typed.value.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  const next = async (event: Event) => {
    event.preventDefault();
    if (step.value === 1) {
      step.value = 2;
    } else if (same && !busy.value) {
      busy.value = true;
      await act("member.erase", { id: member.id, texts: texts.value, reason: reason.value });
      busy.value = false;
    }
  };
  return (
    <form class="stack" onSubmit={next} aria-busy={busy.value}>
      <section class="card stack" aria-labelledby="erase-goes">
        <h2 id="erase-goes">{t("erase-goes")}</h2>
        <p>{t("erase-goes-always")}</p>
        <label class="check">
          <input
            type="checkbox"
            checked={texts.value}
            disabled={step.value === 2}
            data-test="erase-texts"
            onChange={(event) => {
              texts.value = event.currentTarget.checked;
            }}
          />{" "}
          {t("erase-texts")}
        </label>
        {found ? (
          <ul data-test="erase-counts">
            {counts
              .filter((key) => found[key] > 0)
              .map((key) => (
                <li key={key}>{t(`erase-count-${key}`, { count: found[key] })}</li>
              ))}
          </ul>
        ) : (
          <Awaited {...asked} />
        )}
        <h2>{t("erase-stays")}</h2>
        <p>{t("erase-stays-what")}</p>
      </section>
      {step.value === 2 && (
        <section class="card stack" aria-labelledby="erase-last">
          <h2 id="erase-last">{t("erase-last")}</h2>
          <label class="field">
            <span>{t("erase-reason")}</span>
            <select
              value={reason.value}
              data-test="erase-reason"
              onChange={(event) => {
                reason.value = event.currentTarget.value as (typeof reasons)[number];
              }}
            >
              {reasons.map((one) => (
                <option key={one} value={one}>
                  {t(`erase-reason-${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{t("erase-type", { text: word })}</span>
            <input
              type="text"
              autocomplete="off"
              data-test="erase-typed"
              value={typed.value}
              onInput={(event) => {
                typed.value = event.currentTarget.value;
              }}
            />
          </label>
          {busy.value && <p role="status">{t("erase-busy")}</p>}
        </section>
      )}
      <div class="row wrap">
        <button
          type="submit"
          class={step.value === 2 ? "button danger" : "button"}
          disabled={step.value === 2 && (!same || busy.value)}
          data-test="erase-next"
        >
          {t(step.value === 2 ? "erase-for-ever" : "erase-go-on")}
        </button>
        <a class="button quiet" href={`/m/${member.number}`}>
          {t("go-back")}
        </a>
      </div>
    </form>
  );
}

export default function ErasePage() {
  const { params } = useRoute();
  const watched = useTopic(`member/${params.number}`);
  const erasures = useTopic("erasures");
  const member = watched.one("member");
  const erasure = erasures.all("erasure").find((one) => one.id === member?.id);
  const title = member ? t("erase-title", { name: shownPerson(member).name }) : t("members-title");
  const may = isAdmin.value || isSecretary.value;
  return (
    <Page name="erase" title={title}>
      {!may ? (
        <NotThere />
      ) : !member ? (
        watched.state.value === "closed" ? (
          <NotThere />
        ) : (
          <Loading />
        )
      ) : erasure ? (
        <Result erasure={erasure} />
      ) : member.status === "erased" ? (
        <p>{t("erase-complete")}</p>
      ) : (
        <EraseForm member={member} />
      )}
    </Page>
  );
}
