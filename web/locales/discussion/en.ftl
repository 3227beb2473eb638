error-comment-too_late = Somebody has answered, or the comment is too old to be taken back unseen.
error-comment-not_removed = This comment was not removed.
error-comment-too_many_mentions = A comment names at most 20 people and groups.
error-report-unknown = This was not reported.
error-report-twice = You have reported this already. Facilitation will look at it.
error-report-bad_state = Facilitation has dealt with this report.
error-report-full = Enough people have reported this. Facilitation will look at it.
