# Ce que disent seulement les pages des propositions.
error-proposal-version_unknown = Cette version a été effacée.
