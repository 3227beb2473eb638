discussion = Discussion
comments-none = Nobody has commented yet. A question is a good start.
comments-new = { $count ->
    [one] 1 new comment
   *[other] { $count } new comments
}
comment-label = Your comment
comment-by = Comment by { $name }
comment-send = Send
comment-sent = Comment sent
comment-reply = Reply
reply-label = Your answer to { $name }
comment-edit = Edit
comment-edited = edited
comment-orphan = answers a comment that is not here
comment-remove = Remove
comment-removed = Comment removed
react-agree = Agree
react-thanks = Thanks
react-question = Question
react-celebrate = Hooray
error-comment-unknown = This comment is not known.
error-comment-bad_parent = The comment answered is not in this discussion.
error-comment-removed = The comment was removed.
comment-remove-ask = Remove this comment? Everybody will read the reason; whoever wrote it will still read their words.
comment-removed-by = Removed by facilitation
comment-removed-own = Removed by whoever wrote it
comment-removed-why = { $why }: { $reason }
comment-restored = Comment restored
comment-restore = Restore
comment-gone = This comment was taken back just now by whoever wrote it.
comment-too-long = This text is too long for a comment.
comment-more = More
comment-edited-late = edited after reactions,
comment-linked = The comment of the link
comment-link-missing = The comment of this link is not here, or no longer.
removed-read = Read what was removed
removed-again = Take these words up again
recorded-by = recorded by { $recorder } for { $name }
comment-copy = Copy link
link-copied = Link copied
who-reacted = Who reacted
reactions = Reactions
react-on = Reaction: { $reaction }
react-off = Reaction taken back: { $reaction }
and-more = and { $count } more
new-line = New since your last visit
new-since = { $count ->
    [one] 1 new since your visit
   *[other] { $count } new since your visit
 }
mention-list = People and groups
mention-found = { $count ->
    [one] 1 name offered
   *[other] { $count } names offered
 }
wordings-title = The versions of this comment
for-title = Recorded for a person without a device
for-change = Choose somebody else
report = Report
report-this-proposal = Report the proposal
report-this-task = Report the to-do
report-this-member = Report this introduction
report-ask = Show this text to facilitation? Only they will see who reports it and why.
report-reason = What is wrong
report-send = Report
report-sent = Reported to facilitation
moderation-title = Reports
moderation-lead = What members reported. Only facilitation reads this page.
reports-open = To look at
reports-settled = Settled
reports-none-open = Nothing to look at.
reports-none-settled = No report settled yet.
report-on-comment = Comment
report-on-proposal = Proposal
report-on-member = Introduction of a member
report-on-task = To-do
report-open-place = Open in its place
report-word = Your word
report-word-hint = If you remove the comment, everybody reads this word as the reason.
report-word-hint-other = Those who reported it hear of it.
report-keep = Leave it
report-remove = Remove the comment
report-handle = This is settled
report-state-kept = Left as it is
report-state-removed = Removed
report-state-handled = Settled
error-comment-too_late = Somebody has answered, or the comment is too old to be taken back unseen.
error-comment-not_removed = This comment was not removed.
error-comment-too_many_mentions = A comment names at most 20 people and groups.
error-report-unknown = This was not reported.
error-objection-unknown = This objection is not known.
error-report-twice = You have reported this already. Facilitation will look at it.
error-report-bad_state = Facilitation has dealt with this report.
error-report-full = Enough people have reported this. Facilitation will look at it.
