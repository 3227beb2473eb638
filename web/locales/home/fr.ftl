home-replies = Réponses et nouvelles
home-all-told =
    { $count ->
        [one] Toutes les notifications
       *[other] Toutes les notifications, { $count } non lues
    }
home-newcomers = Bienvenue à
home-month = Fait ce mois-ci
home-month-none = Rien encore. Une tâche terminée, un vote compté ou une proposition réalisée apparaît ici.
home-month-realised =
    { $count ->
        [one] Une proposition réalisée
       *[other] { $count } propositions réalisées
    }
home-month-tasks =
    { $count ->
        [one] Une tâche faite
       *[other] { $count } tâches faites
    }
home-month-decisions =
    { $count ->
        [one] Une décision prise
       *[other] { $count } décisions prises
    }
home-practice = Essayer un vote
home-practice-never = Vous n’avez jamais voté ici ? Essayez sans risque
home-reviews = Des décisions à réexaminer
home-all-reviews = Les { $count } décisions à réexaminer

## The meeting that stands first

first-open = Réunion en cours
first-next = Prochaine réunion
first-votes = { $count ->
    [0] Suivre la réunion
    [one] 1 vote ouvert maintenant
   *[other] { $count } votes ouverts maintenant
}
