// The bell of the header: how many notifications are unread, quietly. Comes after the page.
import { useLocation } from "preact-iso";
import { number, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";

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
      <svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20a2 2 0 0 0 4 0" />
      </svg>
      {unread > 0 && (
        <span class="bell-count" aria-hidden="true">
          {unread < 50 ? number(unread) : "50+"}
        </span>
      )}
      <span class="hidden">{t("notify-bell", { count: unread })}</span>
    </a>
  );
}
