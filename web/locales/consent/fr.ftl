# Un vote par consentement : les objections et leurs réponses, une nouvelle version du texte.

objections-title = Objections
objections-none = Aucune objection pour le moment.
objections-hidden = Les objections sont lues par les personnes qui peuvent voter, celles qui ont écrit le texte, et l’animation.
objections-how = Répondez ici à une objection. Elle prend fin quand la personne qui l’a faite vote à nouveau, ou quand un nouveau texte est soumis à tout le monde.
objection-stands = Objection
objection-ended = N’est plus maintenue
objection-somebody = D’une personne qui peut voter ici
objection-mine = Pour la lever, changez votre réponse.
objection-answers = Réponses
consent-follows = Le texte est une nouvelle version. La version d’avant a été soumise dans le
consent-followed = Le texte a une nouvelle version. La question est posée à nouveau dans le
again-title = Intégrer une objection au texte
again-open = Écrire une nouvelle version
again-how = Ce vote prend fin, la proposition reçoit ce texte, et tout le monde est consulté à nouveau. Aucune réponse n’est reprise.
again-need = Besoin
again-text = Proposition
again-closes = Fermeture du nouveau vote
again-confirm = Consulter à nouveau
again-done = Tout le monde est consulté à nouveau.
