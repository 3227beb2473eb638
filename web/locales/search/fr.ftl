# La recherche.
search-what = Que cherchez-vous ?
search-where = Dans
search-all = Tout
search-kind-proposal = Propositions
search-kind-poll = Votes
search-kind-decision = Décisions
search-kind-task = Tâches
search-kind-meeting = Assemblées et réunions
search-kind-group = Groupes
search-kind-member = Membres
search-kind-file = Pièces jointes
search-kind-comment = Commentaires
search-hint = Tous les mots doivent s’y trouver. Accents et pluriels ne comptent pas.
search-count =
    { $count ->
        [0] Aucun résultat
        [one] { $count } résultat
       *[other] { $count } résultats
    }
search-count-more = Les { $count } meilleurs résultats
search-none = Rien ne correspond à « { $text } ».
search-more = Voir la suite
alike-title = Celles-ci y ressemblent. En soutenir une vaut peut-être mieux que d’en commencer une autre :
alike-count =
    { $count ->
        [one] Une proposition y ressemble, elle est plus bas.
       *[other] { $count } propositions y ressemblent, elles sont plus bas.
    }
