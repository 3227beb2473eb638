notify-title = Notifications
notify-today = Aujourd’hui
notify-yesterday = Hier
notify-unread = , non lue
notify-read-all = Tout marquer comme lu
notify-none = Rien de nouveau pour vous.
notify-older = Plus anciennes
notify-choices = Ce que vous voulez savoir
notify-choices-hint = Ce que vous décochez n’arrive plus ici. Les votes ouverts restent sur l’accueil.
notify-family-talk = Réponses, mentions et commentaires
notify-family-reactions = Réactions et remerciements
notify-family-proposals = Mes propositions et celles que je soutiens
notify-family-votes = Résultats et décisions
notify-family-tasks = Mes tâches
notify-family-people = Assemblées, groupes, membres et modération
notify-reply =
    { $count ->
        [one] { $name } a répondu à votre commentaire
       *[other] { $count } réponses à votre commentaire, la dernière de { $name }
    }
notify-mention =
    { $count ->
        [one] { $name } a écrit votre nom
       *[other] Votre nom cité { $count } fois, la dernière par { $name }
    }
notify-comment =
    { $count ->
        [one] { $name } a commenté
       *[other] { $count } commentaires, le dernier de { $name }
    }
notify-reaction =
    { $count ->
        [one] { $name } a réagi à votre commentaire
       *[other] { $count } réactions à vos commentaires, la dernière de { $name }
    }
notify-comment_removed = { $name } a retiré un de vos commentaires
notify-report =
    { $count ->
        [one] Un signalement attend
       *[other] { $count } signalements attendent
    }
notify-report_answered = Votre signalement a reçu une réponse
notify-proposal_state = La proposition a avancé
notify-proposal_revised = { $name } a modifié le texte que vous soutenez
notify-proposal_merged = { $name } a réuni votre proposition avec une autre
notify-proposal_help =
    { $count ->
        [one] { $name } propose son aide
       *[other] { $count } offres d’aide, la dernière de { $name }
    }
notify-proposal_answered = La proposition a reçu une réponse
notify-proposal_done = Toutes les tâches sont faites : est-ce réalisé ?
notify-proposal_realised = Ce que vous avez voté est réalisé
notify-merge_asked = { $name } propose de joindre votre proposition à une autre
notify-support_follows = Une proposition que vous souteniez continue dans une autre. Votre soutien suit-il ?
notify-author_asked = { $name } vous demande d’écrire avec elle ou lui
notify-authors_changed = Les auteurs ont changé
notify-decision = Une décision est prise
notify-poll_result = Le vote est compté
notify-poll_again = Le texte a une nouvelle version : qu’en dites-vous ?
notify-objection =
    { $count ->
        [one] Une objection a été faite
       *[other] { $count } objections
    }
notify-decision_review = La date de réexamen de cette décision est arrivée
notify-task_asked = { $name } vous demande de vous en charger
notify-task_answered = { $name } a répondu à votre demande
notify-task_given = { $name } a pris ou rendu la tâche
notify-task_done = { $name } a terminé la tâche
notify-task_dropped = { $name } a abandonné la tâche
notify-task_thanked =
    { $count ->
        [one] { $name } vous remercie
       *[other] { $count } remerciements, le dernier de { $name }
    }
notify-task_due = La date de votre tâche est passée
notify-meeting_called = La convocation à cette assemblée est arrivée
notify-group_asked =
    { $count ->
        [one] { $name } vous invite dans le groupe
       *[other] { $count } invitations dans le groupe
    }
notify-group_joined = Votre place dans le groupe a changé
notify-group_news = Du nouveau dans le groupe
notify-member_joined = { $name } est là
notify-role_changed = Vos rôles ont changé
notify-sponsor = Une nouvelle personne peut tout vous demander : vous êtes sa marraine ou son parrain
notify-device_revoked = { $name } a révoqué un de vos appareils
notify-file =
    { $count ->
        [one] { $name } a ajouté un fichier
       *[other] { $count } fichiers ajoutés, le dernier par { $name }
    }
