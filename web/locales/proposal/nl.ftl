# Wat alleen de pagina's van voorstellen zeggen.
error-proposal-version_unknown = Deze versie is gewist.
error-proposal-too_many_authors = Hoogstens twintig mensen schrijven een voorstel.
error-proposal-last_author = Wie als enige schrijft, kan niet vertrekken.
error-proposal-not_asked = Deze vraag staat niet meer open.
error-proposal-not_silent = De auteurs waren hier minder lang geleden actief.
error-proposal-too_many_related = Dit voorstel is al met te veel andere verbonden.
