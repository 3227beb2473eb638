# Ce que disent seulement les pages des propositions.
error-proposal-version_unknown = Cette version a été effacée.
error-proposal-too_many_authors = Vingt personnes au plus écrivent une proposition.
error-proposal-last_author = La seule personne qui l’écrit ne peut pas partir.
error-proposal-not_asked = Cette question n’est plus posée.
error-proposal-not_silent = Ses auteurs ont agi il y a moins longtemps.
error-proposal-too_many_related = Cette proposition est déjà liée à trop d’autres.
