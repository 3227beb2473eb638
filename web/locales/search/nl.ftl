# Zoeken.
search-what = Wat zoek je?
search-where = In
search-all = Alles
search-kind-proposal = Voorstellen
search-kind-poll = Stemmingen
search-kind-decision = Beslissingen
search-kind-task = Taken
search-kind-meeting = Vergaderingen
search-kind-group = Groepen
search-kind-member = Leden
search-kind-file = Bijlagen
search-kind-comment = Reacties
search-hint = Alle woorden moeten voorkomen. Accenten en meervouden tellen niet.
search-count =
    { $count ->
        [0] Geen resultaten
        [one] { $count } resultaat
       *[other] { $count } resultaten
    }
search-count-more = De { $count } beste resultaten
search-none = Niets gevonden voor “{ $text }”.
search-more = Meer tonen
alike-title = Deze lijken erop. Er een steunen is misschien beter dan een nieuw beginnen:
alike-count =
    { $count ->
        [one] Eén voorstel lijkt erop, het staat hieronder.
       *[other] { $count } voorstellen lijken erop, ze staan hieronder.
    }
