// Whether somebody may vote, as the server says it of them: what home and the page of a vote both ask, and share nothing else of.

/** What can be mended by enrolling this device is no lack of right; in a meeting one may be on the roll and not there. */
export const mayVote = ({
  eligible,
  reason = "",
}: {
  eligible: boolean;
  reason?: string | undefined;
}): boolean => (eligible ? !/^(absent|late)$/.test(reason) : reason === "no_key");
