// What the offices change of a member: class, shares, votes, ties, roles, pause, leaving; their devices.
// Each act goes out at once, can be undone for six seconds, and stands in the history with its name.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isAdmin, isSecretary, me } from "../app/session";
import type { Device, Member } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Ask, Field, When } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { useClasses } from "../ui/classes";
import { tieName } from "./belonging";
import { fingerprint } from "./fingerprint";
import { Tokens } from "./tokens";

const roles = ["facilitator", "admin", "secretary", "auditor", "observer"] as const;
type Role = (typeof roles)[number];
const usualTies = ["worker", "volunteer", "beneficiary", "partner"];

const isStanding = (role: string): role is Role => (roles as readonly string[]).includes(role);

function Roles({ member }: { member: Member }) {
  const reason = useSignal("");
  const now = member.roles.filter(isStanding);
  const toggle = (role: Role) => {
    const wanted = now.includes(role) ? now.filter((one) => one !== role) : [...now, role];
    const why = reason.value.trim().normalize("NFC");
    act(
      "member.update",
      { id: member.id, roles: wanted, ...(why && { reason: why }) },
      {
        done: now.includes(role)
          ? t("role-taken", { role: t(`role-${role}`) })
          : t("role-given", { role: t(`role-${role}`) }),
        undo: () => act("member.update", { id: member.id, roles: now }),
      },
    );
    reason.value = "";
  };
  return (
    <fieldset class="field">
      <legend>{t("roles-label")}</legend>
      <p class="hint">{t("roles-hint")}</p>
      <div class="row wrap">
        {roles.map((role) => (
          <button
            key={role}
            type="button"
            class={now.includes(role) ? "button small pressed" : "button small"}
            aria-pressed={now.includes(role)}
            data-test={`role-${role}`}
            onClick={() => toggle(role)}
          >
            {now.includes(role) && <Icon name="done" size={16} />} {t(`role-${role}`)}
          </button>
        ))}
      </div>
      <label class="hidden" for="role-reason">
        {t("member-reason")}
      </label>
      <input
        id="role-reason"
        type="text"
        maxLength={300}
        placeholder={t("member-reason")}
        value={reason.value}
        onInput={(event) => {
          reason.value = event.currentTarget.value;
        }}
      />
    </fieldset>
  );
}

function Numbers({ member }: { member: Member }) {
  const watched = useTopic("members/private");
  const own = watched.all("member_private").find((one) => one.id === member.id);
  const shares = useSignal<string | null>(null);
  const weight = useSignal<string | null>(null);
  if (!own) return null;
  const save = (event: Event) => {
    event.preventDefault();
    const wanted = {
      ...(shares.value !== null && { shares: Number(shares.value) }),
      ...(weight.value !== null && { weight: Number(weight.value) }),
    };
    if (Object.keys(wanted).length === 0) return;
    act(
      "member.update",
      { id: member.id, ...wanted },
      {
        done: t("saved"),
        undo: () => act("member.update", { id: member.id, shares: own.shares, weight: own.weight }),
      },
    );
    shares.value = null;
    weight.value = null;
  };
  return (
    <form class="row wrap member-numbers" onSubmit={save}>
      <Field label={t("member-shares")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            inputMode="numeric"
            pattern="[0-9]{1,10}"
            data-test="member-shares"
            value={shares.value ?? String(own.shares)}
            onInput={(event) => {
              shares.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("member-weight")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            inputMode="numeric"
            pattern="[0-9]{1,10}"
            data-test="member-weight"
            value={weight.value ?? String(own.weight)}
            onInput={(event) => {
              weight.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <button type="submit" class="button" data-test="member-numbers-save">
        {t("save")}
      </button>
    </form>
  );
}

function Class({ member }: { member: Member }) {
  const classes = useClasses();
  if (classes.length < 2) return null;
  return (
    <Field label={t("class-label")} hint={t("class-hint")}>
      {(ids) => (
        <select
          {...ids}
          data-test="member-class"
          value={member.class ?? ""}
          onChange={(event) =>
            act(
              "member.update",
              { id: member.id, class: event.currentTarget.value },
              {
                done: t("saved"),
                undo: () =>
                  member.class && act("member.update", { id: member.id, class: member.class }),
              },
            )
          }
        >
          {classes.map((one) => (
            <option key={one.id} value={one.id}>
              {pick(one.label).text || one.key}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Ties({ member }: { member: Member }) {
  const all = [...new Set([...usualTies, ...member.ties])];
  const toggle = (tie: string) => {
    const before = member.ties;
    const ties = before.includes(tie) ? before.filter((one) => one !== tie) : [...before, tie];
    act(
      "member.update",
      { id: member.id, ties },
      { done: t("saved"), undo: () => act("member.update", { id: member.id, ties: before }) },
    );
  };
  return (
    <fieldset class="field">
      <legend>{t("ties-label")}</legend>
      <p class="hint">{t("ties-hint")}</p>
      <div class="row wrap">
        {all.map((tie) => (
          <button
            key={tie}
            type="button"
            class={member.ties.includes(tie) ? "button small pressed" : "button small"}
            aria-pressed={member.ties.includes(tie)}
            data-test={`tie-${tie}`}
            onClick={() => toggle(tie)}
          >
            {member.ties.includes(tie) && <Icon name="done" size={16} />} {tieName(tie)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function useDevices(member: string, version: number): Device[] {
  const devices = useSignal<Device[]>([]);
  useEffect(() => {
    let current = true;
    call("device.list", { member })
      .then((found) => {
        if (current) devices.value = found.items.filter((one) => !one.revoked);
      })
      .catch(notifyError);
    return () => {
      current = false;
    };
  }, [member, version]);
  return devices.value;
}

/** Revoking somebody else's device needs a reason, which they read. */
function Devices({ member }: { member: Member }) {
  const version = useSignal(0);
  const devices = useDevices(member.id, version.value);
  const note = useSignal("");
  if (devices.length === 0) return null;
  const revoke = async (pk: string) => {
    const done = await act(
      "device.revoke",
      { pk, reason: "office", note: note.peek().trim().normalize("NFC") },
      { done: t("device-revoked") },
    );
    note.value = "";
    if (done) version.value++;
  };
  return (
    <section aria-labelledby="their-devices">
      <h3 id="their-devices">{t("their-devices")}</h3>
      <ul class="devices">
        {devices.map((device) => (
          <li class="device" key={device.id} data-test="their-device">
            <Icon name="device" size={24} />
            <p class="grow">
              <code>{fingerprint(device.pk)}</code>{" "}
              <span class="hint">
                {t("device-added")} <When ms={device.added_ms} date />
              </span>
            </p>
            <Ask
              label={t("device-revoke")}
              question={t("their-device-ask")}
              confirm={t("device-revoke")}
              tone="quiet small"
              test="their-device-revoke"
              disabled={note.value.trim() === ""}
              onConfirm={() => revoke(device.pk)}
            >
              <Field label={t("their-device-note")}>
                {(ids) => (
                  <input
                    {...ids}
                    type="text"
                    maxLength={300}
                    data-test="their-device-note"
                    value={note.value}
                    onInput={(event) => {
                      note.value = event.currentTarget.value;
                    }}
                  />
                )}
              </Field>
            </Ask>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A pause and its end, by oneself or by administration. */
export function Pause({ member }: { member: Member }) {
  const { id, status } = member;
  if (status !== "active" && status !== "dormant") return null;
  const to = status === "active" ? "dormant" : "active";
  return (
    <button
      type="button"
      class="button"
      data-test="member-pause"
      onClick={() =>
        act(
          "member.update",
          { id, status: to },
          {
            done: to === "dormant" ? t("pause-done") : t("pause-ended"),
            undo: () => act("member.update", { id, status }),
          },
        )
      }
    >
      <Icon name={to === "dormant" ? "pause" : "next"} size={18} />{" "}
      {to === "dormant" ? t("pause-start") : t("pause-end")}
    </button>
  );
}

export function Manage({ member }: { member: Member }) {
  const gone = member.status === "erased";
  const left = member.status === "left" || gone;
  const erases = (isAdmin.value || isSecretary.value) && member.id !== me.value.id;
  const erase = erases && (
    <a class="button quiet" href={`/m/${member.number}/erase`} data-test="member-erase">
      {t(gone ? "erase-named-title" : "erase-link")}
    </a>
  );
  if (left) return erase ? <div class="row wrap">{erase}</div> : null;
  return (
    <>
      <section class="card form manage" aria-labelledby="manage" data-test="manage">
        <h2 id="manage">{t("member-manage")}</h2>
        {isAdmin.value && <Roles member={member} />}
        {isAdmin.value && <Class member={member} />}
        {(isAdmin.value || isSecretary.value) && (
          <>
            <Numbers member={member} />
            <Ties member={member} />
          </>
        )}
        <Devices member={member} />
        {isAdmin.value && member.id !== me.value.id && (
          <div class="row wrap">
            <Pause member={member} />
            <a class="button quiet" href={`/m/${member.number}/leave`} data-test="member-leave">
              {t("member-leaves")}
            </a>
          </div>
        )}
        {erase}
      </section>
      {isAdmin.value && member.id !== me.value.id && <Tokens member={member.id} />}
    </>
  );
}
