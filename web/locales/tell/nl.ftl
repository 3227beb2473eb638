# Wat ‘Laat het weten’ zegt.
tell-members = De link toont de pagina aan de leden; wie geen lid is, ziet niets.
tell-share = Delen
tell-print = De affiche afdrukken
tell-poster-language = Taal van de affiche
tell-print-hint = Eén blad A4: de titel in het groot, de datum, de QR-code en het adres.
