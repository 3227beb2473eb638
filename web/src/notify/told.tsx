// One notification: what happened, about which thing, when.
import type { Notification } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { send } from "../sync/outbox";
import { Icon } from "../ui/icons";
import { When } from "../ui/parts";
import { kinds, placeOf } from "./kinds";
import "./notify.css";

function titleOf({ on }: Notification): { text: string; lang: string | undefined } {
  return on.titles ? pick(on.titles) : { text: on.title ?? "", lang: undefined };
}

export function sentence({ what, by, count }: Notification): string {
  const program = by === "operator";
  const name = typeof by === "object" ? by.name : program ? t("by-operator") : t("by-system");
  return t(`notify-${what}`, { name, count });
}

/** One notification; following it marks it as read. */
export function Told({ told, test = "told" }: { told: Notification; test?: string }) {
  const title = titleOf(told);
  const read = () => {
    if (!told.read) send("notification.read", { id: told.id }).catch(() => {});
  };
  return (
    <a
      class={told.read ? "told" : "told unread"}
      href={placeOf(told)}
      data-test={test}
      data-what={told.what}
      data-read={told.read}
      onClick={read}
      onAuxClick={read}
    >
      <Icon name={kinds[told.what].icon} />
      <span class="grow">
        <span class="told-what">{sentence(told)}</span>
        {title.text && (
          <bdi class="told-title" lang={title.lang}>
            {title.text}
          </bdi>
        )}
        <span class="hint">
          <When ms={told.at_ms} />
          {!told.read && <span class="hidden">{t("notify-unread")}</span>}
        </span>
      </span>
      {!told.read && <span class="told-dot" aria-hidden="true" />}
    </a>
  );
}
