// The page of one member: who they are, whom they can ask, what they proposed and did, and how their roles
// came about. Those who may find the tools here: a fresh link, devices, roles and class, leaving.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { isAdmin, isFacilitator, isMember, isSecretary, me } from "../app/session";
import { Report } from "../discussion/report";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { useLater } from "../ui/later";
import { Loading, NotThere } from "../ui/parts";
import { shownPerson } from "./belonging";
import { Handover, type Handed } from "./handover";
import { LinkButton } from "./list";
import { History, Introduction, Sponsored, WorksOf } from "./person";
import { Sponsor } from "./profile";
import "./member.css";

const fetchManage = () => import("./manage");

export default function MemberPage() {
  const { params } = useRoute();
  const handed = useSignal<Handed | null>(null);
  const watched = useTopic(`member/${params.number}`);
  const member = watched.one("member");
  const office = isAdmin.value || isFacilitator.value || isSecretary.value;
  const manage = useLater(fetchManage, office);
  if (!member)
    return (
      <Page name="member" title={t("members-title")}>
        {watched.state.value === "closed" || watched.state.value === "complete" ? (
          <NotThere />
        ) : (
          <Loading />
        )}
      </Page>
    );
  const person = shownPerson(member);
  const here = member.status === "active" || member.status === "dormant";
  return (
    <Page
      name="member"
      title={person.name}
      actions={
        <div class="row wrap">
          {member.id === me.value.id && (
            <a class="button" href="/me">
              {t("me-title")}
            </a>
          )}
          <LinkButton
            member={member}
            onLink={(made) => {
              handed.value = made;
            }}
          />
        </div>
      }
    >
      <nav class="crumbs" aria-label={t("members-title")}>
        <a href="/m">{t("members-title")}</a>
      </nav>
      <div class="stack">
        <Introduction member={member} />
        {(here || member.status === "invited") && (
          <Sponsor
            member={member}
            may={isAdmin.value || isFacilitator.value || member.id === me.value.id}
          />
        )}
        <Sponsored member={member} />
        <WorksOf member={member} />
        {manage && member.status !== "external" && <manage.Manage member={member} />}
        <History history={watched.one("member_history")} />
        {member.introduction && isMember.value && member.id !== me.value.id && (
          <div>
            <Report kind="member" id={member.id} />
          </div>
        )}
      </div>
      {handed.value && (
        <Handover
          key={handed.value.url}
          handed={handed.value}
          onClose={() => {
            handed.value = null;
          }}
        />
      )}
    </Page>
  );
}
