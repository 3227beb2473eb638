# Leden: lijst, profiel, uitnodigingen, vertrek.
handover-title = Toegangslink voor
handover-hint = Te scannen met de telefoon van die persoon. De link werkt één keer; op hun pagina staat dat jij hem maakte.
handover-print = Afdrukken (A6)
sheet-how = Scan de code of typ het adres over, kies je taal, druk op Binnengaan.
sheet-once = Persoonlijk. Deze link werkt één keer.
members-search-name = Een naam zoeken
members-any-class = Alle categorieën
members-any-tie = Alle banden
members-any-status = Elke status
members-status-active = Actief
members-status-dormant = Op pauze
members-status-invited = Uitgenodigd
members-status-left = Oud-leden
members-status-external = Geïmporteerde auteurs
members-status-none = Zonder meter of peter
members-none = Niemand beantwoordt hieraan.
members-all = Alle leden tonen
members-some = De eerste { $count }
members-more = Meer tonen
member-skills = Kan
member-needs = Zoekt
member-sponsor = Meter of peter
member-sponsors = Meter of peter van
member-since = Lid sinds
member-until = Vertrokken op
member-representative = Vertegenwoordiger
representative-hint = Wie voor deze organisatie optreedt; die naam staat overal na de naam van de organisatie.
sponsor-hint = Iemand aan wie een nieuw lid alles kan vragen. Die persoon krijgt bericht.
sponsor-none = nog niemand
sponsor-choose = Kiezen
sponsor-other = Wijzigen
sponsor-nobody = Niemand meer
invite-list = Uitnodigen vanuit een lijst
profile-edit = Mijn profiel wijzigen
profile-name = Naam
profile-introduction = Wie ik ben
profile-introduction-hint = Enkele zinnen, door alle leden te lezen.
profile-words-hint = Scheid met komma’s, hoogstens twintig. Leden vinden deze woorden in de ledenlijst.
profile-email = E-mailadres
profile-email-hint = Zichtbaar voor het beheer van de ruimte en het secretariaat; voor andere leden als je het vakje aanvinkt.
profile-shows-email = Mijn adres aan leden tonen
member-history = Geschiedenis
step-invited = Uitgenodigd
step-joined = Aangekomen
step-given = Krijgt: { $roles }
step-taken = Niet meer: { $roles }
step-class = Categorie: { $name }
step-paused-by-time = Op pauze, zonder activiteit
step-status-active = Weer actief
step-status-dormant = Op pauze
step-status-left = Vertrokken
step-status-invited = Opnieuw uitgenodigd
member-proposals = Voorstellen
member-tasks = Taken
member-task-taken = opgenomen
member-task-done = gedaan
member-manage = Beheren
roles-hint = Wie een rol geeft of wegneemt staat in de geschiedenis. Minstens één persoon houdt het beheer van de ruimte.
role-given = Rol gegeven: { $role }
role-taken = Rol weggenomen: { $role }
member-reason = Reden (niet verplicht)
class-hint = De categorie beslist over het stemrecht; een open stemming verandert er niet door.
member-shares = Aandelen
member-weight = Aantal stemmen
ties-label = Banden
ties-hint = Wat de persoon met de organisatie verbindt; het beslist over geen stem.
their-devices = Toestellen
their-device-ask = Deze sleutel namens de organisatie intrekken? Die persoon leest de reden.
their-device-note = Reden
pause-start = Op pauze zetten
pause-end = Hervatten
pause-done = Op pauze
pause-ended = De pauze is voorbij
pause-now = Op pauze: geen herinneringen, geen verwachte taken. Alle rechten blijven, en handelen beëindigt de pauze.
pause-hint = Op pauze krijg je geen herinneringen. Je stem, je aandelen en het quorum blijven wat ze zijn.
member-leaves = Deze persoon verlaat de organisatie
me-devices = Mijn toestellen
me-devices-hint = Wat voor mij tekent, links voor mij, weergave
me-notifications = Mijn meldingen
me-notifications-hint = Wat mij aangaat, en wat ik wil weten
me-drafts = Mijn ontwerpen
me-drafts-hint = Wat je begon en niet verstuurde; alleen jij leest het. Een reactie wacht onder datgene waarover ze gaat.
me-leave = De organisatie verlaten
leave-title = Vertrek van { $name }
leave-what = Wat er gebeurt
leave-fact-entry = De toegang sluit: sessies, links en sleutels van toestellen.
leave-fact-record = Teksten, stemmen en de naam blijven in het register.
leave-fact-roles = Rollen werken niet meer; latere stemmingen tellen deze persoon niet mee.
leave-fact-back = Met een nieuwe link kan men terugkomen.
leave-tasks = Wie neemt de taken over?
leave-becomes-free = Deze taak wordt weer vrij.
leave-who = Aan iemand vragen
leave-asks = Gevraagd wordt
leave-free = Vrij laten
leave-goodbye = Een afscheid (niet verplicht)
leave-goodbye-hint = Het blijft op de ledenpagina staan.
leave-confirm-own = De organisatie verlaten
leave-confirm = Dit vertrek vastleggen
list-title = Uitnodigen vanuit een lijst
list-lead = Kies of plak een lijst (CSV, in UTF-8). Je ziet regel per regel wat er gebeurt, voor iemand wordt uitgenodigd.
list-columns = De eerste regel noemt de kolommen, in om het even welke volgorde: naam, voornaam, e-mail, taal, categorie, aandelen, stemmen, banden, rollen, vertegenwoordiger. Meerdere banden of rollen: scheid met |.
list-file = Bestand
list-too-big = Meer dan 16 MiB: splits de lijst.
list-paste = Of hier plakken
list-class = Categorie als de regel er geen noemt
list-class-hint = Ze beslist over het stemrecht.
list-class-none = Geen: elke regel moet het zeggen
list-look = De lijst nakijken
list-looking = Bezig met nakijken
list-found = Wat de lijst zegt
list-counted-new = uit te nodigen
list-counted-known = al bekend
list-counted-differs = bekend, met een verschil
list-counted-wrong = te verbeteren
list-state-new = Nieuw
list-state-known = Bekend
list-state-differs = Bekend, anders
list-state-wrong = Te verbeteren
list-unknown = Niet gebruikte kolommen: { $names }
list-nobody = Zolang er iets te verbeteren is, wordt niemand uitgenodigd. Verbeter de lijst en kijk ze opnieuw na.
list-all-known = Iedereen is al bekend.
list-line = Regel
list-who = Wie
list-what = Wat er gebeurt
list-place = regel { $line }, teken { $at }
list-now = nu { $value }, blijft zo
list-other = hier anders, blijft zo
list-column-name = naam
list-column-first-name = voornaam
list-column-email = e-mail
list-column-language = taal
list-column-class = categorie
list-column-shares = aandelen
list-column-weight = stemmen
list-column-ties = banden
list-column-roles = rollen
list-column-representative = vertegenwoordiger
list-error-formula = een rekenblad zou er een formule in zien
list-error-bad-text = tekens die geen tekst zijn
list-error-too-long = te lang
list-error-bad-email = geen e-mailadres
list-error-bad-language = onbekende taal: fr, nl, en
list-error-bad-class = deze categorie bestaat niet
list-error-no-class = geen categorie
list-error-bad-number = geen geheel getal, of buiten de grenzen
list-error-bad-role = deze rol bestaat niet
list-error-no-right = alleen het beheer van de ruimte geeft dit
list-error-nobody = naam noch adres
list-error-too-many-cells = meer cellen dan kolommen
list-error-too-few-cells = minder cellen dan kolommen
list-error-twice = dezelfde persoon als op regel { $value }
list-fault-utf8 = het bestand is niet in UTF-8. In je rekenblad: opslaan als, CSV UTF-8.
list-fault-nul = een nulteken; dit is geen tekstbestand
list-fault-quote = hier opent een aanhalingsteken dat niet sluit
list-fault-after-quote = na het sluitende aanhalingsteken hoort een scheidingsteken of het einde van de regel
list-fault-inner-quote = een aanhalingsteken midden in een cel: zet de hele cel tussen aanhalingstekens
list-fault-cr = een los regeleinde
list-fault-cell = een cel van meer dan 4.096 bytes
list-fault-cells = meer dan 256 kolommen
list-fault-row = een te lange regel
list-fault-empty = er is niets te lezen
list-fault-bytes = het bestand is te groot
list-fault-headings = geen kolom heet “naam” of “e-mail”
list-progress = Uitnodigingen
list-making = { $done } van { $total } uitgenodigd
list-keep = De links worden niet meer getoond: druk ze nu af of download ze, en geef ieder de zijne.
list-print = De codes afdrukken
list-download = Namen en links downloaden
join-expected = Wat van elk lid verwacht wordt
join-sponsor = Je meter of peter, aan wie je alles kan vragen:
join-ask = Een vraag? Vraag het aan
join-hello = Dag
join-again = Met deze link kom je binnen op dit toestel.
join-sentence = Jij in één zin (niet verplicht)
join-sentence-hint = Leden lezen die bij je aankomst
link-used = gebruikt
link-unused = nog niet gebruikt
devices-page = Mijn toestellen en links
list-invite =
    { $count ->
        [one] { $count } persoon uitnodigen
       *[other] { $count } personen uitnodigen
    }
list-made =
    { $count ->
        [one] { $count } persoon is uitgenodigd
       *[other] { $count } personen zijn uitgenodigd
    }
members-any-group = Alle groepen
member-groups = Werkgroepen
erase-link = Deze persoon wissen…
erase-title = { $name } wissen
erase-goes = Wat verdwijnt, voorgoed
erase-goes-always = De naam, het adres en het profiel, de geschiedenis van de status, de redenen van meldingen, toegang, kladjes en meldingen. Ook meldingen van anderen die erover gaan.
erase-texts = Ook wat die persoon schreef: voorstellen, reacties, taken, bestanden, redenen bij stembiljetten
erase-count-profile =
    { $count ->
        [one] { $count } vermelding in het profiel en de geschiedenis ervan
       *[other] { $count } vermeldingen in het profiel en de geschiedenis ervan
    }
erase-count-texts =
    { $count ->
        [one] { $count } tekst
       *[other] { $count } teksten
    }
erase-count-files =
    { $count ->
        [one] { $count } bestand
       *[other] { $count } bestanden
    }
erase-count-notes =
    { $count ->
        [one] { $count } reden bij een stembiljet
       *[other] { $count } redenen bij een stembiljet
    }
erase-count-named =
    { $count ->
        [one] { $count } tekst van iemand anders bevat de naam: die blijft, je krijgt de lijst
       *[other] { $count } teksten van anderen bevatten de naam: die blijven, je krijgt de lijst
    }
erase-stays = Wat blijft
erase-stays-what = De stembiljetten, zonder naam, zodat elke uitslag opnieuw geteld kan worden; de beslissingen; de vragen van stemmingen; teksten van anderen. Waar woorden gewist zijn, staat […].
erase-go-on = Verder
erase-last = Niets kan worden hersteld
erase-reason = Waarom? Dit blijft in het register.
erase-reason-asked = De persoon heeft het gevraagd
erase-reason-retention = De bewaartermijn is voorbij
erase-reason-authority = Een overheid heeft het bevolen
erase-reason-moderation = Moderatie
erase-word-to-type = wissen
erase-type = Typ “{ $text }” om te bevestigen
erase-busy = Het wissen is bezig: dit kan enkele seconden duren.
erase-for-ever = Voorgoed wissen
erased-with-texts = De persoon en de teksten zijn gewist
erased-without = De persoon is gewist; de teksten blijven
erase-complete = Het is ook gebeurd in het bestand van de server.
erase-pending = Het bestand van de server bevat de oude tekst nog: het wordt herschreven bij de volgende start. Spreek de beheerder aan.
erase-named-title = Teksten van anderen
erase-named-hint = De naam komt erin voor. Het zijn woorden van anderen: er wordt niets aan veranderd. Je kunt hen aanspreken.
erase-named-none = Geen.
erase-whole = de volledige naam
erase-word = een deel van de naam
erase-done = Dit is in orde
erase-not-done = Nog niet in orde
erase-done-by = In orde gebracht door
erase-kind-proposal = Voorstel
erase-kind-poll = Stemming
erase-kind-decision = Beslissing
erase-kind-task = Taak
erase-kind-meeting = Vergadering
erase-kind-minutes = Notulen van vergadering
erase-kind-group = Groep
erase-kind-file = Bestand
erase-kind-comment = Reactie
tokens-title = Toegangstokens
tokens-lead = Een script van jou kan een token gebruiken in plaats van je sessie: om een kopie te bewaren, om taken voor te bereiden. Het handelt in jouw naam.
tokens-of-lead = Een token handelt in naam van dit lid, in een script van dat lid. Het lid kan het intrekken; de administratie ook, als het verloren is gegaan.
token-scope-read = Lezen wat ik mag lezen
token-scope-write = Schrijven in mijn naam
token-scope-of-read = Lezen
token-scope-of-write = Schrijven in naam van dit lid
token-name = Waarvoor het dient
token-name-hint = Bijvoorbeeld: elke nacht een kopie van onze teksten
token-may = Het mag
token-never = Het stemt of ondertekent nooit, opent geen account en maakt geen ander token.
token-days = Het blijft geldig
token-days-count =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagen
    }
token-create = Een token maken
token-shown = Je token
token-shown-hint = Kopieer het nu: het wordt maar één keer getoond. Wie het heeft, kan in jouw naam handelen.
token-copy = Het token kopiëren
token-kept = Ik heb het bewaard
token-ends = Tot
token-used = laatst gebruikt
token-unused = nog niet gebruikt
token-revoke = Intrekken
token-revoke-ask = Dit token intrekken? Wat het gebruikt, stopt meteen.
token-revoke-of-ask = Dit token intrekken? Wat het gebruikt, stopt meteen, en dat is niet ongedaan te maken: dit lid moet dan een ander token maken.
token-revoked = Het token is ingetrokken.
