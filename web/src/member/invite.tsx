// Inviting one person: a name, a class, roles only where needed, somebody to ask; the answer is their link.
import { useSignal } from "@preact/signals";
import { isAdmin } from "../app/session";
import { language, pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { newId } from "../sync/rpc";
import { FindMember } from "../ui/find-member";
import { Icon } from "../ui/icons";
import { Field, Name, type Person } from "../ui/parts";
import { act } from "../ui/toast";
import { absolute, colon } from "./belonging";
import type { Handed } from "./handover";

const roles = ["facilitator", "admin", "secretary", "auditor", "observer"] as const;
type Role = (typeof roles)[number];

export function Invite({ onLink }: { onLink: (handed: Handed) => void }) {
  const org = useTopic("org").one("organisation");
  const name = useSignal("");
  const chosen = useSignal<readonly Role[]>([]);
  const group = useSignal("");
  const sponsor = useSignal<Person | null>(null);
  const busy = useSignal(false);
  const classes = org?.classes ?? [];
  const first = classes.find((one) => one.votes) ?? classes[0];
  const invite = async (event: Event) => {
    event.preventDefault();
    const target = group.value || first?.id;
    if (!target) return;
    busy.value = true;
    const id = newId();
    const made = await act("member.invite", {
      ...{ id, class: target, language: language.value, roles: [...chosen.value] },
      name: name.value.trim().normalize("NFC") || undefined,
      sponsor: sponsor.value?.id,
    });
    busy.value = false;
    if (!made) return;
    onLink({ name: name.value.trim(), url: absolute(made.link) });
    sponsor.value = null;
    name.value = "";
    chosen.value = [];
  };
  return (
    <form class="card box form invite" onSubmit={invite}>
      <h2>{t("invite-title")}</h2>
      <Field label={t("invite-name")} hint={t("invite-name-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={80}
            autoComplete="off"
            data-test="invite-name"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {classes.length > 1 && (
        <Field label={t("class-label")}>
          {(ids) => (
            <select
              {...ids}
              value={group.value || first?.id}
              onChange={(event) => {
                group.value = event.currentTarget.value;
              }}
            >
              {classes.map((one) => (
                <option key={one.id} value={one.id}>
                  {pick(one.label).text || one.key}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <fieldset class="field">
        <legend>{t("roles-label")}</legend>
        <div class="row wrap">
          {roles
            .filter((role) => isAdmin.value || role === "observer")
            .map((role) => (
              <label class="check chip-check" key={role}>
                <input
                  type="checkbox"
                  data-test={`invite-role-${role}`}
                  checked={chosen.value.includes(role)}
                  onChange={(event) => {
                    const on = event.currentTarget.checked;
                    const rest = chosen.value.filter((one) => one !== role);
                    chosen.value = on ? [...rest, role] : rest;
                  }}
                />
                {t(`role-${role}`)}
              </label>
            ))}
        </div>
      </fieldset>
      {sponsor.value ? (
        <p>
          {t("member-sponsor")}
          {colon()}
          <Name person={sponsor.value} />{" "}
          <button
            type="button"
            class="link"
            onClick={() => {
              sponsor.value = null;
            }}
          >
            {t("sponsor-other")}
          </button>
        </p>
      ) : (
        <FindMember
          label={t("member-sponsor")}
          hint={t("sponsor-hint")}
          test="invite-sponsor"
          onChoose={(person) => {
            sponsor.value = person;
          }}
        />
      )}
      <button
        type="submit"
        class="button primary"
        data-test="invite-create"
        disabled={busy.value || !first}
      >
        <Icon name="plus" /> {t("invite-create")}
      </button>
    </form>
  );
}
