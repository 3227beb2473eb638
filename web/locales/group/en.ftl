groups-title = Working groups
groups-lead = A group brings members together around a subject. Everybody reads what it does, its members write and vote.
groups-none = There is no group yet. Any member can start one.
groups-with-archived =
    { $count ->
      [one] Show the archived group too
     *[other] Show the { $count } archived groups too
    }
group-start = Start a group
group-start-lead = A name is enough. You will be in it and coordinate it; others can join at once.
group-started = The group has started.
group-undo-reason = Started by mistake
group-name-label = Name of the group
group-name-missing = Give the group a name.
group-purpose-label = What is it for?
group-purpose-hint = One or two sentences. You can write this later.
group-parent-label = Part of
group-parent-hint = Members of a sub-group vote in the group above only where the vote says so.
group-parent-none = No other group
group-save = Save
group-saved = Saved.
group-count =
    { $count ->
      [one] { $count } member
     *[other] { $count } members
    }
group-members =
    { $count ->
      [0] Members
      [one] { $count } member
     *[other] { $count } members
    }
group-empty = Nobody is in this group at the moment.
group-archived = Archived
group-archived-because = This group is archived:
group-join = Join
group-joined = You are in the group { $name }.
group-leave = Leave the group
group-left = You left the group { $name }.
group-coordinator = Coordinates
group-recorded-by = recorded by { $name }
group-roles = Change roles
group-roles-close = Done
group-role-give = Make coordinator
group-role-take = No longer coordinator
group-role-on = Now coordinates the group.
group-role-off = No longer coordinates the group.
group-asked = { $name } asks you to join this group.
group-answer-yes = Yes, I join
group-answer-no = No, thank you
group-asked-waiting = Waiting for an answer: { $names }
group-invite = Ask somebody in
group-invite-hint = They say yes or no.
group-invited = { $name } has been asked.
group-change = Change the group
group-close = Archive the group
group-close-question = Nobody can join it or write in it any more. Everything stays readable, and it can be opened again.
group-close-reason = Why? Everybody will read it.
group-closed = The group is archived.
group-reopen = Open the group again
group-below = Sub-groups
group-below-new = Start a sub-group
group-no-purpose = This group has not said yet what it is for.
group-no-proposals = No proposals in this group yet.
group-propose = Suggest in this group
group-polls = Votes
group-no-polls = No votes of this group yet.
group-vote = Prepare a vote of the group
electorate-label = Who may vote
electorate-entitled = Every member with a vote
electorate-entitled-hint = Paused members too.
electorate-active = Active members only
electorate-active-hint = Paused members do not vote in it.
electorate-classes = Some classes
electorate-classes-hint = The members of the classes chosen.
electorate-group = A working group
electorate-group-hint = Its members, as they are at the opening.
electorate-nested = Members of its sub-groups too
electorate-present = Those who are there
electorate-present-hint = The members present at the meeting when the vote opens: they alone are on the roll, and quorum and majority count from them.
electorate-same = The same as before
electorate-same-hint = The people or groups that the vote named.
proposal-of-group = This proposal will belong to the group { $name }.
group-writes = Everybody reads this discussion, the members of the group write in it.
