# De woorden van de pagina van een stemming.

proposals-title = Voorstellen
proposal-number = Voorstel { NUMBER($number, useGrouping: 0) }
vote-title = Stemming
vote-number = Stemming { NUMBER($number, useGrouping: 0) }
choice-yes = Voor
choice-no = Tegen
choice-abstain = Onthouding
choice-blank = Blanco
your-answer = Je antwoord
sign-ballot = Ondertekenen en versturen
signing = Ondertekenen…
sign-hint = Je stembiljet wordt door dit toestel ondertekend. Je krijgt een ontvangstbewijs dat deze pagina nakijkt.
keep-ballot = Mijn stembiljet houden
change-vote = Mijn stembiljet wijzigen
mode-named = Stemming op naam: na het sluiten zien de stemmers wie wat stemde.
mode-confidential = Vertrouwelijke stemming: anderen zien de totalen en wie deelnam. Wie de server beheert, zou meer kunnen zien.
mode-short-named = Stemming op naam
mode-short-confidential = Vertrouwelijke stemming
body-members = Raadpleging van de leden. Wat onze statuten aan de algemene vergadering voorbehouden, vraagt een vergadering.
body-group = Stemming van een werkgroep: { $names }
closes-at = Sluit op { $date }
opens-at = Ze opent op { $date }.
opens-by-hand = Ze opent wanneer de begeleiding ze opent.
not-open-title = Deze stemming is nog niet open
not-eligible-title = Je stemt hier niet
not-eligible-not_opened = De stemming is nog niet open.
not-eligible-not_on_roll = Je naam staat niet op de stemlijst, die bij de opening werd vastgelegd. Je kunt stemmen in stemmingen die vanaf nu opengaan; vraag het aan de begeleiding als je denkt dat het een vergissing is.
not-eligible-observer = Waarnemers lezen mee en stemmen niet.
not-eligible-group = Deze stemming is van een werkgroep waar je niet in zit.
not-eligible-late = Je kwam erbij nadat deze stemming openging. Je stemt vanaf de volgende.
not-eligible-absent = Hier stem je als je als aanwezig telt.
absent-title = Zeg eerst dat je er bent
sent-title = Verstuurd. Wachten op het ontvangstbewijs…
unconfirmed-title = Nog niet bevestigd
unconfirmed-text = Je ondertekende stembiljet blijft op dit toestel en wordt verstuurd tot het aankomt. Stem niet opnieuw. Het telt alleen als het aankomt voor de stemming sluit.
recorded-title = Je stembiljet is geregistreerd en het ontvangstbewijs nagekeken.
recorded-at = Geregistreerd om { $time }
changed-at = Gewijzigd om { $time } (stembiljet { $count }). Alleen het laatste telt.
was-recorded = Je stembiljet werd geregistreerd op { $time }
receipt-entry = Plaats in het register
receipt-checked = Dit toestel heeft het nagekeken: je stembiljet staat in het register, onder het zegel dat het kent.
receipt-more = Het ontvangstbewijs bewaren
receipt-warning = Het bestand toont hoe je stemde: denk na voor je het deelt.
receipt-save = Het bestand bewaren
refused-title = Het stembiljet werd niet aanvaard
look-again = Terug naar de stemming
vote-alarm-title = Stem nog niet
cancelled-title = Deze stemming is geannuleerd
you-did-not-vote = Je hebt niet gestemd
vote-closed = De stemming is gesloten
turnout-title = Deelname
turnout-of = { $entitled ->
    [one] van 1 stemmer
   *[other] van { $entitled } stemmers
}
turnout-said = { $voted ->
    [one] { $voted } van { $entitled } heeft gestemd
   *[other] { $voted } van { $entitled } hebben gestemd
}
turnout-before = Gestemd:
turnout-nobody = stemmen: bij de opening was er nog niemand aanwezig
turnout-present = { $present ->
    [one] van 1 aanwezige bij de opening
   *[other] van de { $present } aanwezigen bij de opening
}
turnout-late = (aanwezig bij de opening: { $present })
result-hidden = Het resultaat blijft verborgen tot de stemming sluit.
rule-simple = Meer voor dan tegen.
rule-majority-votes = { $limit } van de stemmen.
rule-majority-present = { $limit } van de aanwezigen of vertegenwoordigden.
rule-majority-entitled = { $limit } van allen die mogen stemmen.
more-than = Meer dan { $amount }
at-least = Minstens { $amount }
rule-abstain-0 = Onthoudingen tellen niet mee.
rule-abstain-1 = Onthoudingen tellen mee in de basis.
rule-abstain-2 = Onthoudingen tellen als tegen.
rule-not-checked = Geen jurist heeft deze regel nagekeken: vergelijk ze met je statuten.
rule-no-quorum = Geen quorum.
rule-quorum-part = Quorum: { $limit } moet deelnemen.
rule-quorum-present = Quorum: { $limit } moet aanwezig of vertegenwoordigd zijn.
each-class-1 = Elke categorie moet het quorum halen.
each-class-2 = Elke categorie moet akkoord gaan.
weight-cap = Eén persoon telt hoogstens voor { $amount } van de uitgebrachte stemmen.
fraction-percent = { $percent } %
fraction-1-2 = de helft
fraction-2-3 = twee derde
fraction-3-4 = drie vierde
fraction-4-5 = vier vijfde
fraction-1-3 = een derde
fraction-1-4 = een vierde
fraction-1-5 = een vijfde
fraction-1-10 = een tiende
fraction-1-20 = een twintigste
vote-in-meeting = De vergadering
