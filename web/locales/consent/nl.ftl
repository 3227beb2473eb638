# Een stemming bij instemming: bezwaren en hun antwoorden, een nieuwe versie van de tekst.

objections-title = Bezwaren
objections-none = Nog geen bezwaar.
objections-hidden = De bezwaren worden gelezen door wie mag stemmen, wie de tekst schreef en de begeleiding.
objections-how = Antwoord hier op een bezwaar. Het eindigt wanneer wie het maakte opnieuw stemt, of wanneer een nieuwe tekst aan iedereen wordt voorgelegd.
objection-stands = Bezwaar
objection-ended = Niet langer aangehouden
objection-somebody = Van iemand die hier mag stemmen
objection-mine = Om het in te trekken, verander je je antwoord.
objection-answers = Antwoorden
consent-follows = De tekst is een nieuwe versie. De versie ervoor werd voorgelegd in
consent-followed = De tekst heeft een nieuwe versie. De vraag wordt opnieuw gesteld in
again-title = Een bezwaar in de tekst verwerken
again-open = Een nieuwe versie schrijven
again-how = Deze stemming eindigt, het voorstel krijgt deze tekst, en iedereen wordt opnieuw gevraagd. Geen enkel antwoord wordt overgenomen.
again-need = Nood
again-text = Voorstel
again-closes = De nieuwe stemming sluit op
again-confirm = Iedereen opnieuw vragen
again-done = Iedereen wordt opnieuw gevraagd.
