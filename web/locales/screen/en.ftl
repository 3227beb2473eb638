screen-name = Big screen
screen-code = Code of the big screen
screen-enter = Show
screen-entering = One moment…
screen-refused-screen-unknown = This is not the code of a big screen, or the meeting is over.
screen-refused-screen-signed-in = This browser is a member’s. Open the address in a private window.
screen-refused-rate-limited = Too many tries. Wait a minute.
screen-refused-other = The server refused this code.
screen-key-full = Full screen
screen-key-theme = Light or dark
screen-key-language = Language
screen-of = { $count } of { $all }
screen-present = { $count ->
    [one] member present
   *[other] members present
  }
screen-quorum-met = quorum reached
screen-quorum-class = quorum missed in a class
screen-quorum-missing-heads = { $count } more for the quorum
screen-quorum-missing-weight = { $count ->
    [one] { $count } more vote for the quorum
   *[other] { $count } more votes for the quorum
}
screen-quorum-missing-shares = { $count ->
    [one] { $count } more share for the quorum
   *[other] { $count } more shares for the quorum
}
screen-missing-heads = more needed for the quorum
screen-missing-weight = { $count ->
    [one] more vote needed for the quorum
   *[other] more votes needed for the quorum
}
screen-missing-shares = { $count ->
    [one] more share needed for the quorum
   *[other] more shares needed for the quorum
}
screen-seal = The four words of the seal:
screen-alarm = The seal does not follow the one before
screen-age = Nothing heard from the server for { $seconds } s
screen-age-minutes = Nothing heard from the server for { $minutes } min
screen-qr = QR code of the address
screen-scan = Scan, or type this address
screen-door-code = Check-in code:
screen-time-left = time left
screen-time-over = over time
screen-next = Next
screen-agenda = Agenda
screen-moved = goes on in writing
screen-minutes = { $minutes } min
screen-tasks = Who does what
screen-tasks-none = No to-do was given.
screen-task-free = free
screen-task-asked = asked
screen-ended = The meeting is over. Thank you.
screen-cancelled = The meeting is cancelled.
screen-voted = { $voted ->
    [one] has voted
   *[other] have voted
}
screen-voted-nobody = votes: no one was present yet at the opening
screen-voted-present = { $voted ->
    [one] present has voted
   *[other] present have voted
}
screen-voted-late = { $voted ->
    [one] has voted (present at the opening: { $count })
   *[other] have voted (present at the opening: { $count })
}
screen-vote-closed = Vote closed
screen-valid = { $count ->
    [one] valid ballot
   *[other] valid ballots
}
screen-answer-yes = Yes
screen-answer-no = No
screen-answer-abstain = Abstain
screen-answer-blank = Blank
screen-answer-consent = Consent
screen-answer-concern = Concern
screen-answer-objection = Objection
screen-verdict-adopted = Adopted
screen-verdict-not-adopted = Not adopted
screen-verdict-no-quorum = Quorum not reached
screen-verdict-tie-open = Tie
screen-majority = { $support } of { $total }, { $num }/{ $den } needed
screen-majority-more = { $support } of { $total }, more than { $num }/{ $den } needed
screen-quorum-of = quorum: { $x } of { $n }, { $least } needed
