// Before there is a meeting to show: the code is asked for, with why the one before was refused.
import { useRef } from "preact/hooks";
import { Sign } from "../ui/icons";
import { enter } from "./main";
import { Say } from "./say";
import { main, t } from "./words";

const known = ["screen.unknown", "screen.signed_in", "rate.limited"];

export function Entry({ waiting, reason }: { waiting: boolean; reason: string | undefined }) {
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? "";
    if (!code) return;
    if (location.hash.slice(1) === code) enter(code);
    else location.hash = code;
  };
  const refusal = reason && known.includes(reason) ? reason.replace(/[._]/g, "-") : "other";
  return (
    <main class="face entry" data-page="screen" data-face="entry">
      <Sign size={160} />
      <h1 class="title">
        <Say of={t("screen-name")} />
      </h1>
      {waiting ? (
        <p role="status">
          <Say of={t("screen-entering")} line />
        </p>
      ) : (
        <form onSubmit={submit}>
          <label for="screen-code">
            <Say of={t("screen-code")} line />
          </label>
          <div class="entry-row">
            <input
              ref={field}
              id="screen-code"
              data-test="screen-code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={14}
            />
            <button type="submit" class="button primary" data-test="screen-enter">
              {t("screen-enter")[main.value]}
            </button>
          </div>
          {reason && (
            <p role="alert" data-test="screen-refused">
              <Say of={t(`screen-refused-${refusal}`)} />
            </p>
          )}
        </form>
      )}
    </main>
  );
}
