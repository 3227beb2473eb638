# Les mots des résultats : comment un vote a été compté.

winners-title = { $count ->
    [one] L’emporte
   *[other] L’emportent, dans l’ordre
}
no-winner = Aucune option ne l’emporte.
is-winner = l’emporte
is-not = —
as-table = En tableau et en fichiers
result-file = vote-{ NUMBER($number, useGrouping: 0) }
result-csv = Tableau (CSV)
result-json = Données (JSON)
table-scores = Voix par option
table-grades = Mentions par option
table-stages = Le dépouillement par étapes
table-duels = Duels
table-answers = Réponses
table-classes = Par catégorie
column-option = Option
column-votes = Voix
column-points = Points
column-graders = Voix qui ont noté
column-won = Résultat
column-middle = Mention médiane
column-end = À la fin
column-rank = Rang
column-answer = Réponse
column-class = Catégorie
column-entitled = Peuvent voter
column-took-part = Ont participé
column-majority = Majorité
column-agreed = Accord
score-mean = moyenne { $value }
percent = { $percent } %
cut-text = { $count ->
    [one] Le trait marque la limite : une place.
   *[other] Le trait marque la limite : { $count } places.
}
middle-grade = Mention médiane : { $label }
middle-text = De la meilleure mention à gauche à la pire à droite. La ligne du milieu partage les { $count } voix valables en deux moitiés ; la mention où elle tombe est celle de l’option.
legend = Légende
stage-begin = Premiers choix.
stage-surplus = Transfert du surplus : { $label }.
stage-exclusion = Élimination : { $label } ; les bulletins passent au choix suivant.
stage-fill = Il reste autant d’options que de places.
stage-number = Étape { $at } sur { $total }.
stage-before = Étape précédente
stage-after = Étape suivante
stage-quota = Quota
stage-exhausted = Bulletins épuisés
stage-lost = Perdu par arrondi
option-elected = l’emporte
option-excluded = n’est plus en lice
option-withdrawn = retrait
option-continuing = en lice
duels-best = { $label } gagne tous ses duels.
duels-none = Aucune option ne gagne tous ses duels : la méthode suit les plus nets.
duels-caption = Voix qui préfèrent l’option de la ligne à celle de la colonne
duel-won = gagné
duel-lost = perdu
duel-even = égalité
ties-title = { $count ->
    [one] Une égalité
   *[other] { $count } égalités
}
tie-in-stage = Étape { $at }, entre { $names } :
tie-between = Entre { $names } :
tie-for-place = pour une place.
tie-for-exclusion = pour une élimination.
tie-for-surplus = pour le surplus à transférer d’abord.
tie-by-earlier-stage = Une étape antérieure les départage : { $names }.
tie-by-lot = Le sort désigne : { $names }.
tie-by-status-quo = La règle n’attribue pas la place.
tie-by-open = Elle reste ouverte.
tie-by-no-difference = Elle ne change rien au résultat.
lot-text = Le tirage était fixé avant l’ouverture et dépend aussi des bulletins : personne n’a pu le choisir, et chacun peut le refaire avec le registre.
class-agreed = d’accord
class-disagreed = pas d’accord
class-majority = { $x } sur { $n } ; le repère est à { $num }/{ $den }
class-took-part = { $voted } sur { $entitled } ont participé
class-withheld = Trop peu de votants pour montrer les chiffres d’un vote confidentiel.
