# Les mots de la page en français. Les mêmes clés existent dans chaque langue.

## Everywhere

loading = Chargement
just-now = à l’instant
skip = Aller au contenu
navigation = Navigation principale
nav-home = Accueil
nav-proposals = Propositions
nav-meetings = Assemblée
nav-tasks = Tâches
nav-decisions = Décisions
nav-members = Membres
nav-more = Plus
nav-me = Ma page
notify-bell =
    { $count ->
        [0] Notifications
        [one] Notifications, une non lue
       *[other] Notifications, { $count } non lues
    }
demo = démo
go-back = Revenir
close = Fermer
undo = Annuler
retry = Réessayer
notices = Avis
search-label = Rechercher
by-system = automatiquement
by-operator = la personne qui gère le serveur
not-found-title = Page introuvable
not-found = Il n’y a rien ici, ou cette page ne vous est pas ouverte.
connection-again = Reconnexion…
connection-lost = Hors ligne
connection-kept = { $count ->
    [one] Hors ligne. 1 action est gardée ici et sera envoyée
   *[other] Hors ligne. { $count } actions sont gardées ici et seront envoyées
}
connection-back = À jour
outdated = Une nouvelle version est là.
renew = La charger
signed-out-title = Il faut un lien pour entrer
signed-out-text = Cet appareil n’a pas de session ouverte, ou elle est terminée. Ouvrez le lien personnel que vous avez reçu ; si vous n’en avez plus, demandez-en un nouveau à l’animation ou à la gestion de l’espace.

## States

state-idea = Idée
state-discussed = En discussion
state-ready = Prête à être votée
state-voting = Vote en cours
state-adopted = Adoptée
state-in-progress = En cours de réalisation
state-realised = Réalisée
state-rejected = Non adoptée
state-postponed = Reportée
state-withdrawn = Retirée
state-merged = Jointe à une autre
state-abandoned = Abandonnée
poll-state-draft = Brouillon
poll-state-open = Ouvert
poll-state-closed = Fermé
poll-state-counted = Compté
poll-state-cancelled = Annulé
poll-kind-decision = Décision
poll-kind-election = Élection
poll-kind-straw = Sondage indicatif
poll-kind-practice = Vote d’essai
verdict-adopted = Adoptée
verdict-not-adopted = Non adoptée
verdict-no-quorum = Quorum non atteint
verdict-tie-open = Égalité des voix
verdict-none = Compté
task-state-free = Libre
task-state-asked = Demandée
task-state-taken = Prise
task-state-done = Faite
task-state-dropped = Abandonnée
welcome-title = Bienvenue, { $name }
welcome-text = Ici, vous proposez des projets, discutez ceux des autres, votez et prenez des tâches.
welcome-expected = Ce que l’organisation attend de ses membres
welcome-done = Compris

## Home

home-title = Bonjour { $name }
home-needs-you = Ce qui vous attend
home-votes = Votes ouverts
home-voted = Vous avez voté
home-other-votes = Autres votes ouverts
home-asked = On vous le demande
home-late = Date dépassée
home-mine = Vos tâches
home-owed = Un vote ou une réponse est dû
home-drafts = Votes en préparation
home-new = Nouvelles propositions
home-all-proposals = Toutes les propositions
home-all = Tout voir ({ $count })
home-owed-late = Attendu { $when }, la date est passée
home-owed-until = Attendu { $when }
home-nothing = Rien ne vous attend. C’est le moment d’une idée.
proposals-none = Aucune proposition pour l’instant. Un besoin en deux lignes suffit pour commencer.
supports-label = Soutiens
supports-of = { $count } sur { $threshold } soutiens nécessaires
supports-source = { $count } à la source
new-mark = nouveau
comments-label = Commentaires
tasks-progress-words = Tâches : { $done } sur { $total } faites
new-proposal = Nouvelle proposition
define-vote = Préparer un vote
closes-in = Ferme { $when }
closes-by-hand = Fermeture à la main
receipt = Reçu
from-decision = Décision { $number }
task-ticked = { $done } sur { $total } cochées
task-recorded-by = enregistré par
task-given-back = Tâche rendue
task-take = Je la prends
task-taken-done = La tâche est à vous
task-give-back = La rendre
task-done = C’est fait
task-done-done = Tâche terminée
task-not-done = Finalement pas faite
task-yes = Oui, je la fais
task-no = Pas moi
task-thank = Merci
task-thanks = Merci de
task-reason = Raison : { $reason }
task-due = pour le
task-late = était pour le

## Refusals

error-general = Quelque chose n’a pas marché. Réessayez ; si cela n’aide pas, rechargez la page.
error-network = Le serveur est injoignable. Réessayez dans un instant.
error-other = Le serveur a refusé ({ $reason }).
card-need = Cherche des idées
card-late = Réponse en retard
card-asks-money = argent
card-asks-hours = temps
card-asks-people = personnes
card-asks-skills = compétences
represented-by = représentée par { $name }
member-erased = membre effacé
