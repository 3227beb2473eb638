discussion = Discussion
comments-none = Personne n’a encore commenté. Une question est un bon début.
comments-new = { $count ->
    [one] 1 nouveau commentaire
   *[other] { $count } nouveaux commentaires
}
comment-label = Votre commentaire
comment-by = Commentaire de { $name }
comment-send = Envoyer
comment-sent = Commentaire envoyé
comment-reply = Répondre
reply-label = Votre réponse à { $name }
comment-edit = Modifier
comment-edited = modifié
comment-orphan = répond à un commentaire qui n’est pas ici
comment-remove = Retirer
comment-removed = Commentaire retiré
react-agree = D’accord
react-thanks = Merci
react-question = Question
react-celebrate = Bravo
error-comment-unknown = Ce commentaire n’est pas connu.
error-comment-bad_parent = Le commentaire auquel on répond n’est pas dans cette discussion.
error-comment-removed = Le commentaire a été retiré.
comment-remove-ask = Retirer ce commentaire ? Tout le monde lira la raison ; la personne qui l’a écrit lira encore ses mots.
comment-removed-by = Retiré par l’animation
comment-removed-own = Retiré par la personne qui l’avait écrit
comment-removed-why = { $why } : { $reason }
comment-restored = Commentaire rétabli
comment-restore = Rétablir
comment-gone = Ce commentaire vient d’être repris par la personne qui l’avait écrit.
comment-too-long = Ce texte est trop long pour un commentaire.
comment-more = Plus
comment-edited-late = modifié après des réactions,
comment-linked = Le commentaire du lien
comment-link-missing = Le commentaire de ce lien n’est pas ou plus ici.
removed-read = Lire ce qui a été retiré
removed-again = Reprendre ces mots
recorded-by = noté par { $recorder } pour { $name }
comment-copy = Copier le lien
link-copied = Lien copié
who-reacted = Qui a réagi
reactions = Réactions
react-on = Réaction : { $reaction }
react-off = Réaction retirée : { $reaction }
and-more = et { $count } autres
new-line = Nouveau depuis votre dernière visite
new-since = { $count ->
    [one] 1 nouveau depuis votre visite
   *[other] { $count } nouveaux depuis votre visite
 }
mention-list = Personnes et groupes
mention-found = { $count ->
    [one] 1 nom proposé
   *[other] { $count } noms proposés
 }
wordings-title = Les versions de ce commentaire
for-title = Noté pour une personne sans appareil
for-change = Choisir quelqu’un d’autre
report = Signaler
report-this-proposal = Signaler la proposition
report-this-task = Signaler la tâche
report-this-member = Signaler cette présentation
report-ask = Montrer ce texte à l’animation ? Elle seule verra qui signale et pourquoi.
report-reason = Ce qui ne va pas
report-send = Signaler
report-sent = Signalé à l’animation
moderation-title = Signalements
moderation-lead = Ce que des membres ont signalé. Seule l’animation lit cette page.
reports-open = À regarder
reports-settled = Réglés
reports-none-open = Rien à regarder.
reports-none-settled = Aucun signalement réglé.
report-on-comment = Commentaire
report-on-proposal = Proposition
report-on-member = Présentation d’un membre
report-on-task = Tâche
report-open-place = Ouvrir à sa place
report-word = Votre mot
report-word-hint = Si vous retirez le commentaire, tout le monde lit ce mot comme raison.
report-word-hint-other = Les personnes qui ont signalé l’apprennent.
report-keep = Laisser
report-remove = Retirer le commentaire
report-handle = C’est réglé
report-state-kept = Laissé
report-state-removed = Retiré
report-state-handled = Réglé
error-comment-too_late = Quelqu’un a répondu, ou le commentaire est trop ancien pour être repris sans trace.
error-comment-not_removed = Ce commentaire n’a pas été retiré.
error-comment-too_many_mentions = Un commentaire nomme au plus 20 personnes et groupes.
error-report-unknown = Ceci n’a pas été signalé.
error-objection-unknown = Cette objection n’est pas connue.
error-report-twice = Vous l’avez déjà signalé. L’animation va regarder.
error-report-bad_state = L’animation a traité ce signalement.
error-report-full = Assez de personnes l’ont signalé. L’animation va regarder.
