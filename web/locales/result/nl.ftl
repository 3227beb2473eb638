# De woorden van uitslagen: hoe een stemming geteld werd.

winners-title = { $count ->
    [one] Gekozen
   *[other] Gekozen, in volgorde
}
no-winner = Geen enkele optie wint.
is-winner = gekozen
is-not = —
as-table = Als tabel en als bestand
result-file = stemming-{ NUMBER($number, useGrouping: 0) }
result-csv = Tabel (CSV)
result-json = Gegevens (JSON)
table-scores = Stemmen per optie
table-grades = Beoordelingen per optie
table-stages = De telling in stappen
table-duels = Duels
table-answers = Antwoorden
table-classes = Per categorie
column-option = Optie
column-votes = Stemmen
column-points = Punten
column-graders = Stemmen met een cijfer
column-won = Uitslag
column-middle = Middelste beoordeling
column-end = Op het einde
column-rank = Rang
column-answer = Antwoord
column-class = Categorie
column-entitled = Mogen stemmen
column-took-part = Namen deel
column-majority = Meerderheid
column-agreed = Akkoord
score-mean = gemiddeld { $value }
percent = { $percent } %
cut-text = { $count ->
    [one] De streep is de grens: één plaats.
   *[other] De streep is de grens: { $count } plaatsen.
}
middle-grade = Middelste beoordeling: { $label }
middle-text = Van de beste beoordeling links tot de slechtste rechts. De lijn in het midden deelt de { $count } geldige stemmen in twee helften; de beoordeling waarop ze valt, is die van de optie.
legend = Legende
stage-begin = Eerste keuzes.
stage-surplus = Het overschot van { $label } wordt overgedragen.
stage-exclusion = { $label } valt af; de stembiljetten gaan naar de volgende keuze.
stage-fill = Er blijven evenveel opties als plaatsen over.
stage-number = Stap { $at } van { $total }.
stage-before = Vorige stap
stage-after = Volgende stap
stage-quota = Kiesdeler
stage-exhausted = Uitgeputte stembiljetten
stage-lost = Verloren door afronding
option-elected = gekozen
option-excluded = afgevallen
option-withdrawn = ingetrokken
option-continuing = in de running
duels-best = { $label } wint alle duels.
duels-none = Geen optie wint alle duels: de methode volgt de duidelijkste.
duels-caption = Stemmen die de optie van de rij verkiezen boven die van de kolom
duel-won = gewonnen
duel-lost = verloren
duel-even = gelijk
ties-title = { $count ->
    [one] Een gelijke stand
   *[other] { $count } gelijke standen
}
tie-in-stage = Stap { $at }, tussen { $names }:
tie-between = Tussen { $names }:
tie-for-place = voor een plaats.
tie-for-exclusion = voor wie afvalt.
tie-for-surplus = voor het overschot dat eerst overgaat.
tie-by-earlier-stage = Een eerdere stap beslist: { $names }.
tie-by-lot = Het lot wijst aan: { $names }.
tie-by-status-quo = De regel laat de plaats open.
tie-by-open = Ze blijft open.
tie-by-no-difference = Ze verandert niets aan de uitslag.
lot-text = De loting lag vast voor de opening en hangt ook van de stembiljetten af: niemand kon ze kiezen, en iedereen kan ze met het register overdoen.
class-agreed = akkoord
class-disagreed = niet akkoord
class-majority = { $x } van { $n }; het merkteken staat op { $num }/{ $den }
class-took-part = { $voted } van { $entitled } namen deel
class-withheld = Te weinig stemmers om de cijfers van een vertrouwelijke stemming te tonen.
