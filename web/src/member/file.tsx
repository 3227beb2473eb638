// Inviting from a list: choose or paste it, look at what each line means, invite those who are new, hand the
// links over. A list with something wrong invites nobody; what is known is left as it is.
import { type Signal, useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { canInvite } from "../app/session";
import { number, pick, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Chip, Empty, Field, NotThere } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { saveFile } from "../ui/save";
import { ShowMore } from "../ui/more";
import { useClasses } from "../ui/classes";
import { absolute, colon } from "./belonging";
import { printSheets } from "./handover";
import { inviteNew, linksAsCsv, type Made, type Read, type Row, readList } from "./pieces";
import "./member.css";

const mostBytes = 16 * 1024 * 1024;
const shownFirst = 40;

function Choose({ read }: { read: Signal<Read | null> }) {
  const classes = useClasses();
  const text = useSignal("");
  const file = useSignal<File | null>(null);
  const klass = useSignal("");
  const busy = useSignal(false);
  const look = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    try {
      const bytes = file.value
        ? new Uint8Array(await file.value.arrayBuffer())
        : new TextEncoder().encode(text.value);
      read.value = await readList(bytes, klass.value);
    } catch (error) {
      notifyError(error);
    }
    busy.value = false;
  };
  const tooBig = (file.value?.size ?? 0) > mostBytes;
  const nothing = !file.value && text.value.trim() === "";
  return (
    <form class="card form" onSubmit={look}>
      <p>{t("list-lead")}</p>
      <p class="hint">{t("list-columns")}</p>
      <Field label={t("list-file")} error={tooBig ? t("list-too-big") : undefined}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            data-test="list-file"
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0] ?? null;
            }}
          />
        )}
      </Field>
      <Field label={t("list-paste")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={6}
            spellcheck={false}
            data-test="list-paste"
            placeholder={"name;email\nAn Peeters;an@example.org"}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {classes.length > 1 && (
        <Field label={t("list-class")} hint={t("list-class-hint")}>
          {(ids) => (
            <select
              {...ids}
              data-test="list-class"
              value={klass.value}
              onChange={(event) => {
                klass.value = event.currentTarget.value;
              }}
            >
              <option value="">{t("list-class-none")}</option>
              {classes.map((one) => (
                <option key={one.id} value={one.id}>
                  {pick(one.label).text || one.key}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <button
        type="submit"
        class="button primary big"
        data-test="list-look"
        disabled={busy.value || nothing || tooBig}
      >
        {busy.value ? t("list-looking") : t("list-look")}
      </button>
    </form>
  );
}

function Wrong({ row }: { row: Row }) {
  return (
    <ul>
      {(row.errors ?? []).map((error) => (
        <li key={`${error.at}${error.word}`}>
          {t("list-place", { line: error.line, at: error.at })}
          {error.column !== "none" && ` · ${t(`list-column-${error.column.replace("_", "-")}`)}`}
          {colon()}
          {t(`list-error-${error.word.replaceAll("_", "-")}`, { value: error.value ?? "" })}
          {error.value && error.word !== "twice" && <bdi class="list-value"> {error.value}</bdi>}
        </li>
      ))}
    </ul>
  );
}

function Differs({ row }: { row: Row }) {
  return (
    <ul>
      {(row.differences ?? []).map((one) => (
        <li key={one.column}>
          {t(`list-column-${one.column.replace("_", "-")}`)}
          {colon()}
          {one.now && one.column !== "class" ? t("list-now", { value: one.now }) : t("list-other")}
        </li>
      ))}
    </ul>
  );
}

const tones: Record<Row["state"], string> = {
  ...{ new: "ok", known: "plain", differs: "warn", wrong: "warn" },
};

function LineOf({ row }: { row: Row }) {
  const person = row.person as { name?: string; email?: string };
  return (
    <tr data-test="list-row" data-state={row.state}>
      <td>{row.line}</td>
      <td>
        <bdi>{person.name || person.email || "—"}</bdi>
        {person.name && person.email && (
          <>
            <br />
            <bdi class="hint">{person.email}</bdi>
          </>
        )}
      </td>
      <td>
        <Chip tone={tones[row.state]}>{t(`list-state-${row.state}`)}</Chip>
        {row.state === "wrong" && <Wrong row={row} />}
        {row.state === "differs" && <Differs row={row} />}
        {row.known && (
          <p class="hint">
            <a href={`/m/${row.number}`}>{row.known.name}</a>
            {row.status && row.status !== "active" && ` · ${t(`member-status-${row.status}`)}`}
          </p>
        )}
      </td>
    </tr>
  );
}

/** What is wrong stands first, then what differs, then the rest. */
const order: Row["state"][] = ["wrong", "differs", "new", "known"];

function Look({ read, onInvite }: { read: Read; onInvite: () => void }) {
  const shown = useSignal(shownFirst);
  const count = (state: Row["state"]) => read.rows.filter((row) => row.state === state).length;
  const sorted = order.flatMap((state) => read.rows.filter((row) => row.state === state));
  const fresh = count("new");
  const wrong = count("wrong") + (read.fault ? 1 : 0);
  return (
    <section class="stack" aria-labelledby="list-found">
      <h2 id="list-found">{t("list-found")}</h2>
      <ul class="row wrap" data-test="list-counts">
        {order.map((state) => (
          <li key={state}>
            <Chip tone={tones[state]} data-test={`list-count-${state}`}>
              {number(count(state))} {t(`list-counted-${state}`)}
            </Chip>
          </li>
        ))}
      </ul>
      {read.fault && (
        <p class="notice warn" role="alert" data-test="list-fault">
          {t("list-place", { line: read.fault.line, at: read.fault.at })}
          {colon()}
          {t(`list-fault-${read.fault.word.replaceAll("_", "-")}`)}
        </p>
      )}
      {read.unknown.length > 0 && (
        <p class="hint">{t("list-unknown", { names: read.unknown.join(", ") })}</p>
      )}
      {wrong > 0 && <p class="notice warn">{t("list-nobody")}</p>}
      {wrong === 0 && fresh === 0 && <Empty icon="done" text={t("list-all-known")} />}
      {wrong === 0 && fresh > 0 && (
        <button type="button" class="button primary big" data-test="list-invite" onClick={onInvite}>
          {t("list-invite", { count: fresh })}
        </button>
      )}
      {sorted.length > 0 && (
        <table class="list-table">
          <thead>
            <tr>
              <th scope="col">{t("list-line")}</th>
              <th scope="col">{t("list-who")}</th>
              <th scope="col">{t("list-what")}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown.value).map((row) => (
              <LineOf key={row.line} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <ShowMore
        left={sorted.length - shown.value}
        onMore={() => {
          shown.value += 200;
        }}
      />
    </section>
  );
}

function HandOver({ made, total }: { made: readonly Made[]; total: number }) {
  const done = made.length >= total;
  return (
    <section class="card stack" aria-labelledby="list-made">
      <h2 id="list-made" aria-live="polite" data-test="list-made">
        {done
          ? t("list-made", { count: made.length })
          : t("list-making", { done: made.length, total })}
      </h2>
      <progress max={total} value={made.length} aria-label={t("list-progress")} />
      {done && (
        <>
          <p>{t("list-keep")}</p>
          <div class="row wrap">
            <button
              type="button"
              class="button primary"
              data-test="list-print"
              onClick={() => printSheets(made.map(({ name, link }) => ({ name, url: link })))}
            >
              <Icon name="down" size={18} /> {t("list-print")}
            </button>
            <button
              type="button"
              class="button"
              data-test="list-download"
              onClick={() => saveFile("palabre-links.csv", linksAsCsv(made), "text/csv")}
            >
              <Icon name="down" size={18} /> {t("list-download")}
            </button>
            <a class="button quiet" href="/m">
              {t("members-title")}
            </a>
          </div>
        </>
      )}
    </section>
  );
}

export default function InviteList() {
  const read = useSignal<Read | null>(null);
  const made = useSignal<readonly Made[]>([]);
  const total = useSignal(0);
  const invite = async () => {
    const rows = read.value?.rows ?? [];
    total.value = rows.filter((row) => row.state === "new").length;
    try {
      await inviteNew(rows, (some) => {
        const whole = some.map((one) => ({ ...one, link: absolute(one.link) }));
        made.value = [...made.peek(), ...whole];
      });
    } catch (error) {
      notifyError(error);
      total.value = made.peek().length;
    }
    read.value = null;
  };
  return (
    <Page name="invite-list" title={t("list-title")}>
      <nav class="crumbs" aria-label={t("members-title")}>
        <a href="/m">{t("members-title")}</a>
      </nav>
      {!canInvite.value ? (
        <NotThere />
      ) : total.value > 0 ? (
        <HandOver made={made.value} total={total.value} />
      ) : (
        <div class="stack">
          <Choose read={read} />
          {read.value && <Look read={read.value} onInvite={invite} />}
        </div>
      )}
    </Page>
  );
}
