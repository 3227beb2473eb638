// Who may prepare and lead a meeting; the server judges, this only decides what is offered.
import { isAdmin, isFacilitator, isSecretary, me } from "../../app/session";
import type { Meeting } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { useTopic } from "../../sync/feed";
import { Empty } from "../../ui/parts";

/** Its chair and secretary, facilitation, who called a work session, who coordinates the group of a group's meeting. */
export function useMayLead(meeting: Meeting | undefined): boolean {
  const groups = useTopic(meeting?.group ? "groups" : "").all("group");
  if (!meeting) return false;
  const { id } = me.value;
  const { chair, secretary } = meeting.offices;
  const coordinators = groups.find((one) => one.id === meeting.group?.id)?.coordinators ?? [];
  return (
    isFacilitator.value ||
    [chair, secretary, ...coordinators].some((one) => one?.id === id) ||
    (meeting.meeting_kind === "work_session" &&
      typeof meeting.by === "object" &&
      meeting.by.id === id)
  );
}

/** Also the secretariat and administration. */
export function useMayPrepare(meeting: Meeting | undefined): boolean {
  const leads = useMayLead(meeting);
  return leads || isSecretary.value || isAdmin.value;
}

export function NotYours({ meeting }: { meeting: Meeting }) {
  return (
    <Empty icon="lock" text={t("not-yours")}>
      <a class="button" href={`/meetings/${meeting.number}`}>
        {t("to-meeting")}
      </a>
    </Empty>
  );
}
