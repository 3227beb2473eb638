# Les mots de la page d’un vote.

proposals-title = Propositions
proposal-number = Proposition { NUMBER($number, useGrouping: 0) }
vote-title = Vote
vote-number = Vote { NUMBER($number, useGrouping: 0) }
choice-yes = Pour
choice-no = Contre
choice-abstain = Abstention
choice-blank = Blanc
your-answer = Votre réponse
sign-ballot = Signer et envoyer
signing = Signature…
sign-hint = Votre bulletin est signé par cet appareil. Vous recevez un reçu que cette page vérifie.
keep-ballot = Garder mon bulletin
change-vote = Changer mon bulletin
mode-named = Vote nominatif : après la fermeture, les votants voient qui a voté quoi.
mode-confidential = Vote confidentiel : les autres voient les totaux et qui a participé. Qui gère le serveur pourrait en voir plus.
mode-short-named = Vote nominatif
mode-short-confidential = Vote confidentiel
body-members = Consultation des membres. Ce que nos statuts réservent à l’assemblée générale demande une assemblée.
body-group = Vote d’un groupe de travail : { $names }
closes-at = Ferme le { $date }
opens-at = Il ouvre le { $date }.
opens-by-hand = Il ouvre quand l’animation l’ouvre.
not-open-title = Ce vote n’est pas encore ouvert
not-eligible-title = Vous ne votez pas ici
not-eligible-not_opened = Le vote n’est pas encore ouvert.
not-eligible-not_on_roll = Votre nom n’est pas sur la liste des votants, fixée à l’ouverture. Vous pourrez voter dans les votes qui s’ouvrent désormais ; parlez-en à l’animation si vous pensez à une erreur.
not-eligible-observer = On observe ici sans voter : observatrices et observateurs lisent, ne votent pas.
not-eligible-group = Ce vote est celui d’un groupe de travail dont vous ne faites pas partie.
not-eligible-late = Votre arrivée a suivi l’ouverture de ce vote. Vous voterez à partir du prochain.
not-eligible-absent = On vote ici en étant compté présent.
absent-title = Dites d’abord que vous êtes là
sent-title = Envoyé. En attente du reçu…
unconfirmed-title = Pas encore confirmé
unconfirmed-text = Votre bulletin signé est gardé sur cet appareil et envoyé jusqu’à ce qu’il arrive. Ne votez pas une seconde fois. Il ne compte que s’il arrive avant la fermeture.
recorded-title = Votre bulletin est enregistré et son reçu vérifié.
recorded-at = Enregistré à { $time }
changed-at = Changé à { $time } (bulletin { $count }). Seul le dernier compte.
was-recorded = Votre bulletin a été enregistré le { $time }
receipt-entry = Entrée du registre
receipt-checked = Cet appareil l’a vérifié : votre bulletin est dans le registre, sous le sceau qu’il connaît.
receipt-more = Garder le reçu
receipt-warning = Le fichier montre votre vote : réfléchissez avant de le partager.
receipt-save = Enregistrer le fichier
refused-title = Le bulletin n’a pas été accepté
look-again = Revenir au vote
vote-alarm-title = Ne votez pas encore
cancelled-title = Ce vote a été annulé
you-did-not-vote = Vous n’avez pas voté
vote-closed = Le vote est fermé
turnout-title = Participation
turnout-of = { $entitled ->
    [one] sur 1 votant
   *[other] sur { $entitled } votants
}
turnout-said = { $voted ->
    [one] { $voted } sur { $entitled } a voté
   *[other] { $voted } sur { $entitled } ont voté
}
turnout-before = { $voted ->
    [one] A voté :
   *[other] Ont voté :
}
turnout-nobody = vote : personne n’était présent à l’ouverture
turnout-present = { $present ->
    [one] sur 1 présent à l’ouverture
   *[other] sur { $present } présents à l’ouverture
}
turnout-late = (présents à l’ouverture : { $present })
result-hidden = Le résultat reste caché jusqu’à la fermeture.
rule-simple = Plus de pour que de contre.
rule-majority-votes = { $limit } des voix.
rule-majority-present = { $limit } des présents ou représentés.
rule-majority-entitled = { $limit } de toutes les personnes qui peuvent voter.
more-than = Plus de { $amount }
at-least = Au moins { $amount }
rule-abstain-0 = Les abstentions ne comptent pas.
rule-abstain-1 = Les abstentions comptent dans la base de calcul.
rule-abstain-2 = Les abstentions comptent comme contre.
rule-not-checked = Aucun juriste n’a vérifié cette règle : comparez-la avec vos statuts.
rule-no-quorum = Pas de quorum.
rule-quorum-part = Quorum : { $limit } doivent participer.
rule-quorum-present = Quorum : { $limit } doivent être présents ou représentés.
each-class-1 = Chaque catégorie doit atteindre le quorum.
each-class-2 = Chaque catégorie doit être d’accord.
weight-cap = Une personne compte au plus pour { $amount } des voix déposées.
fraction-percent = { $percent } %
fraction-1-2 = la moitié
fraction-2-3 = deux tiers
fraction-3-4 = trois quarts
fraction-4-5 = quatre cinquièmes
fraction-1-3 = un tiers
fraction-1-4 = un quart
fraction-1-5 = un cinquième
fraction-1-10 = un dixième
fraction-1-20 = un vingtième
vote-in-meeting = La réunion
