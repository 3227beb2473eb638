// Name, purpose and place of a group, for starting one and for changing it.
import { useSignal } from "@preact/signals";
import type { Group } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Field } from "../ui/parts";
import { groupDepthMost, groupName, pathOf } from "./names";

export interface Written {
  name: string;
  purpose: string;
  parent: string;
}

/** Groups that may stand above this one: open, not itself nor below it, not too deep. */
export function possibleParents(groups: Group[], group: Group | undefined): Group[] {
  return groups.filter((one) => {
    const path = pathOf(groups, one);
    return (
      one.state === "open" &&
      path.length < groupDepthMost &&
      !path.some((above) => above.id === group?.id)
    );
  });
}

export function GroupForm({
  group,
  parent,
  button,
  onSave,
}: {
  group?: Group;
  parent?: string;
  button: string;
  onSave: (written: Written) => Promise<boolean>;
}) {
  const groups = useTopic("groups").all("group");
  const name = useSignal(group?.name ?? "");
  const purpose = useSignal(group?.purpose ?? "");
  const above = useSignal(group?.parent?.id ?? parent ?? "");
  const missing = useSignal(false);
  const busy = useSignal(false);
  const choices = possibleParents(groups, group);
  const given = choices.find((one) => one.id === above.value || String(one.number) === above.value);
  const save = async (event: Event) => {
    event.preventDefault();
    const text = name.value.trim().normalize("NFC");
    missing.value = text === "";
    if (missing.value || busy.value) return;
    busy.value = true;
    await onSave({
      name: text,
      purpose: purpose.value.trim().normalize("NFC"),
      parent: given?.id ?? "",
    });
    busy.value = false;
  };
  return (
    <form class="form" onSubmit={save} noValidate>
      <Field
        label={t("group-name-label")}
        error={missing.value ? t("group-name-missing") : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="text"
            dir="auto"
            maxLength={80}
            autoComplete="off"
            data-test="group-name"
            aria-invalid={missing.value ? "true" : undefined}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("group-purpose-label")} hint={t("group-purpose-hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={4}
            dir="auto"
            maxLength={1000}
            data-test="group-purpose"
            value={purpose.value}
            onInput={(event) => {
              purpose.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {choices.length > 0 && (
        <Field label={t("group-parent-label")} hint={t("group-parent-hint")}>
          {(ids) => (
            <select
              {...ids}
              data-test="group-parent"
              value={given?.id ?? ""}
              onChange={(event) => {
                above.value = event.currentTarget.value;
              }}
            >
              <option value="">{t("group-parent-none")}</option>
              {choices.map((one) => (
                <option key={one.id} value={one.id}>
                  {pathOf(groups, one)
                    .map((step) => groupName(step).text)
                    .join(" › ")}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <button type="submit" class="button primary big" data-test="group-save" disabled={busy.value}>
        {button}
      </button>
    </form>
  );
}
