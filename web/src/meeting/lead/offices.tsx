// The officers of a meeting: chair, secretary, at most two scrutineers. Each choice is recorded at once, with undo.
import { act } from "../../ui/toast";
import type { Meeting } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { FindMember } from "../../ui/find-member";
import { useRef } from "preact/hooks";
import { useHeldFocus } from "../../ui/held-focus";
import { Icon } from "../../ui/icons";
import { Avatar, Name, type Person } from "../../ui/parts";

type Offices = Meeting["offices"];
const offices = ["chair", "secretary", "scrutineers"] as const;
type Office = (typeof offices)[number];
const most: Record<Office, number> = { chair: 1, secretary: 1, scrutineers: 2 };

const holders = (now: Offices, office: Office): readonly Person[] => {
  const found = now[office];
  return Array.isArray(found) ? found : found ? [found] : [];
};

function wire(now: Offices) {
  return {
    ...(now.chair ? { chair: now.chair.id } : {}),
    ...(now.secretary ? { secretary: now.secretary.id } : {}),
    scrutineers: now.scrutineers.map(({ id }) => id),
  };
}

function record(meeting: Meeting, next: Offices, done: string): void {
  const before = meeting.offices;
  const put = (given: Offices) => ({ id: meeting.id, ...wire(given) });
  act("meeting.offices", put(next), { done, undo: () => act("meeting.offices", put(before)) });
}

function One({ meeting, office }: { meeting: Meeting; office: Office }) {
  const now = meeting.offices;
  const people = holders(now, office);
  const set = (next: readonly Person[], done: string) => {
    const { chair: _c, secretary: _s, ...rest } = now;
    const kept = {
      ...(now.chair ? { chair: now.chair } : {}),
      ...(now.secretary ? { secretary: now.secretary } : {}),
    };
    const changed: Offices =
      office === "scrutineers"
        ? { ...rest, ...kept, scrutineers: [...next] }
        : { ...rest, ...kept, ...(next[0] ? { [office]: next[0] } : { [office]: undefined }) };
    record(meeting, changed, done);
  };
  return (
    <div class="office" tabIndex={-1} data-test={`office-${office}`}>
      <h3>{t(`office-${office}`, { count: most[office] })}</h3>
      <ul class="office-people">
        {people.map((person) => (
          <li key={person.id}>
            <Avatar person={person} small /> <Name person={person} />
            <button
              type="button"
              class="step"
              data-test="office-remove"
              aria-label={t("office-remove", {
                name: person.name,
                office: t(`office-${office}`, { count: 1 }),
              })}
              onClick={() =>
                set(
                  people.filter(({ id }) => id !== person.id),
                  t("office-removed", { name: person.name }),
                )
              }
            >
              <Icon name="no" size={18} />
            </button>
          </li>
        ))}
      </ul>
      {people.length < most[office] && (
        <FindMember
          label={t(`office-${office}-find`)}
          test={`office-${office}-find`}
          without={offices.flatMap((one) => holders(now, one).map(({ id }) => id))}
          onChoose={(person) =>
            set(
              [...people, person],
              t("office-given", { name: person.name, office: t(`office-${office}`, { count: 1 }) }),
            )
          }
        />
      )}
    </div>
  );
}

export function Offices({ meeting }: { meeting: Meeting }) {
  const place = useRef<HTMLElement>(null);
  useHeldFocus(place);
  return (
    <section ref={place} class="card box" aria-labelledby="offices">
      <h2 id="offices">{t("offices-title")}</h2>
      <p class="hint">{t("offices-hint")}</p>
      <div class="offices">
        {offices.map((office) => (
          <One key={office} meeting={meeting} office={office} />
        ))}
      </div>
    </section>
  );
}
