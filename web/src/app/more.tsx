// Where the bottom bar of a phone has no room: the ways to everything else.
import { t } from "../i18n/i18n";
import { Way } from "../ui/way";
import { Page } from "./page";
import { canInvite } from "./session";

export default function More() {
  return (
    <Page name="more" title={t("nav-more")}>
      <ul class="ways">
        <Way
          {...{ href: "/d", icon: "book", test: "more-decisions" }}
          text={t("nav-decisions")}
          hint={t("more-decisions")}
        />
        <Way
          {...{ href: "/m", icon: "people", test: "more-members" }}
          text={t("nav-members")}
          hint={t("more-members")}
        />
        <Way
          {...{ href: "/g", icon: "talk", test: "more-groups" }}
          text={t("nav-groups")}
          hint={t("more-groups")}
        />
        <Way
          {...{ href: "/me", icon: "me", test: "more-me" }}
          text={t("nav-me")}
          hint={t("more-me")}
        />
        {canInvite.value && (
          <Way
            {...{ href: "/settings", icon: "ready", test: "more-settings" }}
            text={t("nav-settings")}
            hint={t("more-settings")}
          />
        )}
      </ul>
    </Page>
  );
}
