# The words of those who prepare and lead a meeting.

## Planning

meeting-new-title = Plan a meeting
meeting-new-lead = What, when and where. The agenda and the officers follow on the next page; everything can be changed until the meeting begins.
meeting-edit-title = Prepare the meeting
meeting-kind-label = What kind of meeting?
meeting-kind-general_assembly-hint = The members decide: quorum, votes, minutes
meeting-kind-board-hint = Of those who run the organisation between assemblies
meeting-kind-group-hint = On the matters of one group
meeting-kind-work_session-hint = Doing things together; may come back every week
meeting-title = Title
meeting-title-missing = Give it a title, in one language at least.
meeting-starts = Begins
meeting-starts-wrong = Choose a day and an hour.
meeting-length = Planned length, in minutes
meeting-length-hint = The agenda is measured against it
meeting-length-wrong = Between 5 minutes and 24 hours.
meeting-zone = The organisation’s time: { $zone }
meeting-place = Place
meeting-remote = Members may take part from elsewhere
meeting-link = Link to see and hear it
meeting-link-hint = https://… of a video call; can be left out
meeting-link-wrong = A link begins with https:// and has no spaces.
meeting-procedure = How to take part from elsewhere
meeting-procedure-hint = Stands in the call: how members connect and show who they are
meeting-group = Group
meeting-group-none = No group
meeting-group-missing = Choose the group whose meeting this is.
meeting-template = Agenda to begin with
meeting-template-hint = It can be changed afterwards
meeting-template-none = Empty
meeting-rule = Quorum to watch
meeting-rule-hint = Shown all along; each vote keeps its own rule
meeting-rule-none = None
meeting-notice = Notice period, in days
meeting-notice-hint = As the statutes ask; what the law asks is added by itself
meeting-notice-by = The call must leave by { $date }
meeting-second = Second call of
meeting-second-hint = When the quorum of an earlier meeting was missed: its agenda is taken over
meeting-second-none = No earlier meeting
meeting-every = Comes back
meeting-every-hint = The next one is planned when this one ends
meeting-every-once = Once only
meeting-every-week = Every week
meeting-every-two_weeks = Every two weeks
meeting-every-month = Every month
meeting-plan-button = Plan, and write the agenda
meeting-change-title = Date, place and the rest
meeting-revise-button = Save the changes
meeting-changed = The meeting is changed
plan-newer = Somebody else has changed this meanwhile. What you wrote is still here.
plan-show-theirs = Show the new state
meeting-cancel = Cancel the meeting
meeting-cancel-ask = The meeting will not take place. The record keeps it with your reason.
template-keep = Keep this agenda as a template
template-keep-ask = Its items and times can begin the next meeting.
template-forget = Forget this template
template-forgotten = The template is forgotten
template-name = Name of the template
template-kept = The template is kept
call-title = Call
call-asked = { $asked ->
    [one] { $asked } day is asked between the call and the meeting: it must leave by { $date }.
   *[other] { $asked } days are asked between the call and the meeting: it must leave by { $date }.
}
call-late = { $asked ->
    [one] { $asked } day is asked between the call and the meeting: it had to leave by { $date }. Put the meeting off, or the call comes too late.
   *[other] { $asked } days are asked between the call and the meeting: it had to leave by { $date }. Put the meeting off, or the call comes too late.
}
call-given = Days between the call and the meeting: { $given }; asked: { $asked }.
call-gap = Second call, days after the first meeting: { $given }; asked: { $asked }.
call-first = The first meeting had its quorum: this one needs it too.
call-sent = Sent
call-record = The call was sent
call-record-ask = The record notes that the call left now. This cannot be taken back.
invitation-open = Invitation to print or send
offices-hint = Office holders may lead this meeting, whatever their other roles.
office-chair-find = Who chairs?
office-secretary-find = Who writes the minutes?
office-scrutineers-find = Who checks the counts?
office-remove = Take the office { $office } away from { $name }
office-removed = { $name } no longer holds the office
office-given = { $office }: { $name }
lead-open = Lead the meeting
not-yours = This page is for those who prepare and lead the meeting.
to-meeting = To the meeting

## The agenda being written

agenda-sum = { $sum } on the agenda, { $planned } planned
agenda-left = { $left } left
agenda-left-unsaved = The agenda is not saved. What you changed waits for you on the page where it is prepared.
agenda-over = { $over } too long
agenda-fits = Fits exactly
agenda-unsaved = Not saved yet
agenda-saved = Everything is saved
agenda-saving = On its way to the server…
agenda-save = Save the agenda
agenda-discard = Forget my changes
agenda-newer = Somebody else has changed the agenda meanwhile. Yours is still here, not saved.
agenda-show-theirs = Show theirs, keep mine aside
agenda-keep-mine = Go on with mine
agenda-kept = Your version is kept aside.
agenda-take-mine = Take mine again
agenda-keys = Alt + ↑ or ↓ moves the item you are in; the handle can be dragged.
agenda-ready = Proposals ready for a vote
agenda-edit = Change
item-unnamed = Item without a title
item-grip = Item { $number }, { $title }: move with Alt and the arrows
item-title-of = Title of item { $number }
item-title-in = Title ({ $language })
item-minutes-of = Minutes planned for item { $number }
item-kind-label = Kind of item
item-kind-opening = Opening
item-kind-information = Information
item-kind-discussion = Discussion
item-kind-vote = Vote
item-kind-election = Election
item-kind-work = Do it now
item-kind-break = Break
item-kind-closing = Closing
item-up = Move { $title } up
item-down = Move { $title } down
item-indent = Put { $title } below the item before it
item-outdent = Make { $title } an item of its own
item-remove = Remove { $title }
item-more = Details
item-held = Dealt with
item-moved = { $title } is now item { $number }, at { $time }
item-add = Add
item-add-label = New item
item-add-hint = A number at the end is its minutes: “Budget 20”
item-link-label = About a proposal, a vote, a decision or a to-do
item-link-found = Found
item-unlink = Remove the link to { $title }
link-proposals = Proposal { $number }
link-polls = Vote { $number }
link-decisions = Decision { $number }
link-tasks = To-do { $number }
minutes-short = min
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-both = { $hours } h { $minutes }

## The console

lead-page = Leading a meeting
silent = The server has not been heard for { $seconds } s.
silent-minutes = The server has not been heard for { $minutes } min.
silent-said = The server is not heard. The figures are as of then.
silent-then = The figures are as of then. What you do is sent when it is heard again.
sending = Sent; the server has not answered yet…
led-by = { $name } acted last for the room
led-by-now = { $name } now leads. You still see everything, and can go on together.
led-by-self = You now lead from another device. This one still shows everything, and you can go on with both.
lead-conflict = { $name } was quicker: this is the new state
start-title = The meeting has not begun
start-hint = Members check in from three hours before, at the desk or with the code; the first item is taken up when you say so.
start-no-chair = Nobody chairs yet: choose the officers first.
start-before = It is planned for later; you may begin all the same.
start = Begin the meeting
start-prepare = Go on preparing
below-quorum = The quorum is not reached.
below-quorum-yours = Going on is your decision; the record notes that you saw it.
below-quorum-seen = I have seen it, go on
current-none = No item is under way
next-item = Next:
item-at = Item { $number }
item-take-up = : take it up
item-taken-up = Now: { $title }
item-took = { $minutes } min
item-moved-out = in writing
item-of-box = of { $minutes } min planned
item-no-box = no time planned
item-over = { $duration } over
item-over-said = The time planned for this item is used up
item-move-out = Go on in writing
item-move-out-ask = The item leaves the meeting and goes on as a discussion that everybody can read.
item-moved-done = The item goes on in writing
item-tasks = To-dos from this item
meeting-tasks = To-dos
ends-at = Ends at about { $time }
ends-in-time = In time
ends-early = { $duration } early
ends-late = { $duration } late
end = End the meeting
end-ask = End the meeting now?
end-hint = Everybody is checked out, closed votes are revealed, and the minutes can be written.
ended-title = The meeting has ended
ended-text = From { $from } to { $to }.
to-minutes = Write the minutes
to-next = Prepare the next one
to-second = Call it a second time
keys-title = Keys
keys-on = Single keys act in this console
key-space = Space
key-n-does = Next item
key-v-does = Open, close or reveal the vote: press it twice
key-space-does = 30 seconds more for the open vote

## Votes

lead-votes-title = Votes
vote-quick = A question, yes or no
vote-quick-hint = Prepared at once, by name, under the usual rule; the result stays hidden until you reveal it
vote-quick-languages = In the other languages
vote-prepare = Prepare
vote-form = Another kind of vote
vote-look = Look at it
vote-open = Open the vote
vote-by-hand = To be closed by hand
open-duration = How long it stays open
open-by-hand = by hand
countdown = { $left } left
awaited-none = Everybody present has voted
extend-30 = + 30 s
extend-60 = + 1 min
close-in-60 = Close in 1 min
vote-close = Close the vote
vote-close-all = Everybody present has voted. Close?
vote-cancel = Cancel this vote
vote-cancel-ask = The vote ends without a result. The record keeps it with your reason.
vote-reveal = Reveal the result
vote-offered = So many were kept from voting by technical incidents that the result could be another: open it again before you reveal it?
vote-offered-late = So many were kept from voting by technical incidents that the result could be another: a new vote can follow.
vote-reopen = Open it again
vote-reopen-ask = Nobody has seen the result: the vote opens again for two minutes, ballots stay.
vote-show = Show it on the big screen
vote-result-open = The whole count
vote-conflict = Somebody else was quicker: this is the new state
vote-again = Vote again on this
vote-followed = Voted on again: vote { $number }
result-yes = { $count } yes
result-no = { $count } no
result-abstain = { $count } abstain
vote-second = Second call: whatever the attendance
vote-second-of = Second call of vote { $number }: whatever the attendance
vote-first = First call: with the quorum of the rule
vote-mode-confidential = confidential
vote-mode-secret = secret

## The room

quorum-said-met = The quorum is reached
quorum-said-not = The quorum is not reached
quorum-waiting = The quorum is counted with the first arrivals.
quorum-none = No quorum is watched.
presence-classes = By class
desk-open = Desk
health-title = Connections
health-connected = connected
health-asleep = asleep (screen dark)
health-gone = gone
health-none-open = no page open
health-none = Nothing known yet.
health-offline = This page is offline: what the room does is not known.
health-hint = Whoever has checked in stays present, connected or not.
code-title = Check-in
code-qr = QR code to check in
code-hint = For those in the hall: scan it, or type the code on the meeting’s page.
screens-title = Big screen
screens-show = Show now
screens-later = What it shows can be chosen once the meeting has begun.
screens-no-vote = No vote is open, and no result is revealed.
screens-no-result = No result is revealed yet.
show-item = Item
show-agenda = Agenda
show-join = How to join
show-poll = Vote
show-result = Result
show-tasks = To-dos
screens-get = Address of the screen
screens-link = Open this on the projector; several screens may.
screens-open = Open here
copy = Copy
incidents-title = Technical incidents
incidents-none = None so far.
incidents-hint = They stand in the minutes, without names.
incident-restart = The server was restarted
incident-who = Who (for the officers)
incident-reopen = Open the vote again
incident-reopen-ask = As many were kept from voting as could change the result. Open it again for two minutes?
incident-reopen-reason = Technical incident

## To-dos

given-line-label = A to-do in one line
task-line-hint = @ before a name, { $mark } before a date (a day, tomorrow, 12/1, +2w); the rest is what is to be done
task-line-example = @Fien { $mark }friday repair the clock
task-line-put = Give out
bound-to = Begun under “{ $title }”, and kept there
task-from-decision = A to-do from decision { $number }
task-who = Who is { $name }?
task-given = The to-do is given out
task-given-undated = The to-do is given without a date: what follows “{ $mark }” is none
task-given-undo = Given out by mistake
closing-round = Closing round: to-dos given out
closing-none = None yet. Write the first on the line for to-dos.

## The desk

desk-page = Desk
desk-title = Desk: { $title }
desk-check-in = Check in
desk-name = Name
desk-name-hint = A few letters, then Enter
desk-find-silent = As long as the server is not heard, no name is found. Note who arrives on paper, then here.
desk-remote = Takes part from elsewhere
desk-checked = Identity checked by
checked-session = their own session
checked-document = a document shown
checked-known = known in person
checked-call = a video call
desk-in = { $name } is checked in
desk-in-remote = { $name } is checked in, from elsewhere
desk-out = { $name } is checked out
desk-is-in = { $name } is present
desk-already = { $name } was checked in already
desk-list = Attendance list
desk-print = Print with signatures
desk-view = Whom to show
desk-view-present = Present
desk-view-left = Left
desk-view-all = All
desk-filter = Find in the list
desk-nobody = Nobody has checked in yet. Look for a name here to note an arrival.
desk-empty = The list is empty.
desk-none-found = Nobody here fits.
desk-here = now
desk-from-afar = from elsewhere
desk-check-out = Check out
desk-again = Check in again
desk-early = Check-in begins three hours before the meeting.
desk-over = The meeting has ended: the list is final.
desk-to-lead = To the console
how-code = code of the hall
how-remote = from elsewhere
how-desk = at the desk
how-list = from a list
desk-import = From a file
desk-import-hint = A table (CSV) with the columns name, email, present, remote. It is looked at first; nothing counts before you say so.
desk-import-file = File
desk-import-paste = Or paste the table
import-in = checked in
import-out = checked out
import-same = so already
import-nobody = names nobody
import-unknown = not a member here
import-several = several members of that name: give the address
import-twice = stands twice
import-too-many-cells = more cells than columns
import-bad-flag = present and remote take 1 or 0
import-proxy = proxies come on paper
import-remote = nobody takes part from elsewhere here
desk-import-fault = This cannot be read as a table of people. Its first line names the columns.
desk-import-undone = The list is taken back: everybody is as before it
desk-import-look = Look at it first

## Counted

desk-import-last = { $count ->
    [one] Your last list: one person recorded
   *[other] Your last list: { $count } people recorded
}
desk-import-done = { $count ->
    [one] One row is recorded
   *[other] { $count } rows are recorded
}
silent-kept = { $count ->
    [one] The figures are as of then. One act waits here until it is heard again.
   *[other] The figures are as of then. { $count } acts wait here until it is heard again.
}
desk-import-more = { $count ->
    [one] One more row is not shown here; those that are wrong stand first.
   *[other] { $count } more rows are not shown here; those that are wrong stand first.
}
here-count = { $count ->
    [0] Nobody present
    [one] 1 present
   *[other] { $count } present
}
item-removed = { $count ->
    [0] { $title } is removed
    [one] { $title } and one item below it are removed
   *[other] { $title } and { $count } items below it are removed
}
item-link-count = { $count ->
    [0] Nothing found
    [one] One found
   *[other] { $count } found
}
item-links-proposals = { $count ->
    [one] 1 proposal
   *[other] { $count } proposals
}
item-links-polls = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
item-links-decisions = { $count ->
    [one] 1 decision
   *[other] { $count } decisions
}
item-links-tasks = { $count ->
    [one] 1 to-do
   *[other] { $count } to-dos
}
open-seconds = { $count ->
    [one] 1 s
   *[other] { $count } s
}
open-minutes = { $count ->
    [one] 1 min
   *[other] { $count } min
}
awaited = { $count ->
    [one] One person present has not voted
   *[other] { $count } present have not voted
}
awaited-lost = { $count ->
    [one] One person present has not voted (disconnected in the room: { $lost })
   *[other] { $count } present have not voted (disconnected in the room: { $lost })
}
vote-close-awaited = { $count ->
    [one] One person present has not voted. Close all the same?
   *[other] { $count } present have not voted. Close all the same?
}
vote-close-lost = { $count ->
    [one] One person present has not voted. Disconnected in the room: { $lost }. Close all the same?
   *[other] { $count } present have not voted. Disconnected in the room: { $lost }. Close all the same?
}
vote-hidden = { $count ->
    [0] Closed without a ballot. The result is hidden until you reveal it.
    [one] Closed with one ballot. The result is hidden until you reveal it.
   *[other] Closed with { $count } ballots. The result is hidden until you reveal it.
}
votes-others = { $count ->
    [one] One vote of another item
   *[other] { $count } votes of other items
}
end-blocked = { $count ->
    [one] A vote is open: close it before the meeting ends.
   *[other] { $count } votes are open: close them before the meeting ends.
}
end-left = { $count ->
    [one] One item has not been dealt with. End all the same?
   *[other] { $count } items have not been dealt with. End all the same?
}
presence-guests = { $count ->
    [one] 1 guest without a vote
   *[other] { $count } guests without a vote
}
presence-left = { $count ->
    [one] 1 has left
   *[other] { $count } have left
}
incident-connection = { $count ->
    [one] One member who had not voted lost the connection
   *[other] { $count } members who had not voted lost the connection
}
incident-many = { $count ->
    [one] One connection was lost
   *[other] { $count } connections were lost at once
}
incident-reported = { $count ->
    [one] A member says that they could not vote
   *[other] { $count } members say that they could not vote
}
closing-free = { $count ->
    [one] One to-do is free: who takes it?
   *[other] { $count } to-dos are free: who takes them?
}
desk-import-wrong = { $count ->
    [one] One line is left out.
   *[other] { $count } lines are left out.
}
desk-import-put = { $count ->
    [one] Record this line
   *[other] Record these { $count } lines
}
