screen-name = Groot scherm
screen-code = Code van het grote scherm
screen-enter = Tonen
screen-entering = Een ogenblik…
screen-refused-screen-unknown = Dit is geen code van een groot scherm, of de vergadering is afgelopen.
screen-refused-screen-signed-in = Deze browser is die van een lid. Open het adres in een privévenster.
screen-refused-rate-limited = Te veel pogingen. Wacht een minuut.
screen-refused-other = De server heeft deze code geweigerd.
screen-key-full = Volledig scherm
screen-key-theme = Licht of donker
screen-key-language = Taal
screen-of = { $count } van { $all }
screen-present = { $count ->
    [one] lid aanwezig
   *[other] leden aanwezig
  }
screen-quorum-met = quorum bereikt
screen-quorum-class = quorum niet bereikt in een categorie
screen-quorum-missing-heads = nog { $count } voor het quorum
screen-quorum-missing-weight = { $count ->
    [one] nog { $count } stem voor het quorum
   *[other] nog { $count } stemmen voor het quorum
}
screen-quorum-missing-shares = { $count ->
    [one] nog { $count } aandeel voor het quorum
   *[other] nog { $count } aandelen voor het quorum
}
screen-missing-heads = meer nodig voor het quorum
screen-missing-weight = { $count ->
    [one] stem meer nodig voor het quorum
   *[other] stemmen meer nodig voor het quorum
}
screen-missing-shares = { $count ->
    [one] aandeel meer nodig voor het quorum
   *[other] aandelen meer nodig voor het quorum
}
screen-seal = De vier woorden van het zegel:
screen-alarm = Het zegel volgt niet op het vorige
screen-age = Al { $seconds } s geen nieuws van de server
screen-age-minutes = Al { $minutes } min geen nieuws van de server
screen-qr = QR-code van het adres
screen-scan = Scan, of typ dit adres
screen-door-code = Code om je aan te melden:
screen-time-left = resterende tijd
screen-time-over = tijd voorbij
screen-next = Daarna
screen-agenda = Agenda
screen-moved = gaat schriftelijk verder
screen-minutes = { $minutes } min
screen-tasks = Wie doet wat
screen-tasks-none = Er is geen taak gegeven.
screen-task-free = vrij
screen-task-asked = gevraagd
screen-ended = De vergadering is afgelopen. Bedankt.
screen-cancelled = De vergadering gaat niet door.
screen-voted = { $voted ->
    [one] heeft gestemd
   *[other] hebben gestemd
}
screen-voted-nobody = stemmen: bij de opening was er nog niemand aanwezig
screen-voted-present = { $voted ->
    [one] aanwezige stemde
   *[other] aanwezigen stemden
}
screen-voted-late = { $voted ->
    [one] stemde (aanwezig bij de opening: { $count })
   *[other] stemden (aanwezig bij de opening: { $count })
}
screen-vote-closed = Stemming gesloten
screen-valid = { $count ->
    [one] geldig stembiljet
   *[other] geldige stembiljetten
}
screen-answer-yes = Voor
screen-answer-no = Tegen
screen-answer-abstain = Onthouding
screen-answer-blank = Blanco
screen-answer-consent = Instemming
screen-answer-concern = Bedenking
screen-answer-objection = Bezwaar
screen-verdict-adopted = Aangenomen
screen-verdict-not-adopted = Niet aangenomen
screen-verdict-no-quorum = Quorum niet bereikt
screen-verdict-tie-open = Staking van stemmen
screen-majority = { $support } van { $total }, nodig is { $num }/{ $den }
screen-majority-more = { $support } van { $total }, nodig is meer dan { $num }/{ $den }
screen-quorum-of = quorum: { $x } van { $n }, nodig zijn { $least }
