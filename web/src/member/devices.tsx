// What is mine: the devices that sign for me, the links issued for me, and how this device shows things.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { LanguageChoice } from "../app/language";
import { Page } from "../app/page";
import { isMember, leave, me, session } from "../app/session";
import { setTheme, theme, themes } from "../app/theme";
import { equal, fromBase64Url } from "../ballot/bytes";
import type { Signer } from "../ballot/ed25519";
import { findSigner, isEnrolled, readySigner } from "../ballot/keys";
import { seal } from "../ballot/record";
import type { Device } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Ask, Avatar, By, Chip, Empty, Name, When } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { colon } from "./belonging";
import { fingerprint } from "./fingerprint";
import { forgetMe } from "./forget";
import { Tokens } from "./tokens";
import "./member.css";

function DeviceRow({ device, here }: { device: Device; here: Signer | null }) {
  const isThis = here !== null && equal(fromBase64Url(device.pk), here.pk);
  return (
    <li class={device.revoked ? "device revoked" : "device"} data-test="device" data-id={device.id}>
      <Icon name={device.key_kind === "card" ? "vote" : "device"} size={24} />
      <div class="grow">
        <p>
          <code>{fingerprint(device.pk)}</code>{" "}
          {isThis && <Chip tone="accent">{t("this-device")}</Chip>}{" "}
          {isThis && !here.kept && <Chip tone="warn">{t("this-session-only")}</Chip>}
        </p>
        <p class="hint">
          {t("device-added")} <When ms={device.added_ms} date /> · {t(`device-via-${device.via}`)}
        </p>
        {device.revoked && (
          <p class="hint">
            {t("device-revoked")} <When ms={device.revoked.at_ms} date /> ·{" "}
            {t(`device-reason-${device.revoked.reason}`)}
            {device.revoked.by && (
              <>
                {" · "}
                <By by={device.revoked.by} />
              </>
            )}
            {device.revoked.note && `${colon()}${device.revoked.note}`}
          </p>
        )}
      </div>
      {!device.revoked && (
        <Ask
          label={t("device-revoke")}
          question={t("device-revoke-ask")}
          confirm={t("device-revoke")}
          tone="quiet small"
          test="device-revoke"
          onConfirm={() => act("device.revoke", { pk: device.pk, reason: "lost" })}
        />
      )}
    </li>
  );
}

function Devices() {
  const watched = useTopic("me");
  const here = useSignal<Signer | null>(null);
  const devices = watched.all("device").sort((a, b) => a.added_ms - b.added_ms);
  const count = devices.length;
  useEffect(() => {
    const now = session.peek();
    if (now)
      findSigner(now.org, now.member).then((signer) => {
        here.value = signer ?? null;
      });
  }, [count]);
  const enrolled = useComputed(
    () => here.value !== null && isEnrolled(here.value, watched.all("device")),
  );
  const add = async () => {
    const now = session.peek();
    if (!now) return;
    try {
      const { signer, enrolled } = await readySigner(now.org, now.member, devices);
      await enrolled;
      here.value = signer;
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">{t("devices-title")}</h2>
      <p class="hint">{t("devices-lead")}</p>
      {devices.length === 0 && <Empty icon="key" text={t("devices-none")} />}
      <ul class="devices">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} here={here.value} />
        ))}
      </ul>
      {isMember.value && (
        <p>
          <a href="/practice" data-test="devices-practice">
            {t("try-vote")}
          </a>
        </p>
      )}
      {isMember.value && !enrolled.value && (
        <button type="button" class="button primary" data-test="device-add" onClick={add}>
          <Icon name="key" /> {t("device-add")}
        </button>
      )}
    </section>
  );
}

function Links() {
  const watched = useTopic("me");
  const links = watched.one("member_private")?.links ?? [];
  return (
    <section class="card" aria-labelledby="links">
      <h2 id="links">{t("links-title")}</h2>
      <p class="hint">{t("links-lead")}</p>
      {links.length === 0 ? (
        <p>{t("links-none")}</p>
      ) : (
        <ul class="devices">
          {links.map((link) => (
            <li class="device" key={link.at_ms} data-test="issued-link">
              <Icon name="link" size={24} />
              <p>
                <When ms={link.at_ms} date /> · <By by={link.by} /> ·{" "}
                {link.used_ms ? (
                  <>
                    {t("link-used")} <When ms={link.used_ms} date />
                  </>
                ) : (
                  t("link-unused")
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Record() {
  const last = seal.value;
  return (
    <section class="card" aria-labelledby="record">
      <h2 id="record">{t("record-title")}</h2>
      <p class="hint">{t("record-lead")}</p>
      {last && (
        <p>
          <Icon name="done" size={18} /> {t("record-seal", { size: number(last.size) })}
        </p>
      )}
    </section>
  );
}

/** Leaving a computer that others use takes along what this member left on it. */
function Leaving() {
  const devices = useTopic("me").all("device");
  const isShared = useSignal(false);
  const go = async () => {
    if (isShared.peek()) await forgetMe(devices);
    await leave();
  };
  return (
    <Ask
      label={t("leave-session")}
      question={t("leave-ask")}
      confirm={t("leave-session")}
      tone="quiet"
      test="leave-session"
      onConfirm={() => go().catch(notifyError)}
    >
      <label class="check">
        <input
          type="checkbox"
          data-test="leave-shared"
          checked={isShared.value}
          onChange={(event) => {
            isShared.value = event.currentTarget.checked;
          }}
        />
        {t("leave-shared")}
      </label>
      <p class="hint">{t("leave-shared-hint")}</p>
    </Ask>
  );
}

export default function Mine() {
  return (
    <Page name="devices" title={t("devices-page")}>
      <p class="person whoami">
        <Avatar person={me.value} /> <Name person={me.value} /> <a href="/me">{t("me-title")}</a>
      </p>
      <section class="card" aria-labelledby="display">
        <h2 id="display">{t("display-title")}</h2>
        <LanguageChoice />
        <fieldset class="segmented" aria-label={t("theme-title")}>
          {themes.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={theme.value === one}
              data-test={`theme-${one}`}
              onClick={() => setTheme(one)}
            >
              {t(`theme-${one}`)}
            </button>
          ))}
        </fieldset>
      </section>
      <Devices />
      <Links />
      <Tokens />
      <Record />
      <Leaving />
    </Page>
  );
}
