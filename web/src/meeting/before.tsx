// A meeting that is to come: when, where, how to take part, what is on the agenda.
import type { Meeting } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import type { Watched } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Name, type Person } from "../ui/parts";
import { Agenda } from "./agenda";
import { PresenceBox } from "./presence";

function Office({ label, people }: { label: string; people: (Person | undefined)[] }) {
  const there = people.flatMap((one) => one ?? []);
  if (there.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {there.map((person, at) => (
          <span key={person.id}>
            {at > 0 && ", "}
            <Name person={person} />
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Who leads it, if that is known. */
export function Offices({ meeting }: { meeting: Meeting }) {
  const { chair, secretary, scrutineers } = meeting.offices;
  if (!chair && !secretary && scrutineers.length === 0) return null;
  return (
    <section class="card box" aria-labelledby="offices">
      <h2 id="offices">{t("offices-title")}</h2>
      <dl class="offices">
        <Office label={t("office-chair")} people={[chair]} />
        <Office label={t("office-secretary")} people={[secretary]} />
        <Office
          label={t("office-scrutineers", { count: scrutineers.length })}
          people={scrutineers}
        />
      </dl>
    </section>
  );
}

/** A link goes where who planned the meeting wrote: only to the web. */
export const isWeb = (link: string | undefined): link is string =>
  link !== undefined && /^https?:\/\//i.test(link);

export function TakingPart({ meeting }: { meeting: Meeting }) {
  const procedure = pick(meeting.procedure);
  if (!meeting.remote && !procedure.text && !isWeb(meeting.link)) return null;
  return (
    <section class="card box" aria-labelledby="taking-part">
      <h2 id="taking-part">{t("part-title")}</h2>
      <p>{t(meeting.remote ? "part-remote" : "part-hall")}</p>
      {procedure.text && (
        <p class="lines" lang={procedure.lang} dir="auto">
          {procedure.text}
        </p>
      )}
      {isWeb(meeting.link) && (
        <p>
          <a class="button small" href={meeting.link} rel="noreferrer" data-test="meeting-link">
            <Icon name="link" /> {t("part-link")}
          </a>
        </p>
      )}
    </section>
  );
}

export function Before({
  meeting,
  watched,
  doors,
}: {
  meeting: Meeting;
  watched: Watched;
  /** People may be there already. */
  doors: boolean;
}) {
  const presence = watched.all("presence").find((one) => one.id === meeting.id);
  return (
    <div class="split">
      <div class="split-main stack-wide">
        <section class="card box" aria-labelledby="meeting-agenda">
          <h2 id="meeting-agenda">{t("agenda-title")}</h2>
          <Agenda meeting={meeting} polls={watched.all("poll_card")} />
        </section>
      </div>
      <div class="split-side">
        {doors && <PresenceBox presence={presence} />}
        <TakingPart meeting={meeting} />
        <Offices meeting={meeting} />
        {meeting.quorum && (
          <p class="hint">
            {t("quorum-asked", { num: meeting.quorum.num, den: meeting.quorum.den })}
          </p>
        )}
      </div>
    </div>
  );
}
