// How far the to-dos are, in words and as a bar; when the last is done, whoever may is asked whether it is realised.
import { t } from "../i18n/i18n";
import { Meter } from "../ui/parts";
import { act } from "../ui/toast";

export function Progress({ tasks }: { tasks: { total: number; done: number } }) {
  if (tasks.total === 0) return null;
  return (
    <div class="progress" data-test="tasks-progress">
      <p class="hint">{t("tasks-progress", tasks)}</p>
      <Meter value={tasks.done} total={tasks.total} tone="ok" />
    </div>
  );
}

/** Shown to authors and facilitation of a proposal under way whose to-dos are all done. */
export function AllDone({ proposal }: { proposal: string }) {
  return (
    <div class="notice" data-test="tasks-all-done">
      <div>
        <p>{t("tasks-all-done")}</p>
        <button
          type="button"
          class="button small primary"
          data-test="tasks-realised"
          onClick={() =>
            act(
              "proposal.mark",
              { id: proposal, state: "realised" },
              {
                done: t("tasks-realised-done"),
                undo: () => act("proposal.mark", { id: proposal, state: "in_progress" }),
              },
            )
          }
        >
          {t("tasks-realised")}
        </button>
      </div>
    </div>
  );
}
