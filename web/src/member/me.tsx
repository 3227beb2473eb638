// My page: who I am for the others, and what is mine.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { isMember, me } from "../app/session";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Loading } from "../ui/parts";
import { Way } from "../ui/way";
import { Drafts } from "./drafts";
import { Pause } from "./manage";
import { Introduction, Sponsored, WorksOf } from "./person";
import { ProfileForm, Sponsor } from "./profile";
import "./member.css";

export default function Mine() {
  const watched = useTopic("me");
  const editing = useSignal(false);
  const member = watched.all("member").find((one) => one.id === me.value.id);
  if (!member)
    return (
      <Page name="me" title={t("me-title")}>
        <Loading />
      </Page>
    );
  return (
    <Page name="me" title={t("me-title")}>
      <div class="stack">
        {editing.value ? (
          <ProfileForm
            member={member}
            own={watched.one("member_private")}
            onDone={() => {
              editing.value = false;
            }}
          />
        ) : (
          <>
            <Introduction member={member} />
            <div class="row wrap">
              <button
                type="button"
                class="button primary"
                data-test="profile-edit"
                onClick={() => {
                  editing.value = true;
                }}
              >
                {t("profile-edit")}
              </button>
              {isMember.value && <Pause member={member} />}
            </div>
            <p class="hint">{member.status === "dormant" ? t("pause-now") : t("pause-hint")}</p>
            {isMember.value && <Sponsor member={member} may />}
          </>
        )}
        <ul class="ways">
          <Way
            href="/me/devices"
            icon="device"
            text={t("me-devices")}
            hint={t("me-devices-hint")}
            test="me-devices"
          />
          <Way
            href="/notifications"
            icon="bell"
            text={t("me-notifications")}
            hint={t("me-notifications-hint")}
            test="me-notifications"
          />
        </ul>
        <Drafts />
        <Sponsored member={member} />
        <WorksOf member={member} />
        <p>
          <a href={`/m/${member.number}/leave`} data-test="member-leave">
            {t("me-leave")}
          </a>
        </p>
      </div>
    </Page>
  );
}
