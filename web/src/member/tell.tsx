// "Tell people": what to send somebody who is invited: a short text in their language, the link, a QR code.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { session } from "../app/session";
import { type Language, language, languageNames, languages, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { notifyDone } from "../ui/toast";
import { invitationText } from "./texts";

/** The modules of a QR code as one path, one rectangle per run. */
function pathOf(code: { size: number; get(x: number, y: number): boolean }): string {
  let path = "";
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      let end = x;
      while (code.get(end, y)) end++;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  return path;
}

function Qr({ text }: { text: string }) {
  const drawn = useSignal<{ path: string; size: number } | null>(null);
  useEffect(() => {
    import("lean-qr").then(({ generate }) => {
      const code = generate(text);
      drawn.value = { path: pathOf(code), size: code.size };
    });
  }, [text]);
  if (!drawn.value) return <div class="qr" />;
  const { path, size } = drawn.value;
  return (
    <svg
      class="qr"
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      role="img"
      aria-label={t("qr-label")}
      data-test="invite-qr"
      shape-rendering="crispEdges"
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifyDone(t("copied"));
  } catch {
    // Plain http has no clipboard: the text is there to be selected.
    document.querySelector<HTMLTextAreaElement>("[data-test=invite-text]")?.select();
  }
}

export function Tell({ url, name }: { url: string; name: string }) {
  const written = useSignal<Language>(language.value);
  const organisation = session.value?.org_name ?? "";
  const text = invitationText(written.value, { name, organisation, url });
  return (
    <section class="card box tell" aria-labelledby="tell">
      <h2 id="tell">{t("tell-title")}</h2>
      <p class="hint">{t("tell-hint")}</p>
      <Qr text={url} />
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
