// One's own words: introduction, skills, needs, address and who sees it, sponsor. Sent together; nothing
// that arrives meanwhile changes what is being written.
import { useSignal } from "@preact/signals";
import type { Member, MemberPrivate } from "../generated/api";
import { language, t } from "../i18n/i18n";
import { FindMember } from "../ui/find-member";
import { Icon } from "../ui/icons";
import { Field, Name } from "../ui/parts";
import { act } from "../ui/toast";
import { colon } from "./belonging";

const clean = (text: string) => text.trim().normalize("NFC");
/** A list as people type it: one a line, or with commas. */
const split = (text: string) => [
  ...new Set(
    text
      .split(/[\n,;]+/)
      .map((word) => clean(word).slice(0, 80))
      .filter(Boolean),
  ),
];

function Text({
  label,
  hint,
  value,
  test,
  email = false,
  max = 80,
  onInput,
}: {
  label: string;
  hint?: string;
  value: string;
  test: string;
  email?: boolean;
  max?: number;
  onInput: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          type="text"
          {...ids}
          inputMode={email ? "email" : "text"}
          autoComplete={email ? "email" : "off"}
          maxLength={max}
          data-test={test}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Area({
  label,
  hint,
  value,
  test,
  max,
  onInput,
}: {
  label: string;
  hint: string;
  value: string;
  test: string;
  max: number;
  onInput: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          rows={3}
          maxLength={max}
          data-test={test}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function ProfileForm({
  member,
  own,
  onDone,
}: {
  member: Member;
  own: MemberPrivate | undefined;
  onDone: () => void;
}) {
  const name = useSignal(member.name);
  const representative = useSignal(member.representative ?? "");
  const introduction = useSignal(member.introduction?.text ?? "");
  const skills = useSignal((member.skills ?? []).join(", "));
  const needs = useSignal((member.needs ?? []).join(", "));
  const email = useSignal(own?.email ?? "");
  const shows = useSignal(own?.shows_email ?? false);
  const busy = useSignal(false);
  const save = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    const text = clean(introduction.value);
    const address = clean(email.value);
    const done = await act(
      "member.update",
      {
        id: member.id,
        name: clean(name.value) || member.name,
        introduction: text ? { language: language.value, text } : null,
        skills: split(skills.value).slice(0, 20),
        needs: split(needs.value).slice(0, 20),
        email: address || null,
        shows_email: shows.value && address !== "",
        ...(member.member_kind === "organisation" && {
          representative: clean(representative.value) || null,
        }),
      },
      { done: t("saved") },
    );
    busy.value = false;
    if (done) onDone();
  };
  const set = (signal: { value: string }) => (value: string) => {
    signal.value = value;
  };
  return (
    <form class="card form" onSubmit={save} data-test="profile-form">
      <h2>{t("profile-edit")}</h2>
      <Text label={t("profile-name")} value={name.value} test="profile-name" onInput={set(name)} />
      {member.member_kind === "organisation" && (
        <Text
          label={t("member-representative")}
          hint={t("representative-hint")}
          value={representative.value}
          test="profile-representative"
          onInput={set(representative)}
        />
      )}
      <Area
        label={t("profile-introduction")}
        hint={t("profile-introduction-hint")}
        value={introduction.value}
        test="profile-introduction"
        max={1500}
        onInput={set(introduction)}
      />
      <Area
        label={t("member-skills")}
        hint={t("profile-words-hint")}
        value={skills.value}
        test="profile-skills"
        max={1000}
        onInput={set(skills)}
      />
      <Area
        label={t("member-needs")}
        hint={t("profile-words-hint")}
        value={needs.value}
        test="profile-needs"
        max={1000}
        onInput={set(needs)}
      />
      <Text
        label={t("profile-email")}
        hint={t("profile-email-hint")}
        email
        max={254}
        value={email.value}
        test="profile-email"
        onInput={set(email)}
      />
      <label class="check">
        <input
          type="checkbox"
          data-test="profile-shows-email"
          checked={shows.value}
          onChange={(event) => {
            shows.value = event.currentTarget.checked;
          }}
        />
        {t("profile-shows-email")}
      </label>
      <div class="row wrap">
        <button type="submit" class="button primary" data-test="profile-save" disabled={busy.value}>
          {t("save")}
        </button>
        <button type="button" class="button quiet" onClick={onDone}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

/** Whom a newcomer can ask; the member and those who look after newcomers may choose. */
export function Sponsor({ member, may }: { member: Member; may: boolean }) {
  const choosing = useSignal(false);
  const { id, sponsor } = member;
  const choose = (to: string | null) => {
    choosing.value = false;
    act(
      "member.update",
      { id, sponsor: to },
      {
        done: t("saved"),
        undo: () => act("member.update", { id, sponsor: sponsor?.id ?? null }),
      },
    );
  };
  if (!sponsor && !may) return null;
  return (
    <div class="member-sponsor" data-test="member-sponsor">
      <p>
        <strong>{t("member-sponsor")}</strong>
        {colon()}
        {sponsor ? (
          <a href={`/m/${sponsor.id}`}>
            <Name person={sponsor} />
          </a>
        ) : (
          t("sponsor-none")
        )}{" "}
        {may && !choosing.value && (
          <button
            type="button"
            class="link"
            data-test="sponsor-change"
            onClick={() => {
              choosing.value = true;
            }}
          >
            {sponsor ? t("sponsor-other") : t("sponsor-choose")}
          </button>
        )}
      </p>
      {choosing.value && (
        <>
          <FindMember
            label={t("sponsor-choose")}
            hint={t("sponsor-hint")}
            without={[id]}
            test="sponsor-find"
            onChoose={(person) => choose(person.id)}
          />
          {sponsor && (
            <button type="button" class="button quiet small" onClick={() => choose(null)}>
              <Icon name="no" size={18} /> {t("sponsor-nobody")}
            </button>
          )}
        </>
      )}
    </div>
  );
}
