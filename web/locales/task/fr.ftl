# Ce que disent seulement les pages des tâches.
tasks-filter = Afficher
tasks-mine = Les miennes
tasks-free = Libres
tasks-asked = Demandées
tasks-overdue = Date dépassée
tasks-done = Faites
tasks-all = Toutes
tasks-none-mine = Vous n’avez pas de tâche.
tasks-none-free = Aucune tâche n’est libre.
tasks-none-asked = Rien n’est demandé à personne.
tasks-none-overdue = Aucune date n’est dépassée.
tasks-none-done = Rien n’est encore fait.
tasks-none-all = Pas encore de tâche.
tasks-none-action = Voir les décisions
task-drop = L’abandonner
task-drop-ask = Abandonner cette tâche ? Tout le monde lira la raison.
task-title-label = Nouvelle tâche
task-result-label = Ce qui est attendu
task-result-hint = Le résultat et la qualité ; les moyens restent au choix de qui la prend
task-due-label = Date
task-create = Ajouter la tâche
task-created = Tâche ajoutée
task-undo-reason = reprise aussitôt
tasks-made = Créées par moi
tasks-archive = Archives
tasks-none-made = Vous n’avez créé aucune tâche.
tasks-none-archive = Les archives sont vides. Les tâches y arrivent 30 jours après avoir été faites ou abandonnées.
tasks-older = Afficher les plus anciennes
tasks-board-keys = Les flèches vont de l’une à l’autre. Maj et une flèche déplace une tâche, la souris aussi.
tasks-all-done = Toutes ses tâches sont faites. Est-elle réalisée ?
tasks-realised = Oui, elle est réalisée
tasks-realised-done = Marquée comme réalisée
task-number = Tâche { $number }
task-more = Qualité, effort, étapes, personnes
task-name-label = Tâche
task-quality-label = À quoi on voit que c’est bien fait
task-quality-hint = Par exemple : lisible du fond de la salle
task-effort-label = Effort
task-effort-none = Pas d’estimation
effort-hours = { $count ->
    [one] environ une heure
   *[other] environ { $count } heures
  }
effort-half-day = environ une demi-journée
effort-days = { $count ->
    [one] environ une journée
   *[other] environ { $count } jours
  }
task-checklist-label = Étapes
task-line-label = Étape { $number }
task-line-remove = Retirer l’étape { $number }
task-line-add = Ajouter une étape
task-themes-label = Thèmes
task-ticked-done = Étape faite
task-unticked-done = Étape pas faite
task-people = Qui la fait
task-nobody = Personne pour l’instant.
task-is-asked = réponse attendue
task-is-asked-instead = réponse attendue, à la place de
task-unask = Reprendre la question
task-ask = Demander à quelqu’un
task-ask-ask = À qui demander ? Chacun répond oui ou « pas moi » d’un geste, sans raison.
task-hand-over = Passer le relais
task-hand-over-ask = À qui ? La tâche reste à vous jusqu’à ce que quelqu’un dise oui.
task-ask-confirm = Demander
task-asked-done = { $count ->
    [one] Demandé à une personne
   *[other] Demandé à { $count } personnes
  }
ask-whom = Personnes
suggest-help = propose :
suggest-skill = sait faire :
task-take-for = Enregistrer qui la prend
task-take-for-ask = Qui la prend ? Pour les personnes sans appareil. Tout le monde voit qui l’a enregistré.
task-take-for-done = Enregistré
task-thanks-title = Merci
task-thanks-none = Pas encore de merci.
task-thank-words = Un mot, si vous voulez
task-thank-again = Le dire autrement
task-thanked-done = Votre merci est là
task-from = Vient de
task-made-by = Créée par
task-was-updated = mieux dite
task-was-late = date dépassée
task-earlier = Formulations précédentes
task-replaced = remplacée le
task-reopen = La rouvrir
task-dropped-done = Tâche abandonnée
task-edit = Mieux la dire
task-saved = Tâche modifiée
tasks-meeting = Réunion
tasks-meeting-all = Toutes les réunions
tasks-meeting-one = Réunion n° { NUMBER($number, useGrouping: 0) } { $title }
