# De woorden van alle pagina’s behalve de startpagina, en van weigeringen.

nav-settings = Instellingen
nav-groups = Werkgroepen
cancel = Annuleren
save = Bewaren
saved = Bewaard
reason-label = Reden
show-more = Nog { $count } tonen
column-idea = Ideeën
column-discussed = In bespreking
column-ready = Klaar
column-voting = Stemming
column-adopted = Aangenomen en in uitvoering
column-realised = Uitgevoerd
column-others = Andere
member-status-invited = Uitgenodigd
member-status-dormant = Op pauze
member-status-left = Oud-lid
member-status-erased = Gewist
member-status-external = Geïmporteerde auteur
role-admin = Beheer van de ruimte
role-facilitator = Begeleiding
role-secretary = Secretariaat
role-auditor = Controle van het register
role-observer = Waarnemer
role-chair = Voorzitter van de vergadering
role-scrutineer = Stemopnemer
tie-worker = medewerker
tie-volunteer = vrijwilliger
tie-beneficiary = begunstigde
tie-partner = partner

## Joining

join-title = Welkom
join-lead = Je bent uitgenodigd om samen te overleggen en te beslissen. Eén druk op de knop en je bent binnen; er is geen wachtwoord.
join-name = Je naam
join-name-hint = Zoals de andere leden je kennen
join-button = Binnengaan
join-no-link = Aan dit adres ontbreekt het persoonlijke deel. Open de volledige link die je kreeg.
join-fact-link = De link werkt één keer. Deze pagina openen heeft hem niet opgebruikt.
join-fact-device = Als je stemt, maakt dit toestel zijn eigen handtekening; die verlaat het toestel nooit.
join-fact-record = Wat beslist wordt, staat in een verzegeld register dat niet ongemerkt kan worden gewijzigd.

## Proposals

proposal-word = Voorstel
proposals-no-match = Geen voorstel past bij deze zoekopdracht.
older-proposals = Oudere laden ({ $count })
search-placeholder = Zoek een voorstel
theme-label = Thema
theme-all = Alle thema’s
themes-label = Thema’s
view-label = Weergave
view-board = Bord
view-list = Lijst
board = Bord van voorstellen per stand
board-columns = Standen
new-proposal-title = Iets voorstellen
new-proposal-lead = Vertrek van de nood. De oplossing kan later komen, van jou of van anderen.
proposal-title-label = Titel
proposal-title-hint = Wat er zou veranderen, in één regel
proposal-title-missing = Geef het een titel.
proposal-need-label = De nood
proposal-need-hint = Wat er ontbreekt, en voor wie
proposal-need-missing = Zeg wat er ontbreekt.
proposal-text-label = Het voorstel (mag leeg blijven)
proposal-text-hint = Hoe het kan, als je een idee hebt
written-in = Geschreven in het
submit-proposal = Het voorstel delen
revise = De tekst wijzigen
text-languages = Talen van deze tekst
translated-by = Vertaald door
translation-stale = het origineel is sindsdien gewijzigd
source-figures = Geïmporteerd: { $supports } steunbetuigingen en { $comments } reacties bij de bron
road-label = Van idee tot uitvoering
road-idea = Idee
road-discussed = Bespreking
road-ready = Klaar
road-voting = Stemming
road-adopted = Aangenomen
road-realised = Uitgevoerd
support-title = Steun
support-word = { $count ->
    [one] steunbetuiging
   *[other] steunbetuigingen
}
support-needed = { $count ->
    [0] Genoeg steun: de bespreking begint.
    [one] Nog 1 en de bespreking begint.
   *[other] Nog { $count } en de bespreking begint.
}
support = Ik steun dit
supporting = Je steunt dit
support-on = Je steunt dit voorstel
support-off = Steun ingetrokken
support-help = Ik kan helpen met…
next-title = Volgende stap
next-idea = Zoekt steun. De begeleiding kan het meteen oppakken.
next-discussed = Het wordt verbeterd. De auteurs zeggen wanneer het klaar is.
next-ready = Een stemming of een antwoord is verschuldigd.
next-voting = De tekst ligt vast zolang de stemming open is.
next-adopted = Het is aangenomen. Taken maken het waar.
next-in-progress = Het wordt uitgevoerd.
next-realised = Het is uitgevoerd.
next-rejected = Het is niet aangenomen.
next-postponed = Nog geen beslissing. Het kan opnieuw besproken worden.
next-withdrawn = Ingetrokken door de auteurs, die het kunnen terugbrengen.
next-merged = Het gaat verder in een ander voorstel.
next-abandoned = Opgegeven.
step-take-up = In bespreking nemen
step-mark-ready = Het is klaar voor stemming
step-mark-discussed = Terug naar bespreking
step-mark-in_progress = In uitvoering
step-mark-realised = Het is uitgevoerd
step-mark-abandoned = Opgeven
step-mark-withdrawn = Intrekken
step-mark-idea = Terugbrengen
step-ask = Iedereen zal de reden lezen.
votes-title = Stemming en beslissing
history-title = Geschiedenis
history-created = gedeeld door
history-version = versie { $version }

## Discussion

## Votes

body-members-short = De leden
body-group-short = Een werkgroep
body-board-short = Het bestuursorgaan
body-assembly-short = De algemene vergadering
voters-title = Wie wat stemde
voters-none = Er staat geen stembiljet in het register.
voters-more = Meer stemmers tonen
voter = Stemmer
answer = Antwoord
voter-weight = Stemmen
result-title = Resultaat
took-part = { $voted ->
    [one] { $voted } van { $entitled } stemmers nam deel
   *[other] { $voted } van { $entitled } stemmers namen deel
}
threshold-text = { $percent } % voor; het merkteken staat op { $num }/{ $den }
threshold-first = { $percent } % voor de eerste optie; het merkteken staat op { $num }/{ $den }
quorum-met = Quorum gehaald: { $x } van { $n }
quorum-missed = Quorum niet gehaald: { $x } van { $n }
tally-title = Tussenstand
about-title = Waarover het gaat
opened-on = Geopend
closed-on = Gesloten
extended-because = Verlengd:
defined-by = Voorbereid door
lead-title = Deze stemming leiden
open-vote = De stemming openen
open-vote-ask = Nu openen? De stemlijst en de vraag liggen dan vast.
close-vote = De stemming sluiten
close-vote-ask = Nu sluiten? Iedereen op de stemlijst heeft gestemd.
close-vote-missing = { $count ->
    [one] Nu sluiten? 1 stemmer heeft niet gestemd.
   *[other] Nu sluiten? { $count } stemmers hebben niet gestemd.
}
extend-vote = De stemming verlengen
extend-ask = Een stemming kan één keer verlengd worden, nooit ingekort.
cancel-vote = De stemming annuleren
cancel-vote-ask = Annuleren? Iedereen zal de reden lezen.
decide-tie = Noteren wat de voorzitter beslist
decide-tie-ask = Er is staking van stemmen: wat beslist de voorzitter?
decide-places = { $count ->
    [one] De voorzitter beslist: één plaats blijft over.
   *[other] De voorzitter beslist: { $count } plaatsen blijven over.
}
reopen-vote = Deze stemming heropenen
reopen-ask = Heropenen? Het resultaat wordt ingetrokken, de stembiljetten blijven, en iedereen zal de reden lezen.
chair-decided = De voorzitter besliste:
vote-reopened = Stemming heropend:
decision-withdrawn = De stemming is heropend: dit resultaat geldt niet meer.
confidential-asked = { $count ->
    [one] Eén persoon vraagt een vertrouwelijke stemming.
   *[other] { $count } personen vragen een vertrouwelijke stemming.
}
confidential-wish = Een vertrouwelijke stemming vragen
confidential-wish-text = Heb je liever dat deze stemming vertrouwelijk is? Wie ze opent, ziet hoeveel mensen het vragen, nooit wie.
confidential-wished = Je vroeg een vertrouwelijke stemming.
confidential-take-back = Mijn vraag intrekken
confidential-taken-back = Je vraag is ingetrokken.
new-vote-title = Een stemming voorbereiden
new-vote-lead = Je bewaart eerst een ontwerp. Het opent pas wanneer jij het opent.
edit-vote = Het ontwerp wijzigen
question-in = Vraag ({ $language })
poll-mode-label = Wie ziet wat
poll-mode-named = Stemming op naam
poll-mode-named-hint = Na het sluiten zien de stemmers wie wat stemde
poll-mode-confidential = Vertrouwelijke stemming
poll-mode-confidential-hint = Anderen zien alleen totalen; minstens 5 stemmers nodig
closes-label = Sluiting
closes-hint = Je plaatselijke tijd
poll-options = Opties
revote-label = Stembiljetten mogen gewijzigd worden tot ze sluit
show-live-label = Tussenstand zichtbaar
rule-default = Regel:
save-vote = Het ontwerp bewaren
## Decisions

decisions-title = Beslissingen­register
decisions-lead = Elke beslissing die ter stemming kwam, aangenomen of niet, met haar regel en haar berekening.
decisions-none = Nog geen beslissing. De eerste gesloten stemming komt hier te staan.
decision-number = Beslissing { $number }
recorded-on = Opgetekend
review-on = Herzieningsdatum
decided-by = Beslist door
decided-in = Vergadering
decided-in-meeting = nr. { NUMBER($number, useGrouping: 0) }
decision-no-tasks = Nog geen taak. Wat moet er eerst gebeuren?

## To-dos

tasks-title = Taken
tasks-progress = { $done } van { $total } klaar

## Members

members-title = Leden
members-search = Naam, vaardigheid of nood
members-count = { $count ->
    [one] 1 lid
   *[other] { $count } leden
}
member-unnamed = (naam nog niet gegeven)
class-label = Categorie van leden
roles-label = Extra rollen
invite-title = Een lid uitnodigen
invite-name = Naam
invite-name-hint = Laat leeg en de persoon geeft hem bij het binnengaan
invite-create = De link maken
new-link = Nieuwe link
invite-again = Opnieuw uitnodigen
tell-title = Laat het weten
tell-hint = Stuur dit naar één persoon. Wie de link opent, komt binnen als dat lid.
tell-link = De link
tell-text = Tekst om te sturen
tell-language = Taal van de tekst
copy-text = De tekst kopiëren
copy-link = De link kopiëren
copied = Gekopieerd
qr-label = QR-code van de link

## My page

me-title = Mijn pagina
display-title = Taal en weergave
theme-title = Weergave
theme-auto = Zoals het systeem
theme-light = Licht
theme-dark = Donker
try-vote = Een stemming proberen met dit toestel
devices-title = Mijn toestellen
devices-lead = Elk toestel ondertekent je stembiljetten met zijn eigen sleutel. Een verloren sleutel wordt ingetrokken; een ander toestel krijgt een andere.
devices-none = Nog geen toestel ondertekent voor jou. Dit toestel kan nu toegevoegd worden, of vanzelf bij je eerste stem.
device-add = Dit toestel toevoegen
this-device = Dit toestel
this-session-only = Alleen deze sessie
device-added = Toegevoegd
device-via-invitation = met een uitnodigingslink
device-via-email = met een code per e-mail
device-via-device = met een ander toestel
device-via-officer = in persoon
device-via-card = als kaart
device-revoke = Intrekken
device-revoke-ask = Deze sleutel intrekken? Hij kan nooit meer ondertekenen; eerder geregistreerde stembiljetten blijven.
device-revoked = Ingetrokken
device-reason-lost = verloren
device-reason-replaced = vervangen
device-reason-left = lid vertrokken
device-reason-office = door de organisatie
device-reason-expired = kaart vervallen
links-title = Links voor mij gemaakt
links-lead = Wie zo’n link heeft, kan als jou binnenkomen tot hij gebruikt is: je ziet ze allemaal.
links-none = Geen.
record-title = Het verzegeld register
record-lead = Telkens als dit toestel terugkomt, moet de server bewijzen dat het register alleen groeide.
record-seal = Laatste zegel nagekeken: { $size } vermeldingen
leave-session = Afmelden op dit toestel
leave-ask = Je hebt een nieuwe link nodig om terug te komen.
leave-shared = Dit is een gedeelde computer
leave-shared-hint = Je sleutel, ontvangstbewijzen en kladteksten verdwijnen uit deze browser; de sleutel kan niet meer tekenen. Bewaar eerst de ontvangstbewijzen die je wil houden.
error-input-too_big = Dit is te lang.
error-input-bad_value = Een waarde ontbreekt of is niet toegestaan.
error-input-missing_field = Er ontbreekt iets.
error-session-none = Je bent niet aangemeld. Open je persoonlijke link.
error-session-expired = Je sessie is voorbij. Vraag een nieuwe link.
error-origin-refused = De server antwoordt niet op dit adres.
error-right-missing = Je rollen laten dit niet toe.
error-conflict = Dit is intussen veranderd: kijk hoe het er nu voor staat en probeer opnieuw.
error-rate-limited = Te veel tegelijk. Wacht even.
limited-until = Meer wordt nu niet aanvaard. Het kan opnieuw vanaf { $time }.
refused-earlier = Wat je hier eerder had gedaan, is nu pas verstuurd en werd geweigerd: { $text }
error-feed-full = De server heeft het druk. Wijzigingen komen enkele seconden later.
error-token-unknown = Dit toegangstoken is niet bekend.
error-token-too_many = Je hebt al 20 toegangstokens. Trek er een in dat je niet meer gebruikt.
error-token-out_of_scope = Dit toegangstoken laat dat niet toe.
error-storage-full = De server heeft geen plaats meer: lezen kan, schrijven niet.
error-storage-failed = De server kon dit niet bewaren.
error-server-stopping = De server herstart. Probeer zo dadelijk opnieuw.
error-organisation-last_admin = Minstens één persoon moet het beheer houden.
error-invite-unknown = Deze link is niet bekend. Open de volledige link, of vraag een nieuwe.
error-invite-used = Deze link is al gebruikt. Vraag een nieuwe.
error-invite-expired = Deze link is te oud. Vraag een nieuwe.
error-invite-name_needed = Geef je naam en druk opnieuw.
error-member-unknown = Dit lid is niet bekend.
error-member-bad_state = De status van het lid laat dit niet toe.
error-class-unknown = Deze categorie van leden is niet bekend.
error-class-in_use = Er zitten leden in deze categorie.
error-proposal-unknown = Dit voorstel is niet bekend.
error-proposal-bad_state = De stand van het voorstel laat dit niet toe.
error-proposal-stale = De tekst is intussen gewijzigd. Laad opnieuw en bekijk hem eerst.
error-proposal-reason_needed = Deze stap vraagt een reden.
error-group-unknown = Deze groep is niet bekend.
error-group-bad_state = De toestand van de groep laat dit niet toe.
error-group-too_deep = Groepen gaan hoogstens vijf niveaus diep, en een groep is nooit deel van zichzelf.
error-group-full = Er is geen plaats meer.
error-group-too_many = Je hebt sinds gisteren tien groepen gestart. De begeleiding kan je helpen.
error-group-not_member = Deze persoon zit niet in de groep.
error-decision-unknown = Deze beslissing is niet bekend.
error-notification-unknown = Deze melding is er niet meer.
error-minutes-unknown = Deze vergadering heeft nog geen notulen die je mag lezen.
error-minutes-sealed = De notulen zijn verzegeld: er verandert niets meer aan.
error-minutes-stale = Het register zegt meer dan deze notulen: haal de feiten opnieuw op en verzegel dan.
error-minutes-tie_open = In deze vergadering moet de voorzitter nog beslissen bij staking van stemmen: verzegel de notulen daarna.
error-minutes-fact_altered = Wat uit het register komt, blijft zoals het is. Schrijf eromheen.
error-task-unknown = Deze taak is niet bekend.
error-task-bad_state = Iemand was sneller: de taak is gewijzigd.
error-task-several_names = Meerdere mensen heten zo. Kies iemand.
error-task-reason_needed = Deze stap vraagt een reden.
error-rule-unknown = Deze regel is niet meer bekend: kies een andere.
error-rule-bad_state = Deze regel is niet bevestigd, of niet meer in gebruik: kies een andere.
error-rule-full = Er zijn al 100 eigen regels: trek er eerst een in.
error-meeting-unknown = Deze vergadering is niet bekend.
error-meeting-bad_state = De vergadering staat intussen elders: dit kan nu niet. Kijk wat de pagina toont.
error-meeting-bad_agenda = Dit punt staat niet meer op de agenda, of op een plaats die niet kan.
error-meeting-full = Er zijn zoveel vergaderingen gepland als kan: beëindig of annuleer er eerst een.
error-meeting-below_quorum = Het quorum is niet bereikt.
error-attendance-bad_code = Dit is niet de code van deze vergadering. Kijk op het grote scherm, of vraag het aan het onthaal.
error-attendance-not_present = Dit geldt alleen voor wie aanwezig is; meld je eerst aan.
error-incident-twice = Je hebt dit al gemeld; het is genoteerd.
error-import-unreadable = Dit is niet te lezen als een tabel van mensen. De eerste regel noemt de kolommen.
error-poll-no_lot_left = Hiervoor is geen loting meer voorbereid: annuleer de stemming en stel de vraag in een nieuwe.
error-poll-unknown = Deze stemming is niet bekend.
error-poll-not_open = De stemming is nog niet open.
error-poll-closed = De stemming was gesloten voor het stembiljet aankwam. Het telt niet.
error-poll-bad_state = De stand van de stemming laat dit niet toe.
error-poll-bad_time = Deze datum past niet bij de stemming.
error-poll-wrong_definition = De definitie van de stemming is een andere.
error-poll-empty_roll = Niemand mag hierin stemmen.
error-poll-mode_unavailable = Geheime stemmingen zijn er nog niet: stem op papier.
error-poll-method_unavailable = Deze manier van tellen is er nog niet.
error-poll-too_few_for_confidential = Minder dan 5 stemmers: een vertrouwelijke stemming zou tonen wie wat stemde.
error-poll-no_extension = Hier wordt een stemming niet verlengd.
error-poll-extended_twice = Een stemming wordt hoogstens één keer verlengd.
error-poll-too_many_open = In deze vergadering staan al vijf stemmingen open.
error-poll-no_shares = De regel vraagt een quorum van aandelen, en niemand die mag stemmen heeft er: vul de aandelen in of kies een andere regel.
error-poll-shown = De uitslag is getoond: stel de vraag in een nieuwe stemming.
error-ballot-not_present = Deze stemming is voor wie aanwezig was bij de opening en dat nog is.
error-ballot-bad_signature = De handtekening van dit toestel klopte niet.
error-ballot-wrong_definition = Het stembiljet was voor een andere definitie van deze stemming.
error-ballot-not_on_roll = Je staat niet op de stemlijst.
error-ballot-wrong_weight = Je aantal stemmen is gewijzigd. Bekijk de stemming opnieuw.
error-ballot-stale_counter = Een ander toestel van jou stemde intussen. Bekijk het geregistreerde stembiljet voor je het wijzigt.
error-ballot-already_cast = Je hebt gestemd; stembiljetten van deze stemming kunnen niet gewijzigd worden.
error-ballot-unknown_history = De server kent het register niet dat dit toestel zag.
error-ballot-bad_choice = Deze keuze wordt niet aangeboden.
error-key-unknown = Dit toestel staat nog niet in het register. Voeg het toe en stem opnieuw.
error-key-revoked = De sleutel van dit toestel is ingetrokken. Voeg dit toestel opnieuw toe en stem.
error-key-twice = Deze sleutel staat of stond al in het register.
error-key-bad_proof = Het toestel kon zijn sleutel niet bewijzen.
diff-added = [toegevoegd:
diff-removed = [verwijderd:
diff-end = ]
find-member = Zoeken op naam
member-number = lid nr. { $number }
find-member-list = Gevonden mensen
find-member-found = { $count ->
    [0] Niemand met die naam.
    [one] 1 persoon gevonden
   *[other] { $count } personen gevonden
 }
record-for = Voor iemand noteren
record-for-label = Voor wie
record-for-hint = Iemand zonder toestel, die het je vraagt. Iedereen ziet dat jij het noteerde.

## Ways to everything else

more-decisions = Wat beslist is, met nummers
more-members = Wie er bij de organisatie hoort
more-groups = Wie waaraan werkt
more-me = Mijn profiel, toestellen en ontwerpen
more-settings = Van de organisatie
