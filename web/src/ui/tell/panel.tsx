// What "tell people" opens: the link to copy or share, its QR code, a poster to print in a language of choice.
import { useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useId, useMemo } from "preact/hooks";
import { session } from "../../app/session";
import { type Language, language, languageNames, languages, t } from "../../i18n/i18n";
import { Icon } from "../icons";
import { copyText, Qr } from "../qr";
import { notifyDone } from "../toast";
import { Poster, type Printed } from "./poster";
import type { Told } from "./tell";
import "./tell.css";

async function copy(url: string): Promise<void> {
  if (await copyText(url, "tell-link")) notifyDone(t("copied"));
}

async function share(title: string, url: string): Promise<void> {
  try {
    await navigator.share({ title, url });
  } catch {
    // Left without choosing anybody: nothing to say.
  }
}

/** The poster stands beside the page, seen by the printer alone. */
function usePoster(printed: Printed): void {
  const place = useMemo(() => document.createElement("div"), []);
  useEffect(() => {
    place.className = "poster-place";
    document.body.append(place);
    return () => {
      render(null, place);
      place.remove();
    };
  }, []);
  useEffect(() => render(<Poster {...printed} />, place), Object.values(printed));
}

export function Panel({ told }: { told: Told }) {
  const written = useSignal<Language>(language.value);
  const url = `${location.origin}${told.path}`;
  const id = useId();
  const { kind, closesMs } = told;
  const organisation = session.value?.org_name ?? "";
  const words = told.text(written.value);
  usePoster({ kind, closesMs, url, language: written.value, organisation, ...words });
  const { title } = told.text(language.value);
  const shares = typeof navigator.share === "function";
  return (
    <section class="card box tell-panel" aria-labelledby={id} data-test="tell-panel">
      <h2 id={id}>{t("tell-title")}</h2>
      <p class="hint">{t("tell-members")}</p>
      <label class="hidden" for={`${id}-link`}>
        {t("tell-link")}
      </label>
      <input
        id={`${id}-link`}
        class="link-field"
        type="text"
        readOnly
        data-test="tell-link"
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="row wrap">
        <button
          type="button"
          class="button small primary"
          data-test="tell-copy"
          onClick={() => copy(url)}
        >
          <Icon name="link" size={18} /> {t("copy-link")}
        </button>
        {shares && (
          <button
            type="button"
            class="button small"
            data-test="tell-share"
            onClick={() => share(title, url)}
          >
            <Icon name="people" size={18} /> {t("tell-share")}
          </button>
        )}
      </div>
      <Qr text={url} label={t("qr-label")} test="tell-qr" />
      <fieldset class="languages inline" aria-label={t("tell-poster-language")}>
        {languages.map((code) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={written.value === code}
            data-test={`tell-poster-${code}`}
            onClick={() => {
              written.value = code;
            }}
          >
            {languageNames[code]}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="button small"
        data-test="tell-print"
        onClick={() => window.print()}
      >
        <Icon name="down" size={18} /> {t("tell-print")}
      </button>
      <p class="hint">{t("tell-print-hint")}</p>
    </section>
  );
}
