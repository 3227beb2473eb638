minutes-title = Procès-verbal
minutes-file = proces-verbal
minutes-none = Le projet de procès-verbal se fait à partir du registre : présences, quorums, ordre du jour, votes, incidents, tâches. Vous écrivez autour.
minutes-make = Faire le projet
minutes-later = Le procès-verbal se fait une fois la réunion terminée.
minutes-not-yet = Le procès-verbal n’est pas encore scellé.
minutes-draft = Projet. Ce qui porte un cadenas vient du registre et ne se change pas ; ajoutez vos textes entre les blocs. Les membres le liront une fois scellé.
minutes-sealed = Scellé le { $date }. Empreinte :
minutes-fact = Du registre : ne se change pas
minutes-add = Ajouter un texte ici
minutes-change = Modifier ce texte
minutes-translate = Écrire dans cette langue
minutes-other-language = Ce texte n’existe pas encore dans cette langue.
minutes-text-label = Texte en { $language }
minutes-conflict = Quelqu’un d’autre a changé ce texte entre-temps. Voici le sien ; le vôtre est gardé ci-dessous.
minutes-overtaken = Le procès-verbal a été scellé pendant que vous écriviez. Ces mots n’y sont pas ; copiez-les s’il les faut encore.
minutes-overtaken-done = Oublier ces mots
minutes-removed = retiré
minutes-save-mine = Garder le mien
minutes-language = Langue du procès-verbal
minutes-take-html = Page à imprimer
minutes-take-markdown = Markdown
minutes-take-json = JSON
minutes-renew = Refaire les faits depuis le registre
minutes-renewed = Les faits sont à jour, vos textes sont restés.
minutes-seal = Sceller le procès-verbal
minutes-seal-ask = Une fois scellé, il ne change plus et tous les membres le lisent. Les signatures de la présidence, du secrétariat et des scrutateurs se font sur papier ou avec leur propre signature électronique.
minutes-print = Imprimer
attendance-title = Liste de présence
attendance-name = Nom
attendance-class = Catégorie
attendance-times = Arrivée et départ
attendance-signature = Signature
attendance-remote = à distance
attendance-checked-session = par sa session
attendance-checked-document = document vu
attendance-checked-known = connu
attendance-checked-call = vu à l’écran
attendance-all = Aussi les membres qui ne sont pas arrivés
attendance-none = Personne n’est encore arrivé. Les arrivées se notent à l’accueil.
calling-heading = Convocation
calling-title-general-assembly = Convocation à l’assemblée générale : { $title }
calling-title-board = Convocation à l’organe d’administration : { $title }
calling-title-group = Invitation à la réunion du groupe : { $title }
calling-title-work-session = Invitation à la séance de travail : { $title }
calling-when = Le { $date }, de { $from } à { $to }
calling-where = Lieu : { $place }
calling-remote = Vous pouvez participer à distance, suivre les débats, poser des questions et voter.
calling-link = Lien : { $link }
calling-second = Seconde convocation : le quorum de la réunion n° { $number } n’a pas été atteint.
calling-agenda = Ordre du jour
calling-minutes = { $count } min
calling-page = Documents, arrivée et vote : { $address }
calling-copy = Copier le texte
calling-sent = La convocation est envoyée
calling-noted = Noté.
calling-sent-on = Convocation envoyée le { $date }.
calling-notice-none = Cette réunion n’a pas de délai de convocation.
calling-notice-kept = { $count ->
    [one] Le délai de { $count } jour est respecté.
   *[other] Le délai de { $count } jours est respecté.
}
calling-notice-late = { $count ->
    [one] Le délai de { $count } jour n’est pas respecté : il fallait l’envoyer au plus tard le { $date }. Comparez avec vos statuts.
   *[other] Le délai de { $count } jours n’est pas respecté : il fallait l’envoyer au plus tard le { $date }. Comparez avec vos statuts.
}
calling-notice-due = { $count ->
    [one] À envoyer au plus tard le { $date } : { $count } jour avant la réunion.
   *[other] À envoyer au plus tard le { $date } : { $count } jours avant la réunion.
}
calling-notice-over = { $count ->
    [one] Le délai de { $count } jour ne peut plus être respecté : il fallait l’envoyer au plus tard le { $date }. Choisissez une autre date, ou comparez avec vos statuts.
   *[other] Le délai de { $count } jours ne peut plus être respecté : il fallait l’envoyer au plus tard le { $date }. Choisissez une autre date, ou comparez avec vos statuts.
}
