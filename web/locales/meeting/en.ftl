# The words of meetings, for members.

## Lists and pages of meetings

meetings-title = Meetings
meetings-open = Under way
meetings-coming = Coming up
meetings-past = Past
meetings-none = No meeting is planned for now. The next one appears here, with its agenda.
meeting-kind-general_assembly = General assembly
meeting-kind-board = Board
meeting-kind-group = Working group
meeting-kind-work_session = Work session
meeting-state-planned = Planned
meeting-state-open = Under way
meeting-state-ended = Ended
meeting-state-cancelled = Cancelled
meeting-until = until { $time }
meeting-calendar = Add to my calendar
meeting-cancelled = This meeting will not take place.

## The agenda

agenda-title = Agenda
agenda-held = Agenda, as held
agenda-empty = The agenda is not written yet.
agenda-empty-next = It will appear here. To have a matter on it, make a proposal.
agenda-now = now
agenda-moved = goes on in writing
agenda-skipped = not dealt with
agenda-minutes = { $count } min
agenda-proposals = Proposal:
agenda-polls = Vote:
agenda-decisions = Decision:
agenda-tasks = To-do:

## Before

part-title = Taking part
part-hall = Members take part in the hall.
part-remote = Members take part in the hall or from elsewhere. To be counted as present from elsewhere, open this page during the meeting: your session says who you are.
part-link = See and hear the meeting
offices-title = Meeting officers
office-chair = Chair
office-secretary = Secretary
office-scrutineers = { $count ->
    [one] Scrutineer
   *[other] Scrutineers
}
quorum-asked = Quorum watched during the meeting: { $num }/{ $den }.

## Being there

checkin-title = Are you here?
checkin-text = Say so to count in the quorum and to vote.
checkin-again-title = Are you back?
checkin-again-text = Your leaving was noted. Say that you are here to count again.
checkin-code = Code on the big screen
checkin-code-hint = Six letters and digits. Scanning the QR code fills it in.
checkin-here = I am here
checkin-elsewhere = Not in the hall?
checkin-elsewhere-how = You will be counted as present from elsewhere, as { $name }. Your session on this device says who you are; the attendance list says so.
checkin-remote = I take part from elsewhere
checkin-observer = You follow this meeting without a vote. Say that you are here to be on the attendance list.
present-since = Present since { $time }
present-remote = Present from elsewhere since { $time }
present-leave = I am leaving
present-leave-ask = You will no longer count in the quorum nor vote until you are back. What you have voted stays. A dark screen or a closed page changes nothing: no need to leave for that.
presence-title = Present
presence-of = { $count ->
    [one] of 1 member who may vote
   *[other] of { $count } members who may vote
}
presence-remote = { $count } of them from elsewhere
presence-said = { $count ->
    [one] 1 member is here.
   *[other] { $count } members are here.
}
quorum-reached = Quorum reached
quorum-not-reached = Quorum not reached
presence-end = Present at the end
quorum-class-missing = Quorum not reached in one class
quorum-missing-heads = { $count ->
    [one] 1 more member needed for the quorum
   *[other] { $count } more members needed for the quorum
}
quorum-missing-weight = { $count ->
    [one] 1 more vote needed for the quorum
   *[other] { $count } more votes needed for the quorum
}
quorum-missing-shares = { $count ->
    [one] 1 more share needed for the quorum
   *[other] { $count } more shares needed for the quorum
}
quorum-figures-heads = { $x ->
    [one] { $x } member present, { $least } needed
   *[other] { $x } members present, { $least } needed
}
quorum-figures-weight = { $x ->
    [one] { $x } vote present, { $least } needed
   *[other] { $x } votes present, { $least } needed
}
quorum-figures-shares = { $x ->
    [one] { $x } share present, { $least } needed
   *[other] { $x } shares present, { $least } needed
}

## During

votes-now = { $count ->
    [0] Votes on this item
    [one] To vote now
   *[other] { $count } votes to cast now
}
item-now = Now
item-none = No item is under way. The next appears here by itself.
item-said = Item { $title }
time-left = { $count ->
    [one] 1 minute left of the time planned
   *[other] { $count } minutes left of the time planned
}
time-over = { $count ->
    [one] 1 minute over the time planned
   *[other] { $count } minutes over the time planned
}
screen-title = On the big screen
screen-shows-item = The current item.
screen-shows-agenda = The agenda.
screen-shows-join = How to check in: the QR code and the code to type.
screen-shows-poll = { $count ->
    [one] A vote:
   *[other] Votes:
}
screen-shows-result = The result of a vote:
screen-shows-tasks = The to-dos given out in the meeting.

## After

after-no-decisions = No decision was taken.
after-no-tasks = No to-do was given out.

## A vote in the hall

hall-closes = Closes in
hall-extended = Extended.
hall-reopened = Opened again: { $reason }
hall-second = Second call: decided whatever the attendance.
hall-follows = The same question as in
hall-followed = Asked again in
hall-opened-said = Vote open: { $question }
hall-soon-said = The vote closes in 30 seconds: { $question }
hall-closed-text = The chair will show the result.
hall-could-not = I could not vote
hall-could-not-ask = The meeting officers will read it, and the minutes will say that a member could not vote, without your name. What happened?
hall-could-not-what = In a few words, if you like
hall-could-not-send = Report it
hall-go-checkin = Say that I am here
hall-reported = Reported to the meeting officers.
after-minutes = Read the minutes
work-title = Do it now
work-text = What nobody has taken yet. Say yes to what you will do.
work-none = Everything has found somebody.
work-all = All free to-dos
seal-words = The four words of the seal
seal-words-text = At the bottom of the big screen stand the same, if nothing changed meanwhile: then the screen and this phone see the same record.

## Ways of who leads

ways = For who prepares and leads this meeting
way-plan = Plan a meeting
way-plan-work = Call a work session
way-lead = Lead
way-edit = Prepare
way-desk = Desk
way-invitation = Invitation
way-minutes = Minutes
way-attendance = Attendance list
