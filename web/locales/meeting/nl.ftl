# De woorden van vergaderingen, voor de leden.

## Lists and pages of meetings

meetings-title = Vergaderingen
meetings-open = Nu bezig
meetings-coming = Binnenkort
meetings-past = Voorbij
meetings-none = Er is voorlopig geen vergadering gepland. De volgende komt hier, met haar agenda.
meeting-kind-general_assembly = Algemene vergadering
meeting-kind-board = Bestuursorgaan
meeting-kind-group = Werkgroep
meeting-kind-work_session = Werksessie
meeting-state-planned = Gepland
meeting-state-open = Bezig
meeting-state-ended = Afgelopen
meeting-state-cancelled = Afgelast
meeting-until = tot { $time }
meeting-calendar = In mijn agenda zetten
meeting-cancelled = Deze vergadering gaat niet door.

## The agenda

agenda-title = Agenda
agenda-held = Agenda, zoals gehouden
agenda-empty = De agenda is nog niet geschreven.
agenda-empty-next = Je vindt hem hier zodra het zover is. Wil je er iets op? Doe een voorstel.
agenda-now = nu
agenda-moved = gaat schriftelijk verder
agenda-skipped = niet behandeld
agenda-minutes = { $count } min
agenda-proposals = Voorstel:
agenda-polls = Stemming:
agenda-decisions = Beslissing:
agenda-tasks = Taak:

## Before

part-title = Meedoen
part-hall = Leden nemen deel in de zaal.
part-remote = Leden nemen deel in de zaal of op afstand. Om op afstand als aanwezig te tellen, open je deze pagina tijdens de vergadering: je sessie zegt wie je bent.
part-link = De vergadering zien en horen
offices-title = Bureau van de vergadering
office-chair = Voorzitter van de vergadering
office-secretary = Secretariaat
office-scrutineers = { $count ->
    [one] Stemopnemer
   *[other] Stemopnemers
}
quorum-asked = Aanwezigheidsquorum dat tijdens de vergadering gevolgd wordt: { $num }/{ $den }.

## Being there

checkin-title = Ben je er?
checkin-text = Zeg het: dan tel je mee voor het quorum en kun je stemmen.
checkin-again-title = Ben je terug?
checkin-again-text = Je vertrek is genoteerd. Zeg dat je er bent om weer mee te tellen.
checkin-code = Code op het grote scherm
checkin-code-hint = Zes letters en cijfers. De QR-code scannen vult hem in.
checkin-here = Ik ben er
checkin-elsewhere = Ben je niet in de zaal?
checkin-elsewhere-how = Je telt mee als aanwezig op afstand, onder de naam { $name }. Je sessie op dit toestel zegt wie je bent; de aanwezigheidslijst vermeldt dat.
checkin-remote = Ik doe mee op afstand
checkin-observer = Je volgt deze vergadering zonder te stemmen. Zeg dat je er bent om op de aanwezigheidslijst te staan.
present-since = Aanwezig sinds { $time }
present-remote = Op afstand aanwezig sinds { $time }
present-leave = Ik vertrek
present-leave-ask = Je telt niet meer mee voor het quorum en stemt niet meer, tot je terug bent. Wat je gestemd hebt, blijft. Een donker scherm of een gesloten pagina verandert niets: daarvoor hoef je niet te vertrekken.
presence-title = Aanwezig
presence-of = { $count ->
    [one] van 1 stemgerechtigd lid
   *[other] van { $count } stemgerechtigde leden
}
presence-remote = van wie { $count } op afstand
presence-said = { $count ->
    [one] 1 lid is er.
   *[other] { $count } leden zijn er.
}
quorum-reached = Quorum bereikt
quorum-not-reached = Quorum niet bereikt
presence-end = Aanwezig bij het einde
quorum-class-missing = Quorum niet bereikt in een categorie
quorum-missing-heads = { $count ->
    [one] Nog 1 lid nodig voor het quorum
   *[other] Nog { $count } leden nodig voor het quorum
}
quorum-missing-weight = { $count ->
    [one] Nog 1 stem nodig voor het quorum
   *[other] Nog { $count } stemmen nodig voor het quorum
}
quorum-missing-shares = { $count ->
    [one] Nog 1 aandeel nodig voor het quorum
   *[other] Nog { $count } aandelen nodig voor het quorum
}
quorum-figures-heads = { $x ->
    [one] { $x } lid aanwezig, { $least } nodig
   *[other] { $x } leden aanwezig, { $least } nodig
}
quorum-figures-weight = { $x ->
    [one] { $x } stem aanwezig, { $least } nodig
   *[other] { $x } stemmen aanwezig, { $least } nodig
}
quorum-figures-shares = { $x ->
    [one] { $x } aandeel aanwezig, { $least } nodig
   *[other] { $x } aandelen aanwezig, { $least } nodig
}

## During

votes-now = { $count ->
    [0] Stemmingen bij dit punt
    [one] Nu te stemmen
   *[other] Nu { $count } keer te stemmen
}
item-now = Huidig punt
item-none = Er is geen punt bezig. Het volgende verschijnt hier vanzelf.
item-said = Punt { $title }
time-left = { $count ->
    [one] Nog 1 minuut voorzien
   *[other] Nog { $count } minuten voorzien
}
time-over = { $count ->
    [one] 1 minuut langer dan voorzien
   *[other] { $count } minuten langer dan voorzien
}
screen-title = Op het grote scherm
screen-shows-item = Het huidige punt.
screen-shows-agenda = De agenda.
screen-shows-join = Hoe je je aanmeldt: de QR-code en de code om te typen.
screen-shows-poll = { $count ->
    [one] Een stemming:
   *[other] Stemmingen:
}
screen-shows-result = Het resultaat van een stemming:
screen-shows-tasks = De taken die in de vergadering gegeven zijn.

## After

after-no-decisions = Er is geen beslissing genomen.
after-no-tasks = Er is geen taak gegeven.

## A vote in the hall

hall-closes = Sluit over
hall-extended = Verlengd.
hall-reopened = Opnieuw geopend: { $reason }
hall-second = Tweede oproeping: beslissing ongeacht het aantal aanwezigen.
hall-follows = Dezelfde vraag als in
hall-followed = Opnieuw gevraagd in
hall-opened-said = Stemming open: { $question }
hall-soon-said = De stemming sluit over 30 seconden: { $question }
hall-closed-text = De voorzitter van de vergadering zal het resultaat tonen.
hall-could-not = Ik kon niet stemmen
hall-could-not-ask = Het bureau leest dit en de notulen zeggen dat een lid niet kon stemmen, zonder je naam. Wat is er gebeurd?
hall-could-not-what = In een paar woorden, als je wilt
hall-could-not-send = Melden
hall-go-checkin = Zeggen dat ik er ben
hall-reported = Gemeld aan het bureau van de vergadering.
after-minutes = De notulen lezen
work-title = We doen het nu
work-text = Wat nog niemand heeft opgenomen. Zeg ja tegen wat je zult doen.
work-none = Alles heeft iemand gevonden.
work-all = Alle vrije taken
seal-words = De vier woorden van het zegel
seal-words-text = Onderaan het grote scherm staan dezelfde, als er intussen niets veranderde: dan zien het scherm en deze telefoon hetzelfde register.

## Ways of who leads

ways = Voor wie deze vergadering voorbereidt en leidt
way-plan = Een vergadering plannen
way-plan-work = Een werksessie voorstellen
way-lead = Leiden
way-edit = Voorbereiden
way-desk = Onthaal
way-invitation = Uitnodiging
way-minutes = Notulen
way-attendance = Aanwezigheidslijst
