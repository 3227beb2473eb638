// Who is there, from a file: looked at first, row by row; then recorded, without the rows that cannot be read.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { toBase64Url } from "../../ballot/bytes";
import type { Meeting, Methods } from "../../generated/api";
import { number, t } from "../../i18n/i18n";
import { call } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { Chip, Field } from "../../ui/parts";
import { act, notifyDone, notifyError } from "../../ui/toast";
import { type Piece, piecesOf } from "./table";

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
            {t(`import-${one.error?.word.replace("_", "-") ?? one.state}`)}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

export function Import({ meeting }: { meeting: Meeting }) {
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
    busy.value = true;
    try {
      const found: Row[] = [];
      for (const piece of piecesOf(text.peek())) {
        const answer = await call("attendance.preview", { meeting: meeting.id, ...bytesOf(piece) });
        found.push(...answer.rows);
        if (answer.fault) fault.value = true;
      }
      rows.value = found;
    } catch (error) {
      notifyError(error);
    }
    busy.value = false;
  };
  const put = async () => {
    busy.value = true;
    let recorded = 0;
    for (const piece of piecesOf(text.peek())) {
      const answer = await act("attendance.import", { meeting: meeting.id, ...bytesOf(piece) });
      if (!answer) break;
      recorded += answer.recorded;
    }
    busy.value = false;
    if (recorded === 0) return;
    notifyDone(t("desk-import-done", { count: recorded }));
    type("");
    if (field.current) field.current.value = "";
  };
  const good = rows.value?.filter((one) => one.state !== "wrong").length ?? 0;
  const wrong = (rows.value?.length ?? 0) - good;
  return (
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
                type(await file.text());
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
  );
}
