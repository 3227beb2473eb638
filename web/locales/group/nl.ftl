groups-title = Werkgroepen
groups-lead = Een werkgroep brengt leden samen rond een onderwerp. Iedereen leest wat ze doet, haar leden schrijven en stemmen.
groups-none = Er is nog geen werkgroep. Elk lid kan er een beginnen.
groups-with-archived =
    { $count ->
      [one] Toon ook de gearchiveerde werkgroep
     *[other] Toon ook de { $count } gearchiveerde werkgroepen
    }
group-start = Een werkgroep beginnen
group-start-lead = Een naam volstaat. Je wordt lid en coördineert; anderen kunnen meteen meedoen.
group-started = De werkgroep is begonnen.
group-undo-reason = Bij vergissing begonnen
group-name-label = Naam van de werkgroep
group-name-missing = Geef de werkgroep een naam.
group-purpose-label = Waarvoor dient ze?
group-purpose-hint = Een of twee zinnen. Je kunt het later schrijven.
group-parent-label = Deel van
group-parent-hint = Leden van een subgroep stemmen alleen mee in de groep erboven als de stemming dat zegt.
group-parent-none = Geen andere werkgroep
group-save = Bewaren
group-saved = Bewaard.
group-count =
    { $count ->
      [one] { $count } lid
     *[other] { $count } leden
    }
group-members =
    { $count ->
      [0] Leden
      [one] { $count } lid
     *[other] { $count } leden
    }
group-empty = Er zit nu niemand in deze werkgroep.
group-archived = Gearchiveerd
group-archived-because = Deze werkgroep is gearchiveerd:
group-join = Meedoen
group-joined = Je zit in de werkgroep { $name }.
group-leave = Uit de werkgroep gaan
group-left = Je bent uit de werkgroep { $name }.
group-coordinator = Coördineert
group-recorded-by = genoteerd door { $name }
group-roles = Rollen wijzigen
group-roles-close = Klaar
group-role-give = Coördinatie geven
group-role-take = Coördinatie afnemen
group-role-on = De coördinatie is gegeven.
group-role-off = De coördinatie is afgenomen.
group-asked = { $name } vraagt je in deze werkgroep.
group-answer-yes = Ja, ik doe mee
group-answer-no = Nee, dank je
group-asked-waiting = Wachten op een antwoord: { $names }
group-invite = Iemand vragen
group-invite-hint = De persoon zegt ja of nee.
group-invited = { $name } is gevraagd.
group-change = De werkgroep wijzigen
group-close = De werkgroep archiveren
group-close-question = Niemand kan nog meedoen of erin schrijven. Alles blijft leesbaar, en ze kan weer open.
group-close-reason = Waarom? Iedereen leest het.
group-closed = De werkgroep is gearchiveerd.
group-reopen = De werkgroep heropenen
group-below = Subgroepen
group-below-new = Een subgroep beginnen
group-no-purpose = Deze werkgroep heeft nog niet gezegd waarvoor ze dient.
group-no-proposals = Nog geen voorstellen in deze werkgroep.
group-propose = Voorstellen in deze werkgroep
group-polls = Stemmingen
group-no-polls = Nog geen stemming van deze werkgroep.
group-vote = Een stemming van de werkgroep voorbereiden
electorate-label = Wie mag stemmen
electorate-entitled = Alle leden met stemrecht
electorate-entitled-hint = Ook wie op pauze staat.
electorate-active = Alleen actieve leden
electorate-active-hint = Wie op pauze staat, doet aan deze peiling niet mee.
electorate-classes = Bepaalde categorieën
electorate-classes-hint = De leden van de gekozen categorieën.
electorate-group = Een werkgroep
electorate-group-hint = Haar leden, zoals ze bij de opening zijn.
electorate-nested = Ook de leden van haar subgroepen
electorate-present = Wie er is
electorate-present-hint = De leden die aanwezig zijn als de stemming opent: alleen zij staan op de stemlijst, en quorum en meerderheid tellen van hen.
electorate-same = Dezelfden als voordien
electorate-same-hint = De personen of groepen die de stemming noemde.
proposal-of-group = Dit voorstel hoort bij de werkgroep { $name }.
group-writes = Iedereen leest deze bespreking, de leden van de groep schrijven erin.
