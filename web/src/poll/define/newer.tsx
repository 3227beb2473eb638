// A draft that somebody else wrote anew, opened or cancelled while this form was being filled in: it says so below the button
// that saves, where nothing moves under a finger. What was typed stays until the person has chosen, and said so twice.
import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Poll } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import { Ask } from "../../ui/parts";

export function Newer({
  now,
  base,
  overtaken,
  busy,
  onTheirs,
}: {
  /** The vote as it stands now. */
  now: Poll;
  /** The one that the form replaces. */
  base: Signal<number | undefined>;
  /** It was not saved for that. */
  overtaken: Signal<boolean>;
  /** It is being saved: what comes may be one's own. */
  busy: boolean;
  onTheirs: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (overtaken.value) place.current?.focus();
  }, [overtaken.value]);
  const ended = now.state !== "draft";
  const newer = (now.drafted ?? 0) > (base.value ?? 0);
  const shown = !busy && (ended || newer || overtaken.value);
  return (
    <div role="status">
      {shown && (
        <div
          ref={place}
          class="notice warn wrap"
          tabIndex={-1}
          data-test="draft-newer"
          data-ended={ended}
        >
          <Icon name="warn" />
          <span class="grow">{t(ended ? "edit-ended" : "edit-newer")}</span>
          <a class="button small" href={`/v/${now.number}`} target="_blank" rel="noreferrer">
            {t("edit-look")}
          </a>
          {newer && !ended && (
            <>
              <button
                type="button"
                class="button small"
                data-test="draft-mine"
                onClick={() => {
                  // This button goes: whoever is on it goes on to the one that saves.
                  place.current
                    ?.closest("form")
                    ?.querySelector<HTMLElement>("[type=submit]")
                    ?.focus();
                  base.value = now.rev;
                  overtaken.value = false;
                }}
              >
                {t("edit-keep-mine")}
              </button>
              <Ask
                label={t("edit-take-theirs")}
                question={t("edit-take-ask")}
                confirm={t("edit-take-theirs")}
                tone="small"
                test="draft-theirs"
                onConfirm={() => {
                  document.getElementById("main")?.focus({ preventScroll: true });
                  onTheirs();
                }}
              />
            </>
          )}
        </div>
      )}
    </div>
  );
}
