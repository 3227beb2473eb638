// The bell of the header: how many notifications are unread, quietly. Comes after the page.
import { useLocation } from "preact-iso";
import { number, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";

export function Bell() {
  const { path } = useLocation();
  const all = useTopic("personal").all("notification");
  const unread = all.filter((one) => !one.read).length;
  return (
    <a
      class="bell"
      href="/notifications"
      aria-current={path === "/notifications" ? "page" : undefined}
      data-test="bell"
      data-unread={unread}
    >
      <Icon name="bell" size={24} />
      {unread > 0 && (
        <span class="bell-count" aria-hidden="true">
          {unread < 50 ? number(unread) : "50+"}
        </span>
      )}
      <span class="hidden">{t("notify-bell", { count: unread })}</span>
    </a>
  );
}
