// Who is there, from a file: looked at first, row by row; then recorded, without the rows that cannot be read.
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { toBase64Url } from "../../ballot/bytes";
import { me } from "../../app/session";
import type { Attendance, Meeting, Methods } from "../../generated/api";
import { number, t } from "../../i18n/i18n";
import { newId } from "../../sync/rpc";
import { call, serverNow } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { Chip, Field } from "../../ui/parts";
import { act, notifyDone, notifyError } from "../../ui/toast";
import { type Piece, piecesOf, textOf } from "./table";

type Row = Methods["attendance.preview"]["result"]["rows"][number];
const shownRows = 300;

const bytesOf = (piece: Piece) => ({
  csv: toBase64Url(new TextEncoder().encode(piece.csv)),
  line: piece.line,
});

function Rows({ rows }: { rows: readonly Row[] }) {
  const ordered = [...rows].sort(
    (a, b) => Number(b.state === "wrong") - Number(a.state === "wrong"),
  );
  return (
    <ul class="import-lines">
      {ordered.slice(0, shownRows).map((one) => (
        <li key={one.line} data-test="import-row" data-state={one.state}>
          <span class="count">{number(one.line)}</span>
          <bdi>{one.member?.name ?? one.error?.value ?? ""}</bdi>
          <Chip
            tone={one.state === "wrong" ? "warn" : one.state === "same" ? "plain" : "ok"}
            icon={one.state === "wrong" ? "warn" : "done"}
          >
            {t(`import-${one.error?.word.replaceAll("_", "-") ?? one.state}`)}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

/** So long an import can be taken back, wherever one goes meanwhile: the server keeps whom it changed. */
const takeBackMs = 600_000;
/** Those until then are not offered again: a newer one was taken back. */
const takenMs = signal(0);

interface Last {
  import: string;
  atMs: number;
  count: number;
}

/** The newest list that this person put in, on any device. */
function lastOf(list: readonly Attendance[]): Last | undefined {
  const found = new Map<string, Last>();
  for (const { import: mark } of list) {
    if (mark?.by !== me.value.id) continue;
    const { atMs = 0, count = 0 } = found.get(mark.id) ?? {};
    found.set(mark.id, {
      ...{ import: mark.id, atMs: Math.max(atMs, mark.at_ms), count: count + 1 },
    });
  }
  return [...found.values()].sort((a, b) => b.atMs - a.atMs)[0];
}

async function takeBack(meeting: Meeting, list: string): Promise<void> {
  const before = takenMs.peek();
  takenMs.value = serverNow();
  const what = { meeting: meeting.id, import: list };
  const taken = await act("attendance.undo_import", what, { done: t("desk-import-undone") });
  // What was refused is offered still.
  if (!taken) takenMs.value = before;
}

function LastImport({ meeting, list }: { meeting: Meeting; list: readonly Attendance[] }) {
  const now = useSignal(serverNow());
  const last = lastOf(list);
  const untilMs = (last?.atMs ?? 0) + takeBackMs;
  useEffect(() => {
    now.value = serverNow();
    const timer = setTimeout(() => {
      now.value = serverNow();
    }, untilMs - serverNow());
    return () => clearTimeout(timer);
  }, [untilMs]);
  if (!last || now.value >= untilMs || last.atMs <= takenMs.value) return null;
  return (
    <p class="notice wrap" data-test="desk-import-last">
      <span class="grow">{t("desk-import-last", { count: last.count })}</span>
      <button
        type="button"
        class="button small"
        data-test="desk-import-take-back"
        onClick={() => takeBack(meeting, last.import)}
      >
        {t("undo")}
      </button>
    </p>
  );
}

export function Import({ meeting, list }: { meeting: Meeting; list: readonly Attendance[] }) {
  const text = useSignal("");
  const rows = useSignal<readonly Row[] | null>(null);
  const fault = useSignal(false);
  const busy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const type = (csv: string) => {
    text.value = csv;
    rows.value = null;
    fault.value = false;
  };
  const look = async () => {
    const looked = text.peek();
    busy.value = true;
    try {
      const found: Row[] = [];
      let faulty = false;
      for (const piece of piecesOf(looked)) {
        const answer = await call("attendance.preview", { meeting: meeting.id, ...bytesOf(piece) });
        found.push(...answer.rows);
        faulty ||= Boolean(answer.fault);
      }
      // Nothing counts that was not looked at: what was changed meanwhile is looked at again.
      if (text.peek() === looked) {
        rows.value = found;
        fault.value = faulty;
      }
    } catch (error) {
      notifyError(error);
    }
    busy.value = false;
  };
  const put = async () => {
    const pieces = piecesOf(text.peek());
    const put = { meeting: meeting.id, import: newId() };
    busy.value = true;
    let recorded = 0;
    let done = 0;
    for (const piece of pieces) {
      const answer = await act("attendance.import", { ...put, ...bytesOf(piece) });
      if (!answer) break;
      recorded += answer.recorded;
      done++;
    }
    busy.value = false;
    if (done > 0)
      notifyDone(t("desk-import-done", { count: recorded }), () => takeBack(meeting, put.import));
    // What was refused stays, to be looked at again: rows that are recorded are then "so already".
    if (done < pieces.length) {
      rows.value = null;
      return;
    }
    type("");
    if (field.current) field.current.value = "";
  };
  const good = rows.value?.filter((one) => one.state !== "wrong").length ?? 0;
  const wrong = (rows.value?.length ?? 0) - good;
  return (
    <>
      <LastImport meeting={meeting} list={list} />
      <details class="card box" data-test="desk-import">
        <summary>
          <h2>{t("desk-import")}</h2>
        </summary>
        <div class="form">
          <p class="hint">{t("desk-import-hint")}</p>
          <Field label={t("desk-import-file")}>
            {(ids) => (
              <input
                {...ids}
                ref={field}
                type="file"
                accept=".csv,.txt,text/csv,text/plain"
                data-test="desk-import-file"
                onChange={async (event) => {
                  const file = event.currentTarget.files?.[0];
                  if (!file) return;
                  type(textOf(await file.arrayBuffer()));
                  look();
                }}
              />
            )}
          </Field>
          <Field label={t("desk-import-paste")}>
            {(ids) => (
              <textarea
                {...ids}
                rows={4}
                readOnly={busy.value}
                spellcheck={false}
                data-test="desk-import-text"
                placeholder={"name,email,present,remote\nAn Peeters,an@example.org,1,0"}
                value={text.value}
                onInput={(event) => type(event.currentTarget.value)}
              />
            )}
          </Field>
          <button
            type="button"
            class="button"
            data-test="desk-import-look"
            disabled={busy.value || !text.value.trim()}
            aria-busy={busy.value}
            onClick={look}
          >
            {t("desk-import-look")}
          </button>
          {fault.value && (
            <p class="field-error" role="alert">
              <Icon name="warn" size={16} /> {t("desk-import-fault")}
            </p>
          )}
          {rows.value && !fault.value && (
            <div data-test="desk-import-preview">
              {wrong > 0 && <p class="field-error">{t("desk-import-wrong", { count: wrong })}</p>}
              <Rows rows={rows.value} />
              {rows.value.length > shownRows && (
                <p class="hint">
                  {t("desk-import-more", { count: rows.value.length - shownRows })}
                </p>
              )}
              <button
                type="button"
                class="button primary"
                data-test="desk-import-put"
                disabled={busy.value || good === 0}
                onClick={put}
              >
                {t("desk-import-put", { count: good })}
              </button>
            </div>
          )}
        </div>
      </details>
    </>
  );
}
