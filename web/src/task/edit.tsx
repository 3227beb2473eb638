// A better wording of a to-do. What is being written stays as it is, whatever others change meanwhile; only what the
// person changed is sent.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Given } from "../sync/rpc";
import type { Task } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Field } from "../ui/parts";
import { act } from "../ui/toast";
import { DueDate, Effort, Lines, Themes, Words, written } from "./fields";
import { dateField, endOfDay } from "./words";

type Update = Given<"task.update">;
const clean = (text: string) => text.trim().normalize("NFC");

export function EditTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const first = useRef(task).current;
  const organisation = useTopic("org").one("organisation");
  const title = useSignal(first.title);
  const result = useSignal(first.result);
  const quality = useSignal(first.quality ?? "");
  const due = useSignal(dateField(first.due_ms));
  const hours = useSignal(first.effort_hours);
  const themes = useSignal(first.themes);
  const lines = useSignal(first.checklist.map(({ id, text }) => ({ id, text })));
  const busy = useSignal(false);

  const changes = (): Update => {
    const update: Update = { id: first.id };
    if (clean(title.value) !== first.title) update.title = clean(title.value);
    if (clean(result.value) !== first.result) update.result = clean(result.value);
    if (clean(quality.value) !== (first.quality ?? "")) update.quality = clean(quality.value);
    if (due.value !== dateField(first.due_ms)) update.due = endOfDay(due.value) ?? null;
    if (hours.value !== first.effort_hours) update.effort_hours = hours.value ?? null;
    if (themes.value !== first.themes) update.themes = themes.value;
    const before = JSON.stringify(first.checklist.map(({ id, text }) => ({ id, text })));
    const now = written(lines.value);
    if (JSON.stringify(now) !== before) update.checklist = now;
    return update;
  };
  const back = (update: Update): Update => ({
    id: first.id,
    ...(update.title !== undefined ? { title: first.title } : {}),
    ...(update.result !== undefined ? { result: first.result } : {}),
    ...(update.quality !== undefined ? { quality: first.quality ?? "" } : {}),
    ...(update.due !== undefined ? { due: first.due_ms ?? null } : {}),
    ...(update.effort_hours !== undefined ? { effort_hours: first.effort_hours ?? null } : {}),
    ...(update.themes !== undefined ? { themes: first.themes } : {}),
    ...(update.checklist !== undefined
      ? { checklist: first.checklist.map(({ id, text }) => ({ id, text })) }
      : {}),
  });
  const save = async (event: Event) => {
    event.preventDefault();
    const update = changes();
    if (Object.keys(update).length === 1 || !clean(title.value)) return onClose();
    busy.value = true;
    const undo = () => act("task.update", back(update));
    const done = await act("task.update", update, { done: t("task-saved"), undo });
    busy.value = false;
    if (done) onClose();
  };
  return (
    <form class="card form" data-test="task-edit" onSubmit={save}>
      <Field label={t("task-name-label")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            required
            maxLength={160}
            data-test="edit-title"
            value={title.value}
            onInput={(event) => {
              title.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Words
        label={t("task-result-label")}
        test="edit-result"
        max={1000}
        value={result.value}
        onInput={(text) => {
          result.value = text;
        }}
      />
      <Words
        label={t("task-quality-label")}
        hint={t("task-quality-hint")}
        test="edit-quality"
        max={600}
        value={quality.value}
        onInput={(text) => {
          quality.value = text;
        }}
      />
      <DueDate due={due} />
      <Effort hours={hours} />
      <Lines lines={lines} />
      <Themes themes={themes} organisation={organisation} />
      <div class="row wrap">
        <button type="submit" class="button primary" data-test="edit-save" disabled={busy.value}>
          {t("save")}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {t("go-back")}
        </button>
      </div>
    </form>
  );
}
