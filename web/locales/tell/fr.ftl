# Ce que dit « Faire savoir ».
tell-members = Le lien montre la page aux membres ; qui n’est pas membre ne voit rien.
tell-share = Partager
tell-print = Imprimer l’affiche
tell-poster-language = Langue de l’affiche
tell-print-hint = Une page A4 : le titre en grand, la date, le code QR et l’adresse.
