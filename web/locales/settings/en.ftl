settings-title = Settings
settings-lead = How the organisation works unless said otherwise. Every change holds at once, is in the record and can be undone.
settings-read-only = Only administration changes these settings; every member can read them.
settings-organisation = The organisation
settings-proposals = Proposals
settings-votes = Votes and decisions
settings-members = Members
settings-sessions = Sessions
settings-others = Other settings
settings-history = Latest changes
settings-history-none = Nothing has been changed yet.
setting-changed = Changed: { $name }
setting-default = Default: { $value }
setting-to-default = Back to default
setting-put-back = Back to before
setting-save = Save the list
setting-bounds = Between { $min } and { $max }
setting-on = Yes
setting-off = No
unit-days =
    { $count ->
      [one] { $value } day
     *[other] { $value } days
    }
unit-hours =
    { $count ->
      [one] { $value } hour
     *[other] { $value } hours
    }
unit-minutes =
    { $count ->
      [one] { $value } minute
     *[other] { $value } minutes
    }
unit-months =
    { $count ->
      [one] { $value } month
     *[other] { $value } months
    }
unit-weeks =
    { $count ->
      [one] { $value } week
     *[other] { $value } weeks
    }
unit-hour = { $value }:00
unit-percent = { $value }%
unit-name-days =
    { $count ->
      [one] day
     *[other] days
    }
unit-name-hours =
    { $count ->
      [one] hour
     *[other] hours
    }
unit-name-minutes =
    { $count ->
      [one] minute
     *[other] minutes
    }
unit-name-months =
    { $count ->
      [one] month
     *[other] months
    }
unit-name-weeks =
    { $count ->
      [one] week
     *[other] weeks
    }
unit-name-hour = o’clock
unit-name-percent = %
setting-name = Name
setting-name-hint = It stands at the top of pages and in the organisation’s documents.
setting-names = The name in each language
setting-names-hint = Everybody reads the name in their own language.
setting-languages = Languages
setting-languages-hint = The question of a vote is written in each of these languages.
setting-legal_form = Legal form
setting-legal_form-hint = It is shown with the organisation and in its exports.
setting-time_zone = Time zone
setting-time_zone-hint = The closing hour of votes follows it at once; the year of decisions and other dates that the server works out, only after it is restarted.
setting-expectations = What the organisation expects of its members
setting-expectations-hint = Shown to whoever joins. Five lines at most in each language.
setting-classes = Classes of members
setting-classes-hint = Each member is in one class, which says whether they vote. A class with members cannot be taken away.
class-votes = Has a vote
line-add-classes = Add a class
setting-themes = Themes
setting-themes-hint = They sort proposals, in this order. A retired theme stays on what has it and is not offered any more.
line-add-themes = Add a theme
theme-retired = Retired
line-up = Move “{ $name }” up
line-down = Move “{ $name }” down
line-remove = Take away
setting-support = Supporters needed
setting-support-hint = With that many supporters, an idea moves to discussion by itself.
setting-support-at_least = At least
setting-support-percent = Or this share of active members, in %
setting-support-at_most = At most
setting-support-now =
    { $count ->
      [one] Today: { $count } supporter.
     *[other] Today: { $count } supporters.
    }
setting-support-default = at least 3, or 5% of active members, at most 15
setting-answer_owed_days = Time to answer a ready proposal
setting-answer_owed_days-hint = Within this time a ready proposal is owed a vote or a written answer; after it, it is shown as late.
setting-silent_days = Silence of the authors
setting-silent_days-hint = After this time without a word from its authors, facilitation may move their proposal on for them.
setting-vote_days = Length of a vote
setting-vote_days-hint = The form of a new vote proposes a closing after so many days.
setting-vote_close_hour = Closing hour
setting-vote_close_hour-hint = The form proposes this hour, in the organisation’s time zone.
setting-vote_extension = Extending a vote
setting-vote_extension-hint = An open vote may be extended, once and with a reason.
setting-vote_revote = Changing one’s ballot
setting-vote_revote-hint = In a new vote, everybody may change their ballot until it closes, unless its form says otherwise.
setting-vote_show_live = Running result
setting-vote_show_live-hint = A new vote with named ballots shows its figures while people vote, unless its form says otherwise.
setting-vote_majority = Majority
setting-vote_majority-hint = How much yes, among yes and no, a new decision needs to be adopted.
setting-vote_majority-simple = More yes than no
setting-vote_majority-two_thirds = At least two thirds yes
setting-vote_majority-three_quarters = At least three quarters yes
setting-vote_majority-four_fifths = At least four fifths yes
setting-vote_abstain = Abstentions
setting-vote_abstain-hint = How an abstention counts in a new decision.
setting-vote_abstain-out = Left out
setting-vote_abstain-base = Counted in the base
setting-vote_abstain-no = Counted as no
setting-vote_quorum_percent = Quorum of participation
setting-vote_quorum_percent-hint = The share of those who may vote that must vote for a new decision to stand; 0: no quorum.
setting-review_months = Reviewing decisions
setting-review_months-hint = A new decision gets a date to look at it again after so many months.
setting-newcomer_weeks = Welcoming newcomers
setting-newcomer_weeks-hint = Home introduces a new member for so many weeks; 0: not at all.
setting-link_days = Life of a link to join
setting-link_days-hint = A link to join works once, for so many days.
setting-session_idle_days = Signed out when unused
setting-session_idle_days-hint = A device that is not used for this time needs a new link to sign in.
setting-session_days = Longest session
setting-session_days-hint = After this time a device has to sign in again, even if it is used every day.
legal-form-sc = Cooperative company (SC/CV)
legal-form-asbl = Non-profit association (ASBL/vzw)
legal-form-aisbl = International association (AISBL/ivzw)
legal-form-de-facto = Unincorporated association
legal-form-scop = French workers’ cooperative (SCOP)
legal-form-scic = French cooperative of collective interest (SCIC)
legal-form-loi1901 = French association (law of 1901)
legal-form-other = Another form
setting-dormant_after_days = Pause after
setting-dormant_after_days-hint = Days without any act after which a member is paused by itself; acting ends the pause. It touches no vote and no quorum. 0: never.
settings-rules = Rules of votes
settings-rules-lead = What a vote asks for, by name. Copy a ready-made rule, adapt it to your statutes, and confirm it with their article.
settings-rules-none = The organisation has no rule of its own yet.
rule-unchecked = Not checked by a lawyer: compare with your statutes.
rule-checked = Compared with the statutes, { $article }:
rule-copy-from = Ready-made rules
rule-copy-hint = Readings of laws and of common statutes, which yours may change.
rule-choose = Choose one to read it
rule-copy = Copy this rule
rule-stands-in = It stands in: { $article }
rule-saved = The rule is saved
rule-adapt = Adapt
rule-confirm = Confirm
rule-confirm-question = You confirm that your statutes ask for exactly this. Votes by this rule then no longer say that it was not checked.
rule-confirmed-now = The rule is confirmed
rule-unconfirm = Take the confirmation back
rule-article = Article of your statutes
rule-article-hint = For example: art. 24, second paragraph
rule-retire = Retire
rule-retired = retired
rule-retired-now = The rule is not offered any more
rule-again = Offer it again
rule-title = Name of the rule
rule-majority = Majority
rule-fraction-none = None
rule-fraction-simple = More than half
rule-fraction-half = At least half
rule-fraction-third = At least one third
rule-fraction-two_thirds = At least two thirds
rule-fraction-three_quarters = At least three quarters
rule-fraction-four_fifths = At least four fifths
rule-fraction-other = Another fraction
rule-num = So many
rule-den = out of
rule-strict = Exactly that many
rule-strict-false = is enough
rule-strict-true = is not enough
rule-base = Counted out of
rule-base-votes = Yes and no
rule-base-present = All present or represented (needs an assembly)
rule-base-entitled = All who may vote
rule-abstain = Abstentions
rule-blank = Blank ballots
rule-void = Void ballots
rule-quorum = Quorum
rule-of = Who counts for the quorum
rule-of-part = Who votes
rule-of-present = Who is present or represented (needs an assembly)
rule-unit = Counted in
rule-unit-heads = Persons
rule-unit-weight = Votes
rule-unit-shares = Shares
rule-classes = In each class of members too
rule-classes-hint = A class without anybody who may vote is not asked.
rule-class-quorum = Each class must reach the quorum
rule-class-majority = Each class must agree
rule-cap = Most votes one person may cast, in % of those cast (0: no limit)
rule-proxies = Proxies one person may hold (0: none)
rule-tie = A tie
rule-tie-not_adopted = is not adopted
rule-tie-chair = is decided by the chair
rule-tie-lot = is drawn by lot
rule-tie-reported = is left open
rule-second-call = A second call decides whatever the attendance
rule-gap = Days before the second call, at least
rule-confidential = About persons: confidential unless said otherwise
rule-save = Save the rule
