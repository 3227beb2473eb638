minutes-title = Minutes
minutes-file = minutes
minutes-none = The draft is made from the record: attendance, quorums, agenda, votes, incidents, to-dos. You write around it.
minutes-make = Make the draft
minutes-later = Minutes are made once the meeting is over.
minutes-not-yet = The minutes are not sealed yet.
minutes-draft = Draft. What bears a lock comes from the record and does not change; add your texts between the blocks. Members read it once it is sealed.
minutes-sealed = Sealed on { $date }. Fingerprint:
minutes-fact = From the record: does not change
minutes-add = Add a text here
minutes-change = Change this text
minutes-translate = Write in this language
minutes-other-language = This text does not exist in this language yet.
minutes-text-label = Text in { $language }
minutes-conflict = Somebody else changed this text meanwhile. Here is theirs; yours is kept below.
minutes-overtaken = The minutes were sealed while you were writing. These words are not in them; copy them if you need them.
minutes-overtaken-done = Forget these words
minutes-removed = removed
minutes-save-mine = Keep mine
minutes-language = Language of the minutes
minutes-take-html = Page to print
minutes-take-markdown = Markdown
minutes-take-json = JSON
minutes-renew = Make the facts again from the record
minutes-renewed = The facts are up to date, your texts stayed.
minutes-seal = Seal the minutes
minutes-seal-ask = Once sealed they do not change any more, and all members read them. Chair, secretary and scrutineers sign on paper or with their own electronic signature.
minutes-print = Print
attendance-title = Attendance list
attendance-name = Name
attendance-class = Class
attendance-times = Came and left
attendance-signature = Signature
attendance-remote = from elsewhere
attendance-checked-session = by their session
attendance-checked-document = document seen
attendance-checked-known = known
attendance-checked-call = seen on the call
attendance-all = Also members who have not come
attendance-none = Nobody has come yet. Arrivals are noted at the desk.
calling-heading = Call
calling-title-general-assembly = Call to the general assembly: { $title }
calling-title-board = Call to the board: { $title }
calling-title-group = Invitation to the meeting of the group: { $title }
calling-title-work-session = Invitation to the work session: { $title }
calling-when = On { $date }, from { $from } to { $to }
calling-where = Place: { $place }
calling-remote = You can take part from elsewhere: follow the debate, ask questions and vote.
calling-link = Link: { $link }
calling-second = Second call: the quorum of meeting no. { $number } was not reached.
calling-agenda = Agenda
calling-minutes = { $count } min
calling-page = Documents, check-in and vote: { $address }
calling-copy = Copy the text
calling-sent = The call was sent
calling-noted = Noted.
calling-sent-on = Call sent on { $date }.
calling-notice-none = This meeting has no notice period.
calling-notice-kept = { $count ->
    [one] The notice period of { $count } day is kept.
   *[other] The notice period of { $count } days is kept.
}
calling-notice-late = { $count ->
    [one] The notice period of { $count } day is not kept: it had to be sent by { $date }. Compare with your statutes.
   *[other] The notice period of { $count } days is not kept: it had to be sent by { $date }. Compare with your statutes.
}
calling-notice-due = { $count ->
    [one] To be sent by { $date } at the latest: { $count } day before the meeting.
   *[other] To be sent by { $date } at the latest: { $count } days before the meeting.
}
calling-notice-over = { $count ->
    [one] The notice period of { $count } day cannot be kept any more: it had to be sent by { $date }. Choose another date, or compare with your statutes.
   *[other] The notice period of { $count } days cannot be kept any more: it had to be sent by { $date }. Choose another date, or compare with your statutes.
}
