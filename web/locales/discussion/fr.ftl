error-comment-too_late = Quelqu’un a répondu, ou le commentaire est trop ancien pour être repris sans trace.
error-comment-not_removed = Ce commentaire n’a pas été retiré.
error-comment-too_many_mentions = Un commentaire nomme au plus 20 personnes et groupes.
error-report-unknown = Ceci n’a pas été signalé.
error-report-twice = Vous l’avez déjà signalé. L’animation va regarder.
error-report-bad_state = L’animation a traité ce signalement.
error-report-full = Assez de personnes l’ont signalé. L’animation va regarder.
