# The words of results: how a vote was counted.

winners-title = { $count ->
    [one] Winner
   *[other] Winners, in order
}
no-winner = No option wins.
is-winner = wins
is-not = —
as-table = As a table and as files
result-file = vote-{ NUMBER($number, useGrouping: 0) }
result-csv = Table (CSV)
result-json = Data (JSON)
table-scores = Votes for each option
table-grades = Grades of each option
table-stages = The count by stages
table-duels = Duels
table-answers = Answers
table-classes = By class
column-option = Option
column-votes = Votes
column-points = Points
column-graders = Votes that scored it
column-won = Outcome
column-middle = Middle grade
column-end = At the end
column-rank = Rank
column-answer = Answer
column-class = Class
column-entitled = May vote
column-took-part = Took part
column-majority = Majority
column-agreed = Agreement
score-mean = mean { $value }
percent = { $percent }%
cut-text = { $count ->
    [one] The line marks the limit: one place.
   *[other] The line marks the limit: { $count } places.
}
middle-grade = Middle grade: { $label }
middle-text = From the best grade on the left to the worst on the right. The line in the middle parts the { $count } valid votes in two halves; the grade it falls on is the option’s.
legend = Legend
stage-begin = First choices.
stage-surplus = The surplus of { $label } is transferred.
stage-exclusion = { $label } is excluded; the ballots move to their next choice.
stage-fill = As many options as places are left.
stage-number = Stage { $at } of { $total }.
stage-before = Stage before
stage-after = Next stage
stage-quota = Quota
stage-exhausted = Exhausted ballots
stage-lost = Lost by rounding
option-elected = elected
option-excluded = excluded
option-withdrawn = withdrawn
option-continuing = continuing
duels-best = { $label } wins every duel.
duels-none = No option wins every duel: the method follows the clearest.
duels-caption = Votes that prefer the option of the row to that of the column
duel-won = won
duel-lost = lost
duel-even = even
ties-title = { $count ->
    [one] A tie
   *[other] { $count } ties
}
tie-in-stage = Stage { $at }, between { $names }:
tie-between = Between { $names }:
tie-for-place = for a place.
tie-for-exclusion = for an exclusion.
tie-for-surplus = for the surplus to transfer first.
tie-by-earlier-stage = An earlier stage decides: { $names }.
tie-by-lot = The lot names: { $names }.
tie-by-status-quo = The rule leaves the place empty.
tie-by-open = It is left open.
tie-by-no-difference = It changes nothing in the result.
lot-text = The draw was fixed before the opening and depends on the ballots too: nobody could choose it, and anyone can replay it with the record.
class-agreed = agreed
class-disagreed = not agreed
class-majority = { $x } of { $n }; the mark stands at { $num }/{ $den }
class-took-part = { $voted } of { $entitled } took part
class-withheld = Too few voters to show the figures of a confidential vote.
