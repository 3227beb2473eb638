# Searching.
search-what = What are you looking for?
search-where = In
search-all = Everything
search-kind-proposal = Proposals
search-kind-poll = Votes
search-kind-decision = Decisions
search-kind-task = To-dos
search-kind-meeting = Meetings
search-kind-group = Groups
search-kind-member = Members
search-kind-file = Attachments
search-kind-comment = Comments
search-hint = All words must be there. Accents and plurals do not matter.
search-count =
    { $count ->
        [0] No results
        [one] { $count } result
       *[other] { $count } results
    }
search-count-more = The { $count } best results
search-none = Nothing matches “{ $text }”.
search-more = Show more
alike-title = These look alike. Supporting one may be better than starting another:
alike-count =
    { $count ->
        [one] One proposal looks alike, it is below.
       *[other] { $count } proposals look alike, they are below.
    }
