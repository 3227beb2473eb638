// A new to-do, made where it comes from: a decision or a proposal. Only its name is needed; the rest opens when there is
// one.
import { useSignal } from "@preact/signals";
import { isMember, me } from "../app/session";
import { language, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { useDraft } from "../ui/draft";
import { Field, type Person } from "../ui/parts";
import { act } from "../ui/toast";
import { DueDate, Effort, type Line, Lines, Words, written } from "./fields";
import { PickPeople } from "./people";
import { endOfDay } from "./words";

export function NewTask({ from }: { from: { kind: "decision" | "proposal"; id: string } }) {
  const title = useDraft(`task/${from.id}`);
  const result = useDraft(`task-result/${from.id}`);
  const quality = useDraft(`task-quality/${from.id}`);
  const due = useSignal("");
  const hours = useSignal<number | undefined>(undefined);
  const lines = useSignal<Line[]>([]);
  const people = useSignal<Person[]>([]);
  const busy = useSignal(false);
  if (!isMember.value) return null;
  const create = async (event: Event) => {
    event.preventDefault();
    const name = title.text.value.trim().normalize("NFC");
    if (!name) return;
    busy.value = true;
    const id = newId();
    const checklist = written(lines.value);
    const made = await act(
      "task.create",
      {
        ...{ id, language: language.value, title: name, from },
        assignees: people.value.map((person) => person.id),
        result: result.text.value.trim().normalize("NFC"),
        quality: quality.text.value.trim().normalize("NFC") || undefined,
        due: endOfDay(due.value),
        effort_hours: hours.value,
        ...(checklist.length > 0 ? { checklist } : {}),
      },
      {
        done: t("task-created"),
        undo: () => act("task.mark", { id, state: "dropped", reason: t("task-undo-reason") }),
      },
    );
    busy.value = false;
    if (!made) return;
    for (const draft of [title, result, quality]) draft.clear();
    due.value = "";
    hours.value = undefined;
    lines.value = [];
    people.value = [];
  };
  return (
    <form class="new-task" onSubmit={create}>
      <Field label={t("task-title-label")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            maxLength={160}
            data-test="task-title"
            value={title.text.value}
            onInput={(event) => title.set(event.currentTarget.value)}
          />
        )}
      </Field>
      {title.text.value && (
        <>
          <Words
            label={t("task-result-label")}
            hint={t("task-result-hint")}
            test="task-result"
            max={1000}
            value={result.text.value}
            onInput={(text) => result.set(text)}
          />
          <DueDate due={due} />
          <details class="more">
            <summary data-test="task-more">{t("task-more")}</summary>
            <div class="stack">
              <Words
                label={t("task-quality-label")}
                hint={t("task-quality-hint")}
                test="task-quality"
                max={600}
                value={quality.text.value}
                onInput={(text) => quality.set(text)}
              />
              <Effort hours={hours} />
              <Lines lines={lines} />
              <PickPeople chosen={people} without={[me.value.id]} ask={{ from }} />
            </div>
          </details>
        </>
      )}
      <button type="submit" class="button" data-test="task-create" disabled={busy.value}>
        {t("task-create")}
      </button>
    </form>
  );
}
