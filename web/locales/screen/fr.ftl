screen-name = Grand écran
screen-code = Code du grand écran
screen-enter = Afficher
screen-entering = Un instant…
screen-refused-screen-unknown = Ce code n’est pas celui d’un grand écran, ou la réunion est terminée.
screen-refused-screen-signed-in = Ce navigateur est celui d’un membre. Ouvrez l’adresse dans une fenêtre privée.
screen-refused-rate-limited = Trop d’essais. Attendez une minute.
screen-refused-other = Le serveur a refusé ce code.
screen-key-full = Plein écran
screen-key-theme = Clair ou sombre
screen-key-language = Langue
screen-of = { $count } sur { $all }
screen-present = { $count ->
    [one] membre présent
   *[other] membres présents
  }
screen-quorum-met = quorum atteint
screen-quorum-class = quorum manqué dans une catégorie
screen-quorum-missing-heads = encore { $count } pour le quorum
screen-quorum-missing-weight = encore { $count } voix pour le quorum
screen-quorum-missing-shares = { $count ->
    [one] encore { $count } part pour le quorum
   *[other] encore { $count } parts pour le quorum
}
screen-missing-heads = de plus pour le quorum
screen-missing-weight = voix de plus pour le quorum
screen-missing-shares = { $count ->
    [one] part de plus pour le quorum
   *[other] parts de plus pour le quorum
}
screen-seal = Les quatre mots du sceau :
screen-alarm = Le sceau ne suit pas le précédent
screen-age = Sans nouvelles du serveur depuis { $seconds } s
screen-age-minutes = Sans nouvelles du serveur depuis { $minutes } min
screen-qr = Code QR de l’adresse
screen-scan = Scannez, ou tapez cette adresse
screen-door-code = Code d’arrivée :
screen-time-left = temps restant
screen-time-over = temps dépassé
screen-next = Ensuite
screen-agenda = Ordre du jour
screen-moved = continue par écrit
screen-minutes = { $minutes } min
screen-tasks = Qui fait quoi
screen-tasks-none = Aucune tâche n’a été donnée.
screen-task-free = libre
screen-task-asked = demandée
screen-ended = La réunion est terminée. Merci.
screen-cancelled = La réunion est annulée.
screen-voted = { $voted ->
    [one] a voté
   *[other] ont voté
}
screen-voted-nobody = vote : personne n’était présent à l’ouverture
screen-voted-present = { $voted ->
    [0] présents ont voté
    [one] présent a voté
   *[other] présents ont voté
}
screen-voted-late = { $voted ->
    [one] a voté (présents à l’ouverture : { $count })
   *[other] ont voté (présents à l’ouverture : { $count })
}
screen-vote-closed = Vote fermé
screen-valid = { $count ->
    [one] bulletin valable
   *[other] bulletins valables
}
screen-answer-yes = Pour
screen-answer-no = Contre
screen-answer-abstain = Abstention
screen-answer-blank = Blanc
screen-answer-consent = Consentement
screen-answer-concern = Réserve
screen-answer-objection = Objection
screen-verdict-adopted = Adoptée
screen-verdict-not-adopted = Non adoptée
screen-verdict-no-quorum = Quorum non atteint
screen-verdict-tie-open = Égalité des voix
screen-majority = { $support } sur { $total }, il faut { $num }/{ $den }
screen-majority-more = { $support } sur { $total }, il faut plus de { $num }/{ $den }
screen-quorum-of = quorum : { $x } sur { $n }, il faut { $least }
