# Membres : annuaire, profil, invitations, départ.
handover-title = Lien d’entrée pour
handover-hint = À scanner avec le téléphone de la personne. Le lien sert une fois ; elle verra sur sa page que vous l’avez créé.
handover-print = Imprimer (A6)
sheet-how = Scannez le code ou recopiez l’adresse, choisissez votre langue, appuyez sur Entrer.
sheet-once = Personnel. Ce lien sert une fois.
members-search-name = Chercher un nom
members-any-class = Toutes les catégories
members-any-tie = Tous les liens
members-any-status = Tous les statuts
members-status-active = Actifs
members-status-dormant = En pause
members-status-invited = Invités
members-status-left = Anciens membres
members-status-external = Auteurs importés
members-status-none = Sans marraine ni parrain
members-none = Personne ne correspond.
members-all = Voir tous les membres
members-some = Les { $count } premiers
members-more = Voir la suite
member-skills = Sait faire
member-needs = Cherche
member-sponsor = Marraine ou parrain
member-sponsors = Marraine ou parrain de
member-since = Membre depuis le
member-until = Départ le
member-representative = Représentante ou représentant
representative-hint = La personne qui agit pour cette organisation ; son nom suit partout celui de l’organisation.
sponsor-hint = Une personne à qui un nouveau membre peut tout demander. Elle en est prévenue.
sponsor-none = personne encore
sponsor-choose = Choisir
sponsor-other = Changer
sponsor-nobody = Plus personne
invite-list = Inviter à partir d’une liste
profile-edit = Modifier mon profil
profile-name = Nom
profile-introduction = Qui je suis
profile-introduction-hint = Quelques phrases, lues par tous les membres.
profile-words-hint = Séparez par des virgules, vingt au plus. Les membres trouvent ces mots dans l’annuaire.
profile-email = Adresse e-mail
profile-email-hint = Vue par la gestion de l’espace et le secrétariat ; par les autres membres si vous cochez la case.
profile-shows-email = Montrer mon adresse aux membres
member-history = Historique
step-invited = Invitation
step-joined = Arrivée
step-given = Reçoit : { $roles }
step-taken = Ne l’a plus : { $roles }
step-class = Catégorie : { $name }
step-paused-by-time = En pause, faute d’activité
step-status-active = De nouveau actif
step-status-dormant = En pause
step-status-left = Départ
step-status-invited = De nouveau invité
member-proposals = Propositions
member-tasks = Tâches
member-task-taken = prise
member-task-done = faite
member-manage = Gérer
roles-hint = Qui donne ou retire un rôle est noté dans l’historique. Une personne au moins garde la gestion de l’espace.
role-given = Rôle donné : { $role }
role-taken = Rôle retiré : { $role }
member-reason = Raison (facultatif)
class-hint = La catégorie décide du droit de vote ; un vote déjà ouvert n’en est pas changé.
member-shares = Parts
member-weight = Nombre de voix
ties-label = Liens
ties-hint = Ce qui lie la personne à l’organisation ; cela ne décide d’aucun vote.
their-devices = Appareils
their-device-ask = Révoquer cette clé au nom de l’organisation ? La personne lira la raison.
their-device-note = Raison
pause-start = Mettre en pause
pause-end = Reprendre
pause-done = En pause
pause-ended = La pause est finie
pause-now = En pause : pas de rappels, pas de tâches attendues. Tous les droits restent, et agir met fin à la pause.
pause-hint = En pause, on ne vous rappelle rien. Cela ne touche ni votre vote, ni vos parts, ni le quorum.
member-leaves = Cette personne quitte l’organisation
me-devices = Mes appareils
me-devices-hint = Ce qui signe pour moi, les liens créés pour moi, l’affichage
me-notifications = Mes notifications
me-notifications-hint = Ce qui me concerne, et ce que je veux savoir
me-drafts = Mes brouillons
me-drafts-hint = Ce que vous avez commencé sans l’envoyer ; personne d’autre ne le lit. Un commentaire vous attend sous ce dont il parle.
me-leave = Quitter l’organisation
leave-title = Départ de { $name }
leave-what = Ce qui se passe
leave-fact-entry = L’accès se ferme : sessions, liens et clés des appareils.
leave-fact-record = Les textes, les votes et le nom restent dans le registre.
leave-fact-roles = Les rôles cessent d’agir ; les votes à venir ne comptent plus cette personne.
leave-fact-back = Un nouveau lien permet de revenir.
leave-tasks = Qui reprend les tâches ?
leave-becomes-free = Cette tâche redevient libre.
leave-who = Demander à quelqu’un
leave-asks = On demande à
leave-free = La laisser libre
leave-goodbye = Un au revoir (facultatif)
leave-goodbye-hint = Il reste sur la page du membre.
leave-confirm-own = Quitter l’organisation
leave-confirm = Enregistrer ce départ
list-title = Inviter à partir d’une liste
list-lead = Choisissez ou collez une liste (CSV, en UTF-8). Vous verrez ligne par ligne ce qui se passera avant d’inviter qui que ce soit.
list-columns = La première ligne nomme les colonnes, dans n’importe quel ordre : nom, prénom, e-mail, langue, catégorie, parts, voix, liens, rôles, représentant. Plusieurs liens ou rôles : séparez par |.
list-file = Fichier
list-too-big = Plus de 16 Mio : partagez la liste.
list-paste = Ou coller ici
list-class = Catégorie quand la ligne n’en dit rien
list-class-hint = Elle décide du droit de vote.
list-class-none = Aucune : chaque ligne doit le dire
list-look = Vérifier la liste
list-looking = Vérification en cours
list-found = Ce que la liste dit
list-counted-new = à inviter
list-counted-known = déjà connus
list-counted-differs = connus, avec une différence
list-counted-wrong = à corriger
list-state-new = Nouveau
list-state-known = Connu
list-state-differs = Connu, différent
list-state-wrong = À corriger
list-unknown = Colonnes non utilisées : { $names }
list-nobody = Tant qu’il reste quelque chose à corriger, personne n’est invité. Corrigez la liste et vérifiez à nouveau.
list-all-known = Tout le monde est déjà connu.
list-line = Ligne
list-who = Qui
list-what = Ce qui se passe
list-place = ligne { $line }, caractère { $at }
list-now = actuellement { $value }, inchangé
list-other = autre ici, inchangé
list-column-name = nom
list-column-first-name = prénom
list-column-email = e-mail
list-column-language = langue
list-column-class = catégorie
list-column-shares = parts
list-column-weight = voix
list-column-ties = liens
list-column-roles = rôles
list-column-representative = représentant
list-error-formula = un tableur y verrait une formule
list-error-bad-text = des caractères qui ne sont pas du texte
list-error-too-long = trop long
list-error-bad-email = pas une adresse e-mail
list-error-bad-language = langue inconnue : fr, nl, en
list-error-bad-class = cette catégorie n’existe pas
list-error-no-class = aucune catégorie
list-error-bad-number = pas un nombre entier, ou hors limites
list-error-bad-role = ce rôle n’existe pas
list-error-no-right = seule la gestion de l’espace donne cela
list-error-nobody = ni nom ni adresse
list-error-too-many-cells = plus de cellules que de colonnes
list-error-too-few-cells = moins de cellules que de colonnes
list-error-twice = la même personne qu’à la ligne { $value }
list-fault-utf8 = le fichier n’est pas en UTF-8. Dans votre tableur : enregistrer sous, CSV UTF-8.
list-fault-nul = un caractère nul ; ce n’est pas un fichier de texte
list-fault-quote = un guillemet s’ouvre ici et ne se ferme pas
list-fault-after-quote = après le guillemet fermant il faut un séparateur ou la fin de la ligne
list-fault-inner-quote = un guillemet au milieu d’une cellule : mettez toute la cellule entre guillemets
list-fault-cr = une fin de ligne isolée
list-fault-cell = une cellule de plus de 4 096 octets
list-fault-cells = plus de 256 colonnes
list-fault-row = une ligne trop longue
list-fault-empty = il n’y a rien à lire
list-fault-bytes = le fichier est trop grand
list-fault-headings = aucune colonne ne s’appelle « nom » ou « e-mail »
list-progress = Invitations
list-making = { $done } sur { $total } invités
list-keep = Les liens ne seront plus montrés : imprimez-les ou téléchargez-les maintenant, puis donnez à chacun le sien.
list-print = Imprimer les codes
list-download = Télécharger noms et liens
join-expected = Ce qui est attendu de chaque membre
join-sponsor = Votre marraine ou parrain, à qui tout demander :
join-ask = Une question ? Demandez à
join-hello = Bonjour
join-again = Ce lien vous fait entrer sur cet appareil.
join-sentence = Vous en une phrase (facultatif)
join-sentence-hint = Les membres la liront à votre arrivée
link-used = utilisé
link-unused = pas encore utilisé
devices-page = Mes appareils et mes liens
list-invite =
    { $count ->
        [one] Inviter { $count } personne
       *[other] Inviter { $count } personnes
    }
list-made =
    { $count ->
        [one] { $count } personne est invitée
       *[other] { $count } personnes sont invitées
    }
members-any-group = Tous les groupes
member-groups = Groupes de travail
erase-link = Effacer cette personne…
erase-title = Effacer { $name }
erase-goes = Ce qui disparaît, pour toujours
erase-goes-always = Le nom, l’adresse et le profil, l’historique de son statut, les motifs de ses signalements, ses accès, brouillons et notifications. Les notifications des autres qui en parlent aussi.
erase-texts = Aussi ce que la personne a écrit : propositions, commentaires, tâches, fichiers, motifs joints à ses bulletins
erase-count-profile =
    { $count ->
        [one] { $count } élément du profil et de son historique
       *[other] { $count } éléments du profil et de son historique
    }
erase-count-texts =
    { $count ->
        [one] { $count } texte
       *[other] { $count } textes
    }
erase-count-files =
    { $count ->
        [one] { $count } fichier
       *[other] { $count } fichiers
    }
erase-count-notes =
    { $count ->
        [one] { $count } motif joint à un bulletin
       *[other] { $count } motifs joints à un bulletin
    }
erase-count-named =
    { $count ->
        [one] { $count } texte d’une autre personne contient ce nom : il reste, vous le verrez dans une liste
       *[other] { $count } textes d’autres personnes contiennent ce nom : ils restent, vous en aurez la liste
    }
erase-stays = Ce qui reste
erase-stays-what = Les bulletins, sans nom, pour que chaque résultat puisse être recompté ; les décisions ; les questions des votes ; les textes des autres. À la place des mots effacés, on lit […].
erase-go-on = Continuer
erase-last = Rien ne pourra être rétabli
erase-reason = Pourquoi ? Cela reste dans le registre.
erase-reason-asked = La personne l’a demandé
erase-reason-retention = Le délai de conservation est passé
erase-reason-authority = Une autorité l’a ordonné
erase-reason-moderation = Modération
erase-word-to-type = effacer
erase-type = Écrivez « { $text } » pour confirmer
erase-busy = L’effacement est en cours : cela peut durer quelques secondes.
erase-for-ever = Effacer pour toujours
erased-with-texts = La personne et ses textes sont effacés
erased-without = La personne est effacée ; ses textes restent
erase-complete = C’est aussi fait dans le fichier du serveur.
erase-pending = Le fichier du serveur contient encore l’ancien texte : il sera réécrit au prochain démarrage. Parlez-en à qui le gère.
erase-named-title = Textes d’autres personnes
erase-named-hint = Le nom y figure. Ce sont les mots d’autres personnes : rien n’y est changé. Vous pouvez leur en parler.
erase-named-none = Aucun.
erase-whole = le nom entier
erase-word = une partie du nom
erase-done = C’est réglé
erase-not-done = Pas encore réglé
erase-done-by = Réglé par
erase-kind-proposal = Proposition
erase-kind-poll = Vote
erase-kind-decision = Décision
erase-kind-task = Tâche
erase-kind-meeting = Réunion
erase-kind-minutes = Procès-verbal de la réunion
erase-kind-group = Groupe
erase-kind-file = Fichier
erase-kind-comment = Commentaire
tokens-title = Jetons d’accès
tokens-lead = Un de vos scripts peut employer un jeton à la place de votre session : pour garder une copie, pour préparer des tâches. Il agit en votre nom.
tokens-of-lead = Un jeton agit au nom de ce membre, dans un de ses scripts. Il peut le révoquer ; l’administration aussi, si le jeton s’est perdu.
token-scope-read = Lire ce que je peux lire
token-scope-write = Écrire en mon nom
token-scope-of-read = Lire
token-scope-of-write = Écrire en son nom
token-name = À quoi il sert
token-name-hint = Par exemple : une copie de nos textes chaque nuit
token-may = Il peut
token-never = Il ne vote, ne signe, n’ouvre de compte et ne crée d’autre jeton jamais.
token-days = Il dure
token-days-count =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
token-create = Créer un jeton
token-shown = Votre jeton
token-shown-hint = Copiez-le maintenant : il n’est montré que cette fois. Qui l’a peut agir en votre nom.
token-copy = Copier le jeton
token-kept = Je l’ai gardé
token-ends = Jusqu’au
token-used = dernier usage
token-unused = pas encore employé
token-revoke = Révoquer
token-revoke-ask = Révoquer ce jeton ? Ce qui l’emploie s’arrête aussitôt.
token-revoke-of-ask = Révoquer ce jeton ? Ce qui l’emploie s’arrête aussitôt, et cela ne se défait pas : ce membre devra en créer un autre.
token-revoked = Le jeton est révoqué.
