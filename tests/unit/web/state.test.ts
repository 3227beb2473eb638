// The vote card's state as a pure function: each state is reached, and "recorded" never without a
// receipt that was checked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmMs, type VoteFacts, type VoteState, voteState } from "../../../web/src/poll/state";

const base: VoteFacts = {
  poll: { state: "open" },
  definition: "good",
  mine: { eligible: true, counter: 0 },
  step: "idle",
  sinceSentMs: 0,
  refusal: undefined,
  receipt: undefined,
  changing: false,
  alarm: false,
};
const good = { checked: true, counter: 1 };
const voted = { eligible: true, counter: 1 };

const cases: [VoteState, string, Partial<VoteFacts>][] = [
  ["loading", "nothing is known", { poll: undefined }],
  ["loading", "the definition is on its way", { definition: "loading" }],
  ["loading", "whether I may vote is on its way", { mine: undefined }],
  ["not-open", "a draft", { poll: { state: "draft" }, mine: undefined, definition: "loading" }],
  [
    "not-eligible",
    "not on the roll",
    { mine: { eligible: false, reason: "not_on_roll", counter: 0 } },
  ],
  [
    "not-eligible",
    "on the roll of a meeting, and not there",
    { mine: { eligible: true, reason: "absent", counter: 0 } },
  ],
  ["open", "ready to vote", {}],
  [
    "open",
    "no key yet: the device is added when signing",
    { mine: { eligible: false, reason: "no_key", counter: 0 } },
  ],
  ["open", "changing a recorded ballot", { receipt: good, mine: voted, changing: true }],
  ["signing", "signing", { step: "signing" }],
  ["sent", "just sent", { step: "sending", sinceSentMs: confirmMs - 1 }],
  ["unconfirmed", "no answer yet", { step: "sending", sinceSentMs: confirmMs }],
  [
    "unconfirmed",
    "the vote closed meanwhile, the answer is not here",
    { step: "sending", sinceSentMs: 60_000, poll: { state: "closed" } },
  ],
  ["recorded", "receipt checked", { receipt: good, mine: voted }],
  [
    "changed",
    "second ballot",
    { receipt: { checked: true, counter: 2 }, mine: { eligible: true, counter: 2 } },
  ],
  ["loading", "recorded elsewhere, receipt on its way", { mine: voted }],
  [
    "loading",
    "a newer ballot from another device, its receipt on its way",
    { receipt: good, mine: { eligible: true, counter: 2 } },
  ],
  ["refused", "refused", { refusal: "ballot.stale_counter" }],
  ["refused", "too late", { refusal: "poll.closed", poll: { state: "counted" } }],
  [
    "alarm",
    "the receipt failed its check",
    { receipt: { checked: false, counter: 1 }, mine: voted },
  ],
  ["alarm", "the definition is not what would be signed", { definition: "bad" }],
  ["alarm", "the record failed a check", { alarm: true }],
  ["closed", "closed", { poll: { state: "closed" } }],
  ["closed", "its time has passed, the server is not heard", { over: true }],
  ["signing", "its time passes while signing", { over: true, step: "signing" }],
  ["closed", "counted", { poll: { state: "counted" }, receipt: good }],
  ["cancelled", "cancelled", { poll: { state: "cancelled" }, receipt: good }],
];

for (const [expected, what, facts] of cases)
  test(`${expected}: ${what}`, () => assert.equal(voteState({ ...base, ...facts }), expected));

test("every state has a case", () => {
  const all: VoteState[] = [
    ...(["loading", "not-open", "not-eligible", "open", "signing", "sent"] as const),
    ...(["unconfirmed", "recorded", "changed", "closed", "cancelled", "refused", "alarm"] as const),
  ];
  const reached = new Set(cases.map(([state]) => state));
  assert.deepEqual([...reached].sort(), [...all].sort());
});

test("recorded or changed only with a checked receipt, whatever else is known", () => {
  const bools = [true, false];
  for (const counter of [0, 1, 2])
    for (const changing of bools)
      for (const eligible of bools)
        for (const receipt of [undefined, { checked: false, counter: 1 }]) {
          const state = voteState({
            ...base,
            ...{ changing, receipt, mine: { eligible, reason: "not_on_roll", counter } },
          });
          assert.ok(state !== "recorded" && state !== "changed");
        }
});
