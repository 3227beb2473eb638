# Les mots de toutes les pages sauf l’accueil, et ceux des refus.

nav-settings = Réglages
nav-groups = Groupes
cancel = Annuler
save = Enregistrer
saved = Enregistré
reason-label = Raison
show-more = En voir { $count } de plus
column-idea = Idées
column-discussed = En discussion
column-ready = Prêtes
column-voting = Vote
column-adopted = Adoptées et en cours
column-realised = Réalisées
column-others = Autres
member-status-invited = Invité
member-status-dormant = En pause
member-status-left = Ancien membre
member-status-erased = Effacé
member-status-external = Auteur importé
role-admin = Gestion de l’espace
role-facilitator = Animation
role-secretary = Secrétariat
role-auditor = Contrôle du registre
role-observer = Observateur, observatrice
role-chair = Présidence de séance
role-scrutineer = Scrutateur, scrutatrice
tie-worker = travailleur, travailleuse
tie-volunteer = bénévole
tie-beneficiary = bénéficiaire
tie-partner = partenaire

## Joining

join-title = Bienvenue
join-lead = Vous êtes invitée ou invité à discuter et à décider ensemble. Une pression sur le bouton et vous y êtes ; il n’y a pas de mot de passe.
join-name = Votre nom
join-name-hint = Tel que les autres membres vous connaissent
join-button = Entrer
join-no-link = Il manque à cette adresse sa partie personnelle. Ouvrez le lien complet que vous avez reçu.
join-fact-link = Le lien sert une fois. Ouvrir cette page ne l’a pas consommé.
join-fact-device = Quand vous votez, cet appareil crée sa propre signature ; elle ne le quitte jamais.
join-fact-record = Ce qui est décidé est gardé dans un registre scellé, qui ne peut être modifié sans que cela se voie.

## Proposals

proposal-word = Proposition
proposals-no-match = Aucune proposition ne correspond à cette recherche.
older-proposals = Charger les plus anciennes ({ $count })
search-placeholder = Chercher une proposition
theme-label = Thème
theme-all = Tous les thèmes
themes-label = Thèmes
view-label = Affichage
view-board = Tableau
view-list = Liste
board = Tableau des propositions par état
board-columns = États
new-proposal-title = Proposer quelque chose
new-proposal-lead = Partez du besoin. La solution peut venir plus tard, de vous ou des autres.
proposal-title-label = Titre
proposal-title-hint = Ce qui changerait, en une ligne
proposal-title-missing = Donnez-lui un titre.
proposal-need-label = Le besoin
proposal-need-hint = Ce qui manque, et à qui
proposal-need-missing = Dites ce qui manque.
proposal-text-label = La proposition (peut rester vide)
proposal-text-hint = Comment faire, si vous avez une idée
written-in = Écrite en
submit-proposal = Partager la proposition
revise = Modifier le texte
text-languages = Langues de ce texte
translated-by = Traduit par
translation-stale = l’original a changé depuis
source-figures = Importée : { $supports } soutiens et { $comments } commentaires à la source
road-label = De l’idée à la réalisation
road-idea = Idée
road-discussed = Discussion
road-ready = Prête
road-voting = Vote
road-adopted = Adoptée
road-realised = Réalisée
support-title = Soutien
support-word = { $count ->
    [one] soutien
   *[other] soutiens
}
support-needed = { $count ->
    [0] Assez de soutien : la discussion s’ouvre.
    [one] Encore 1 et la discussion s’ouvre.
   *[other] Encore { $count } et la discussion s’ouvre.
}
support = Je soutiens
supporting = Vous soutenez
support-on = Vous soutenez cette proposition
support-off = Soutien retiré
support-help = Je peux aider à…
next-title = Étape suivante
next-idea = Elle cherche du soutien. L’animation peut la prendre en charge sans attendre.
next-discussed = Elle s’améliore. Ses auteurs disent quand elle est prête.
next-ready = Un vote ou une réponse est dû.
next-voting = Le texte est figé tant que le vote est ouvert.
next-adopted = Elle est adoptée. Les tâches la réalisent.
next-in-progress = Elle se réalise.
next-realised = Elle est réalisée.
next-rejected = Elle n’a pas été adoptée.
next-postponed = Pas encore de décision. Elle peut être rediscutée.
next-withdrawn = Retirée par ses auteurs, qui peuvent la ramener.
next-merged = Elle continue dans une autre proposition.
next-abandoned = Abandonnée.
step-take-up = La mettre en discussion
step-mark-ready = Elle est prête à être votée
step-mark-discussed = Revenir à la discussion
step-mark-in_progress = En cours de réalisation
step-mark-realised = Elle est réalisée
step-mark-abandoned = L’abandonner
step-mark-withdrawn = La retirer
step-mark-idea = La ramener
step-ask = Tout le monde lira la raison.
votes-title = Vote et décision
history-title = Historique
history-created = partagée par
history-version = version { $version }

## Discussion

## Votes

body-members-short = Les membres
body-group-short = Un groupe de travail
body-board-short = L’organe d’administration
body-assembly-short = L’assemblée générale
voters-title = Qui a voté quoi
voters-none = Aucun bulletin n’est inscrit au registre.
voters-more = Afficher d’autres votants
voter = Votant
answer = Réponse
voter-weight = Voix
result-title = Résultat
took-part = { $voted ->
    [one] { $voted } votant sur { $entitled } a participé
   *[other] { $voted } votants sur { $entitled } ont participé
}
threshold-text = { $percent } % pour ; le repère est à { $num }/{ $den }
threshold-first = { $percent } % pour la première option ; le repère est à { $num }/{ $den }
quorum-met = Quorum atteint : { $x } sur { $n }
quorum-missed = Quorum non atteint : { $x } sur { $n }
tally-title = Résultat en cours
about-title = De quoi il s’agit
opened-on = Ouvert le
closed-on = Fermé le
extended-because = Prolongé :
defined-by = Préparé par
lead-title = Mener ce vote
open-vote = Ouvrir le vote
open-vote-ask = L’ouvrir maintenant ? La liste des votants et la question sont alors fixées.
close-vote = Fermer le vote
close-vote-ask = Le fermer maintenant ? Toutes les personnes de la liste ont voté.
close-vote-missing = { $count ->
    [one] Le fermer maintenant ? 1 personne n’a pas voté.
   *[other] Le fermer maintenant ? { $count } personnes n’ont pas voté.
}
extend-vote = Prolonger le vote
extend-ask = Un vote peut être prolongé une fois, jamais raccourci.
cancel-vote = Annuler le vote
cancel-vote-ask = L’annuler ? Tout le monde lira la raison.
decide-tie = Noter ce que la présidence décide
decide-tie-ask = Les voix sont égales : que décide la présidence ?
decide-places = { $count ->
    [one] La présidence départage : une place reste.
   *[other] La présidence départage : { $count } places restent.
}
reopen-vote = Rouvrir ce vote
reopen-ask = Le rouvrir ? Le résultat est retiré, les bulletins restent, et tout le monde lira la raison.
chair-decided = La présidence a tranché :
vote-reopened = Vote rouvert :
decision-withdrawn = Le vote est rouvert : ce résultat n’est plus en vigueur.
confidential-asked = { $count ->
    [one] Une personne demande un vote confidentiel.
   *[other] { $count } personnes demandent un vote confidentiel.
}
confidential-wish = Demander un vote confidentiel
confidential-wish-text = Préférez-vous que ce vote soit confidentiel ? Qui l’ouvre voit combien de personnes le demandent, jamais lesquelles.
confidential-wished = Vous avez demandé un vote confidentiel.
confidential-take-back = Retirer ma demande
confidential-taken-back = Votre demande est retirée.
new-vote-title = Préparer un vote
new-vote-lead = Vous enregistrez d’abord un brouillon. Il ne s’ouvre que quand vous l’ouvrez.
edit-vote = Modifier le brouillon
question-in = Question ({ $language })
poll-mode-label = Qui voit quoi
poll-mode-named = Vote nominatif
poll-mode-named-hint = Après la fermeture, les votants voient qui a voté quoi
poll-mode-confidential = Vote confidentiel
poll-mode-confidential-hint = Les autres ne voient que les totaux ; il faut au moins 5 votants
closes-label = Fermeture
closes-hint = Votre heure locale
poll-options = Options
revote-label = Les bulletins peuvent être changés jusqu’à la fermeture
show-live-label = Résultat visible pendant le vote
rule-default = Règle :
save-vote = Enregistrer le brouillon
## Decisions

decisions-title = Registre des décisions
decisions-lead = Chaque décision mise au vote, adoptée ou non, avec sa règle et son calcul.
decisions-none = Pas encore de décision. Le premier vote fermé figurera ici.
decision-number = Décision { $number }
recorded-on = Enregistrée
review-on = Date de réexamen
decided-by = Décidée par
decided-in = Réunion
decided-in-meeting = n° { NUMBER($number, useGrouping: 0) }
decision-no-tasks = Pas encore de tâche. Que faut-il faire en premier ?

## To-dos

tasks-title = Tâches
tasks-progress = { $done } sur { $total } faites

## Members

members-title = Membres
members-search = Nom, compétence ou besoin
members-count = { $count ->
    [one] 1 membre
   *[other] { $count } membres
}
member-unnamed = (nom pas encore donné)
class-label = Catégorie de membres
roles-label = Rôles en plus
invite-title = Inviter un membre
invite-name = Nom
invite-name-hint = Laissez vide : la personne le donne en arrivant
invite-create = Créer le lien
new-link = Nouveau lien
invite-again = Inviter à nouveau
tell-title = Faire savoir
tell-hint = Envoyez ceci à une seule personne. Qui ouvre le lien entre comme ce membre.
tell-link = Le lien
tell-text = Texte à envoyer
tell-language = Langue du texte
copy-text = Copier le texte
copy-link = Copier le lien
copied = Copié
qr-label = Code QR du lien

## My page

me-title = Ma page
display-title = Langue et affichage
theme-title = Affichage
theme-auto = Comme le système
theme-light = Clair
theme-dark = Sombre
try-vote = Essayer un vote avec cet appareil
devices-title = Mes appareils
devices-lead = Chaque appareil signe vos bulletins avec sa propre clé. Une clé perdue est révoquée ; un autre appareil en reçoit une autre.
devices-none = Aucun appareil ne signe encore pour vous. Celui-ci peut être ajouté maintenant, ou de lui-même à votre premier vote.
device-add = Ajouter cet appareil
this-device = Cet appareil
this-session-only = Cette session seulement
device-added = Ajouté
device-via-invitation = par un lien d’invitation
device-via-email = par un code reçu par e-mail
device-via-device = par un autre appareil
device-via-officer = en personne
device-via-card = comme carte
device-revoke = Révoquer
device-revoke-ask = Révoquer cette clé ? Elle ne pourra plus jamais signer ; les bulletins déjà enregistrés restent.
device-revoked = Révoquée
device-reason-lost = perdue
device-reason-replaced = remplacée
device-reason-left = départ du membre
device-reason-office = par l’organisation
device-reason-expired = carte expirée
links-title = Liens créés pour moi
links-lead = Qui possède un tel lien pourrait entrer à votre place tant qu’il n’a pas servi : vous les voyez tous.
links-none = Aucun.
record-title = Le registre scellé
record-lead = À chaque retour de cet appareil, le serveur doit prouver que le registre n’a fait que grandir.
record-seal = Dernier sceau vérifié : { $size } entrées
leave-session = Quitter sur cet appareil
leave-ask = Il vous faudra un nouveau lien pour revenir.
leave-shared = Cet ordinateur est partagé
leave-shared-hint = Votre clé, vos reçus et vos brouillons quittent ce navigateur ; la clé ne pourra plus signer. Enregistrez d’abord les reçus à garder.
error-input-too_big = C’est trop long.
error-input-bad_value = Une valeur manque ou n’est pas permise.
error-input-missing_field = Il manque quelque chose.
error-session-none = Vous n’avez pas de session ouverte. Ouvrez votre lien personnel.
error-session-expired = Votre session est terminée. Demandez un nouveau lien.
error-origin-refused = Le serveur ne répond pas à cette adresse.
error-right-missing = Vos rôles ne le permettent pas.
error-conflict = Cela a changé entre-temps : regardez où cela en est, puis recommencez.
error-rate-limited = Trop à la fois. Attendez un instant.
limited-until = C’est tout ce qui est accepté pour l’instant. Ce sera de nouveau possible à partir du { $time }.
refused-earlier = Ce que vous aviez fait ici auparavant n’est parti que maintenant, et a été refusé : { $text }
error-feed-full = Le serveur est très occupé. Les changements arrivent quelques secondes plus tard.
error-token-unknown = Ce jeton d’accès n’est pas connu.
error-token-too_many = Vous avez déjà 20 jetons d’accès. Révoquez-en un qui ne sert plus.
error-token-out_of_scope = Ce jeton d’accès ne permet pas cela.
error-storage-full = Le serveur n’a plus de place : on peut lire, plus écrire.
error-storage-failed = Le serveur n’a pas pu l’enregistrer.
error-server-stopping = Le serveur redémarre. Réessayez dans un instant.
error-organisation-last_admin = Au moins une personne doit garder la gestion de l’espace.
error-invite-unknown = Ce lien n’est pas connu. Ouvrez le lien complet, ou demandez-en un nouveau.
error-invite-used = Ce lien a déjà servi. Demandez-en un nouveau.
error-invite-expired = Ce lien est trop ancien. Demandez-en un nouveau.
error-invite-name_needed = Donnez votre nom, puis appuyez à nouveau.
error-member-unknown = Ce membre n’est pas connu.
error-member-bad_state = Le statut du membre ne le permet pas.
error-class-unknown = Cette catégorie de membres n’est pas connue.
error-class-in_use = Des membres sont dans cette catégorie.
error-proposal-unknown = Cette proposition n’est pas connue.
error-proposal-bad_state = L’état de la proposition ne le permet pas.
error-proposal-stale = Le texte a changé entre-temps. Rechargez et regardez-le d’abord.
error-proposal-reason_needed = Cette étape demande une raison.
error-group-unknown = Ce groupe n’est pas connu.
error-group-bad_state = L’état du groupe ne le permet pas.
error-group-too_deep = Les groupes s’emboîtent sur cinq niveaux au plus, et un groupe n’est jamais une partie de lui-même.
error-group-full = Il n’y a plus de place.
error-group-too_many = Vous avez lancé dix groupes depuis hier. L’animation peut vous aider.
error-group-not_member = Cette personne n’est pas dans le groupe.
error-decision-unknown = Cette décision n’est pas connue.
error-notification-unknown = Cette notification n’est plus là.
error-minutes-unknown = Cette réunion n’a pas encore de procès-verbal que vous puissiez lire.
error-minutes-sealed = Le procès-verbal est scellé : plus rien n’y change.
error-minutes-stale = Le registre en dit plus que ce procès-verbal : refaites les faits, puis scellez.
error-minutes-tie_open = Dans cette réunion, une égalité attend que la présidence tranche : scellez le procès-verbal ensuite.
error-minutes-fact_altered = Ce qui vient du registre reste tel quel. Écrivez autour.
error-task-unknown = Cette tâche n’est pas connue.
error-task-bad_state = Quelqu’un a été plus rapide : la tâche a changé.
error-task-several_names = Plusieurs personnes portent ce nom. Choisissez.
error-task-reason_needed = Cette étape demande une raison.
error-rule-unknown = Cette règle n’est plus connue : choisissez-en une autre.
error-rule-bad_state = Cette règle n’est pas confirmée, ou n’est plus utilisée : choisissez-en une autre.
error-rule-full = Il y a déjà 100 règles à vous : retirez-en une d’abord.
error-meeting-unknown = Cette réunion n’est pas connue.
error-meeting-bad_state = La réunion en est ailleurs : ce n’est pas possible maintenant. Regardez ce que montre la page.
error-meeting-bad_agenda = Ce point n’est plus à l’ordre du jour, ou n’est pas à une place permise.
error-meeting-full = Il y a autant de réunions prévues que possible : terminez-en ou annulez-en une d’abord.
error-meeting-below_quorum = Le quorum n’est pas atteint.
error-attendance-bad_code = Ce n’est pas le code de cette réunion. Regardez le grand écran, ou demandez à l’accueil.
error-attendance-not_present = Cela ne vaut que pour qui est présent ; annoncez-vous d’abord.
error-incident-twice = Vous l’avez déjà signalé ; c’est noté.
error-import-unreadable = Ceci ne se lit pas comme un tableau de personnes. Sa première ligne nomme les colonnes.
error-poll-no_lot_left = Il ne reste aucun tirage au sort préparé pour ceci : annulez le vote et posez la question dans un nouveau.
error-poll-unknown = Ce vote n’est pas connu.
error-poll-not_open = Le vote n’est pas encore ouvert.
error-poll-closed = Le vote a été fermé avant l’arrivée du bulletin. Il ne compte pas.
error-poll-bad_state = L’état du vote ne le permet pas.
error-poll-bad_time = Cette date ne convient pas au vote.
error-poll-wrong_definition = La définition du vote est autre.
error-poll-empty_roll = Personne ne peut y voter.
error-poll-mode_unavailable = Le vote secret n’est pas encore proposé : votez sur papier.
error-poll-method_unavailable = Cette façon de compter n’est pas encore proposée.
error-poll-too_few_for_confidential = Moins de 5 votants : un vote confidentiel montrerait qui a voté quoi.
error-poll-no_extension = Ici, un vote ne se prolonge pas.
error-poll-extended_twice = Un vote est prolongé une fois au plus.
error-poll-too_many_open = Cinq votes sont déjà ouverts dans cette réunion.
error-poll-no_shares = La règle demande un quorum de parts, et personne parmi les votants n’en a : inscrivez les parts ou choisissez une autre règle.
error-poll-shown = Son résultat a été montré : posez la question dans un nouveau vote.
error-ballot-not_present = Ce vote est pour les personnes présentes à son ouverture et qui le sont encore.
error-ballot-bad_signature = La signature de cet appareil n’était pas bonne.
error-ballot-wrong_definition = Le bulletin portait sur une autre définition de ce vote.
error-ballot-not_on_roll = Vous n’êtes pas sur la liste des votants.
error-ballot-wrong_weight = Votre nombre de voix a changé. Regardez à nouveau le vote.
error-ballot-stale_counter = Un autre de vos appareils a voté entre-temps. Regardez le bulletin enregistré avant de le changer.
error-ballot-already_cast = Vous avez voté ; les bulletins de ce vote ne peuvent pas être changés.
error-ballot-unknown_history = Le serveur ne connaît pas le registre que cet appareil a vu.
error-ballot-bad_choice = Ce choix n’est pas proposé.
error-key-unknown = Cet appareil n’est pas encore au registre. Ajoutez-le, puis votez à nouveau.
error-key-revoked = La clé de cet appareil a été révoquée. Ajoutez à nouveau cet appareil, puis votez.
error-key-twice = Cette clé est ou était déjà au registre.
error-key-bad_proof = L’appareil n’a pas pu prouver sa clé.
diff-added = [ajouté :
diff-removed = [supprimé :
diff-end = ]
find-member = Chercher par nom
member-number = membre n° { $number }
find-member-list = Personnes trouvées
find-member-found = { $count ->
    [0] Personne de ce nom.
    [one] 1 personne trouvée
   *[other] { $count } personnes trouvées
 }
record-for = Noter pour quelqu’un
record-for-label = Pour qui
record-for-hint = Une personne sans appareil, qui vous le demande. Tout le monde verra que vous l’avez noté.

## Ways to everything else

more-decisions = Ce qui a été décidé, avec ses numéros
more-members = Qui fait partie de l’organisation
more-groups = Qui travaille à quoi
more-me = Mon profil, mes appareils, mes brouillons
more-settings = De l’organisation
