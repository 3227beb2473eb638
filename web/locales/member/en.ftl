# Members: directory, profile, invitations, leaving.
handover-title = Link to enter for
handover-hint = To be scanned with that person’s phone. The link works once; they see on their page that you made it.
handover-print = Print (A6)
sheet-how = Scan the code or type the address, choose your language, press Enter.
sheet-once = Personal. This link works once.
members-search-name = Search for a name
members-any-class = All classes
members-any-tie = All connections
members-any-status = Any status
members-status-active = Active
members-status-dormant = Paused
members-status-invited = Invited
members-status-left = Former members
members-status-external = Authors from an import
members-status-none = Without a sponsor
members-none = Nobody fits.
members-all = Show all members
members-some = The first { $count }
members-more = Show more
member-skills = Can do
member-needs = Looks for
member-sponsor = Sponsor
member-sponsors = Sponsor of
member-since = Member since
member-until = Left on
member-representative = Representative
representative-hint = Who acts for this organisation; that name follows the organisation’s everywhere.
sponsor-hint = Somebody a new member can ask anything. They are told.
sponsor-none = nobody yet
sponsor-choose = Choose
sponsor-other = Change
sponsor-nobody = Nobody any more
invite-list = Invite from a list
profile-edit = Change my profile
profile-name = Name
profile-introduction = Who I am
profile-introduction-hint = A few sentences, read by all members.
profile-words-hint = Separate with commas, twenty at most. Members find these words in the directory.
profile-email = E-mail address
profile-email-hint = Seen by administration and the secretary; by other members if you tick the box.
profile-shows-email = Show my address to members
member-history = History
step-invited = Invited
step-joined = Joined
step-given = Given: { $roles }
step-taken = Taken: { $roles }
step-class = Class: { $name }
step-paused-by-time = Paused, for want of activity
step-status-active = Active again
step-status-dormant = Paused
step-status-left = Left
step-status-invited = Invited again
member-proposals = Proposals
member-tasks = To-dos
member-task-taken = taken
member-task-done = done
member-manage = Manage
roles-hint = Who gives or takes a role stands in the history. At least one person keeps administration.
role-given = Role given: { $role }
role-taken = Role taken: { $role }
member-reason = Reason (optional)
class-hint = The class decides the right to vote; a vote already open does not change.
member-shares = Shares
member-weight = Number of votes
ties-label = Connections
ties-hint = What links the person to the organisation; it decides no vote.
their-devices = Devices
their-device-ask = Revoke this key for the organisation? The person reads the reason.
their-device-note = Reason
pause-start = Pause
pause-end = Resume
pause-done = Paused
pause-ended = The pause is over
pause-now = Paused: no reminders, no to-dos expected. Every right stays, and acting ends the pause.
pause-hint = Paused, nobody reminds you of anything. Your vote, your shares and the quorum stay what they are.
member-leaves = This person leaves the organisation
me-devices = My devices
me-devices-hint = What signs for me, links made for me, display
me-notifications = My notifications
me-notifications-hint = What concerns me, and what I want to hear of
me-drafts = My drafts
me-drafts-hint = What you began and did not send; you alone read it. A comment waits under what it is about.
me-leave = Leave the organisation
leave-title = { $name } leaves
leave-what = What happens
leave-fact-entry = Access closes: sessions, links and the keys of devices.
leave-fact-record = Texts, votes and the name stay in the record.
leave-fact-roles = Roles no longer act; later votes do not count this person.
leave-fact-back = A new link lets one come back.
leave-tasks = Who takes over the to-dos?
leave-becomes-free = This to-do becomes free.
leave-who = Ask somebody
leave-asks = Will be asked:
leave-free = Leave it free
leave-goodbye = A goodbye (optional)
leave-goodbye-hint = It stays on the member’s page.
leave-confirm-own = Leave the organisation
leave-confirm = Record this leaving
list-title = Invite from a list
list-lead = Choose or paste a list (CSV, in UTF-8). You see line by line what will happen before anybody is invited.
list-columns = The first line names the columns, in any order: name, first name, email, language, class, shares, weight, ties, roles, representative. Several ties or roles: separate with |.
list-file = File
list-too-big = More than 16 MiB: split the list.
list-paste = Or paste here
list-class = Class when the line says none
list-class-hint = It decides the right to vote.
list-class-none = None: each line must say
list-look = Look at the list
list-looking = Looking
list-found = What the list says
list-counted-new = to invite
list-counted-known = known already
list-counted-differs = known, with a difference
list-counted-wrong = to correct
list-state-new = New
list-state-known = Known
list-state-differs = Known, differs
list-state-wrong = To correct
list-unknown = Columns not used: { $names }
list-nobody = As long as something is to be corrected, nobody is invited. Correct the list and look again.
list-all-known = Everybody is known already.
list-line = Line
list-who = Who
list-what = What happens
list-place = line { $line }, character { $at }
list-now = now { $value }, stays
list-other = other here, stays
list-column-name = name
list-column-first-name = first name
list-column-email = e-mail
list-column-language = language
list-column-class = class
list-column-shares = shares
list-column-weight = votes
list-column-ties = connections
list-column-roles = roles
list-column-representative = representative
list-error-formula = a spreadsheet would take it for a formula
list-error-bad-text = characters that are no text
list-error-too-long = too long
list-error-bad-email = not an e-mail address
list-error-bad-language = language not known: fr, nl, en
list-error-bad-class = there is no such class
list-error-no-class = no class
list-error-bad-number = not a whole number, or out of bounds
list-error-bad-role = there is no such role
list-error-no-right = only administration gives this
list-error-nobody = neither name nor address
list-error-too-many-cells = more cells than columns
list-error-too-few-cells = fewer cells than columns
list-error-twice = the same person as on line { $value }
list-fault-utf8 = the file is not in UTF-8. In your spreadsheet: save as, CSV UTF-8.
list-fault-nul = a null character; this is not a text file
list-fault-quote = a quote opens here and does not close
list-fault-after-quote = after the closing quote there must be a separator or the end of the line
list-fault-inner-quote = a quote in the middle of a cell: put the whole cell between quotes
list-fault-cr = a stray end of line
list-fault-cell = a cell of more than 4,096 bytes
list-fault-cells = more than 256 columns
list-fault-row = a line that is too long
list-fault-empty = there is nothing to read
list-fault-bytes = the file is too big
list-fault-headings = no column is called “name” or “email”
list-progress = Invitations
list-making = { $done } of { $total } invited
list-keep = The links will not be shown again: print or download them now, then give each person theirs.
list-print = Print the codes
list-download = Download names and links
join-expected = What is expected of each member
join-sponsor = Your sponsor, whom you can ask anything:
join-ask = A question? Ask
join-hello = Hello
join-again = This link lets you in on this device.
join-sentence = You in one sentence (optional)
join-sentence-hint = Members read it when you arrive
link-used = used
link-unused = not used yet
devices-page = My devices and links
list-invite =
    { $count ->
        [one] Invite { $count } person
       *[other] Invite { $count } people
    }
list-made =
    { $count ->
        [one] { $count } person is invited
       *[other] { $count } people are invited
    }
members-any-group = Any group
member-groups = Working groups
erase-link = Erase this person…
erase-title = Erase { $name }
erase-goes = What goes, for ever
erase-goes-always = The name, address and profile, the history of their standing, the reasons of their reports, access, drafts and notifications. Notifications of others about them too.
erase-texts = Also what they wrote: proposals, comments, to-dos, files, reasons with their ballots
erase-count-profile =
    { $count ->
        [one] { $count } entry of the profile and its history
       *[other] { $count } entries of the profile and its history
    }
erase-count-texts =
    { $count ->
        [one] { $count } text
       *[other] { $count } texts
    }
erase-count-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
erase-count-notes =
    { $count ->
        [one] { $count } reason with a ballot
       *[other] { $count } reasons with a ballot
    }
erase-count-named =
    { $count ->
        [one] { $count } text by somebody else holds the name: it stays, you will get it listed
       *[other] { $count } texts by others hold the name: they stay, you will get the list
    }
erase-stays = What stays
erase-stays-what = Ballots, without a name, so that every result can be counted again; decisions; the questions of votes; texts by others. Where words were erased, […] is read.
erase-go-on = Go on
erase-last = Nothing can be brought back
erase-reason = Why? This stays in the record.
erase-reason-asked = The person asked
erase-reason-retention = The time of keeping is over
erase-reason-authority = An authority ordered it
erase-reason-moderation = Moderation
erase-word-to-type = erase
erase-type = Type “{ $text }” to confirm
erase-busy = Erasing: this may take some seconds.
erase-for-ever = Erase for ever
erased-with-texts = The person and their texts are erased
erased-without = The person is erased; their texts stay
erase-complete = It is done in the server’s file too.
erase-pending = The server’s file still holds the old text: it will be rewritten at the next start. Tell whoever runs it.
erase-named-title = Texts by others
erase-named-hint = The name stands in them. They are others’ words: nothing is changed. You may speak with them.
erase-named-none = None.
erase-whole = the whole name
erase-word = part of the name
erase-done = This is settled
erase-not-done = Not settled yet
erase-done-by = Settled by
erase-kind-proposal = Proposal
erase-kind-poll = Vote
erase-kind-decision = Decision
erase-kind-task = To-do
erase-kind-meeting = Meeting
erase-kind-minutes = Minutes of meeting
erase-kind-group = Group
erase-kind-file = File
erase-kind-comment = Comment
tokens-title = Access tokens
tokens-lead = A script of yours can use a token in place of your session: to keep a copy, to prepare to-dos. It acts in your name.
tokens-of-lead = A token acts in this member’s name, in a script of theirs. They can revoke it; so can administration, where a token was lost.
token-scope-read = Read what I may read
token-scope-write = Write in my name
token-scope-of-read = Read
token-scope-of-write = Write in their name
token-name = What it is for
token-name-hint = For example: a copy of our texts every night
token-may = It may
token-never = It never votes, signs, opens an account or makes another token.
token-days = It lasts
token-days-count =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
token-create = Make a token
token-shown = Your token
token-shown-hint = Copy it now: it is shown this once. Whoever has it can act in your name.
token-copy = Copy the token
token-kept = I have kept it
token-ends = Until
token-used = last used
token-unused = not used yet
token-revoke = Revoke
token-revoke-ask = Revoke this token? What uses it stops at once.
token-revoke-of-ask = Revoke this token? What uses it stops at once, and this cannot be undone: the member then has to make another one.
token-revoked = The token is revoked.
