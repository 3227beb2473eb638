// Planning a meeting: what it is; its agenda and officers follow on the next page.
import { act } from "../../ui/toast";
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../../app/page";
import type { Rule } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { useWhole } from "../../sync/feed";
import { newId } from "../../sync/rpc";
import { call, serverNow } from "../../sync/socket";
import { Loading } from "../../ui/parts";
import { MeetingForm, type Template, templateFor } from "./form";
import { kinds, type Kind, newPlan, type Plan, problemsOf, toPlan } from "./plan";
import "../../poll/define/define.css";
import "./prepare.css";

function Form({ own, templates }: { own: readonly Rule[]; templates: readonly Template[] }) {
  const { query, route } = useLocation();
  const kind: Kind = kinds.find((one) => one === query.kind) ?? "general_assembly";
  const plan = useSignal<Plan>({
    ...newPlan(kind, serverNow()),
    ...{ group: query.group ?? "", second_of: query.second ?? "" },
    template: query.second ? "" : templateFor(kind, templates),
  });
  const wrong = useSignal<ReadonlySet<string>>(new Set());
  const busy = useSignal(false);
  const save = async (event: Event) => {
    event.preventDefault();
    wrong.value = problemsOf(plan.peek());
    if (wrong.peek().size > 0) {
      const form = event.currentTarget as HTMLElement;
      queueMicrotask(() =>
        form.querySelector<HTMLElement>(".field-error")?.scrollIntoView({ block: "center" }),
      );
      return;
    }
    if (busy.peek()) return;
    busy.value = true;
    const id = newId();
    const made = await act("meeting.plan", {
      ...{ id, ...toPlan(plan.peek()) },
    });
    busy.value = false;
    if (made) route(`/meetings/${made.number ?? id}/edit`);
  };
  return (
    <form class="form planning" onSubmit={save} noValidate>
      <MeetingForm {...{ plan, wrong, own, templates }} isNew />
      <button
        type="submit"
        class="button primary big"
        data-test="meeting-plan"
        disabled={busy.value}
      >
        {t("meeting-plan-button")}
      </button>
    </form>
  );
}

export default function NewMeeting() {
  const whole = useWhole("org");
  const org = whole.one("organisation");
  const templates = useSignal<readonly Template[] | null>(null);
  useEffect(() => {
    call("meeting.templates", {}).then(
      ({ items }) => {
        templates.value = items;
      },
      () => {
        templates.value = [];
      },
    );
  }, []);
  return (
    <Page name="meeting-new" title={t("meeting-new-title")}>
      <p class="lead">{t("meeting-new-lead")}</p>
      {org && templates.value ? (
        <Form own={whole.all("rule")} templates={templates.value} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
