# The words of all pages but home, and those of refusals.

nav-settings = Settings
nav-groups = Groups
cancel = Cancel
save = Save
saved = Saved
reason-label = Reason
show-more = Show { $count } more
column-idea = Ideas
column-discussed = In discussion
column-ready = Ready
column-voting = Vote
column-adopted = Adopted and under way
column-realised = Done
column-others = Others
member-status-invited = Invited
member-status-dormant = Paused
member-status-left = Former member
member-status-erased = Erased
member-status-external = Author from an import
role-admin = Administration
role-facilitator = Facilitation
role-secretary = Secretary
role-auditor = Checker of the record
role-observer = Observer
role-chair = Chair
role-scrutineer = Scrutineer
tie-worker = worker
tie-volunteer = volunteer
tie-beneficiary = beneficiary
tie-partner = partner

## Joining

join-title = Welcome
join-lead = You have been invited to discuss and decide together. One press of the button and you are in; there is no password.
join-name = Your name
join-name-hint = As other members know you
join-button = Enter
join-no-link = This address lacks its personal part. Open the whole link you received.
join-fact-link = The link works once. Opening this page has not used it up.
join-fact-device = When you vote, this device makes its own signature; it never leaves the device.
join-fact-record = What is decided is kept in a record that cannot be altered unnoticed.

## Proposals

proposal-word = Proposal
proposals-no-match = No proposal matches this search.
older-proposals = Load older ones ({ $count })
search-placeholder = Search the proposals
theme-label = Theme
theme-all = All themes
themes-label = Themes
view-label = View
view-board = Board
view-list = List
board = Board of proposals by state
board-columns = States
new-proposal-title = Suggest something
new-proposal-lead = Start from the need. A solution may come later, from you or from others.
proposal-title-label = Title
proposal-title-hint = What would change, in one line
proposal-title-missing = Give it a title.
proposal-need-label = The need
proposal-need-hint = What is missing, and for whom
proposal-need-missing = Say what is missing.
proposal-text-label = The proposal (may stay empty)
proposal-text-hint = How it could be done, if you have an idea
written-in = Written in
submit-proposal = Share the proposal
revise = Change the text
text-languages = Languages of this text
translated-by = Translated by
translation-stale = the original has changed since
source-figures = Imported: { $supports } supports and { $comments } comments at the source
road-label = From idea to done
road-idea = Idea
road-discussed = Discussion
road-ready = Ready
road-voting = Vote
road-adopted = Adopted
road-realised = Done
support-title = Support
support-word = { $count ->
    [one] supporter
   *[other] supporters
}
support-needed = { $count ->
    [0] Enough support: the discussion opens.
    [one] 1 more and the discussion opens.
   *[other] { $count } more and the discussion opens.
}
support = I support this
supporting = You support this
support-on = You support this proposal
support-off = Support withdrawn
support-help = I can help with…
next-title = Next step
next-idea = Looking for support. The facilitation can take it up at once.
next-discussed = It is being improved. Its authors say when it is ready.
next-ready = A vote or an answer is owed.
next-voting = The text is frozen while the vote is open.
next-adopted = It carried. To-dos make it real.
next-in-progress = It is being done.
next-realised = It is done.
next-rejected = It did not carry.
next-postponed = No decision yet. It can be discussed again.
next-withdrawn = Withdrawn by its authors, who may bring it back.
next-merged = It goes on in another proposal.
next-abandoned = Given up.
step-take-up = Take it up for discussion
step-mark-ready = It is ready for a vote
step-mark-discussed = Back to discussion
step-mark-in_progress = Under way
step-mark-realised = It is done
step-mark-abandoned = Give it up
step-mark-withdrawn = Withdraw it
step-mark-idea = Bring it back
step-ask = Everybody will read the reason.
votes-title = Vote and decision
history-title = History
history-created = shared by
history-version = version { $version }

## Discussion

## Votes

body-members-short = The members
body-group-short = A working group
body-board-short = The board
body-assembly-short = The general assembly
voters-title = Who voted what
voters-none = No ballot is in the record.
voters-more = Show more voters
voter = Voter
answer = Answer
voter-weight = Votes
result-title = Result
took-part = { $voted } of { $entitled } voters took part
threshold-text = { $percent } % yes; the mark stands at { $num }/{ $den }
threshold-first = { $percent }% for the first option; the mark stands at { $num }/{ $den }
quorum-met = Quorum met: { $x } of { $n }
quorum-missed = Quorum missed: { $x } of { $n }
tally-title = Running result
about-title = What it is about
opened-on = Opened
closed-on = Closed
extended-because = Extended:
defined-by = Prepared by
lead-title = Leading this vote
open-vote = Open the vote
open-vote-ask = Open it now? The roll of voters and the question are then fixed.
close-vote = Close the vote
close-vote-ask = Close it now? Everyone on the roll has voted.
close-vote-missing = { $count ->
    [one] Close it now? 1 voter has not voted.
   *[other] Close it now? { $count } voters have not voted.
}
extend-vote = Extend the vote
extend-ask = A vote can be extended once, never shortened.
cancel-vote = Cancel the vote
cancel-vote-ask = Cancel it? Everybody will read the reason.
decide-tie = Record what the chair decides
decide-tie-ask = The votes are equal: what does the chair decide?
decide-places = { $count ->
    [one] The chair decides: one place is left.
   *[other] The chair decides: { $count } places are left.
}
reopen-vote = Open this vote again
reopen-ask = Open it again? The result is withdrawn, the ballots stay, and everybody will read the reason.
chair-decided = The chair decided:
vote-reopened = Opened again:
decision-withdrawn = The vote is open again: this result is not in force.
confidential-asked = { $count ->
    [one] One person asks for a confidential vote.
   *[other] { $count } people ask for a confidential vote.
}
confidential-wish = Ask for a confidential vote
confidential-wish-text = Would you rather have this vote confidential? Whoever opens it sees how many ask for it, never who.
confidential-wished = You asked for a confidential vote.
confidential-take-back = Take my request back
confidential-taken-back = Your request is taken back.
new-vote-title = Prepare a vote
new-vote-lead = You save a draft first. It opens only when you open it.
edit-vote = Change the draft
question-in = Question ({ $language })
poll-mode-label = Who sees what
poll-mode-named = Votes shown by name
poll-mode-named-hint = After closing, the voters see who voted what
poll-mode-confidential = Confidential vote
poll-mode-confidential-hint = Others see totals only; needs 5 voters or more
closes-label = Closes
closes-hint = Your local time
poll-options = Options
revote-label = Ballots may be changed until it closes
show-live-label = Running result shown
rule-default = Rule:
save-vote = Save the draft
## Decisions

decisions-title = Register of decisions
decisions-lead = Every decision that was put to the vote, carried or not, with its rule and its arithmetic.
decisions-none = No decision yet. The first closed vote will stand here.
decision-number = Decision { $number }
recorded-on = Recorded
review-on = Review date
decided-by = Decided by
decided-in = Meeting
decided-in-meeting = No. { NUMBER($number, useGrouping: 0) }
decision-no-tasks = No to-do yet. What is the first thing to do?

## To-dos

tasks-title = To-dos
tasks-progress = { $done } of { $total } done

## Members

members-title = Members
members-search = Name, skill or need
members-count = { $count ->
    [one] 1 member
   *[other] { $count } members
}
member-unnamed = (name not given yet)
class-label = Class of members
roles-label = Extra roles
invite-title = Invite a member
invite-name = Name
invite-name-hint = Leave empty and the person gives it when joining
invite-create = Make the link
new-link = New link
invite-again = Invite again
tell-title = Tell people
tell-hint = Send this to one person. Whoever opens the link enters as that member.
tell-link = The link
tell-text = Text to send
tell-language = Language of the text
copy-text = Copy the text
copy-link = Copy the link
copied = Copied
qr-label = QR code of the link

## My page

me-title = My page
display-title = Language and display
theme-title = Display
theme-auto = As the system
theme-light = Light
theme-dark = Dark
try-vote = Try a vote with this device
devices-title = My devices
devices-lead = Each device signs your ballots with its own key. A key that is lost is revoked; another device gets another one.
devices-none = No device signs for you yet. This one can be added now, or by itself at your first vote.
device-add = Add this device
this-device = This device
this-session-only = This session only
device-added = Added
device-via-invitation = by an invitation link
device-via-email = by an e-mail code
device-via-device = by another device
device-via-officer = in person
device-via-card = as a card
device-revoke = Revoke
device-revoke-ask = Revoke this key? It can never sign again; ballots recorded before stand.
device-revoked = Revoked
device-reason-lost = lost
device-reason-replaced = replaced
device-reason-left = member left
device-reason-office = by the office
device-reason-expired = card expired
links-title = Links issued for me
links-lead = Whoever holds such a link could enter as you until it is used: you see each one.
links-none = None.
record-title = The record
record-lead = Each time this device returns, the server must prove that the record only grew.
record-seal = Last seal checked: { $size } entries
leave-session = Leave on this device
leave-ask = You need a new link to come back.
leave-shared = This is a shared computer
leave-shared-hint = Removes your key, receipts and drafts from this browser; the key can sign no more. Save first any receipt you want to keep.
error-input-too_big = This is too long.
error-input-bad_value = A value is missing or not allowed.
error-input-missing_field = Something is missing.
error-session-none = You are not signed in. Open your personal link.
error-session-expired = Your session is over. Ask for a new link.
error-origin-refused = This address is not one the server answers to.
error-right-missing = Your roles do not allow this.
error-conflict = This has changed meanwhile: look at how it stands now, then try again.
error-rate-limited = Too much at once. Wait a moment.
limited-until = That is all that is taken for now. It can be done again from { $time }.
refused-earlier = What you had done here earlier was only sent now, and was refused: { $text }
error-feed-full = The server is busy. What changes comes a few seconds later.
error-token-unknown = This access token is not known.
error-token-too_many = You have 20 access tokens already. Revoke one you no longer use.
error-token-out_of_scope = This access token may not do that.
error-storage-full = The server has no space left: reading goes on, writing does not.
error-storage-failed = The server could not store this.
error-server-stopping = The server is restarting. Try again in a moment.
error-organisation-last_admin = At least one person must keep the administration.
error-invite-unknown = This link is not known. Open the whole link, or ask for a new one.
error-invite-used = This link has been used. Ask for a new one.
error-invite-expired = This link is too old. Ask for a new one.
error-invite-name_needed = Give your name, then press again.
error-member-unknown = This member is not known.
error-member-bad_state = The member’s status does not allow this.
error-class-unknown = This class of members is not known.
error-class-in_use = Members belong to this class.
error-proposal-unknown = This proposal is not known.
error-proposal-bad_state = The proposal’s state does not allow this.
error-proposal-stale = The text changed meanwhile. Reload and look at it first.
error-proposal-reason_needed = This step needs a reason.
error-group-unknown = This group is not known.
error-group-bad_state = The group’s state does not allow this.
error-group-too_deep = Groups nest at most five deep, and a group is never part of itself.
error-group-full = There is no room for one more.
error-group-too_many = You have started ten groups since yesterday. Facilitation can help you.
error-group-not_member = This person is not in the group.
error-decision-unknown = This decision is not known.
error-notification-unknown = This notification is no longer there.
error-minutes-unknown = This meeting has no minutes that you may read yet.
error-minutes-sealed = The minutes are sealed: nothing of them changes any more.
error-minutes-stale = The record says more than these minutes: make the facts again, then seal.
error-minutes-tie_open = A tie in this meeting still waits for the chair to decide: seal the minutes after that.
error-minutes-fact_altered = What comes from the record stays as it is. Write around it.
error-task-unknown = This to-do is not known.
error-task-bad_state = Somebody was quicker: the to-do has changed.
error-task-several_names = Several people may be meant. Choose one.
error-task-reason_needed = This step needs a reason.
error-rule-unknown = This rule is not known any more: choose another one.
error-rule-bad_state = This rule is not confirmed, or no longer in use: choose another one.
error-rule-full = There are 100 rules of your own already: retire one first.
error-meeting-unknown = This meeting is not known.
error-meeting-bad_state = The meeting has moved on: this is not possible now. Look at what the page shows.
error-meeting-bad_agenda = This item is no longer on the agenda, or stands in the wrong place.
error-meeting-full = As many meetings are planned as there may be: end or cancel one first.
error-meeting-below_quorum = The quorum is not reached.
error-attendance-bad_code = This is not the code of this meeting. Look at the big screen, or ask at the desk.
error-attendance-not_present = This only goes for who is present; check in first.
error-incident-twice = You have reported this already; it is noted.
error-import-unreadable = This cannot be read as a table of people. Its first line names the columns.
error-poll-no_lot_left = No drawing of lots was prepared for this any more: cancel the vote and ask again in a new one.
error-poll-unknown = This vote is not known.
error-poll-not_open = The vote has not opened yet.
error-poll-closed = The vote was closed before the ballot arrived. It does not count.
error-poll-bad_state = The vote’s state does not allow this.
error-poll-bad_time = This date does not fit the vote.
error-poll-wrong_definition = The vote’s definition is another one.
error-poll-empty_roll = Nobody may vote in this.
error-poll-mode_unavailable = Secret votes are not offered yet: vote on paper.
error-poll-method_unavailable = This way of counting is not offered yet.
error-poll-too_few_for_confidential = Fewer than 5 voters: a confidential vote would show who voted what.
error-poll-no_extension = A vote is not extended here.
error-poll-extended_twice = A vote is extended once at most.
error-poll-too_many_open = Five votes are open in this meeting already.
error-poll-no_shares = The rule asks for a quorum of shares, and nobody who may vote has any: enter the shares, or choose another rule.
error-poll-shown = Its result was shown: ask again in a new vote.
error-ballot-not_present = This vote is for those who were present when it opened, and still are.
error-ballot-bad_signature = The signature of this device was not good.
error-ballot-wrong_definition = The ballot was for another definition of this vote.
error-ballot-not_on_roll = You are not on the roll of voters.
error-ballot-wrong_weight = Your number of votes has changed. Look at the vote again.
error-ballot-stale_counter = Another of your devices voted meanwhile. Look at the ballot that is recorded before you change it.
error-ballot-already_cast = You have voted; ballots of this vote cannot be changed.
error-ballot-unknown_history = The server does not know the record this device saw.
error-ballot-bad_choice = This choice is not offered.
error-key-unknown = This device is not in the record yet. Add it, then vote again.
error-key-revoked = The key of this device was revoked. Add this device again, then vote.
error-key-twice = This key is or was in the record already.
error-key-bad_proof = The device could not prove its key.
diff-added = [added:
diff-removed = [removed:
diff-end = ]
find-member = Find by name
member-number = member no. { $number }
find-member-list = People found
find-member-found = { $count ->
    [0] Nobody of that name.
    [one] 1 person found
   *[other] { $count } people found
 }
record-for = Record for somebody
record-for-label = For whom
record-for-hint = Somebody without a device who asks you to. Everybody will see that you recorded it.

## Ways to everything else

more-decisions = What was decided, with its numbers
more-members = Who belongs to the organisation
more-groups = Who works on what
more-me = My profile, devices and drafts
more-settings = Of the organisation
