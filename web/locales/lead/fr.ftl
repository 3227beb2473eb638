# Les mots de celles et ceux qui préparent et mènent une réunion.

## Planning

meeting-new-title = Planifier une réunion
meeting-new-lead = Quoi, quand et où. L’ordre du jour et le bureau suivent à la page suivante ; tout peut changer jusqu’au début de la réunion.
meeting-edit-title = Préparer la réunion
meeting-kind-label = Quel genre de réunion ?
meeting-kind-general_assembly-hint = Les membres décident : quorum, votes, procès-verbal
meeting-kind-board-hint = De celles et ceux qui gèrent l’organisation entre les assemblées
meeting-kind-group-hint = Sur les sujets d’un groupe
meeting-kind-work_session-hint = Faire ensemble ; peut revenir chaque semaine
meeting-title = Titre
meeting-title-missing = Donnez-lui un titre, dans une langue au moins.
meeting-starts = Début
meeting-starts-wrong = Choisissez un jour et une heure.
meeting-length = Durée prévue, en minutes
meeting-length-hint = L’ordre du jour y est comparé
meeting-length-wrong = Entre 5 minutes et 24 heures.
meeting-zone = Heure de l’organisation : { $zone }
meeting-place = Lieu
meeting-remote = Les membres peuvent participer à distance
meeting-link = Lien pour voir et entendre
meeting-link-hint = https://… d’une visioconférence ; peut rester vide
meeting-link-wrong = Un lien commence par https:// et n’a pas d’espace.
meeting-procedure = Comment participer à distance
meeting-procedure-hint = Figure dans la convocation : comment se connecter et prouver son identité
meeting-group = Groupe
meeting-group-none = Aucun groupe
meeting-group-missing = Choisissez le groupe qui se réunit.
meeting-template = Ordre du jour de départ
meeting-template-hint = Il pourra être changé ensuite
meeting-template-none = Vide
meeting-rule = Quorum à surveiller
meeting-rule-hint = Affiché tout du long ; chaque vote garde sa propre règle
meeting-rule-none = Aucun
meeting-notice = Délai de convocation, en jours
meeting-notice-hint = Selon les statuts ; ce que la loi demande s’ajoute de lui-même
meeting-notice-by = La convocation doit partir au plus tard le { $date }
meeting-second = Seconde convocation de
meeting-second-hint = Quand le quorum d’une réunion précédente a manqué : son ordre du jour est repris
meeting-second-none = Aucune réunion précédente
meeting-every = Revient
meeting-every-hint = La suivante est planifiée quand celle-ci se termine
meeting-every-once = Une seule fois
meeting-every-week = Chaque semaine
meeting-every-two_weeks = Toutes les deux semaines
meeting-every-month = Chaque mois
meeting-plan-button = Planifier, puis écrire l’ordre du jour
meeting-change-title = Date, lieu et le reste
meeting-revise-button = Enregistrer les changements
meeting-changed = La réunion est modifiée
plan-newer = Quelqu’un d’autre a changé ceci entre-temps. Ce que vous avez écrit est encore là.
plan-show-theirs = Montrer le nouvel état
meeting-cancel = Annuler la réunion
meeting-cancel-ask = La réunion n’aura pas lieu. Le registre la garde avec votre raison.
template-keep = Garder cet ordre du jour comme modèle
template-keep-ask = Ses points et ses durées pourront commencer une prochaine réunion.
template-forget = Oublier ce modèle
template-forgotten = Le modèle est oublié
template-name = Nom du modèle
template-kept = Le modèle est gardé
call-title = Convocation
call-asked = { $asked ->
    [one] { $asked } jour est demandé entre la convocation et la réunion : elle doit partir au plus tard le { $date }.
   *[other] { $asked } jours sont demandés entre la convocation et la réunion : elle doit partir au plus tard le { $date }.
}
call-late = { $asked ->
    [one] { $asked } jour est demandé entre la convocation et la réunion : elle devait partir au plus tard le { $date }. Reportez la réunion, sinon la convocation vient trop tard.
   *[other] { $asked } jours sont demandés entre la convocation et la réunion : elle devait partir au plus tard le { $date }. Reportez la réunion, sinon la convocation vient trop tard.
}
call-given = Jours entre la convocation et la réunion : { $given } ; demandés : { $asked }.
call-gap = Seconde convocation, jours après la première réunion : { $given } ; demandés : { $asked }.
call-first = La première réunion avait son quorum : celle-ci en a besoin aussi.
call-sent = Envoyée
call-record = La convocation est envoyée
call-record-ask = Le registre note que la convocation est partie maintenant. Cela ne se reprend pas.
invitation-open = Invitation à imprimer ou à envoyer
offices-hint = Le bureau peut mener cette réunion, quels que soient les autres rôles.
office-chair-find = Qui préside ?
office-secretary-find = Qui écrit le procès-verbal ?
office-scrutineers-find = Qui vérifie les comptages ?
office-remove = Retirer à { $name } la fonction { $office }
office-removed = { $name } n’a plus cette fonction
office-given = { $office } : { $name }
lead-open = Mener la réunion
not-yours = Cette page est pour qui prépare et mène la réunion.
to-meeting = Vers la réunion

## The agenda being written

agenda-sum = { $sum } à l’ordre du jour, { $planned } prévues
agenda-left = reste { $left }
agenda-left-unsaved = L’ordre du jour n’est pas enregistré. Vos changements vous attendent à la page où il se prépare.
agenda-over = { $over } de trop
agenda-fits = Juste à temps
agenda-unsaved = Pas encore enregistré
agenda-saved = Tout est enregistré
agenda-saving = En route vers le serveur…
agenda-save = Enregistrer l’ordre du jour
agenda-discard = Oublier mes changements
agenda-newer = Quelqu’un d’autre a changé l’ordre du jour entre-temps. Le vôtre est encore là, pas enregistré.
agenda-show-theirs = Montrer le leur, garder le mien de côté
agenda-keep-mine = Continuer avec le mien
agenda-kept = Votre version est gardée de côté.
agenda-take-mine = Reprendre la mienne
agenda-keys = Alt + ↑ ou ↓ déplace le point où vous êtes ; la poignée se fait glisser.
agenda-ready = Propositions prêtes à être votées
agenda-edit = Modifier
item-unnamed = Point sans titre
item-grip = Point { $number }, { $title } : déplacer avec Alt et les flèches
item-title-of = Titre du point { $number }
item-title-in = Titre ({ $language })
item-minutes-of = Minutes prévues pour le point { $number }
item-kind-label = Genre de point
item-kind-opening = Ouverture
item-kind-information = Information
item-kind-discussion = Discussion
item-kind-vote = Vote
item-kind-election = Élection
item-kind-work = À faire maintenant
item-kind-break = Pause
item-kind-closing = Clôture
item-up = Monter { $title }
item-down = Descendre { $title }
item-indent = Mettre { $title } sous le point précédent
item-outdent = Faire de { $title } un point à part
item-remove = Retirer { $title }
item-more = Détails
item-held = Traité
item-moved = { $title } est maintenant le point { $number }, à { $time }
item-add = Ajouter
item-add-label = Nouveau point
item-add-hint = Un nombre à la fin donne ses minutes : « Budget 20 »
item-link-label = Sur une proposition, un vote, une décision ou une tâche
item-link-found = Trouvés
item-unlink = Retirer le lien vers { $title }
link-proposals = Proposition { $number }
link-polls = Vote { $number }
link-decisions = Décision { $number }
link-tasks = Tâche { $number }
minutes-short = min
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-both = { $hours } h { $minutes }

## The console

lead-page = Mener une réunion
silent = On n’entend plus le serveur depuis { $seconds } s.
silent-minutes = On n’entend plus le serveur depuis { $minutes } min.
silent-said = On n’entend plus le serveur. Les chiffres datent d’alors.
silent-then = Les chiffres datent d’alors. Ce que vous faites partira dès qu’on l’entendra à nouveau.
sending = Envoyé ; le serveur n’a pas encore répondu…
led-by = { $name } a agi en dernier pour la salle
led-by-now = { $name } mène maintenant. Vous voyez toujours tout, et pouvez continuer ensemble.
led-by-self = Vous menez maintenant depuis un autre appareil. Celui-ci montre toujours tout, et vous pouvez continuer avec les deux.
lead-conflict = { $name } a été plus rapide : voici le nouvel état
start-title = La réunion n’a pas commencé
start-hint = Les membres s’annoncent dès trois heures avant, à l’accueil ou avec le code ; le premier point s’ouvre quand vous le dites.
start-no-chair = Personne ne préside encore : choisissez d’abord le bureau.
start-before = Elle est prévue pour plus tard ; vous pouvez commencer quand même.
start = Commencer la réunion
start-prepare = Continuer à préparer
below-quorum = Le quorum n’est pas atteint.
below-quorum-yours = Continuer est votre décision ; le registre note que vous l’avez vu.
below-quorum-seen = Je l’ai vu, continuer
current-none = Aucun point n’est ouvert
next-item = Suivant :
item-at = Point { $number }
item-take-up = : l’ouvrir
item-taken-up = Maintenant : { $title }
item-took = { $minutes } min
item-moved-out = par écrit
item-of-box = sur { $minutes } min prévues
item-no-box = aucune durée prévue
item-over = { $duration } de trop
item-over-said = Le temps prévu pour ce point est écoulé
item-move-out = Continuer par écrit
item-move-out-ask = Le point quitte la réunion et continue comme discussion que chacun peut lire.
item-moved-done = Le point continue par écrit
item-tasks = Tâches de ce point
meeting-tasks = Tâches
ends-at = Fin vers { $time }
ends-in-time = À l’heure
ends-early = { $duration } d’avance
ends-late = { $duration } de retard
end = Terminer la réunion
end-ask = Terminer la réunion maintenant ?
end-hint = Tous les départs sont notés, les votes fermés sont révélés, et le procès-verbal peut s’écrire.
ended-title = La réunion est terminée
ended-text = De { $from } à { $to }.
to-minutes = Écrire le procès-verbal
to-next = Préparer la suivante
to-second = La convoquer une seconde fois
keys-title = Touches
keys-on = Les touches seules agissent dans cette console
key-space = Espace
key-n-does = Point suivant
key-v-does = Ouvrir, fermer ou révéler le vote : deux fois
key-space-does = 30 secondes de plus pour le vote ouvert

## Votes

lead-votes-title = Votes
vote-quick = Une question, pour ou contre
vote-quick-hint = Préparée tout de suite, vote nominatif, selon la règle habituelle ; le résultat reste caché jusqu’à ce que vous le révéliez
vote-quick-languages = Dans les autres langues
vote-prepare = Préparer
vote-form = Un autre genre de vote
vote-look = Le regarder
vote-open = Ouvrir le vote
vote-by-hand = Fermeture à la main
open-duration = Combien de temps il reste ouvert
open-by-hand = à la main
countdown = Encore { $left }
awaited-none = Toutes les personnes présentes ont voté
extend-30 = + 30 s
extend-60 = + 1 min
close-in-60 = Fermer dans 1 min
vote-close = Fermer le vote
vote-close-all = Toutes les personnes présentes ont voté. Fermer ?
vote-cancel = Annuler ce vote
vote-cancel-ask = Le vote s’arrête sans résultat. Le registre le garde avec votre raison.
vote-reveal = Révéler le résultat
vote-offered = Des incidents techniques ont empêché assez de personnes de voter pour que le résultat puisse être autre : le rouvrir avant de le révéler ?
vote-offered-late = Des incidents techniques ont empêché assez de personnes de voter pour que le résultat puisse être autre : un nouveau vote peut suivre.
vote-reopen = Le rouvrir
vote-reopen-ask = Personne n’a vu le résultat : le vote rouvre pour deux minutes, les bulletins restent.
vote-show = Le montrer au grand écran
vote-result-open = Tout le comptage
vote-conflict = Quelqu’un d’autre a été plus rapide : voici le nouvel état
vote-again = Revoter sur ceci
vote-followed = Revoté : vote n° { $number }
result-yes = { $count } pour
result-no = { $count } contre
result-abstain = { $count ->
    [one] { $count } abstention
   *[other] { $count } abstentions
}
vote-second = Seconde convocation : quel que soit le nombre de présents
vote-second-of = Seconde convocation du vote n° { $number } : quel que soit le nombre de présents
vote-first = Première convocation : avec le quorum de la règle
vote-mode-confidential = confidentiel
vote-mode-secret = secret

## The room

quorum-said-met = Le quorum est atteint
quorum-said-not = Le quorum n’est pas atteint
quorum-waiting = Le quorum se compte dès les premières arrivées.
quorum-none = Aucun quorum n’est surveillé.
presence-classes = Par catégorie
desk-open = Accueil
health-title = Connexions
health-connected = { $count ->
    [one] connectée
   *[other] connectées
}
health-asleep = en veille (écran éteint)
health-gone = { $count ->
    [one] perdue
   *[other] perdues
}
health-none-open = sans page ouverte
health-none = Rien de connu pour l’instant.
health-offline = Cette page est hors ligne : on ne sait pas ce que fait la salle.
health-hint = Qui s’est annoncé reste présent, connecté ou non.
code-title = Arrivées
code-qr = Code QR pour s’annoncer
code-hint = Pour qui est dans la salle : scanner, ou taper le code à la page de la réunion.
screens-title = Grand écran
screens-show = Montrer maintenant
screens-later = Ce qu’il montre se choisit quand la réunion a commencé.
screens-no-vote = Aucun vote n’est ouvert, aucun résultat n’est révélé.
screens-no-result = Aucun résultat n’est encore révélé.
show-item = Point
show-agenda = Ordre du jour
show-join = Rejoindre
show-poll = Vote
show-result = Résultat
show-tasks = Tâches
screens-get = Adresse de l’écran
screens-link = À ouvrir sur le projecteur ; plusieurs écrans le peuvent.
screens-open = Ouvrir ici
copy = Copier
incidents-title = Incidents techniques
incidents-none = Aucun jusqu’ici.
incidents-hint = Ils figurent au procès-verbal, sans noms.
incident-restart = Le serveur a redémarré
incident-who = Qui (pour le bureau)
incident-reopen = Rouvrir le vote
incident-reopen-ask = Assez de personnes n’ont pas pu voter pour changer le résultat. Rouvrir deux minutes ?
incident-reopen-reason = Incident technique

## To-dos

given-line-label = Une tâche en une ligne
task-line-hint = @ devant un nom, { $mark } devant une date (un jour, demain, 12/1, +2w) ; le reste dit quoi faire
task-line-example = @Fien { $mark }vendredi réparer l’horloge
task-line-put = Donner
bound-to = Commencé sous « { $title } », et gardé là
task-from-decision = Une tâche de la décision { $number }
task-who = Qui est { $name } ?
task-given = La tâche est donnée
task-given-undated = La tâche est donnée sans date : ce qui suit « { $mark } » n’en est pas une
task-given-undo = Donnée par erreur
closing-round = Tour de clôture : tâches données
closing-none = Aucune encore. Écrivez la première dans la ligne pour les tâches.

## The desk

desk-page = Accueil
desk-title = Accueil : { $title }
desk-check-in = Noter une arrivée
desk-name = Nom
desk-name-hint = Quelques lettres, puis Entrée
desk-find-silent = Tant que le serveur ne répond pas, aucun nom n’est trouvé. Notez les arrivées sur papier, puis ici.
desk-remote = Participe à distance
desk-checked = Identité vérifiée par
checked-session = sa session
checked-document = un document montré
checked-known = connaissance personnelle
checked-call = un appel vidéo
desk-in = Arrivée notée : { $name }
desk-in-remote = Arrivée notée à distance : { $name }
desk-out = Départ noté : { $name }
desk-is-in = Présence notée : { $name }
desk-already = { $name } était déjà sur la liste
desk-list = Liste de présence
desk-print = Imprimer avec signatures
desk-view = Qui montrer
desk-view-present = Présents
desk-view-left = Partis
desk-view-all = Tous
desk-filter = Chercher dans la liste
desk-nobody = Personne ne s’est encore annoncé. Cherchez un nom ici pour noter une arrivée.
desk-empty = La liste est vide.
desk-none-found = Personne ne correspond ici.
desk-here = maintenant
desk-from-afar = à distance
desk-check-out = Noter le départ
desk-again = Noter le retour
desk-early = Les arrivées se notent dès trois heures avant la réunion.
desk-over = La réunion est terminée : la liste est définitive.
desk-to-lead = Vers la console
how-code = code de la salle
how-remote = à distance
how-desk = à l’accueil
how-list = par une liste
desk-import = Depuis un fichier
desk-import-hint = Un tableau (CSV) avec les colonnes name, email, present, remote. Il est d’abord examiné ; rien ne compte avant votre accord.
desk-import-file = Fichier
desk-import-paste = Ou collez le tableau
import-in = arrivée
import-out = départ
import-same = déjà ainsi
import-nobody = ne nomme personne
import-unknown = pas membre ici
import-several = plusieurs membres de ce nom : donnez l’adresse
import-twice = y est deux fois
import-too-many-cells = plus de cellules que de colonnes
import-bad-flag = present et remote valent 1 ou 0
import-proxy = les procurations viennent sur papier
import-remote = personne ne participe à distance ici
desk-import-fault = Ceci ne se lit pas comme un tableau de personnes. Sa première ligne nomme les colonnes.
desk-import-undone = La liste est retirée : tout est comme avant elle
desk-import-look = Examiner d’abord

## Counted

desk-import-last = { $count ->
    [one] Votre dernière liste : une personne notée
   *[other] Votre dernière liste : { $count } personnes notées
}
desk-import-done = { $count ->
    [one] Une ligne est enregistrée
   *[other] { $count } lignes sont enregistrées
}
silent-kept = { $count ->
    [one] Les chiffres datent d’alors. Une action attend ici qu’on l’entende à nouveau.
   *[other] Les chiffres datent d’alors. { $count } actions attendent ici qu’on l’entende à nouveau.
}
desk-import-more = { $count ->
    [one] Une autre ligne n’est pas montrée ici ; celles qui sont fausses viennent d’abord.
   *[other] { $count } autres lignes ne sont pas montrées ici ; celles qui sont fausses viennent d’abord.
}
here-count = { $count ->
    [0] Personne
    [one] 1 présence
   *[other] { $count } présences
}
item-removed = { $count ->
    [0] { $title } est retiré
    [one] { $title } et un sous-point sont retirés
   *[other] { $title } et { $count } sous-points sont retirés
}
item-link-count = { $count ->
    [0] Rien trouvé
    [one] Un résultat
   *[other] { $count } résultats
}
item-links-proposals = { $count ->
    [one] 1 proposition
   *[other] { $count } propositions
}
item-links-polls = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
item-links-decisions = { $count ->
    [one] 1 décision
   *[other] { $count } décisions
}
item-links-tasks = { $count ->
    [one] 1 tâche
   *[other] { $count } tâches
}
open-seconds = { $count ->
    [one] 1 s
   *[other] { $count } s
}
open-minutes = { $count ->
    [one] 1 min
   *[other] { $count } min
}
awaited = { $count ->
    [one] Une personne présente n’a pas voté
   *[other] { $count } personnes présentes n’ont pas voté
}
awaited-lost = { $count ->
    [one] Une personne présente n’a pas voté (sans connexion dans la salle : { $lost })
   *[other] { $count } personnes présentes n’ont pas voté (sans connexion dans la salle : { $lost })
}
vote-close-awaited = { $count ->
    [one] Une personne présente n’a pas voté. Fermer quand même ?
   *[other] { $count } personnes présentes n’ont pas voté. Fermer quand même ?
}
vote-close-lost = { $count ->
    [one] Une personne présente n’a pas voté. Sans connexion dans la salle : { $lost }. Fermer quand même ?
   *[other] { $count } personnes présentes n’ont pas voté. Sans connexion dans la salle : { $lost }. Fermer quand même ?
}
vote-hidden = { $count ->
    [0] Fermé sans bulletin. Le résultat est caché jusqu’à ce que vous le révéliez.
    [one] Fermé avec un bulletin. Le résultat est caché jusqu’à ce que vous le révéliez.
   *[other] Fermé avec { $count } bulletins. Le résultat est caché jusqu’à ce que vous le révéliez.
}
votes-others = { $count ->
    [one] Un vote d’un autre point
   *[other] { $count } votes d’autres points
}
end-blocked = { $count ->
    [one] Un vote est ouvert : fermez-le avant de terminer la réunion.
   *[other] { $count } votes sont ouverts : fermez-les avant de terminer la réunion.
}
end-left = { $count ->
    [one] Un point n’a pas été traité. Terminer quand même ?
   *[other] { $count } points n’ont pas été traités. Terminer quand même ?
}
presence-guests = { $count ->
    [one] 1 personne sans droit de vote
   *[other] { $count } personnes sans droit de vote
}
presence-left = { $count ->
    [one] 1 départ
   *[other] { $count } départs
}
incident-connection = { $count ->
    [one] Un membre qui n’avait pas voté a perdu la connexion
   *[other] { $count } membres qui n’avaient pas voté ont perdu la connexion
}
incident-many = { $count ->
    [one] Une connexion a été perdue
   *[other] { $count } connexions ont été perdues en même temps
}
incident-reported = { $count ->
    [one] Un membre dit n’avoir pas pu voter
   *[other] { $count } membres disent n’avoir pas pu voter
}
closing-free = { $count ->
    [one] Une tâche est libre : qui la prend ?
   *[other] { $count } tâches sont libres : qui les prend ?
}
desk-import-wrong = { $count ->
    [one] Une ligne est laissée de côté.
   *[other] { $count } lignes sont laissées de côté.
}
desk-import-put = { $count ->
    [one] Enregistrer cette ligne
   *[other] Enregistrer ces { $count } lignes
}
