# What only the pages of proposals say.
error-proposal-version_unknown = This version was erased.
error-proposal-too_many_authors = At most twenty people write one proposal.
error-proposal-last_author = Its only author cannot leave.
error-proposal-not_asked = This is no longer asked.
error-proposal-not_silent = Its authors were active here more recently.
error-proposal-too_many_related = This proposal is already related to too many others.
versions-title = What changed
versions-from = From
versions-to = to
version-name = version { $version }, { $date }
diff-none = The words are the same.
asks-title = What it asks for
files-after = Once the proposal is shared, you can attach files to it.
asks-hint = Leave empty what is not asked for.
asks-open = Money, time, people, skills
asks-label-money = Money
asks-label-hours = Time
asks-label-people = People
asks-label-skills = Skills
asks-field-money = Money, in euros
asks-field-hours = Time, in hours
asks-field-people = Number of people
asks-field-skills = Skills
asks-skills-hint = Separate them with commas.
asks-fault = Write these numbers in digits.
asks-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
asks-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
answer-yes = Yes, gladly
answer-no = Not me
author-asked = { $name } asks you to write this proposal together.
author-yes = You now write this proposal.
author-no = Noted.
author-offers = offers to write it with you
author-waits = has not answered yet
author-accept = Accept
author-decline = Decline
author-uninvite = Do not ask any more
authors-title = Who writes it
authors-hint = Every author can change the text and say that the proposal is ready.
author-find = Whom to ask to write with you
author-invited = { $name } has been asked.
author-invite = Invite somebody to write
author-leave = Stop writing it
author-left = You no longer write this proposal.
authors-silent = Its authors have done nothing here since { $date }.
take-over = I take this proposal over
taken-over-done = You now write this proposal.
taken-over = Taken over by { $name } on { $date }.
proposal-recorded-by = Recorded by { $name } for { $for }.
support-recorded-by = (recorded by { $name })
need-alone = A need, looking for ideas.
need-alone-text = An idea that answers it is welcome.
need-idea = I have an idea for this
need-answer = Write a proposal that answers it
need-join = Offer to write it together
need-offered = You offer to write it together; its authors will answer.
answers-need = This proposal answers the need:
owed-until = A vote or a written answer is owed by { $date }.
owed-late = Overdue
answers-title = Written answer
answer-write = Answer in writing
answer-label = Answer to this proposal
answer-send = Send the answer
relations-title = Related to
relation-duplicate-of = Duplicate of
relation-has-duplicate = Has as duplicate
relation-alternative-to = Alternative to
relation-answers = Answers the need of
relation-answered-by = An answer to this need
relation-merged-from = Was joined to this one
relation-open = Relate to another
relation-as = How they are related
relation-to = To which proposal
relation-choose = Choose
relation-choice-duplicate-of = This one is a duplicate of the other
relation-choice-alternative-to = This one is an alternative
relation-choice-answers = This one answers the need of the other
relation-choice-merge = This one goes on in the other
relation-add = Relate
relation-remove = Remove this relation
relation-removed = The relation is removed.
merge-hint = Its authors must agree. Each supporter then chooses to follow or not.
merge-ask = Ask its authors
merge-asked = { $name } suggests that this one goes on in
merge-yes = Agree
merge-no = No
merge-drop = Do not ask any more
merged-into = Joined to another; it goes on in
follow-ask = You supported this proposal. Does your support go along?
follow-yes = Yes, follow
follow-no = No
follow-yes-done = Your support went along.
follow-no-done = Your support did not go along.
came-along = { $count ->
    [one] { $count } supporter came along from
   *[other] { $count } supporters came along from
}
offers-title = What supporters offer
offers-helps = can help with:
changed-since = The text has changed since you supported it.
support-still = I still support it
support-still-done = Your support is for this text.
recorded-done = Recorded for { $name }.
recording-for = Recorded for { $name }, who will be its author.
recording-stop = No, for myself
translate-title = Translation: { $language }
translate-hint = Your name will stand beside the translation.
translate-changed = What changed in the original since it was translated
translate-original = Original
translate-send = Publish the translation
translate-done = The translation is published.
translate-into = Translate: { $language }
translate-renew = Update the translation: { $language }
translate-edit = Correct the translation: { $language }
filter-state = State
filter-state-all = All states
filter-asks = What it asks for
filter-asks-all = Whatever they ask
theme-word = Theme
theme-decisions = Decisions
theme-tasks = To-dos
theme-people = Who is active here
theme-wrote = { $count ->
    [one] wrote { $count } proposal
   *[other] wrote { $count } proposals
}
theme-supports = { $count ->
    [one] supports { $count }
   *[other] supports { $count }
}
theme-none = No proposal in this theme yet.
asked-title = You are asked
asked-author = To write with { $name }:
asked-offer = { $name } offers to write with you:
asked-merge = To join your proposal to another:
asked-follow = Does your support go along? It was joined to another:
