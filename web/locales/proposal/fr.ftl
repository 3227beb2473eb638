# Ce que disent seulement les pages des propositions.
error-proposal-version_unknown = Cette version a été effacée.
error-proposal-too_many_authors = Vingt personnes au plus écrivent une proposition.
error-proposal-last_author = La seule personne qui l’écrit ne peut pas partir.
error-proposal-not_asked = Cette question n’est plus posée.
error-proposal-not_silent = Ses auteurs ont agi il y a moins longtemps.
error-proposal-too_many_related = Cette proposition est déjà liée à trop d’autres.
versions-title = Ce qui a changé
versions-from = De
versions-to = à
version-name = version { $version }, { $date }
diff-none = Les mots sont les mêmes.
asks-title = Ce que cela demande
files-after = Une fois la proposition partagée, vous pouvez y joindre des fichiers.
asks-hint = Laissez vide ce qui n’est pas demandé.
asks-open = Argent, temps, personnes, compétences
asks-label-money = Argent
asks-label-hours = Temps
asks-label-people = Personnes
asks-label-skills = Compétences
asks-field-money = Argent, en euros
asks-field-hours = Temps, en heures
asks-field-people = Nombre de personnes
asks-field-skills = Compétences
asks-skills-hint = Séparez-les par des virgules.
asks-fault = Écrivez ces nombres en chiffres.
asks-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
asks-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
answer-yes = Oui, avec plaisir
answer-no = Pas moi
author-asked = { $name } vous propose d’écrire cette proposition ensemble.
author-yes = Vous écrivez maintenant cette proposition.
author-no = C’est noté.
author-offers = propose son aide pour écrire
author-waits = n’a pas encore répondu
author-accept = Accepter
author-decline = Décliner
author-uninvite = Ne plus demander
authors-title = Qui écrit
authors-hint = Chaque auteur peut changer le texte et dire que la proposition est prête.
author-find = À qui demander d’écrire avec vous
author-invited = La demande est faite à { $name }.
author-invite = Inviter à écrire
author-leave = Ne plus écrire
author-left = Vous n’écrivez plus cette proposition.
authors-silent = Ses auteurs n’ont plus rien fait ici depuis le { $date }.
take-over = Je reprends cette proposition
taken-over-done = Vous écrivez maintenant cette proposition.
taken-over = Reprise par { $name } le { $date }.
proposal-recorded-by = Notée par { $name } pour { $for }.
support-recorded-by = (noté par { $name })
need-alone = Un besoin, sans solution encore.
need-alone-text = Une idée pour y répondre est la bienvenue.
need-idea = J’ai une idée pour cela
need-answer = Écrire une proposition qui y répond
need-join = Proposer d’écrire ensemble
need-offered = Vous proposez d’écrire ensemble ; ses auteurs répondront.
answers-need = Cette proposition répond au besoin :
owed-until = Un vote ou une réponse écrite est attendu avant le { $date }.
owed-late = En retard
answers-title = Réponse écrite
answer-write = Répondre par écrit
answer-label = Réponse à cette proposition
answer-send = Envoyer la réponse
relations-title = En lien avec
relation-duplicate-of = Double de
relation-has-duplicate = A pour double
relation-alternative-to = Autre solution que
relation-answers = Répond au besoin de
relation-answered-by = Une réponse à ce besoin
relation-merged-from = A été jointe
relation-open = Lier à une autre
relation-as = Comment elles sont liées
relation-to = À quelle proposition
relation-choose = Choisissez
relation-choice-duplicate-of = Celle-ci est un double de l’autre
relation-choice-alternative-to = Celle-ci est une autre solution
relation-choice-answers = Celle-ci répond au besoin de l’autre
relation-choice-merge = Celle-ci continue dans l’autre
relation-add = Lier
relation-remove = Retirer ce lien
relation-removed = Le lien est retiré.
merge-hint = Ses auteurs doivent être d’accord. Chaque soutien choisit ensuite de suivre ou non.
merge-ask = Demander aux auteurs
merge-asked = { $name } propose que celle-ci continue dans
merge-yes = D’accord
merge-no = Non
merge-drop = Ne plus demander
merged-into = Jointe à une autre ; elle continue dans
follow-ask = Vous souteniez cette proposition. Votre soutien suit-il ?
follow-yes = Oui, suivre
follow-no = Non
follow-yes-done = Votre soutien a suivi.
follow-no-done = Votre soutien n’a pas suivi.
came-along = { $count ->
    [one] { $count } soutien est venu de
   *[other] { $count } soutiens sont venus de
}
offers-title = Ce que les soutiens proposent
offers-helps = peut aider :
changed-since = Le texte a changé depuis votre soutien.
support-still = Je soutiens toujours
support-still-done = Votre soutien vaut pour ce texte.
recorded-done = Noté pour { $name }.
recording-for = Notée pour { $name }, qui en sera l’auteur.
recording-stop = Non, pour moi
translate-title = Traduction : { $language }
translate-hint = Votre nom figurera à côté de la traduction.
translate-changed = Ce qui a changé dans l’original depuis la traduction
translate-original = Original
translate-send = Publier la traduction
translate-done = La traduction est publiée.
translate-into = Traduire : { $language }
translate-renew = Mettre à jour la traduction : { $language }
translate-edit = Corriger la traduction : { $language }
filter-state = État
filter-state-all = Tous les états
filter-asks = Ce que cela demande
filter-asks-all = Toutes les demandes
theme-word = Thème
theme-decisions = Décisions
theme-tasks = Tâches
theme-people = Qui est actif ici
theme-wrote = { $count ->
    [one] a écrit { $count } proposition
   *[other] a écrit { $count } propositions
}
theme-supports = { $count ->
    [one] en soutient { $count }
   *[other] en soutient { $count }
}
theme-none = Pas encore de proposition dans ce thème.
asked-title = On vous demande
asked-author = Écrire avec { $name } :
asked-offer = { $name } propose d’écrire avec vous :
asked-merge = Joindre votre proposition à une autre :
asked-follow = Votre soutien suit-il ? Elle a été jointe à une autre :
