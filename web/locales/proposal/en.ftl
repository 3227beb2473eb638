# What only the pages of proposals say.
error-proposal-version_unknown = This version was erased.
error-proposal-too_many_authors = At most twenty people write one proposal.
error-proposal-last_author = Its only author cannot leave.
error-proposal-not_asked = This is no longer asked.
error-proposal-not_silent = Its authors were active here more recently.
error-proposal-too_many_related = This proposal is already related to too many others.
