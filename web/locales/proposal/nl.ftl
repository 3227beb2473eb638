# Wat alleen de pagina's van voorstellen zeggen.
error-proposal-version_unknown = Deze versie is gewist.
