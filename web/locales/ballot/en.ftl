# The words of ballots other than yes or no.

your-reason = Your reason
said-colon = :
rank = { $rank }.
instead = Or instead
choice-consent = Consent
choice-consent-hint = I am for it, or I can live with it.
choice-concern = Consent with a concern
choice-concern-hint = It can go ahead; this is what we should keep an eye on.
choice-objection = Objection
choice-objection-hint = This would harm our common aim, and I say why.
choice-aside = Stand aside
choice-aside-hint = Neither consent nor objection.
objection-reason = Why would it harm our common aim?
concern-reason = Your concern, if you want to say it
reason-signed = This text is signed and kept with your ballot.
objection-seen-1 = Those who may vote, who wrote the text, and facilitation read an objection at once, with your name, and can answer it.
objection-seen-2 = Those who may vote, who wrote the text, and facilitation read an objection at once, without your name, and can answer it.
explain-consent = The proposal is adopted if no objection remains. An objection needs a reason.
explain-one = Choose one option.
explain-several-any = Tick every option you accept.
explain-several-most = { $count ->
    [one] Tick one option.
   *[other] Tick the options you accept: { $count } at most.
}
explain-several-between = Tick { $min } to { $max } options.
explain-several-exactly = { $count ->
    [one] Tick one option.
   *[other] Tick exactly { $count } options.
}
explain-score = Give each option a score from 0 (worst) to { $most } (best). An option without one gets nothing.
explain-grades = Give each option a grade. The middle grade decides. An option without one is not judged.
explain-grades-worst = Give each option a grade. The middle grade decides. An option without one counts as “{ $worst }”.
explain-points = Spread up to { $points } points over the options.
explain-cap = One option gets { $cap } at most.
explain-all-points = All points must be given.
explain-ranks = Add the options in the order you prefer them, best first. Then move them with the arrows, by dragging, or by keyboard: Enter takes a line, the arrow keys move it, Enter puts it down.
explain-ranks-any = You need not rank them all.
explain-ranks-most = { $count ->
    [one] Rank one.
   *[other] Rank { $count } at most.
}
explain-ranks-between = Rank { $min } to { $max } of them.
explain-ranks-exactly = { $count ->
    [one] Rank one.
   *[other] Rank exactly { $count }.
}
explain-equal = The = button gives two options the same rank.
problem-none = Nothing is chosen yet.
problem-few = { $count ->
    [one] You chose 1 option; at least { $min } are needed.
   *[other] You chose { $count } options; at least { $min } are needed.
}
problem-many = You chose { $count } options; { $max } at most: take some away.
problem-reason = An objection needs a reason: write it first.
problem-grades = Give at least one option a grade.
problem-score = Scores go from 0 to { $most }.
problem-points = Give at least one point.
problem-cap = { $label } has more than { $cap } points, which is not allowed.
problem-spent = You gave { $spent } points; there are { $points }.
problem-left = { $count ->
    [one] 1 point is still to be given.
   *[other] { $count } points are still to be given.
}
chosen-of-most = { $count } of at most { $max } chosen
chosen-count = { $count } chosen
grade-none = No grade
score-none = No score
score-for = Score for { $label }
points-given = { $points ->
    [one] 1 point
   *[other] { $points } points
}
points-left = { $left ->
    [one] 1 of { $points } points left
   *[other] { $left } of { $points } points left
}
points-over = { $count ->
    [one] 1 point too many
   *[other] { $count } points too many
}
one-less = One point less for { $label }
one-more = One point more for { $label }
ranked-title = Your ranking
ranked-none = Start with the option you like best.
unranked-title = Not ranked
rank-handle = Move { $label }, rank { $rank }
rank-up = Move { $label } up
rank-down = Move { $label } down
rank-remove = Take { $label } out of the ranking
rank-tie = { $label }: same rank as the line before
rank-place = { $label }: rank { $rank } of { $count }
rank-held = { $place }, taken. Arrow keys move it, Enter puts it down, Escape puts it back.
rank-dropped = { $place }, put down.
rank-back = { $label } is back in its place.
rank-removed = { $label } is no longer ranked.
planned-title = What is prepared
planned-marks = On a ballot: at least { $min }, at most { $max }.
method-how-1 = Yes or no.
method-how-2 = Adopted if no objection remains.
method-how-3 = { $seats ->
    [one] The option with the most votes wins.
   *[other] The { $seats } options with the most votes win.
}
method-how-4 = { $seats ->
    [one] The option that most voters accept wins.
   *[other] The { $seats } options that most voters accept win.
}
method-how-5 = { $seats ->
    [one] The best score wins.
   *[other] The { $seats } best scores win.
}
method-how-6 = { $seats ->
    [one] The option with the most points wins.
   *[other] The { $seats } options with the most points win.
}
method-how-7 = { $seats ->
    [one] Majority judgment: the best middle grade wins.
   *[other] Majority judgment: the { $seats } best middle grades win.
}
method-how-8 = Ranking, elimination: the option chosen least is dropped, its ballots move to their next choice, until one has more than half.
method-how-9 = Ranking, duels: each option is compared with each other.
method-how-10 = Ranking, duels, from the clearest to the closest.
method-how-11 = Ranking by points: the first rank is worth most.
method-how-12 = { $seats ->
    [one] Proportional ranking: one seat.
   *[other] Proportional ranking: { $seats } seats shared among currents.
}
method-how-13 = { $seats ->
    [one] Proportional ranking: one seat.
   *[other] Proportional ranking: { $seats } seats shared among currents.
}
method-how-14 = The projects chosen most, as long as the budget lasts.
method-how-15 = Fair budget: each voter has the same share.
method-how-16 = Fair budget: each voter has the same share.
method-how-17 = Fair budget: each voter has the same share.
method-how-18 = Proportional choice of { $seats } options.
method-how-19 = Proportional choice of { $seats } options.
method-how-20 = Proportional choice of { $seats } options.
tie-ends-1 = A tie leaves the place empty.
tie-ends-2 = The chair decides a tie.
tie-ends-3 = A tie is decided by lot; anyone can replay the draw.
tie-ends-4 = A tie is reported and left open.
