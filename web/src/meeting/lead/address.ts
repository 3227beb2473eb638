// Where a vote of a meeting is prepared.
import type { Meeting } from "../../generated/api";

export function newVoteAddress(
  meeting: Meeting,
  more: { item?: string | undefined; about?: string | undefined; follows?: string | undefined },
): string {
  const given = Object.entries({ meeting: String(meeting.number), ...more });
  const query = given.flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return `/v/new?${query.join("&")}`;
}
