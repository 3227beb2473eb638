settings-title = Instellingen
settings-lead = Hoe de organisatie standaard werkt. Elke wijziging geldt meteen, staat in het register en kan ongedaan gemaakt worden.
settings-read-only = Alleen wie de ruimte beheert, wijzigt deze instellingen; alle leden kunnen ze lezen.
settings-organisation = De organisatie
settings-proposals = Voorstellen
settings-votes = Stemmingen en beslissingen
settings-members = Leden
settings-sessions = Aanmeldingen
settings-others = Andere instellingen
settings-history = Laatste wijzigingen
settings-history-none = Er is nog niets gewijzigd.
setting-changed = Gewijzigd: { $name }
setting-default = Standaard: { $value }
setting-to-default = Terug naar de standaardwaarde
setting-put-back = Terugzetten zoals voorheen
setting-save = De lijst bewaren
setting-bounds = Tussen { $min } en { $max }
setting-on = Ja
setting-off = Nee
unit-days =
    { $count ->
      [one] { $value } dag
     *[other] { $value } dagen
    }
unit-hours =
    { $count ->
      [one] { $value } uur
     *[other] { $value } uur
    }
unit-minutes =
    { $count ->
      [one] { $value } minuut
     *[other] { $value } minuten
    }
unit-months =
    { $count ->
      [one] { $value } maand
     *[other] { $value } maanden
    }
unit-weeks =
    { $count ->
      [one] { $value } week
     *[other] { $value } weken
    }
unit-hour = { $value } uur
unit-percent = { $value } %
unit-name-days =
    { $count ->
      [one] dag
     *[other] dagen
    }
unit-name-hours =
    { $count ->
      [one] uur
     *[other] uur
    }
unit-name-minutes =
    { $count ->
      [one] minuut
     *[other] minuten
    }
unit-name-months =
    { $count ->
      [one] maand
     *[other] maanden
    }
unit-name-weeks =
    { $count ->
      [one] week
     *[other] weken
    }
unit-name-hour = uur
unit-name-percent = %
setting-name = Naam
setting-name-hint = Die staat bovenaan de pagina’s en in de documenten van de organisatie.
setting-names = De naam in elke taal
setting-names-hint = Iedereen leest de naam in de eigen taal.
setting-languages = Talen
setting-languages-hint = De vraag van een stemming wordt in elk van deze talen geschreven.
setting-legal_form = Rechtsvorm
setting-legal_form-hint = Die wordt getoond bij de organisatie en in haar exports.
setting-time_zone = Tijdzone
setting-time_zone-hint = Het sluitingsuur van stemmingen volgt ze meteen; het jaar van beslissingen en andere data die de server berekent, pas na een herstart.
setting-expectations = Wat de organisatie van haar leden verwacht
setting-expectations-hint = Wordt getoond aan wie lid wordt. Hoogstens vijf regels in elke taal.
setting-classes = Categorieën van leden
setting-classes-hint = Elk lid zit in één categorie, die zegt of die persoon stemt. Een categorie met leden kan niet weg.
class-votes = Heeft stemrecht
line-add-classes = Een categorie toevoegen
setting-themes = Thema’s
setting-themes-hint = Ze ordenen de voorstellen, in deze volgorde. Een thema dat niet meer gebruikt wordt, blijft op wat het draagt en wordt niet meer aangeboden.
line-add-themes = Een thema toevoegen
theme-retired = Niet meer gebruikt
line-up = “{ $name }” naar boven
line-down = “{ $name }” naar onder
line-remove = Weghalen
setting-support = Nodige steun
setting-support-hint = Met zoveel steun komt een idee vanzelf in bespreking.
setting-support-at_least = Minstens
setting-support-percent = Of dit deel van de actieve leden, in %
setting-support-at_most = Hoogstens
setting-support-now = Nu: { $count } keer steun.
setting-support-default = minstens 3, of 5 % van de actieve leden, hoogstens 15
setting-answer_owed_days = Termijn om te antwoorden op een klaar voorstel
setting-answer_owed_days-hint = Binnen die termijn krijgt een klaar voorstel een stemming of een geschreven antwoord; daarna wordt het als te laat aangeduid.
setting-silent_days = Stilte van de indieners
setting-silent_days-hint = Na zoveel tijd zonder nieuws van de indieners kan wie begeleidt het voorstel in hun plaats verder helpen.
setting-vote_days = Duur van een stemming
setting-vote_days-hint = Het formulier van een nieuwe stemming stelt een sluiting na zoveel dagen voor.
setting-vote_close_hour = Sluitingsuur
setting-vote_close_hour-hint = Het formulier stelt dit uur voor, in de tijdzone van de organisatie.
setting-vote_extension = Een stemming verlengen
setting-vote_extension-hint = Een open stemming kan verlengd worden, één keer en met een reden.
setting-vote_revote = Het stembiljet wijzigen
setting-vote_revote-hint = In een nieuwe stemming kan iedereen het stembiljet wijzigen tot de sluiting, tenzij het formulier iets anders zegt.
setting-vote_show_live = Tussentijds resultaat
setting-vote_show_live-hint = Een nieuwe stemming op naam toont de cijfers terwijl er gestemd wordt, tenzij het formulier iets anders zegt.
setting-vote_majority = Meerderheid
setting-vote_majority-hint = Hoeveel ja er nodig is, onder ja en nee, om een nieuwe beslissing aan te nemen.
setting-vote_majority-simple = Meer ja dan nee
setting-vote_majority-two_thirds = Minstens twee derde ja
setting-vote_majority-three_quarters = Minstens drie kwart ja
setting-vote_majority-four_fifths = Minstens vier vijfde ja
setting-vote_abstain = Onthoudingen
setting-vote_abstain-hint = Hoe een onthouding telt in een nieuwe beslissing.
setting-vote_abstain-out = Tellen niet mee
setting-vote_abstain-base = Tellen mee in het totaal
setting-vote_abstain-no = Tellen als nee
setting-vote_quorum_percent = Deelnamequorum
setting-vote_quorum_percent-hint = Het deel van wie mag stemmen dat moet stemmen opdat een nieuwe beslissing geldt; 0: geen quorum.
setting-review_months = Beslissingen herbekijken
setting-review_months-hint = Een nieuwe beslissing krijgt een datum om ze te herbekijken na zoveel maanden.
setting-newcomer_weeks = Onthaal van nieuwe leden
setting-newcomer_weeks-hint = De startpagina stelt een nieuw lid zoveel weken voor; 0: helemaal niet.
setting-link_days = Geldigheid van een uitnodigingslink
setting-link_days-hint = Een link om lid te worden werkt één keer, gedurende zoveel dagen.
setting-session_idle_days = Afmelden zonder activiteit
setting-session_idle_days-hint = Een toestel dat zo lang niet gebruikt wordt, moet met een nieuwe link aangemeld worden.
setting-session_days = Langste duur van een aanmelding
setting-session_days-hint = Na die tijd moet een toestel opnieuw aangemeld worden, ook als het elke dag gebruikt wordt.
legal-form-sc = Coöperatieve vennootschap (CV)
legal-form-asbl = Vereniging zonder winstoogmerk (vzw)
legal-form-aisbl = Internationale vereniging (ivzw)
legal-form-de-facto = Feitelijke vereniging
legal-form-scop = Franse werknemerscoöperatie (SCOP)
legal-form-scic = Franse coöperatie van collectief belang (SCIC)
legal-form-loi1901 = Franse vereniging (wet van 1901)
legal-form-other = Andere vorm
setting-dormant_after_days = Op pauze na
setting-dormant_after_days-hint = Dagen zonder enige handeling waarna een lid vanzelf op pauze gaat; handelen beëindigt de pauze. Het raakt geen stem en geen quorum. 0: nooit.
settings-rules = Regels van stemmingen
settings-rules-lead = Wat een stemming vraagt, onder een naam. Kopieer een kant-en-klare regel, pas hem aan je statuten aan en bevestig hem met hun artikel.
settings-rules-none = De organisatie heeft nog geen eigen regel.
rule-unchecked = Niet nagekeken door een jurist: vergelijk met je statuten.
rule-checked = Vergeleken met de statuten, { $article }:
rule-copy-from = Kant-en-klare regels
rule-copy-hint = Lezingen van de wet en van gangbare statuten, die de jouwe kunnen wijzigen.
rule-choose = Kies er een om te lezen
rule-copy = Deze regel kopiëren
rule-stands-in = Hij staat in: { $article }
rule-saved = De regel is bewaard
rule-adapt = Aanpassen
rule-confirm = Bevestigen
rule-confirm-question = Je bevestigt dat je statuten precies dit vragen. Stemmingen met deze regel zeggen dan niet meer dat hij niet nagekeken is.
rule-confirmed-now = De regel is bevestigd
rule-unconfirm = De bevestiging intrekken
rule-article = Artikel van je statuten
rule-article-hint = Bijvoorbeeld: art. 24, tweede lid
rule-retire = Niet meer aanbieden
rule-retired = niet meer aangeboden
rule-retired-now = De regel wordt niet meer aangeboden
rule-again = Opnieuw aanbieden
rule-title = Naam van de regel
rule-majority = Meerderheid
rule-fraction-none = Geen
rule-fraction-simple = Meer dan de helft
rule-fraction-half = Minstens de helft
rule-fraction-third = Minstens een derde
rule-fraction-two_thirds = Minstens twee derde
rule-fraction-three_quarters = Minstens drie vierde
rule-fraction-four_fifths = Minstens vier vijfde
rule-fraction-other = Een andere breuk
rule-num = Zoveel
rule-den = van
rule-strict = Precies dat aantal
rule-strict-false = volstaat
rule-strict-true = volstaat niet
rule-base = Berekend op
rule-base-votes = Voor en tegen
rule-base-present = Alle aanwezige of vertegenwoordigde stemmen (vraagt een vergadering)
rule-base-entitled = Alle stemmen op de stemlijst
rule-abstain = Onthoudingen
rule-blank = Blanco stembiljetten
rule-void = Ongeldige stembiljetten
rule-quorum = Aanwezigheidsquorum
rule-of = Wie meetelt voor het quorum
rule-of-part = Wie stemt
rule-of-present = Wie aanwezig of vertegenwoordigd is (vraagt een vergadering)
rule-unit = Geteld in
rule-unit-heads = Personen
rule-unit-weight = Stemmen
rule-unit-shares = Aandelen
rule-classes = Ook in elke categorie van leden
rule-classes-hint = Een categorie waarin niemand mag stemmen, wordt niet gevraagd.
rule-class-quorum = Elke categorie moet het quorum halen
rule-class-majority = Elke categorie moet akkoord gaan
rule-cap = De meeste stemmen die één persoon mag uitbrengen, in % van de uitgebrachte (0: geen grens)
rule-proxies = Volmachten die één persoon mag houden (0: geen)
rule-tie = Staking van stemmen
rule-tie-not_adopted = is niet aangenomen
rule-tie-chair = wordt beslist door de voorzitter van de vergadering
rule-tie-lot = wordt door het lot bepaald
rule-tie-reported = blijft open
rule-second-call = Een tweede oproeping beslist ongeacht het aantal aanwezigen
rule-gap = Dagen voor de tweede oproeping, minstens
rule-confidential = Over personen: vertrouwelijk tenzij anders gezegd
rule-save = De regel bewaren
