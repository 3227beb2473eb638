// "Tell people": what to send somebody who is invited: a short text in their language, the link, a QR code.
import { useSignal } from "@preact/signals";
import { session } from "../app/session";
import { type Language, language, languageNames, languages, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { copyText, Qr } from "../ui/qr";
import { notifyDone } from "../ui/toast";
import { invitationText } from "./texts";

async function copy(text: string): Promise<void> {
  if (await copyText(text, "invite-text")) notifyDone(t("copied"));
}

export function Tell({ url, name }: { url: string; name: string }) {
  const written = useSignal<Language>(language.value);
  const organisation = session.value?.org_name ?? "";
  const text = invitationText(written.value, { name, organisation, url });
  return (
    <section class="card box tell" aria-labelledby="tell">
      <h2 id="tell">{t("tell-title")}</h2>
      <p class="hint">{t("tell-hint")}</p>
      <Qr text={url} label={t("qr-label")} test="invite-qr" />
      <label class="hidden" for="invite-link">
        {t("tell-link")}
      </label>
      <input
        id="invite-link"
        class="link-field"
        type="text"
        readOnly
        data-test="invite-link"
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <fieldset class="languages inline" aria-label={t("tell-language")}>
        {languages.map((code) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={written.value === code}
            onClick={() => {
              written.value = code;
            }}
          >
            {languageNames[code]}
          </button>
        ))}
      </fieldset>
      <label class="hidden" for="invite-text">
        {t("tell-text")}
      </label>
      <textarea
        id="invite-text"
        rows={9}
        readOnly
        lang={written.value}
        data-test="invite-text"
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="row wrap">
        <button type="button" class="button primary" onClick={() => copy(text)}>
          <Icon name="link" size={18} /> {t("copy-text")}
        </button>
        <button type="button" class="button" onClick={() => copy(url)}>
          {t("copy-link")}
        </button>
      </div>
    </section>
  );
}
