// Access tokens: what a script of mine uses in place of my session. Made here, shown once, listed with
// the day of their last use, revoked at any time.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { session } from "../app/session";
import type { Methods } from "../generated/api";
import { t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Ask, Chip, Field, When } from "../ui/parts";
import { copyText } from "../ui/qr";
import { act, notifyDone, notifyError } from "../ui/toast";

type Token = Methods["token.list"]["result"]["items"][number];
type Scope = Methods["token.create"]["params"]["scopes"][number];
const lengths = [7, 30, 90, 366];

/** What it may do, in words: in mine, or of somebody else. */
const scopeWords = (scope: Scope, of = "") =>
  scope === "read" || scope === "write" ? t(`token-scope-${of}${scope}`) : t(`role-${scope}`);

function Shown({ token, onKept }: { token: string; onKept: () => void }) {
  return (
    <div class="field" role="status">
      <Field label={t("token-shown")} hint={t("token-shown-hint")}>
        {(ids) => <input type="text" {...ids} readOnly value={token} data-test="token-shown" />}
      </Field>
      <div class="row wrap">
        <button
          type="button"
          class="button primary"
          data-test="token-copy"
          onClick={async () => {
            if (await copyText(token, "token-shown")) notifyDone(t("copied"));
          }}
        >
          {t("token-copy")}
        </button>
        <button type="button" class="button" data-test="token-kept" onClick={onKept}>
          {t("token-kept")}
        </button>
      </div>
    </div>
  );
}

function NewToken({ onMade }: { onMade: (token: string) => void }) {
  const name = useSignal("");
  const days = useSignal(90);
  const scopes = useSignal<Scope[]>(["read"]);
  const offices: Scope[] = (["auditor", "facilitator", "secretary", "admin"] as const).filter(
    (role) => session.value?.roles.includes(role),
  );
  const toggle = (scope: Scope, on: boolean) => {
    scopes.value = on ? [...scopes.peek(), scope] : scopes.peek().filter((one) => one !== scope);
  };
  const make = async () => {
    const given = { id: newId(), name: name.peek().trim(), scopes: scopes.peek() };
    const made = await act("token.create", { ...given, days: days.peek() });
    if (made) onMade(made.token);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <Field label={t("token-name")} hint={t("token-name-hint")}>
        {(ids) => (
          <input
            type="text"
            {...ids}
            required
            maxLength={80}
            value={name.value}
            data-test="token-name"
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <fieldset class="field">
        <legend>{t("token-may")}</legend>
        {(["read", "write", ...offices] as Scope[]).map((scope) => (
          <label class="check" key={scope}>
            <input
              type="checkbox"
              data-test={`token-scope-${scope}`}
              checked={scopes.value.includes(scope)}
              onChange={(event) => toggle(scope, event.currentTarget.checked)}
            />
            {scopeWords(scope)}
          </label>
        ))}
        <p class="hint">{t("token-never")}</p>
      </fieldset>
      <Field label={t("token-days")}>
        {(ids) => (
          <select
            {...ids}
            data-test="token-days"
            value={days.value}
            onChange={(event) => {
              days.value = Number(event.currentTarget.value);
            }}
          >
            {lengths.map((one) => (
              <option key={one} value={one}>
                {t("token-days-count", { count: one })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button
        type="submit"
        class="button"
        data-test="token-create"
        disabled={!name.value.trim() || scopes.value.length === 0}
      >
        <Icon name="key" /> {t("token-create")}
      </button>
    </form>
  );
}

/** Mine, or for administration those of somebody else (`member`): there only to be ended. */
export function Tokens({ member }: { member?: string }) {
  const tokens = useSignal<Token[]>([]);
  const shown = useSignal("");
  const load = () => {
    call("token.list", member ? { member } : {}).then((answer) => {
      tokens.value = answer.items;
    }, notifyError);
  };
  useEffect(load, [member]);
  const revoke = async (id: string) => {
    await act("token.revoke", member ? { id, member } : { id }, { done: t("token-revoked") });
    load();
  };
  if (member && tokens.value.length === 0) return null;
  return (
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">{t("tokens-title")}</h2>
      <p class="hint">{t(member ? "tokens-of-lead" : "tokens-lead")}</p>
      <ul class="devices">
        {tokens.value.map((token) => (
          <li class="device" key={token.id} data-test="token">
            <Icon name="key" size={24} />
            <div class="grow">
              <p>
                <bdi>{token.name}</bdi>{" "}
                {token.scopes.map((scope) => (
                  <Chip key={scope}>{scopeWords(scope, member && "of-")}</Chip>
                ))}
              </p>
              <p class="hint">
                {t("token-ends")} <When ms={token.ends_ms} date /> ·{" "}
                {token.used_ms ? (
                  <>
                    {t("token-used")} <When ms={token.used_ms} date />
                  </>
                ) : (
                  t("token-unused")
                )}
              </p>
            </div>
            <Ask
              label={t("token-revoke")}
              question={t(member ? "token-revoke-of-ask" : "token-revoke-ask")}
              confirm={t("token-revoke")}
              tone="quiet small"
              test="token-revoke"
              onConfirm={() => revoke(token.id)}
            />
          </li>
        ))}
      </ul>
      {shown.value ? (
        <Shown
          token={shown.value}
          onKept={() => {
            shown.value = "";
          }}
        />
      ) : (
        !member && (
          <NewToken
            onMade={(token) => {
              shown.value = token;
              load();
            }}
          />
        )
      )}
    </section>
  );
}
