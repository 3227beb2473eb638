# Les mots des bulletins autres que pour ou contre.

your-reason = Votre raison
said-colon = {" "}:
rank = { $rank }.
instead = Ou bien
choice-consent = Consentement
choice-consent-hint = Cela me convient, ou je peux vivre avec.
choice-concern = Consentement avec une réserve
choice-concern-hint = Cela peut se faire ; voici ce qu’il faut garder à l’œil.
choice-objection = Objection
choice-objection-hint = Cela nuirait à notre but commun, et je dis pourquoi.
choice-aside = Ne pas se prononcer
choice-aside-hint = Ni consentement ni objection.
objection-reason = Pourquoi cela nuirait-il à notre but commun ?
concern-reason = Votre réserve, si vous voulez la dire
reason-signed = Ce texte est signé et gardé avec votre bulletin.
objection-seen-1 = Les personnes qui peuvent voter, celles qui ont écrit le texte et l’animation lisent une objection aussitôt, avec votre nom, et peuvent y répondre.
objection-seen-2 = Les personnes qui peuvent voter, celles qui ont écrit le texte et l’animation lisent une objection aussitôt, sans votre nom, et peuvent y répondre.
explain-consent = La proposition est adoptée si aucune objection ne subsiste. Une objection demande une raison.
explain-one = Choisissez une option.
explain-several-any = Cochez toutes les options que vous acceptez.
explain-several-most = { $count ->
    [one] Cochez une option.
   *[other] Cochez les options que vous acceptez : { $count } au plus.
}
explain-several-between = Cochez de { $min } à { $max } options.
explain-several-exactly = { $count ->
    [one] Cochez une option.
   *[other] Cochez { $count } options, ni plus ni moins.
}
explain-score = Donnez à chaque option une note de 0 (la pire) à { $most } (la meilleure). Une option sans note ne reçoit rien.
explain-grades = Donnez une mention à chaque option. La mention médiane décide. Une option sans mention n’est pas jugée.
explain-grades-worst = Donnez une mention à chaque option. La mention médiane décide. Une option sans mention compte comme « { $worst } ».
explain-points = Répartissez jusqu’à { $points } points entre les options.
explain-cap = Une option en reçoit { $cap } au plus.
explain-all-points = Tous les points doivent être donnés.
explain-ranks = Ajoutez les options dans l’ordre de vos préférences, la meilleure d’abord. Déplacez-les ensuite par les flèches, en les glissant, ou au clavier : Entrée prend une ligne, les flèches la déplacent, Entrée la pose.
explain-ranks-any = Il n’est pas nécessaire de les classer toutes.
explain-ranks-most = { $count ->
    [one] Classez-en une.
   *[other] Classez-en { $count } au plus.
}
explain-ranks-between = Classez-en de { $min } à { $max }.
explain-ranks-exactly = { $count ->
    [one] Classez-en une.
   *[other] Classez-en { $count }, ni plus ni moins.
}
explain-equal = Le bouton = donne à deux options le même rang.
problem-none = Rien n’est encore choisi.
problem-few = { $count ->
    [one] Vous avez choisi { $count } option ; il en faut au moins { $min }.
   *[other] Vous avez choisi { $count } options ; il en faut au moins { $min }.
}
problem-many = Vous avez choisi { $count } options ; { $max } au plus : retirez-en.
problem-reason = Une objection demande une raison : écrivez-la d’abord.
problem-grades = Donnez une mention à une option au moins.
problem-score = Les notes vont de 0 à { $most }.
problem-points = Donnez un point au moins.
problem-cap = { $label } a plus de { $cap } points, ce qui n’est pas permis.
problem-spent = Vous avez donné { $spent } points ; il y en a { $points }.
problem-left = { $count ->
    [one] Il reste 1 point à donner.
   *[other] Il reste { $count } points à donner.
}
chosen-of-most = { $count ->
    [one] { $count } choisie, { $max } au plus
   *[other] { $count } choisies, { $max } au plus
}
chosen-count = { $count ->
    [one] { $count } choisie
   *[other] { $count } choisies
}
grade-none = Sans mention
score-none = Sans note
score-for = Note pour { $label }
points-given = { $points ->
    [one] 1 point
   *[other] { $points } points
}
points-left = { $left ->
    [one] Il reste { $left } point sur { $points }
   *[other] Il reste { $left } points sur { $points }
}
points-over = { $count ->
    [one] 1 point de trop
   *[other] { $count } points de trop
}
one-less = Un point de moins pour { $label }
one-more = Un point de plus pour { $label }
ranked-title = Votre classement
ranked-none = Touchez d’abord l’option que vous préférez.
unranked-title = Non classées
rank-handle = Déplacer { $label }, rang { $rank }
rank-up = Monter { $label }
rank-down = Descendre { $label }
rank-remove = Retirer { $label } du classement
rank-tie = { $label } : même rang que la ligne d’avant
rank-place = { $label } : rang { $rank } sur { $count }
rank-held = { $place }, prise. Les flèches déplacent, Entrée pose, Échap remet en place.
rank-dropped = { $place }, posée.
rank-back = { $label } est de nouveau à sa place.
rank-removed = { $label } n’est plus classée.
planned-title = Ce qui est préparé
planned-marks = Sur un bulletin : au moins { $min }, au plus { $max }.
method-how-1 = Pour ou contre.
method-how-2 = Adopté si aucune objection ne subsiste.
method-how-3 = { $seats ->
    [one] L’option qui a le plus de voix l’emporte.
   *[other] Les { $seats } options qui ont le plus de voix l’emportent.
}
method-how-4 = { $seats ->
    [one] L’option que le plus de votants acceptent l’emporte.
   *[other] Les { $seats } options que le plus de votants acceptent l’emportent.
}
method-how-5 = { $seats ->
    [one] La meilleure note l’emporte.
   *[other] Les { $seats } meilleures notes l’emportent.
}
method-how-6 = { $seats ->
    [one] L’option qui reçoit le plus de points l’emporte.
   *[other] Les { $seats } options qui reçoivent le plus de points l’emportent.
}
method-how-7 = { $seats ->
    [one] Jugement majoritaire : la meilleure mention médiane l’emporte.
   *[other] Jugement majoritaire : les { $seats } meilleures mentions médianes l’emportent.
}
method-how-8 = Classement par éliminations : l’option la moins choisie est éliminée, ses bulletins passent au choix suivant, jusqu’à ce qu’une ait plus de la moitié.
method-how-9 = Classement par duels : chaque option est comparée à chacune des autres.
method-how-10 = Classement par duels, des plus nets aux plus serrés.
method-how-11 = Classement par points : le premier rang en vaut le plus.
method-how-12 = { $seats ->
    [one] Classement proportionnel : un siège.
   *[other] Classement proportionnel : { $seats } sièges partagés entre les courants.
}
method-how-13 = { $seats ->
    [one] Classement proportionnel : un siège.
   *[other] Classement proportionnel : { $seats } sièges partagés entre les courants.
}
method-how-14 = Les projets les plus choisis, tant que le budget suffit.
method-how-15 = Budget à parts égales : chaque votant dispose de la même part.
method-how-16 = Budget à parts égales : chaque votant dispose de la même part.
method-how-17 = Budget à parts égales : chaque votant dispose de la même part.
method-how-18 = Choix proportionnel de { $seats } options.
method-how-19 = Choix proportionnel de { $seats } options.
method-how-20 = Choix proportionnel de { $seats } options.
tie-ends-1 = En cas d’égalité, la place n’est pas attribuée.
tie-ends-2 = En cas d’égalité, la présidence tranche.
tie-ends-3 = En cas d’égalité, un tirage au sort décide ; chacun peut le refaire.
tie-ends-4 = Une égalité est constatée et reste ouverte.
