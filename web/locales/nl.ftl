# De woorden van de pagina in het Nederlands. In elke taal staan dezelfde sleutels.

## Everywhere

loading = Laden
just-now = zonet
skip = Naar de inhoud
navigation = Hoofdnavigatie
nav-home = Start
nav-proposals = Voorstellen
nav-meetings = Vergadering
nav-tasks = Taken
nav-decisions = Beslissingen
nav-members = Leden
nav-more = Meer
nav-me = Mijn pagina
notify-bell =
    { $count ->
        [0] Meldingen
        [one] Meldingen, één ongelezen
       *[other] Meldingen, { $count } ongelezen
    }
demo = demo
go-back = Terug
close = Sluiten
undo = Ongedaan maken
retry = Opnieuw proberen
notices = Meldingen
search-label = Zoeken
by-system = automatisch
by-operator = de beheerder van de server
not-found-title = Pagina niet gevonden
not-found = Hier is niets te vinden, of deze pagina staat niet voor je open.
connection-again = Opnieuw verbinden…
connection-lost = Offline
connection-kept = { $count ->
    [one] Offline. 1 handeling is hier bewaard en wordt verstuurd
   *[other] Offline. { $count } handelingen zijn hier bewaard en worden verstuurd
}
connection-back = Bijgewerkt
outdated = Er is een nieuwe versie.
renew = Laden
signed-out-title = Je hebt een link nodig om binnen te komen
signed-out-text = Dit toestel is niet aangemeld, of de sessie is voorbij. Open de persoonlijke link die je kreeg; heb je er geen meer, vraag dan een nieuwe aan de begeleiding of het beheer van de ruimte.

## States

state-idea = Idee
state-discussed = In bespreking
state-ready = Klaar voor stemming
state-voting = Stemming loopt
state-adopted = Aangenomen
state-in-progress = In uitvoering
state-realised = Uitgevoerd
state-rejected = Niet aangenomen
state-postponed = Uitgesteld
state-withdrawn = Ingetrokken
state-merged = Samengevoegd
state-abandoned = Opgegeven
poll-state-draft = Ontwerp
poll-state-open = Open
poll-state-closed = Gesloten
poll-state-counted = Geteld
poll-state-cancelled = Geannuleerd
poll-kind-decision = Beslissing
poll-kind-election = Verkiezing
poll-kind-straw = Peiling
poll-kind-practice = Oefenstemming
verdict-adopted = Aangenomen
verdict-not-adopted = Niet aangenomen
verdict-no-quorum = Quorum niet gehaald
verdict-tie-open = Staking van stemmen
verdict-none = Geteld
task-state-free = Vrij
task-state-asked = Gevraagd
task-state-taken = Opgenomen
task-state-done = Klaar
task-state-dropped = Laten vallen
welcome-title = Welkom, { $name }
welcome-text = Hier stel je projecten voor, bespreek je die van anderen, stem je en neem je taken op.
welcome-expected = Wat de organisatie van haar leden verwacht
welcome-done = Begrepen

## Home

home-title = Dag { $name }
home-needs-you = Wat op jou wacht
home-votes = Open stemmingen
home-voted = Je hebt gestemd
home-other-votes = Andere open stemmingen
home-asked = Jou gevraagd
home-late = Over datum
home-mine = Jouw taken
home-owed = Een stemming of een antwoord is verschuldigd
home-drafts = Stemmingen in voorbereiding
home-new = Nieuwe voorstellen
home-all-proposals = Alle voorstellen
home-all = Alles tonen ({ $count })
home-owed-late = Verwacht { $when }, de datum is voorbij
home-owed-until = Verwacht { $when }
home-nothing = Er wacht niets op je. Een goed moment voor een idee.
proposals-none = Nog geen voorstel. Een nood in twee regels volstaat om te beginnen.
supports-label = Steun
supports-of = { $count } van { $threshold } nodige steunbetuigingen
supports-source = { $count } bij de bron
new-mark = nieuw
comments-label = Reacties
tasks-progress-words = Taken: { $done } van { $total } klaar
new-proposal = Nieuw voorstel
define-vote = Een stemming voorbereiden
closes-in = Sluit { $when }
closes-by-hand = Wordt met de hand gesloten
receipt = Ontvangstbewijs
from-decision = Beslissing { $number }
task-ticked = { $done } van { $total } aangevinkt
task-recorded-by = genoteerd door
task-given-back = Taak teruggegeven
task-take = Ik neem ze op
task-taken-done = De taak is voor jou
task-give-back = Teruggeven
task-done = Het is klaar
task-done-done = Taak klaar
task-not-done = Toch niet klaar
task-yes = Ja, ik doe het
task-no = Ik niet
task-thank = Bedankt
task-thanks = Bedankt van
task-reason = Reden: { $reason }
task-due = tegen
task-late = was tegen

## Refusals

error-general = Er ging iets mis. Probeer opnieuw; helpt dat niet, laad dan de pagina opnieuw.
error-network = De server is niet bereikbaar. Probeer zo dadelijk opnieuw.
error-other = De server weigerde dit ({ $reason }).
card-need = Zoekt ideeën
card-late = Antwoord te laat
card-asks-money = geld
card-asks-hours = tijd
card-asks-people = mensen
card-asks-skills = vaardigheden
represented-by = vertegenwoordigd door { $name }
member-erased = gewist lid
