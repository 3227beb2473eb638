# De woorden van andere stembiljetten dan voor of tegen.

your-reason = Je reden
said-colon = :
rank = { $rank }.
instead = Of anders
choice-consent = Instemming
choice-consent-hint = Ik sta erachter, of ik kan ermee leven.
choice-concern = Instemming met een bedenking
choice-concern-hint = Het mag doorgaan; dit moeten we in het oog houden.
choice-objection = Bezwaar
choice-objection-hint = Dit zou ons gezamenlijke doel schaden, en ik zeg waarom.
choice-aside = Zich niet uitspreken
choice-aside-hint = Geen instemming en geen bezwaar.
objection-reason = Waarom zou dit ons gezamenlijke doel schaden?
concern-reason = Je bedenking, als je ze wilt zeggen
reason-signed = Deze tekst wordt ondertekend en bij je stembiljet bewaard.
objection-seen-1 = Wie mag stemmen, wie de tekst schreef en de begeleiding lezen een bezwaar meteen, met je naam, en kunnen erop antwoorden.
objection-seen-2 = Wie mag stemmen, wie de tekst schreef en de begeleiding lezen een bezwaar meteen, zonder je naam, en kunnen erop antwoorden.
explain-consent = Het voorstel wordt aangenomen als er geen bezwaar overblijft. Een bezwaar vraagt een reden.
explain-one = Kies één optie.
explain-several-any = Vink alle opties aan die je aanvaardt.
explain-several-most = { $count ->
    [one] Vink één optie aan.
   *[other] Vink de opties aan die je aanvaardt: hoogstens { $count }.
}
explain-several-between = Vink { $min } tot { $max } opties aan.
explain-several-exactly = { $count ->
    [one] Vink één optie aan.
   *[other] Vink precies { $count } opties aan.
}
explain-score = Geef elke optie een cijfer van 0 (slechtst) tot { $most } (best). Een optie zonder cijfer krijgt niets.
explain-grades = Geef elke optie een beoordeling. De middelste beoordeling beslist. Een optie zonder beoordeling telt niet mee.
explain-grades-worst = Geef elke optie een beoordeling. De middelste beoordeling beslist. Een optie zonder beoordeling telt als “{ $worst }”.
explain-points = Verdeel tot { $points } punten over de opties.
explain-cap = Eén optie krijgt er hoogstens { $cap }.
explain-all-points = Alle punten moeten verdeeld worden.
explain-ranks = Voeg de opties toe in de volgorde van je voorkeur, de beste eerst. Verplaats ze daarna met de pijlen, door ze te slepen, of met het toetsenbord: Enter neemt een regel vast, de pijltjes verplaatsen hem, Enter legt hem neer.
explain-ranks-any = Je hoeft ze niet allemaal te rangschikken.
explain-ranks-most = { $count ->
    [one] Rangschik er één.
   *[other] Rangschik er hoogstens { $count }.
}
explain-ranks-between = Rangschik er { $min } tot { $max }.
explain-ranks-exactly = { $count ->
    [one] Rangschik er één.
   *[other] Rangschik er precies { $count }.
}
explain-equal = De knop = geeft twee opties dezelfde rang.
problem-none = Er is nog niets gekozen.
problem-few = { $count ->
    [one] Je koos 1 optie; er zijn er minstens { $min } nodig.
   *[other] Je koos { $count } opties; er zijn er minstens { $min } nodig.
}
problem-many = Je koos { $count } opties; hoogstens { $max }: neem er weg.
problem-reason = Een bezwaar vraagt een reden: schrijf ze eerst op.
problem-grades = Beoordeel minstens één optie.
problem-score = Cijfers gaan van 0 tot { $most }.
problem-points = Geef minstens één punt.
problem-cap = { $label } heeft meer dan { $cap } punten, en dat mag niet.
problem-spent = Je gaf { $spent } punten; er zijn er { $points }.
problem-left = { $count ->
    [one] Er is nog 1 punt te geven.
   *[other] Er zijn nog { $count } punten te geven.
}
chosen-of-most = { $count } gekozen, hoogstens { $max }
chosen-count = { $count } gekozen
grade-none = Geen oordeel
score-none = Geen cijfer
score-for = Cijfer voor { $label }
points-given = { $points ->
    [one] 1 punt
   *[other] { $points } punten
}
points-left = { $left ->
    [one] Nog 1 van { $points } punten over
   *[other] Nog { $left } van { $points } punten over
}
points-over = { $count ->
    [one] 1 punt te veel
   *[other] { $count } punten te veel
}
one-less = Een punt minder voor { $label }
one-more = Een punt meer voor { $label }
ranked-title = Je rangschikking
ranked-none = Tik eerst op de optie die je verkiest.
unranked-title = Niet gerangschikt
rank-handle = { $label } verplaatsen, rang { $rank }
rank-up = { $label } hoger zetten
rank-down = { $label } lager zetten
rank-remove = { $label } uit de rangschikking halen
rank-tie = { $label }: dezelfde rang als de regel ervoor
rank-place = { $label }: rang { $rank } van { $count }
rank-held = { $place }, vastgenomen. Pijltjes verplaatsen, Enter legt neer, Escape zet terug.
rank-dropped = { $place }, neergelegd.
rank-back = { $label } staat weer op zijn plaats.
rank-removed = { $label } is niet meer gerangschikt.
planned-title = Wat is voorbereid
planned-marks = Op een stembiljet: minstens { $min }, hoogstens { $max }.
method-how-1 = Voor of tegen.
method-how-2 = Aangenomen als er geen bezwaar overblijft.
method-how-3 = { $seats ->
    [one] De optie met de meeste stemmen wint.
   *[other] De { $seats } opties met de meeste stemmen winnen.
}
method-how-4 = { $seats ->
    [one] De optie die de meeste stemmers aanvaarden, wint.
   *[other] De { $seats } opties die de meeste stemmers aanvaarden, winnen.
}
method-how-5 = { $seats ->
    [one] De hoogste score wint.
   *[other] De { $seats } hoogste scores winnen.
}
method-how-6 = { $seats ->
    [one] De optie met de meeste punten wint.
   *[other] De { $seats } opties met de meeste punten winnen.
}
method-how-7 = { $seats ->
    [one] Meerderheidsoordeel: de beste middelste beoordeling wint.
   *[other] Meerderheidsoordeel: de { $seats } beste middelste beoordelingen winnen.
}
method-how-8 = Rangschikking met eliminatie: de minst gekozen optie valt af, haar stembiljetten gaan naar de volgende keuze, tot er één meer dan de helft heeft.
method-how-9 = Rangschikking met duels: elke optie wordt met elke andere vergeleken.
method-how-10 = Rangschikking met duels, van de duidelijkste tot de krapste.
method-how-11 = Rangschikking met punten: de eerste rang telt het meest.
method-how-12 = { $seats ->
    [one] Evenredige rangschikking: één plaats.
   *[other] Evenredige rangschikking: { $seats } plaatsen verdeeld over de strekkingen.
}
method-how-13 = { $seats ->
    [one] Evenredige rangschikking: één plaats.
   *[other] Evenredige rangschikking: { $seats } plaatsen verdeeld over de strekkingen.
}
method-how-14 = De meest gekozen projecten, zolang het budget reikt.
method-how-15 = Budget met gelijke delen: elke stemmer heeft hetzelfde deel.
method-how-16 = Budget met gelijke delen: elke stemmer heeft hetzelfde deel.
method-how-17 = Budget met gelijke delen: elke stemmer heeft hetzelfde deel.
method-how-18 = Evenredige keuze van { $seats } opties.
method-how-19 = Evenredige keuze van { $seats } opties.
method-how-20 = Evenredige keuze van { $seats } opties.
tie-ends-1 = Bij staking van stemmen blijft de plaats open.
tie-ends-2 = Bij staking van stemmen beslist de voorzitter.
tie-ends-3 = Bij staking van stemmen beslist het lot; iedereen kan de loting overdoen.
tie-ends-4 = Een staking van stemmen wordt vastgesteld en blijft open.
