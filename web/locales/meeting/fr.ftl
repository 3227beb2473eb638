# Les mots des réunions, pour les membres.

## Lists and pages of meetings

meetings-title = Assemblées et réunions
meetings-open = En cours
meetings-coming = À venir
meetings-past = Passées
meetings-none = Aucune réunion n’est prévue pour l’instant. La prochaine apparaîtra ici, avec son ordre du jour.
meeting-kind-general_assembly = Assemblée générale
meeting-kind-board = Organe d’administration
meeting-kind-group = Groupe de travail
meeting-kind-work_session = Séance de travail
meeting-state-planned = À venir
meeting-state-open = En cours
meeting-state-ended = Terminée
meeting-state-cancelled = Annulée
meeting-until = jusqu’à { $time }
meeting-calendar = Ajouter à mon agenda
meeting-cancelled = Cette réunion n’aura pas lieu.

## The agenda

agenda-title = Ordre du jour
agenda-held = Ordre du jour, comme tenu
agenda-empty = L’ordre du jour n’est pas encore écrit.
agenda-empty-next = Il apparaîtra ici. Pour qu’un sujet y figure, faites une proposition.
agenda-now = maintenant
agenda-moved = continue par écrit
agenda-skipped = non traité
agenda-minutes = { $count } min
agenda-proposals = Proposition :
agenda-polls = Vote :
agenda-decisions = Décision :
agenda-tasks = Tâche :

## Before

part-title = Participer
part-hall = Les membres participent dans la salle.
part-remote = Les membres participent dans la salle ou à distance. Pour être compté présent à distance, il suffit d’ouvrir cette page pendant la réunion : votre session dit qui vous êtes.
part-link = Voir et entendre la réunion
offices-title = Bureau de la réunion
office-chair = Présidence de séance
office-secretary = Secrétariat
office-scrutineers = { $count ->
    [one] Scrutateur ou scrutatrice
   *[other] Scrutateurs et scrutatrices
}
quorum-asked = Quorum de présence suivi pendant la réunion : { $num }/{ $den }.

## Being there

checkin-title = Vous êtes là ?
checkin-text = Dites-le pour compter dans le quorum et voter.
checkin-again-title = Vous êtes de retour ?
checkin-again-text = Votre départ est noté. Dites que vous êtes là pour compter à nouveau.
checkin-code = Code du grand écran
checkin-code-hint = Six lettres et chiffres. Scanner le code QR le remplit.
checkin-here = Je suis là
checkin-elsewhere = Vous n’êtes pas dans la salle ?
checkin-elsewhere-how = Vous serez compté présent à distance sous le nom { $name }. Votre identité est établie par votre session sur cet appareil ; la liste de présence le dit.
checkin-remote = Je participe à distance
checkin-observer = Vous suivez cette réunion sans voter. Dites que vous êtes là pour figurer dans la liste de présence.
present-since = Présence notée à { $time }
present-remote = Présence à distance notée à { $time }
present-leave = Je pars
present-leave-ask = Vous ne compterez plus dans le quorum et ne voterez plus, jusqu’à votre retour. Ce que vous avez voté reste. Un écran éteint ou une page fermée ne change rien : inutile de partir pour cela.
presence-title = Présences
presence-of = { $count ->
    [one] sur 1 membre qui peut voter
   *[other] sur { $count } membres qui peuvent voter
}
presence-remote = dont { $count } à distance
presence-said = { $count ->
    [one] 1 membre est là.
   *[other] { $count } membres sont là.
}
quorum-reached = Quorum atteint
quorum-not-reached = Quorum non atteint
presence-end = Présences à la fin
quorum-class-missing = Quorum non atteint dans une catégorie
quorum-missing-heads = { $count ->
    [one] Encore 1 membre pour le quorum
   *[other] Encore { $count } membres pour le quorum
}
quorum-missing-weight = { $count ->
    [one] Encore 1 voix pour le quorum
   *[other] Encore { $count } voix pour le quorum
}
quorum-missing-shares = { $count ->
    [one] Encore 1 part pour le quorum
   *[other] Encore { $count } parts pour le quorum
}
quorum-figures-heads = { $x ->
    [one] { $x } membre présent, il en faut { $least }
   *[other] { $x } membres présents, il en faut { $least }
}
quorum-figures-weight = { $x ->
    [one] { $x } voix présente, il en faut { $least }
   *[other] { $x } voix présentes, il en faut { $least }
}
quorum-figures-shares = { $x ->
    [one] { $x } part présente, il en faut { $least }
   *[other] { $x } parts présentes, il en faut { $least }
}

## During

votes-now = { $count ->
    [0] Votes de ce point
    [one] À voter maintenant
   *[other] { $count } votes à faire maintenant
}
item-now = Point en cours
item-none = Aucun point n’est ouvert. Le prochain apparaîtra ici de lui-même.
item-said = Point { $title }
time-left = { $count ->
    [one] Encore 1 minute prévue
   *[other] Encore { $count } minutes prévues
}
time-over = { $count ->
    [one] 1 minute de plus que prévu
   *[other] { $count } minutes de plus que prévu
}
screen-title = Sur le grand écran
screen-shows-item = Le point en cours.
screen-shows-agenda = L’ordre du jour.
screen-shows-join = Comment arriver : le code QR et le code à taper.
screen-shows-poll = { $count ->
    [one] Un vote :
   *[other] Des votes :
}
screen-shows-result = Le résultat d’un vote :
screen-shows-tasks = Les tâches données pendant la réunion.

## After

after-no-decisions = Aucune décision n’a été prise.
after-no-tasks = Aucune tâche n’a été donnée.

## A vote in the hall

hall-closes = Ferme dans
hall-extended = Prolongé.
hall-reopened = Ouvert à nouveau : { $reason }
hall-second = Seconde convocation : décision quel que soit le nombre de présents.
hall-follows = La même question que dans le
hall-followed = Question posée à nouveau dans le
hall-opened-said = Vote ouvert : { $question }
hall-soon-said = Le vote ferme dans 30 secondes : { $question }
hall-closed-text = La présidence de séance montrera le résultat.
hall-could-not = Je n’ai pas pu voter
hall-could-not-ask = Le bureau le lira et le procès-verbal dira qu’un membre n’a pas pu voter, sans votre nom. Que s’est-il passé ?
hall-could-not-what = En quelques mots, si vous voulez
hall-could-not-send = Le signaler
hall-go-checkin = Dire que je suis là
hall-reported = Signalé au bureau de la réunion.
after-minutes = Lire le procès-verbal
work-title = On le fait maintenant
work-text = Ce que personne n’a encore pris. Dites oui à ce que vous ferez.
work-none = Tout a trouvé quelqu’un.
work-all = Toutes les tâches libres
seal-words = Les quatre mots du sceau
seal-words-text = En bas du grand écran se trouvent les mêmes, si rien n’a changé entre-temps : alors l’écran et ce téléphone voient le même registre.

## Ways of who leads

ways = Pour qui prépare et mène cette réunion
way-plan = Planifier une réunion
way-plan-work = Proposer une séance de travail
way-lead = Mener
way-edit = Préparer
way-desk = Accueil
way-invitation = Invitation
way-minutes = Procès-verbal
way-attendance = Liste de présence
