// The page behind an invitation link. Opening it uses nothing up; the button does. The secret stands in
// the part of the address that is never sent, and leaves the address once used.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect, useMemo } from "preact/hooks";
import { LanguageChoice } from "../app/language";
import { Page } from "../app/page";
import { start } from "../app/session";
import { language, pick, reasonText, t } from "../i18n/i18n";
import type { Methods } from "../generated/api";
import { newId, post, RpcError } from "../sync/rpc";
import { Sign } from "../ui/icons";
import { Field } from "../ui/parts";
import "./member.css";

/** Pressing twice, or again after a lost answer, must be the same act. */
function commandFor(token: string): string {
  const place = "palabre-join";
  const kept = sessionStorage.getItem(place)?.split(" ");
  if (kept?.[0] === token && kept[1]) return kept[1];
  const command = newId();
  sessionStorage.setItem(place, `${token} ${command}`);
  return command;
}

type Looked = Methods["session.look"]["result"];

/** What the link shows before it is used; looking uses nothing up. */
function useLook(token: string, onRefused: (reason: string) => void) {
  const looked = useSignal<Looked | null>(null);
  useEffect(() => {
    if (!token) return;
    post("session.look", { token })
      .then((found) => {
        looked.value = found;
      })
      .catch((failure) => {
        if (failure instanceof RpcError && /^(invite|member)\./.test(failure.reason))
          onRefused(failure.reason);
      });
  }, [token]);
  return looked;
}

/** Whose house this is, what it expects of its members, and whom to ask: before joining. */
function Expectations({ looked }: { looked: Looked }) {
  const expected = pick(looked.expectations);
  const names = looked.ask.join(", ");
  if (!looked.newcomer) return null;
  return (
    <section class="card join-expect" data-test="join-expectations">
      {expected.text && (
        <>
          <h2>{t("join-expected")}</h2>
          <p lang={expected.lang}>{expected.text}</p>
        </>
      )}
      {names && (
        <p>
          {looked.sponsor ? t("join-sponsor") : t("join-ask")} <bdi>{names}</bdi>
        </p>
      )}
    </section>
  );
}

export default function Join() {
  const { route } = useLocation();
  const token = useMemo(() => location.hash.slice(1), []);
  // Another link opened over this page is another invitation.
  useEffect(() => {
    const again = () => location.reload();
    addEventListener("hashchange", again);
    return () => removeEventListener("hashchange", again);
  }, []);
  const name = useSignal("");
  const askName = useSignal(false);
  const busy = useSignal(false);
  const error = useSignal("");
  const sentence = useSignal("");
  const looked = useLook(token, (reason) => {
    error.value = reasonText(reason);
  });
  const newcomer = looked.value?.newcomer ?? false;
  const needsName = askName.value || (newcomer && looked.value?.name === "");

  const join = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    error.value = "";
    try {
      const given = name.value.trim().normalize("NFC");
      const said = sentence.value.trim().normalize("NFC");
      await post("session.join", {
        token,
        name: given || undefined,
        language: language.value,
        ...(newcomer && said && { introduction: said }),
        command: commandFor(token),
      });
      start(true);
      sessionStorage.setItem("palabre-welcome", "1");
      route("/", true);
    } catch (failure) {
      const reason = failure instanceof RpcError ? failure.reason : "";
      if (reason === "invite.name_needed") {
        askName.value = true;
        // Another content needs another act.
        sessionStorage.removeItem("palabre-join");
      }
      error.value = reason ? reasonText(reason) : t("error-network");
    } finally {
      busy.value = false;
    }
  };

  return (
    <Page name="join" title={t("join-title")} heading={false}>
      <form class="join" onSubmit={join}>
        <Sign size={64} />
        <h1>
          {looked.value ? pick(looked.value.names).text || looked.value.org_name : t("join-title")}
        </h1>
        {looked.value?.name && (
          <p class="lead">
            {t("join-hello")} <bdi>{looked.value.name}</bdi>
          </p>
        )}
        <p class="lead">{newcomer || !looked.value ? t("join-lead") : t("join-again")}</p>
        <LanguageChoice prefix="join-language" />
        {looked.value && <Expectations looked={looked.value} />}
        {needsName && (
          <Field label={t("join-name")} hint={t("join-name-hint")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                autoComplete="name"
                maxLength={80}
                required
                data-test="join-name"
                value={name.value}
                onInput={(event) => {
                  name.value = event.currentTarget.value;
                }}
              />
            )}
          </Field>
        )}
        {newcomer && (
          <Field label={t("join-sentence")} hint={t("join-sentence-hint")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                maxLength={280}
                data-test="join-sentence"
                value={sentence.value}
                onInput={(event) => {
                  sentence.value = event.currentTarget.value;
                }}
              />
            )}
          </Field>
        )}
        {token ? (
          <button
            type="submit"
            class="button primary big"
            data-test="join-button"
            disabled={busy.value}
          >
            {t("join-button")}
          </button>
        ) : (
          <p class="notice warn">{t("join-no-link")}</p>
        )}
        {error.value && (
          <p class="notice warn" role="alert" data-test="join-error">
            {error.value}
          </p>
        )}
        <ul class="join-facts">
          <li>{t("join-fact-link")}</li>
          <li>{t("join-fact-device")}</li>
          <li>{t("join-fact-record")}</li>
        </ul>
      </form>
    </Page>
  );
}
