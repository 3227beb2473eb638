// A new to-do, made where it comes from: a decision or a proposal.
import { useSignal } from "@preact/signals";
import { isMember } from "../app/session";
import { language, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { useDraft } from "../ui/draft";
import { Field } from "../ui/parts";
import { act } from "../ui/toast";

/** The end of a day, local time. */
function endOfDay(date: string): number | undefined {
  return date ? new Date(`${date}T20:00`).getTime() : undefined;
}

export function NewTask({ from }: { from: { kind: "decision" | "proposal"; id: string } }) {
  const title = useDraft(`task/${from.id}`);
  const result = useDraft(`task-result/${from.id}`);
  const due = useSignal("");
  const busy = useSignal(false);
  if (!isMember.value) return null;
  const create = async (event: Event) => {
    event.preventDefault();
    const name = title.text.value.trim().normalize("NFC");
    if (!name) return;
    busy.value = true;
    const id = newId();
    const made = await act(
      "task.create",
      {
        ...{ id, language: language.value, title: name, from, assignees: [] },
        result: result.text.value.trim().normalize("NFC"),
        due: endOfDay(due.value),
      },
      {
        done: t("task-created"),
        undo: () => act("task.mark", { id, state: "dropped", reason: t("task-undo-reason") }),
      },
    );
    busy.value = false;
    if (!made) return;
    title.clear();
    result.clear();
    due.value = "";
  };
  return (
    <form class="new-task" onSubmit={create}>
      <Field label={t("task-title-label")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={160}
            data-test="task-title"
            value={title.text.value}
            onInput={(event) => title.set(event.currentTarget.value)}
          />
        )}
      </Field>
      {title.text.value && (
        <>
          <Field label={t("task-result-label")} hint={t("task-result-hint")}>
            {(ids) => (
              <textarea
                {...ids}
                rows={2}
                maxLength={1000}
                data-test="task-result"
                value={result.text.value}
                onInput={(event) => result.set(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={t("task-due-label")}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                data-test="task-due"
                value={due.value}
                onInput={(event) => {
                  due.value = event.currentTarget.value;
                }}
              />
            )}
          </Field>
        </>
      )}
      <button type="submit" class="button" data-test="task-create" disabled={busy.value}>
        {t("task-create")}
      </button>
    </form>
  );
}
