# What only the pages of proposals say.
error-proposal-version_unknown = This version was erased.
