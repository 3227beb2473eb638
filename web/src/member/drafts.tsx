// What I have begun to write and not sent: mine alone, from any device.
import type { Draft } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { When } from "../ui/parts";

const most = 20;
const shown = 140;

/** Where the draft is gone on with, as far as its name says; a comment waits under what it is about. */
function placeOf({ field, object }: Draft): string | undefined {
  if (/^proposal-(title|need|text)$/.test(field) || /^proposal-/.test(object)) return "/p/new";
  if (/^(revise|answer|translate)/.test(field) && object) return `/p/${object.split("/")[0]}`;
  return undefined;
}

export function Drafts() {
  const drafts = useTopic("personal")
    .all("draft")
    .toSorted((a, b) => b.at_ms - a.at_ms);
  if (drafts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="my-drafts">
      <h2 id="my-drafts">{t("me-drafts")}</h2>
      <p class="hint">{t("me-drafts-hint")}</p>
      <ul class="plain-list">
        {drafts.slice(0, most).map((draft) => {
          const place = placeOf(draft);
          const text = draft.text.slice(0, shown) + (draft.text.length > shown ? "…" : "");
          return (
            <li key={draft.id} data-test="my-draft">
              {place ? <a href={place}>{text}</a> : <span>{text}</span>}{" "}
              <span class="hint">
                <When ms={draft.at_ms} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
