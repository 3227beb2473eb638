// Unread notifications on home: fetched only when there are some.
import { t } from "../i18n/i18n";
import { Told } from "../notify/told";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";

const most = 5;

export function Replies() {
  const unread = useTopic("personal")
    .all("notification")
    .filter((one) => !one.read)
    .sort((a, b) => b.at_ms - a.at_ms || b.rev - a.rev);
  if (unread.length === 0) return null;
  return (
    <section aria-labelledby="replies">
      <h2 id="replies">
        <Icon name="reply" /> {t("home-replies")}
      </h2>
      {unread.slice(0, most).map((one) => (
        <Told key={one.id} told={one} test="home-told" />
      ))}
      <p>
        <a href="/notifications">{t("home-all-told", { count: unread.length })}</a>
      </p>
    </section>
  );
}
