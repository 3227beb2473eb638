settings-title = Réglages
settings-lead = Comment l’organisation fonctionne par défaut. Chaque changement vaut aussitôt, est inscrit au registre et peut être annulé.
settings-read-only = Seules les personnes qui gèrent l’espace changent ces réglages ; tous les membres peuvent les lire.
settings-organisation = L’organisation
settings-proposals = Propositions
settings-votes = Votes et décisions
settings-members = Membres
settings-sessions = Connexions
settings-others = Autres réglages
settings-history = Derniers changements
settings-history-none = Rien n’a encore été changé.
setting-changed = Changé : { $name }
setting-default = Par défaut : { $value }
setting-to-default = Revenir à la valeur par défaut
setting-put-back = Remettre comme avant
setting-save = Enregistrer la liste
setting-bounds = Entre { $min } et { $max }
setting-on = Oui
setting-off = Non
unit-days =
    { $count ->
      [one] { $value } jour
     *[other] { $value } jours
    }
unit-hours =
    { $count ->
      [one] { $value } heure
     *[other] { $value } heures
    }
unit-minutes =
    { $count ->
      [one] { $value } minute
     *[other] { $value } minutes
    }
unit-months = { $value } mois
unit-weeks =
    { $count ->
      [one] { $value } semaine
     *[other] { $value } semaines
    }
unit-hour = { $value } h
unit-percent = { $value } %
unit-name-days =
    { $count ->
      [one] jour
     *[other] jours
    }
unit-name-hours =
    { $count ->
      [one] heure
     *[other] heures
    }
unit-name-minutes =
    { $count ->
      [one] minute
     *[other] minutes
    }
unit-name-months = mois
unit-name-weeks =
    { $count ->
      [one] semaine
     *[other] semaines
    }
unit-name-hour = heures
unit-name-percent = %
setting-name = Nom
setting-name-hint = Il figure en haut des pages et dans les documents de l’organisation.
setting-names = Le nom dans chaque langue
setting-names-hint = Chaque personne lit le nom dans sa langue.
setting-languages = Langues
setting-languages-hint = La question d’un vote est écrite dans chacune de ces langues.
setting-legal_form = Forme juridique
setting-legal_form-hint = Elle est affichée avec l’organisation et dans ses exports.
setting-time_zone = Fuseau horaire
setting-time_zone-hint = L’heure de clôture des votes le suit aussitôt ; l’année des décisions et les autres dates calculées par le serveur, seulement après son redémarrage.
setting-expectations = Ce que l’organisation attend de ses membres
setting-expectations-hint = Affiché à l’arrivée d’un membre. Cinq lignes au plus dans chaque langue.
setting-classes = Catégories de membres
setting-classes-hint = Chaque membre est dans une seule catégorie, qui dit si cette personne vote. Une catégorie qui a des membres ne peut pas être retirée.
class-votes = A le droit de vote
line-add-classes = Ajouter une catégorie
setting-themes = Thèmes
setting-themes-hint = Ils classent les propositions, dans cet ordre. Un thème retiré reste sur ce qui le porte et n’est plus proposé.
line-add-themes = Ajouter un thème
theme-retired = Retiré
line-up = Monter « { $name } »
line-down = Descendre « { $name } »
line-remove = Retirer
setting-support = Soutiens nécessaires
setting-support-hint = À ce nombre de soutiens, une idée passe d’elle-même en discussion.
setting-support-at_least = Au moins
setting-support-percent = Ou cette part des membres actifs, en %
setting-support-at_most = Au plus
setting-support-now =
    { $count ->
      [one] Aujourd’hui : { $count } soutien.
     *[other] Aujourd’hui : { $count } soutiens.
    }
setting-support-default = au moins 3, ou 5 % des membres actifs, au plus 15
setting-answer_owed_days = Délai pour répondre à une proposition prête
setting-answer_owed_days-hint = Dans ce délai, une proposition prête doit recevoir un vote ou une réponse écrite ; passé ce délai, elle est signalée en retard.
setting-silent_days = Silence des auteurs
setting-silent_days-hint = Après ce temps sans nouvelles de ses auteurs, l’animation peut faire avancer leur proposition à leur place.
setting-vote_days = Durée d’un vote
setting-vote_days-hint = Le formulaire d’un nouveau vote propose une clôture après ce nombre de jours.
setting-vote_close_hour = Heure de clôture
setting-vote_close_hour-hint = Le formulaire propose cette heure, dans le fuseau horaire de l’organisation.
setting-vote_extension = Prolonger un vote
setting-vote_extension-hint = Un vote ouvert peut être prolongé, une seule fois et avec une raison.
setting-vote_revote = Changer son bulletin
setting-vote_revote-hint = Dans un nouveau vote, chaque personne peut changer son bulletin jusqu’à la clôture, sauf si le formulaire dit autre chose.
setting-vote_show_live = Résultat en cours de vote
setting-vote_show_live-hint = Un nouveau vote nominatif montre les chiffres pendant qu’on vote, sauf si le formulaire dit autre chose.
setting-vote_majority = Majorité
setting-vote_majority-hint = Ce qu’il faut de oui, parmi les oui et les non, pour qu’une nouvelle décision soit adoptée.
setting-vote_majority-simple = Plus de oui que de non
setting-vote_majority-two_thirds = Au moins deux tiers de oui
setting-vote_majority-three_quarters = Au moins trois quarts de oui
setting-vote_majority-four_fifths = Au moins quatre cinquièmes de oui
setting-vote_abstain = Abstentions
setting-vote_abstain-hint = Comment une abstention compte dans une nouvelle décision.
setting-vote_abstain-out = Laissées de côté
setting-vote_abstain-base = Comptées dans le total
setting-vote_abstain-no = Comptées comme non
setting-vote_quorum_percent = Quorum de participation
setting-vote_quorum_percent-hint = La part des personnes qui peuvent voter qui doit voter pour qu’une nouvelle décision tienne ; 0 : pas de quorum.
setting-review_months = Relire les décisions
setting-review_months-hint = Une nouvelle décision reçoit une date de relecture après ce nombre de mois.
setting-newcomer_weeks = Accueil des nouveaux membres
setting-newcomer_weeks-hint = L’accueil présente un nouveau membre pendant ce nombre de semaines ; 0 : pas du tout.
setting-link_days = Validité d’un lien d’invitation
setting-link_days-hint = Un lien pour rejoindre l’organisation sert une fois, pendant ce nombre de jours.
setting-session_idle_days = Déconnexion sans activité
setting-session_idle_days-hint = Un appareil qui n’est pas utilisé pendant ce temps doit être reconnecté par un nouveau lien.
setting-session_days = Durée maximale d’une connexion
setting-session_days-hint = Après ce temps, un appareil doit être reconnecté même s’il est utilisé chaque jour.
legal-form-sc = Société coopérative (SC)
legal-form-asbl = Association sans but lucratif (ASBL)
legal-form-aisbl = Association internationale (AISBL)
legal-form-de-facto = Association de fait
legal-form-scop = Société coopérative de production (SCOP)
legal-form-scic = Société coopérative d’intérêt collectif (SCIC)
legal-form-loi1901 = Association loi 1901
legal-form-other = Autre forme
setting-dormant_after_days = Mise en pause après
setting-dormant_after_days-hint = Jours sans aucun acte après lesquels un membre est mis en pause tout seul ; agir met fin à la pause. Cela ne touche ni vote ni quorum. 0 : jamais.
settings-rules = Règles de vote
settings-rules-lead = Ce qu’un vote demande, sous un nom. Copiez une règle toute faite, adaptez-la à vos statuts et confirmez-la avec leur article.
settings-rules-none = L’organisation n’a pas encore de règle à elle.
rule-unchecked = Non vérifiée par un juriste : comparez avec vos statuts.
rule-checked = Comparée avec les statuts, { $article } :
rule-copy-from = Règles toutes faites
rule-copy-hint = Des lectures de la loi et de statuts courants, que les vôtres peuvent changer.
rule-choose = Choisissez-en une pour la lire
rule-copy = Copier cette règle
rule-stands-in = Elle se trouve dans : { $article }
rule-saved = La règle est enregistrée
rule-adapt = Adapter
rule-confirm = Confirmer
rule-confirm-question = Vous confirmez que vos statuts demandent exactement ceci. Les votes selon cette règle ne diront plus qu’elle n’a pas été vérifiée.
rule-confirmed-now = La règle est confirmée
rule-unconfirm = Retirer la confirmation
rule-article = Article de vos statuts
rule-article-hint = Par exemple : art. 24, deuxième alinéa
rule-retire = Ne plus proposer
rule-retired = plus proposée
rule-retired-now = La règle n’est plus proposée
rule-again = Proposer de nouveau
rule-title = Nom de la règle
rule-majority = Majorité
rule-fraction-none = Aucune
rule-fraction-simple = Plus de la moitié
rule-fraction-half = Au moins la moitié
rule-fraction-third = Au moins un tiers
rule-fraction-two_thirds = Au moins deux tiers
rule-fraction-three_quarters = Au moins trois quarts
rule-fraction-four_fifths = Au moins quatre cinquièmes
rule-fraction-other = Une autre fraction
rule-num = Autant
rule-den = sur
rule-strict = Exactement ce nombre
rule-strict-false = suffit
rule-strict-true = ne suffit pas
rule-base = Calculée sur
rule-base-votes = Pour et contre
rule-base-present = Toutes les voix présentes ou représentées (demande une assemblée)
rule-base-entitled = Toutes les voix de la liste des votants
rule-abstain = Abstentions
rule-blank = Bulletins blancs
rule-void = Bulletins nuls
rule-quorum = Quorum de présence
rule-of = Qui compte pour le quorum
rule-of-part = Qui vote
rule-of-present = Qui est présent ou représenté (demande une assemblée)
rule-unit = Compté en
rule-unit-heads = Personnes
rule-unit-weight = Voix
rule-unit-shares = Parts
rule-classes = Dans chaque catégorie de membres aussi
rule-classes-hint = Une catégorie où personne ne peut voter n’est pas consultée.
rule-class-quorum = Chaque catégorie doit atteindre le quorum
rule-class-majority = Chaque catégorie doit être d’accord
rule-cap = Le plus de voix qu’une personne peut déposer, en % des voix déposées (0 : sans limite)
rule-proxies = Procurations qu’une personne peut détenir (0 : aucune)
rule-tie = Une égalité des voix
rule-tie-not_adopted = n’est pas adoptée
rule-tie-chair = est tranchée par la présidence de séance
rule-tie-lot = est tirée au sort
rule-tie-reported = reste ouverte
rule-second-call = Une seconde convocation décide quel que soit le nombre de présents
rule-gap = Jours avant la seconde convocation, au moins
rule-confidential = Concerne des personnes : confidentiel sauf indication contraire
rule-save = Enregistrer la règle
