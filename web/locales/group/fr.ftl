groups-title = Groupes de travail
groups-lead = Un groupe réunit des membres autour d’un sujet. Tout le monde lit ce qu’il fait, ses membres écrivent et votent.
groups-none = Il n’y a pas encore de groupe. N’importe quel membre peut en créer un.
groups-with-archived =
    { $count ->
      [one] Montrer aussi le groupe archivé
     *[other] Montrer aussi les { $count } groupes archivés
    }
group-start = Créer un groupe
group-start-lead = Un nom suffit. Vous en serez membre et vous le coordonnerez ; d’autres pourront le rejoindre aussitôt.
group-started = Le groupe est créé.
group-undo-reason = Créé par erreur
group-name-label = Nom du groupe
group-name-missing = Donnez un nom au groupe.
group-purpose-label = À quoi sert-il ?
group-purpose-hint = Une ou deux phrases. Vous pouvez l’écrire plus tard.
group-parent-label = Fait partie de
group-parent-hint = Les membres d’un sous-groupe ne votent dans le groupe du dessus que si le vote le dit.
group-parent-none = Aucun autre groupe
group-save = Enregistrer
group-saved = C’est enregistré.
group-count =
    { $count ->
      [one] { $count } membre
     *[other] { $count } membres
    }
group-members =
    { $count ->
      [0] Membres
      [one] { $count } membre
     *[other] { $count } membres
    }
group-empty = Il n’y a personne dans ce groupe pour le moment.
group-archived = Archivé
group-archived-because = Ce groupe est archivé :
group-join = Rejoindre
group-joined = Vous êtes dans le groupe { $name }.
group-leave = Quitter le groupe
group-left = Vous avez quitté le groupe { $name }.
group-coordinator = Coordonne
group-recorded-by = noté par { $name }
group-roles = Modifier les rôles
group-roles-close = Terminer
group-role-give = Confier la coordination
group-role-take = Retirer la coordination
group-role-on = La coordination est confiée.
group-role-off = La coordination est retirée.
group-asked = { $name } vous propose de rejoindre ce groupe.
group-answer-yes = Oui, je rejoins
group-answer-no = Non merci
group-asked-waiting = Invitations sans réponse : { $names }
group-invite = Inviter quelqu’un
group-invite-hint = La personne répond oui ou non.
group-invited = Invitation envoyée à { $name }.
group-change = Modifier le groupe
group-close = Archiver le groupe
group-close-question = Plus personne ne pourra le rejoindre ni y écrire. Tout reste lisible, et on peut le rouvrir.
group-close-reason = Pourquoi ? Tout le monde le lira.
group-closed = Le groupe est archivé.
group-reopen = Rouvrir le groupe
group-below = Sous-groupes
group-below-new = Créer un sous-groupe
group-no-purpose = Ce groupe n’a pas encore dit à quoi il sert.
group-no-proposals = Aucune proposition dans ce groupe.
group-propose = Proposer dans ce groupe
group-polls = Votes
group-no-polls = Aucun vote de ce groupe.
group-vote = Préparer un vote du groupe
electorate-label = Qui peut voter
electorate-entitled = Tous les membres qui ont le droit de vote
electorate-entitled-hint = Membres en pause compris.
electorate-active = Les membres actifs seulement
electorate-active-hint = Les membres en pause ne sont pas dans cette consultation.
electorate-classes = Certaines catégories
electorate-classes-hint = Les membres des catégories choisies.
electorate-group = Un groupe de travail
electorate-group-hint = Ses membres, tels qu’ils seront à l’ouverture.
electorate-nested = Compter aussi les membres de ses sous-groupes
electorate-present = Celles et ceux qui sont là
electorate-present-hint = Les membres présents à la réunion quand le vote s’ouvre : eux seuls sont sur la liste des votants, et c’est d’eux que se comptent quorum et majorité.
electorate-same = Les mêmes qu’avant
electorate-same-hint = Les personnes ou les groupes que le vote nommait.
proposal-of-group = Cette proposition sera celle du groupe { $name }.
group-writes = Tout le monde lit cette discussion, les membres du groupe y écrivent.
