// A fresh link in somebody's hands: its QR as large as the window allows, for the camera of their phone, or
// a sheet of paper (A6). The link stands nowhere else once this is closed.
import { useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { session } from "../app/session";
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { copyText, Qr } from "../ui/qr";
import { notifyDone } from "../ui/toast";
import { invitationText } from "./texts";
import { type Language, language, languageNames, languages } from "../i18n/i18n";
import "./member.css";

export interface Handed {
  name: string;
  url: string;
}

/** Sheets for the printer alone: one of A6 for one person, or many on A4. */
export function printSheets(handed: readonly Handed[]): void {
  const place = document.createElement("div");
  place.className = handed.length === 1 ? "sheet-place one" : "sheet-place";
  document.body.append(place);
  const gone = () => {
    render(null, place);
    place.remove();
  };
  render(<Sheets handed={handed} />, place);
  // The codes are drawn once their library is here.
  const drawn = () => place.querySelectorAll("svg.qr").length === handed.length;
  const wait = () => {
    if (!drawn()) {
      requestAnimationFrame(wait);
      return;
    }
    window.addEventListener("afterprint", gone, { once: true });
    window.print();
  };
  wait();
}

export function Sheets({ handed }: { handed: readonly Handed[] }) {
  const organisation = session.value?.org_name ?? "";
  return (
    <>
      {handed.map((one) => (
        <section class="sheet" key={one.url} data-test="sheet">
          <p class="sheet-org">{organisation}</p>
          <h2>
            <bdi>{one.name}</bdi>
          </h2>
          <Qr text={one.url} label={t("qr-label")} test="sheet-qr" />
          <p>{t("sheet-how")}</p>
          <p class="sheet-url">{one.url}</p>
          <p class="sheet-once">{t("sheet-once")}</p>
        </section>
      ))}
    </>
  );
}

/** The dialog; it closes by Escape, by its button, or when `handed` is taken away. */
export function Handover({ handed, onClose }: { handed: Handed; onClose: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  const written = useSignal<Language>(language.value);
  useEffect(() => {
    box.current?.showModal();
    box.current?.querySelector("button")?.focus();
  }, []);
  const facts = { ...handed, organisation: session.value?.org_name ?? "" };
  return (
    <dialog ref={box} class="handover" aria-labelledby="handover" onClose={onClose}>
      <h2 id="handover">
        {t("handover-title")} <bdi>{handed.name}</bdi>
      </h2>
      <p class="hint">{t("handover-hint")}</p>
      <Qr text={handed.url} label={t("qr-label")} test="handover-qr" />
      <input
        class="link-field"
        type="text"
        readOnly
        aria-label={t("tell-link")}
        data-test="handover-link"
        value={handed.url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="row wrap">
        <button
          type="button"
          class="button primary"
          data-test="handover-print"
          onClick={() => printSheets([handed])}
        >
          <Icon name="down" size={18} /> {t("handover-print")}
        </button>
        <button
          type="button"
          class="button"
          onClick={async () => {
            const text = invitationText(written.value, facts);
            if (await copyText(text, "handover-link")) notifyDone(t("copied"));
          }}
        >
          {t("copy-text")}
        </button>
        <select
          aria-label={t("tell-language")}
          value={written.value}
          onChange={(event) => {
            written.value = event.currentTarget.value as Language;
          }}
        >
          {languages.map((code) => (
            <option key={code} value={code} lang={code}>
              {languageNames[code]}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button quiet"
          data-test="handover-close"
          onClick={() => box.current?.close()}
        >
          {t("close")}
        </button>
      </div>
    </dialog>
  );
}
