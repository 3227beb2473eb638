# The words of the page of a vote.

proposals-title = Proposals
proposal-number = Proposal { NUMBER($number, useGrouping: 0) }
vote-title = Vote
vote-number = Vote { NUMBER($number, useGrouping: 0) }
choice-yes = Yes
choice-no = No
choice-abstain = Abstain
choice-blank = Blank
your-answer = Your answer
sign-ballot = Sign and send
signing = Signing…
sign-hint = Your ballot is signed by this device. You get a receipt that this page checks.
keep-ballot = Keep my ballot as it is
change-vote = Change my ballot
mode-named = Votes shown by name: after closing, the voters of this vote see who voted what.
mode-confidential = Confidential vote: others see totals and who took part. Whoever runs the server could see more.
mode-short-named = Votes shown by name
mode-short-confidential = Confidential vote
body-members = Consultation of the members. Matters our statutes reserve to the general assembly need an assembly.
body-group = Vote of a working group: { $names }
closes-at = Closes on { $date }
opens-at = It opens on { $date }.
opens-by-hand = It opens when the facilitation opens it.
not-open-title = This vote is not open yet
not-eligible-title = You do not vote here
not-eligible-not_opened = The vote has not opened yet.
not-eligible-not_on_roll = Your name is not on the roll of voters, which was fixed when the vote opened. You can vote in those that open from now on; ask the facilitation if you think this is a mistake.
not-eligible-observer = Observers read and do not vote.
not-eligible-group = This vote belongs to a working group you are not in.
not-eligible-late = You joined after this vote opened. You vote from the next one on.
not-eligible-absent = One votes here once counted as present.
absent-title = First say that you are here
sent-title = Sent. Waiting for the receipt…
unconfirmed-title = Not confirmed yet
unconfirmed-text = Your signed ballot is kept on this device and sent until it arrives. Do not vote again. It counts only if it arrives before the vote closes.
recorded-title = Your ballot is recorded and its receipt checked.
recorded-at = Recorded at { $time }
changed-at = Changed at { $time } (ballot { $count }). Only the last counts.
was-recorded = Your ballot was recorded on { $time }
receipt-entry = Entry in the record
receipt-checked = This device checked it: your ballot is in the record, under the seal it knows.
receipt-more = Keep the receipt
receipt-warning = The file shows how you voted: think before you share it.
receipt-save = Save the file
refused-title = The ballot was not accepted
look-again = Back to the vote
vote-alarm-title = Do not vote yet
cancelled-title = This vote was cancelled
you-did-not-vote = You did not vote
vote-closed = The vote is closed
turnout-title = Turnout
turnout-of = { $entitled ->
    [one] of 1 voter
   *[other] of { $entitled } voters
}
turnout-said = { $voted ->
    [one] { $voted } of { $entitled } has voted
   *[other] { $voted } of { $entitled } have voted
}
turnout-nobody = votes: no one was present yet at the opening
turnout-present = { $voted ->
    [one] of the { $present } present at the opening has voted
   *[other] of the { $present } present at the opening have voted
}
turnout-late = { $voted ->
    [one] has voted; present at the opening: { $present }
   *[other] have voted; present at the opening: { $present }
}
result-hidden = The result stays hidden until the vote closes.
rule-simple = More yes than no.
rule-majority-votes = { $limit } of the votes.
rule-majority-present = { $limit } of those present or represented.
rule-majority-entitled = { $limit } of all who may vote.
more-than = More than { $amount }
at-least = At least { $amount }
rule-abstain-0 = Abstentions are left out.
rule-abstain-1 = Abstentions count in the base.
rule-abstain-2 = Abstentions count as no.
rule-not-checked = Not checked by a lawyer: compare with your statutes.
rule-no-quorum = No quorum.
rule-quorum-part = Quorum: { $limit } must take part.
rule-quorum-present = Quorum: { $limit } must be present or represented.
each-class-1 = Each class must reach the quorum.
each-class-2 = Each class must agree.
weight-cap = One person counts for { $amount } of the votes cast at most.
fraction-percent = { $percent }%
fraction-1-2 = half
fraction-2-3 = two thirds
fraction-3-4 = three quarters
fraction-4-5 = four fifths
fraction-1-3 = one third
fraction-1-4 = one quarter
fraction-1-5 = one fifth
fraction-1-10 = one tenth
fraction-1-20 = one twentieth
vote-in-meeting = The meeting
