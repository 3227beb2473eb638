// From the pages of meetings to those of who plans, leads and records them; nobody else is shown these ways.
import { isFacilitator, isMember, isSecretary, isAdmin, me } from "../app/session";
import type { Meeting } from "../generated/api";
import { t } from "../i18n/i18n";
import { Icon, type IconName } from "../ui/icons";
import { useMayLead, useMayPrepare } from "./lead/may";

/** Any member may call a work session; the form offers what the server then judges. */
export function PlanOne() {
  const anything = isFacilitator.value || isSecretary.value || isAdmin.value;
  if (!anything && !isMember.value) return null;
  return (
    <a
      class={`button ${anything ? "primary" : ""}`}
      href={anything ? "/meetings/new" : "/meetings/new?kind=work_session"}
      data-test="meeting-plan-one"
    >
      <Icon name="plus" /> {t(anything ? "way-plan" : "way-plan-work")}
    </a>
  );
}

const ways: Record<string, IconName> = {
  ...{ lead: "next", edit: "work", desk: "people", invitation: "link" },
  ...{ minutes: "book", attendance: "task" },
};

export function Ways({ meeting }: { meeting: Meeting }) {
  const leads = useMayLead(meeting);
  const prepares = useMayPrepare(meeting);
  const counts = meeting.offices.scrutineers.some(({ id }) => id === me.value.id);
  const { state, number } = meeting;
  if (state === "cancelled" || !(prepares || counts)) return null;
  const ahead = state === "planned" || state === "open";
  const offered = [
    ...(leads && ahead ? ["lead"] : []),
    ...(prepares && ahead ? ["edit"] : []),
    ...(ahead ? ["desk"] : []),
    ...(prepares && state === "planned" ? ["invitation"] : []),
    ...(prepares && state !== "planned" ? ["minutes"] : []),
    ...(state === "ended" ? ["attendance"] : []),
  ];
  return (
    <nav class="row wrap meeting-ways" aria-label={t("ways")}>
      {offered.map((way, at) => (
        <a
          key={way}
          class={`button ${at === 0 ? "primary" : "small"}`}
          href={`/meetings/${number}/${way}`}
          data-test={`way-${way}`}
        >
          <Icon name={ways[way] ?? "next"} size={18} /> {t(`way-${way}`)}
        </a>
      ))}
    </nav>
  );
}
