notify-title = Notifications
notify-today = Today
notify-yesterday = Yesterday
notify-unread = , unread
notify-read-all = Mark all as read
notify-none = Nothing new for you.
notify-older = Older ones
notify-choices = What you want to know
notify-choices-hint = What you untick no longer arrives here. Open votes stay on the home page.
notify-family-talk = Answers, mentions and comments
notify-family-reactions = Reactions and thanks
notify-family-proposals = My proposals and those I support
notify-family-votes = Results and decisions
notify-family-tasks = My to-dos
notify-family-people = Meetings, groups, members and moderation
notify-reply =
    { $count ->
        [one] { $name } answered your comment
       *[other] { $count } answers to your comment, the last by { $name }
    }
notify-mention =
    { $count ->
        [one] { $name } wrote your name
       *[other] Your name was written { $count } times, last by { $name }
    }
notify-comment =
    { $count ->
        [one] { $name } commented
       *[other] { $count } comments, the last by { $name }
    }
notify-reaction =
    { $count ->
        [one] { $name } reacted to your comment
       *[other] { $count } reactions to your comments, the last by { $name }
    }
notify-comment_removed = { $name } removed a comment of yours
notify-report =
    { $count ->
        [one] A report is waiting
       *[other] { $count } reports are waiting
    }
notify-report_answered = Your report has an answer
notify-proposal_state = The proposal has moved on
notify-proposal_revised = { $name } changed the text that you support
notify-proposal_merged = { $name } joined your proposal with another
notify-proposal_help =
    { $count ->
        [one] { $name } offers help
       *[other] { $count } offers of help, the last by { $name }
    }
notify-proposal_answered = The proposal has an answer
notify-proposal_done = All to-dos are done: is the proposal done?
notify-proposal_realised = What you voted on is done
notify-merge_asked = { $name } suggests that your proposal goes on in another
notify-support_follows = A proposal you supported goes on in another. Does your support go along?
notify-author_asked = { $name } asks you to write along
notify-authors_changed = The authors have changed
notify-decision = A decision was taken
notify-poll_result = The vote is counted
notify-poll_again = A new version of the text: what do you say?
notify-objection =
    { $count ->
        [one] An objection was raised
       *[other] { $count } objections
    }
notify-decision_review = The date has come to look at this decision again
notify-task_asked = { $name } asks you to take this on
notify-task_answered = { $name } answered your request
notify-task_given = { $name } took the to-do or gave it back
notify-task_done = { $name } has done it
notify-task_dropped = { $name } dropped the to-do
notify-task_thanked =
    { $count ->
        [one] { $name } thanks you
       *[other] { $count } thanks, the last from { $name }
    }
notify-task_due = The date of your to-do has passed
notify-meeting_called = The call for this meeting is here
notify-group_asked =
    { $count ->
        [one] { $name } asks you to join the group
       *[other] { $count } people ask you to join the group
    }
notify-group_joined = Your place in the group has changed
notify-group_news = News in the group
notify-member_joined = { $name } is here
notify-role_changed = Your roles have changed
notify-sponsor = A newcomer can ask you anything: you are their sponsor
notify-device_revoked = { $name } revoked one of your devices
notify-file =
    { $count ->
        [one] { $name } added a file
       *[other] { $count } files added, the last by { $name }
    }
