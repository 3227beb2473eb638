# The words of the page in English. The same keys stand in each language.

## Everywhere

loading = Loading
just-now = just now
skip = Skip to the content
navigation = Main navigation
nav-home = Home
nav-proposals = Proposals
nav-meetings = Assembly
nav-tasks = To-dos
nav-decisions = Decisions
nav-members = Members
nav-more = More
nav-me = My page
notify-bell =
    { $count ->
        [0] Notifications
        [one] Notifications, one unread
       *[other] Notifications, { $count } unread
    }
demo = demo
go-back = Go back
close = Close
undo = Undo
retry = Try again
notices = Notices
search-label = Search
by-system = automatically
by-operator = the server’s operator
not-found-title = Page not found
not-found = There is nothing here, or it is not open to you.
connection-again = Reconnecting…
connection-lost = Offline
connection-kept = { $count ->
    [one] Offline. 1 act is kept here and will be sent
   *[other] Offline. { $count } acts are kept here and will be sent
}
connection-back = Up to date
outdated = A new version is here.
renew = Load it
signed-out-title = You need a link to enter
signed-out-text = This device is not signed in, or its session is over. Open the personal link you received; if you no longer have one, ask the facilitation or the administration for a new one.

## States

state-idea = Idea
state-discussed = In discussion
state-ready = Ready for a vote
state-voting = Vote under way
state-adopted = Adopted
state-in-progress = Under way
state-realised = Done
state-rejected = Not adopted
state-postponed = Postponed
state-withdrawn = Withdrawn
state-merged = Joined to another
state-abandoned = Given up
poll-state-draft = Draft
poll-state-open = Open
poll-state-closed = Closed
poll-state-counted = Counted
poll-state-cancelled = Cancelled
poll-kind-decision = Decision
poll-kind-election = Election
poll-kind-straw = Straw poll
poll-kind-practice = Practice vote
verdict-adopted = Adopted
verdict-not-adopted = Not adopted
verdict-no-quorum = Quorum missed
verdict-tie-open = Tie
verdict-none = Counted
task-state-free = Free
task-state-asked = Asked
task-state-taken = Taken
task-state-done = Done
task-state-dropped = Dropped
welcome-title = Welcome, { $name }
welcome-text = Here you suggest projects, discuss those of others, vote, and take to-dos.
welcome-expected = What the organisation expects of its members
welcome-done = Understood

## Home

home-title = Hello { $name }
home-needs-you = What needs you
home-votes = Open votes
home-voted = You have voted
home-other-votes = Other open votes
home-asked = You were asked
home-late = Past their date
home-mine = Your to-dos
home-owed = A vote or an answer is owed
home-drafts = Votes in preparation
home-new = New proposals
home-all-proposals = All proposals
home-all = Show all ({ $count })
home-owed-late = Due { $when }, the date has passed
home-owed-until = Due { $when }
home-nothing = Nothing is waiting for you. A good moment for an idea.
proposals-none = No proposal yet. A need in two lines is enough to begin.
supports-label = Supporters
supports-of = { $count } of { $threshold } supporters needed
supports-source = { $count } at the source
new-mark = new
comments-label = Comments
tasks-progress-words = To-dos: { $done } of { $total } done
new-proposal = New proposal
define-vote = Prepare a vote
closes-in = Closes { $when }
closes-by-hand = Closed by hand
receipt = Receipt
from-decision = Decision { $number }
task-ticked = { $done } of { $total } ticked
task-recorded-by = recorded by
task-given-back = To-do given back
task-take = I take it
task-taken-done = The to-do is yours
task-give-back = Give it back
task-done = It is done
task-done-done = To-do finished
task-not-done = Not done after all
task-yes = Yes, I do it
task-no = Not me
task-thank = Thanks
task-thanks = Thanks from
task-reason = Reason: { $reason }
task-due = for
task-late = was for

## Refusals

error-general = Something went wrong. Try again; if that does not help, reload the page.
error-network = The server could not be reached. Try again in a moment.
error-other = The server refused this ({ $reason }).
card-need = Looking for ideas
card-late = Answer overdue
card-asks-money = money
card-asks-hours = time
card-asks-people = people
card-asks-skills = skills
represented-by = represented by { $name }
member-erased = erased member
