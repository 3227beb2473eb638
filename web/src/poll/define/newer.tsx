// A draft that somebody else wrote anew, opened or cancelled while this form was being filled in: it says so above the button
// that saves, where nothing moves under a finger. What was typed stays until the person has chosen.
import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Poll } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";

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
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (overtaken.value) place.current?.focus();
  }, [overtaken.value]);
  const ended = now.state !== "draft";
  const newer = (now.drafted ?? 0) > (base.value ?? 0);
  const shown = !busy && (ended || newer || overtaken.value);
  return (
    <div role="status">
      {shown && (
        <p
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
                  base.value = now.rev;
                  overtaken.value = false;
                }}
              >
                {t("edit-keep-mine")}
              </button>
              <button
                type="button"
                class="button small"
                data-test="draft-theirs"
                onClick={onTheirs}
              >
                {t("edit-take-theirs")}
              </button>
            </>
          )}
        </p>
      )}
    </div>
  );
}
