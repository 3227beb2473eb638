# De woorden van wie een vergadering voorbereidt en leidt.

## Planning

meeting-new-title = Een vergadering plannen
meeting-new-lead = Wat, wanneer en waar. De agenda en het bureau volgen op de volgende pagina; alles kan nog veranderen tot de vergadering begint.
meeting-edit-title = De vergadering voorbereiden
meeting-kind-label = Wat voor vergadering?
meeting-kind-general_assembly-hint = De leden beslissen: quorum, stemmingen, notulen
meeting-kind-board-hint = Van wie de organisatie tussen de vergaderingen bestuurt
meeting-kind-group-hint = Over de zaken van één groep
meeting-kind-work_session-hint = Samen iets doen; kan elke week terugkomen
meeting-title = Titel
meeting-title-missing = Geef een titel, in minstens één taal.
meeting-starts = Begin
meeting-starts-wrong = Kies een dag en een uur.
meeting-length = Voorziene duur, in minuten
meeting-length-hint = De agenda wordt ermee vergeleken
meeting-length-wrong = Tussen 5 minuten en 24 uur.
meeting-zone = Uur van de organisatie: { $zone }
meeting-place = Plaats
meeting-remote = Leden kunnen op afstand deelnemen
meeting-link = Link om te zien en te horen
meeting-link-hint = https://… van een videogesprek; mag leeg blijven
meeting-link-wrong = Een link begint met https:// en heeft geen spaties.
meeting-procedure = Hoe op afstand deelnemen
meeting-procedure-hint = Staat in de oproeping: hoe leden zich aansluiten en tonen wie ze zijn
meeting-group = Groep
meeting-group-none = Geen groep
meeting-group-missing = Kies de groep die vergadert.
meeting-template = Agenda om mee te beginnen
meeting-template-hint = Hij kan daarna veranderen
meeting-template-none = Leeg
meeting-rule = Quorum om te volgen
meeting-rule-hint = De hele tijd getoond; elke stemming houdt haar eigen regel
meeting-rule-none = Geen
meeting-notice = Oproepingstermijn, in dagen
meeting-notice-hint = Zoals de statuten vragen; wat de wet vraagt, komt er vanzelf bij
meeting-notice-by = De oproeping moet ten laatste op { $date } verstuurd zijn
meeting-second = Tweede oproeping van
meeting-second-hint = Als het quorum van een eerdere vergadering ontbrak: haar agenda wordt overgenomen
meeting-second-none = Geen eerdere vergadering
meeting-every = Komt terug
meeting-every-hint = De volgende wordt gepland als deze eindigt
meeting-every-once = Eén keer
meeting-every-week = Elke week
meeting-every-two_weeks = Om de twee weken
meeting-every-month = Elke maand
meeting-plan-button = Plannen, en de agenda schrijven
meeting-change-title = Datum, plaats en de rest
meeting-revise-button = De wijzigingen bewaren
meeting-changed = De vergadering is gewijzigd
plan-newer = Iemand anders heeft dit intussen gewijzigd. Wat je schreef staat hier nog.
plan-show-theirs = De nieuwe toestand tonen
meeting-cancel = De vergadering annuleren
meeting-cancel-ask = De vergadering gaat niet door. Het register bewaart haar met je reden.
template-keep = Deze agenda als sjabloon bewaren
template-keep-ask = De punten en tijden kunnen een volgende vergadering beginnen.
template-forget = Dit sjabloon vergeten
template-forgotten = Het sjabloon is vergeten
template-name = Naam van het sjabloon
template-kept = Het sjabloon is bewaard
call-title = Oproeping
call-asked = { $asked ->
    [one] Tussen de oproeping en de vergadering moet { $asked } dag liggen: verstuur ze ten laatste op { $date }.
   *[other] Tussen de oproeping en de vergadering moeten { $asked } dagen liggen: verstuur ze ten laatste op { $date }.
}
call-late = { $asked ->
    [one] Tussen de oproeping en de vergadering moet { $asked } dag liggen: ze moest ten laatste op { $date } verstuurd zijn. Stel de vergadering uit, of de oproeping komt te laat.
   *[other] Tussen de oproeping en de vergadering moeten { $asked } dagen liggen: ze moest ten laatste op { $date } verstuurd zijn. Stel de vergadering uit, of de oproeping komt te laat.
}
call-given = Dagen tussen oproeping en vergadering: { $given }; gevraagd: { $asked }.
call-gap = Tweede oproeping, dagen na de eerste vergadering: { $given }; gevraagd: { $asked }.
call-first = De eerste vergadering had haar quorum: deze heeft het ook nodig.
call-sent = Verstuurd
call-record = De oproeping is verstuurd
call-record-ask = Het register noteert dat de oproeping nu vertrokken is. Dit kan niet ongedaan gemaakt worden.
invitation-open = Uitnodiging om af te drukken of te versturen
offices-hint = Wie in het bureau zit, mag deze vergadering leiden, wat de andere rollen ook zijn.
office-chair-find = Wie zit voor?
office-secretary-find = Wie schrijft de notulen?
office-scrutineers-find = Wie controleert de tellingen?
office-remove = De functie { $office } van { $name } wegnemen
office-removed = { $name } heeft de functie niet meer
office-given = { $office }: { $name }
lead-open = De vergadering leiden
not-yours = Deze pagina is voor wie de vergadering voorbereidt en leidt.
to-meeting = Naar de vergadering

## The agenda being written

agenda-sum = { $sum } op de agenda, { $planned } voorzien
agenda-left = nog { $left }
agenda-left-unsaved = De agenda is niet bewaard. Wat je veranderde, wacht op de pagina waar hij wordt voorbereid.
agenda-over = { $over } te lang
agenda-fits = Past precies
agenda-unsaved = Nog niet bewaard
agenda-saved = Alles is bewaard
agenda-saving = Onderweg naar de server…
agenda-save = De agenda bewaren
agenda-discard = Mijn wijzigingen vergeten
agenda-newer = Iemand anders heeft de agenda intussen gewijzigd. De jouwe staat hier nog, niet bewaard.
agenda-show-theirs = De hunne tonen, de mijne opzij houden
agenda-keep-mine = Met de mijne verdergaan
agenda-kept = Je versie is opzij gehouden.
agenda-take-mine = De mijne terugnemen
agenda-keys = Alt + ↑ of ↓ verplaatst het punt waarin je staat; het handvat kan je slepen.
agenda-ready = Voorstellen klaar voor stemming
agenda-edit = Wijzigen
item-unnamed = Punt zonder titel
item-grip = Punt { $number }, { $title }: verplaats met Alt en de pijlen
item-title-of = Titel van punt { $number }
item-title-in = Titel ({ $language })
item-minutes-of = Minuten voorzien voor punt { $number }
item-kind-label = Soort punt
item-kind-opening = Opening
item-kind-information = Informatie
item-kind-discussion = Bespreking
item-kind-vote = Stemming
item-kind-election = Verkiezing
item-kind-work = Nu te doen
item-kind-break = Pauze
item-kind-closing = Slot
item-up = { $title } omhoog
item-down = { $title } omlaag
item-indent = { $title } onder het vorige punt zetten
item-outdent = Van { $title } een eigen punt maken
item-remove = { $title } verwijderen
item-more = Details
item-held = Behandeld
item-moved = { $title } is nu punt { $number }, om { $time }
item-add = Toevoegen
item-add-label = Nieuw punt
item-add-hint = Een getal aan het eind is het aantal minuten: “Begroting 20”
item-link-label = Over een voorstel, een stemming, een beslissing of een taak
item-link-found = Gevonden
item-unlink = De link naar { $title } verwijderen
link-proposals = Voorstel { $number }
link-polls = Stemming { $number }
link-decisions = Beslissing { $number }
link-tasks = Taak { $number }
minutes-short = min
duration-minutes = { $minutes } min
duration-hours = { $hours } u
duration-both = { $hours } u { $minutes }

## The console

lead-page = Een vergadering leiden
silent = De server is al { $seconds } s niet te horen.
silent-minutes = De server is al { $minutes } min niet te horen.
silent-said = De server is niet te horen. De cijfers zijn van toen.
silent-then = De cijfers zijn van toen. Wat je doet, vertrekt zodra hij weer te horen is.
sending = Verstuurd; de server heeft nog niet geantwoord…
led-by = { $name } deed het laatst iets voor de zaal
led-by-now = { $name } leidt nu. Je ziet nog alles, en jullie kunnen samen verder.
led-by-self = Je leidt nu vanaf een ander toestel. Dit hier toont nog alles, en je kunt met allebei verder.
lead-conflict = { $name } was sneller: dit is de nieuwe toestand
start-title = De vergadering is niet begonnen
start-hint = Leden melden zich aan vanaf drie uur ervoor, aan het onthaal of met de code; het eerste punt begint als jij het zegt.
start-no-chair = Nog niemand zit voor: kies eerst het bureau.
start-before = Ze is voor later gepland; je kan toch al beginnen.
start = De vergadering beginnen
start-prepare = Verder voorbereiden
below-quorum = Het quorum is niet bereikt.
below-quorum-yours = Verdergaan beslis jij; het register noteert dat je het zag.
below-quorum-seen = Ik heb het gezien, verdergaan
current-none = Er is geen punt bezig
next-item = Volgende:
item-at = Punt { $number }
item-take-up = : beginnen
item-taken-up = Nu: { $title }
item-took = { $minutes } min
item-moved-out = schriftelijk
item-of-box = van { $minutes } min voorzien
item-no-box = geen tijd voorzien
item-over = { $duration } te veel
item-over-said = De voorziene tijd voor dit punt is op
item-move-out = Schriftelijk verder
item-move-out-ask = Het punt verlaat de vergadering en gaat verder als bespreking die iedereen kan lezen.
item-moved-done = Het punt gaat schriftelijk verder
item-tasks = Taken uit dit punt
meeting-tasks = Taken
ends-at = Einde rond { $time }
ends-in-time = Op tijd
ends-early = { $duration } vroeger
ends-late = { $duration } later
end = De vergadering beëindigen
end-ask = De vergadering nu beëindigen?
end-hint = Iedereen wordt afgemeld, gesloten stemmingen worden getoond, en de notulen kunnen geschreven worden.
ended-title = De vergadering is afgelopen
ended-text = Van { $from } tot { $to }.
to-minutes = De notulen schrijven
to-next = De volgende voorbereiden
to-second = Een tweede keer oproepen
keys-title = Toetsen
keys-on = Losse toetsen werken in deze console
key-space = Spatie
key-n-does = Volgend punt
key-v-does = De stemming openen, sluiten of tonen: twee keer drukken
key-space-does = 30 seconden meer voor de open stemming

## Votes

lead-votes-title = Stemmingen
vote-quick = Een vraag, voor of tegen
vote-quick-hint = Meteen klaar, op naam, met de gewone regel; de uitslag blijft verborgen tot je hem toont
vote-quick-languages = In de andere talen
vote-prepare = Klaarzetten
vote-form = Een andere soort stemming
vote-look = Bekijken
vote-open = De stemming openen
vote-by-hand = Wordt met de hand gesloten
open-duration = Hoelang ze open blijft
open-by-hand = met de hand
countdown = Nog { $left }
awaited-none = Alle aanwezigen hebben gestemd
extend-30 = + 30 s
extend-60 = + 1 min
close-in-60 = Sluiten over 1 min
vote-close = De stemming sluiten
vote-close-all = Alle aanwezigen hebben gestemd. Sluiten?
vote-cancel = Deze stemming annuleren
vote-cancel-ask = De stemming stopt zonder uitslag. Het register bewaart ze met je reden.
vote-reveal = De uitslag tonen
vote-offered = Door technische incidenten konden zoveel mensen niet stemmen dat de uitslag anders kon zijn: opnieuw openen voor je hem toont?
vote-offered-late = Door technische incidenten konden zoveel mensen niet stemmen dat de uitslag anders kon zijn: er kan een nieuwe stemming volgen.
vote-reopen = Opnieuw openen
vote-reopen-ask = Niemand zag de uitslag: de stemming gaat twee minuten weer open, de stembiljetten blijven.
vote-show = Op het grote scherm tonen
vote-result-open = De hele telling
vote-conflict = Iemand anders was sneller: dit is de nieuwe toestand
vote-again = Hierover opnieuw stemmen
vote-followed = Opnieuw gestemd: stemming { $number }
result-yes = { $count } voor
result-no = { $count } tegen
result-abstain = { $count ->
    [one] { $count } onthouding
   *[other] { $count } onthoudingen
}
vote-second = Tweede oproeping: ongeacht het aantal aanwezigen
vote-second-of = Tweede oproeping van stemming { $number }: ongeacht het aantal aanwezigen
vote-first = Eerste oproeping: met het quorum van de regel
vote-mode-confidential = vertrouwelijk
vote-mode-secret = geheim

## The room

quorum-said-met = Het quorum is bereikt
quorum-said-not = Het quorum is niet bereikt
quorum-waiting = Het quorum wordt geteld vanaf de eerste aanmeldingen.
quorum-none = Er wordt geen quorum gevolgd.
presence-classes = Per categorie
desk-open = Onthaal
health-title = Verbindingen
health-connected = verbonden
health-asleep = in rust (scherm uit)
health-gone = weg
health-none-open = geen pagina open
health-none = Nog niets bekend.
health-offline = Deze pagina is offline: wat de zaal doet, is niet bekend.
health-hint = Wie zich aanmeldde, blijft aanwezig, verbonden of niet.
code-title = Aanmelden
code-qr = QR-code om zich aan te melden
code-hint = Voor wie in de zaal is: scannen, of de code intikken op de pagina van de vergadering.
screens-title = Groot scherm
screens-show = Nu tonen
screens-later = Wat het toont, kies je zodra de vergadering begonnen is.
screens-no-vote = Er is geen stemming open, en geen uitslag getoond.
screens-no-result = Er is nog geen uitslag getoond.
show-item = Punt
show-agenda = Agenda
show-join = Aansluiten
show-poll = Stemming
show-result = Uitslag
show-tasks = Taken
screens-get = Adres van het scherm
screens-link = Open dit op de projector; meerdere schermen kunnen.
screens-open = Hier openen
copy = Kopiëren
incidents-title = Technische incidenten
incidents-none = Nog geen.
incidents-hint = Ze staan in de notulen, zonder namen.
incident-restart = De server is herstart
incident-who = Wie (voor het bureau)
incident-reopen = De stemming opnieuw openen
incident-reopen-ask = Genoeg mensen konden niet stemmen om de uitslag te veranderen. Twee minuten opnieuw openen?
incident-reopen-reason = Technisch incident

## To-dos

given-line-label = Een taak op één regel
task-line-hint = @ voor een naam, { $mark } voor een datum (een dag, morgen, 12/1, +2w); de rest zegt wat te doen
task-line-example = @Fien { $mark }vrijdag de klok herstellen
task-line-put = Geven
bound-to = Begonnen bij “{ $title }”, en daar gehouden
task-from-decision = Een taak uit beslissing { $number }
task-who = Wie is { $name }?
task-given = De taak is gegeven
task-given-undated = De taak is gegeven zonder datum: wat op “{ $mark }” volgt, is er geen
task-given-undo = Per vergissing gegeven
closing-round = Slotronde: gegeven taken
closing-none = Nog geen. Schrijf de eerste op de regel voor taken.

## The desk

desk-page = Onthaal
desk-title = Onthaal: { $title }
desk-check-in = Aanmelden
desk-name = Naam
desk-name-hint = Enkele letters, dan Enter
desk-find-silent = Zolang de server niet te horen is, wordt geen naam gevonden. Noteer wie aankomt op papier, en daarna hier.
desk-remote = Neemt op afstand deel
desk-checked = Identiteit nagegaan via
checked-session = de eigen sessie
checked-document = een getoond document
checked-known = persoonlijk gekend
checked-call = een videogesprek
desk-in = { $name } is aangemeld
desk-in-remote = { $name } is aangemeld, op afstand
desk-out = { $name } is afgemeld
desk-is-in = { $name } is aanwezig
desk-already = { $name } was al aangemeld
desk-list = Aanwezigheidslijst
desk-print = Afdrukken met handtekeningen
desk-view = Wie tonen
desk-view-present = Aanwezig
desk-view-left = Vertrokken
desk-view-all = Allen
desk-filter = Zoeken in de lijst
desk-nobody = Nog niemand meldde zich aan. Zoek hier een naam om een aankomst te noteren.
desk-empty = De lijst is leeg.
desk-none-found = Hier past niemand bij.
desk-here = nu
desk-from-afar = op afstand
desk-check-out = Afmelden
desk-again = Opnieuw aanmelden
desk-early = Aanmelden kan vanaf drie uur voor de vergadering.
desk-over = De vergadering is afgelopen: de lijst ligt vast.
desk-to-lead = Naar de console
how-code = code van de zaal
how-remote = op afstand
how-desk = aan het onthaal
how-list = uit een lijst
desk-import = Uit een bestand
desk-import-hint = Een tabel (CSV) met de kolommen name, email, present, remote. Ze wordt eerst bekeken; niets telt voor je het zegt.
desk-import-file = Bestand
desk-import-paste = Of plak de tabel
import-in = aangemeld
import-out = afgemeld
import-same = al zo
import-nobody = noemt niemand
import-unknown = geen lid hier
import-several = meerdere leden met die naam: geef het adres
import-twice = staat er twee keer
import-too-many-cells = meer cellen dan kolommen
import-bad-flag = present en remote zijn 1 of 0
import-proxy = volmachten komen op papier
import-remote = hier neemt niemand op afstand deel
desk-import-fault = Dit is geen leesbare tabel van mensen. De eerste regel noemt de kolommen.
desk-import-undone = De lijst is teruggenomen: alles is zoals ervoor
desk-import-look = Eerst bekijken

## Counted

desk-import-last = { $count ->
    [one] Je laatste lijst: één persoon genoteerd
   *[other] Je laatste lijst: { $count } mensen genoteerd
}
desk-import-done = { $count ->
    [one] Eén regel is genoteerd
   *[other] { $count } regels zijn genoteerd
}
silent-kept = { $count ->
    [one] De cijfers zijn van toen. Eén handeling wacht hier tot hij weer te horen is.
   *[other] De cijfers zijn van toen. { $count } handelingen wachten hier tot hij weer te horen is.
}
desk-import-more = { $count ->
    [one] Nog één regel staat hier niet; de foute regels staan eerst.
   *[other] Nog { $count } regels staan hier niet; de foute regels staan eerst.
}
here-count = { $count ->
    [0] Niemand aanwezig
    [one] 1 aanwezig
   *[other] { $count } aanwezig
}
item-removed = { $count ->
    [0] { $title } is verwijderd
    [one] { $title } en één punt eronder zijn verwijderd
   *[other] { $title } en { $count } punten eronder zijn verwijderd
}
item-link-count = { $count ->
    [0] Niets gevonden
    [one] Eén gevonden
   *[other] { $count } gevonden
}
item-links-proposals = { $count ->
    [one] 1 voorstel
   *[other] { $count } voorstellen
}
item-links-polls = { $count ->
    [one] 1 stemming
   *[other] { $count } stemmingen
}
item-links-decisions = { $count ->
    [one] 1 beslissing
   *[other] { $count } beslissingen
}
item-links-tasks = { $count ->
    [one] 1 taak
   *[other] { $count } taken
}
open-seconds = { $count ->
    [one] 1 s
   *[other] { $count } s
}
open-minutes = { $count ->
    [one] 1 min
   *[other] { $count } min
}
awaited = { $count ->
    [one] Eén aanwezige stemde nog niet
   *[other] { $count } aanwezigen stemden nog niet
}
awaited-lost = { $count ->
    [one] Eén aanwezige stemde nog niet (zonder verbinding in de zaal: { $lost })
   *[other] { $count } aanwezigen stemden nog niet (zonder verbinding in de zaal: { $lost })
}
vote-close-awaited = { $count ->
    [one] Eén aanwezige stemde nog niet. Toch sluiten?
   *[other] { $count } aanwezigen stemden nog niet. Toch sluiten?
}
vote-close-lost = { $count ->
    [one] Eén aanwezige stemde nog niet. Zonder verbinding in de zaal: { $lost }. Toch sluiten?
   *[other] { $count } aanwezigen stemden nog niet. Zonder verbinding in de zaal: { $lost }. Toch sluiten?
}
vote-hidden = { $count ->
    [0] Gesloten zonder stembiljet. De uitslag is verborgen tot je hem toont.
    [one] Gesloten met één stembiljet. De uitslag is verborgen tot je hem toont.
   *[other] Gesloten met { $count } stembiljetten. De uitslag is verborgen tot je hem toont.
}
votes-others = { $count ->
    [one] Eén stemming van een ander punt
   *[other] { $count } stemmingen van andere punten
}
end-blocked = { $count ->
    [one] Er is een stemming open: sluit ze voor je de vergadering beëindigt.
   *[other] Er zijn { $count } stemmingen open: sluit ze voor je de vergadering beëindigt.
}
end-left = { $count ->
    [one] Eén punt is niet behandeld. Toch beëindigen?
   *[other] { $count } punten zijn niet behandeld. Toch beëindigen?
}
presence-guests = { $count ->
    [one] 1 gast zonder stem
   *[other] { $count } gasten zonder stem
}
presence-left = { $count ->
    [one] 1 vertrokken
   *[other] { $count } vertrokken
}
incident-connection = { $count ->
    [one] Eén lid dat nog niet had gestemd, verloor de verbinding
   *[other] { $count } leden die nog niet hadden gestemd, verloren de verbinding
}
incident-many = { $count ->
    [one] Eén verbinding viel weg
   *[other] { $count } verbindingen vielen samen weg
}
incident-reported = { $count ->
    [one] Eén lid zegt niet te hebben kunnen stemmen
   *[other] { $count } leden zeggen niet te hebben kunnen stemmen
}
closing-free = { $count ->
    [one] Eén taak is vrij: wie neemt ze op?
   *[other] { $count } taken zijn vrij: wie neemt ze op?
}
desk-import-wrong = { $count ->
    [one] Eén regel wordt overgeslagen.
   *[other] { $count } regels worden overgeslagen.
}
desk-import-put = { $count ->
    [one] Deze regel noteren
   *[other] Deze { $count } regels noteren
}
