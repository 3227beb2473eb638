# What only the pages of to-dos say.
tasks-filter = Show
tasks-mine = Mine
tasks-free = Free
tasks-asked = Asked
tasks-overdue = Past their date
tasks-done = Done
tasks-all = All
tasks-none-mine = You have no to-do.
tasks-none-free = No to-do is free.
tasks-none-asked = Nobody is being asked.
tasks-none-overdue = Nothing is past its date.
tasks-none-done = Nothing is done yet.
tasks-none-all = No to-do yet.
tasks-none-action = See the decisions
task-drop = Drop it
task-drop-ask = Drop this to-do? Everybody will read the reason.
task-title-label = New to-do
task-result-label = What is expected
task-result-hint = Result and quality; the means are left to whoever takes it
task-due-label = Date
task-create = Add the to-do
task-created = To-do added
task-undo-reason = taken back at once
tasks-made = Made by me
tasks-archive = Archive
tasks-none-made = You have made no to-do.
tasks-none-archive = The archive is empty. To-dos come here 30 days after they are done or dropped.
tasks-older = Show older ones
tasks-board-keys = Arrows go from one to the next. Shift and an arrow moves a to-do, and so does the mouse.
tasks-all-done = All its to-dos are done. Is the proposal done?
tasks-realised = Yes, it is done
tasks-realised-done = Marked as done
task-number = To-do { $number }
task-more = Quality, effort, steps, people
task-name-label = To-do
task-quality-label = How one knows it is well done
task-quality-hint = For instance: readable from the back of the room
task-effort-label = Effort
task-effort-none = No guess
effort-hours = { $count ->
    [one] about an hour
   *[other] about { $count } hours
  }
effort-half-day = about half a day
effort-days = { $count ->
    [one] about a day
   *[other] about { $count } days
  }
task-checklist-label = Steps
task-line-label = Step { $number }
task-line-remove = Remove step { $number }
task-line-add = Add a step
task-themes-label = Themes
task-ticked-done = Step done
task-unticked-done = Step not done
task-people = Who does it
task-nobody = Nobody yet.
task-is-asked = is asked
task-is-asked-instead = is asked, in place of
task-unask = Take the question back
task-ask = Ask somebody
task-ask-ask = Whom would you ask? They say yes or “not me” with one tap, without a reason.
task-hand-over = Hand it over
task-hand-over-ask = To whom? It stays yours until somebody says yes.
task-ask-confirm = Ask
task-asked-done = { $count ->
    [one] One person is asked
   *[other] { $count } people are asked
  }
ask-whom = People
suggest-help = offered:
suggest-skill = can:
task-take-for = Record that somebody takes it
task-take-for-ask = Who takes it? For people without a device. Everybody sees who recorded it.
task-take-for-done = Recorded
task-thanks-title = Thanks
task-thanks-none = No thanks yet.
task-thank-words = A word, if you like
task-thank-again = Say it differently
task-thanked-done = Your thanks are there
task-from = Comes from
task-made-by = Made by
task-was-updated = said better
task-was-late = its date passed
task-earlier = Earlier wordings
task-replaced = replaced on
task-reopen = Open it again
task-dropped-done = To-do dropped
task-edit = Say it better
task-saved = To-do changed
tasks-meeting = Meeting
tasks-meeting-all = All meetings
tasks-meeting-one = Meeting no. { NUMBER($number, useGrouping: 0) } { $title }
