home-replies = Answers and news
home-all-told =
    { $count ->
        [one] All notifications
       *[other] All notifications, { $count } unread
    }
home-newcomers = Welcome to
home-month = Done this month
home-month-none = Nothing yet. A to-do done, a vote counted or a proposal done shows here.
home-month-realised =
    { $count ->
        [one] One proposal done
       *[other] { $count } proposals done
    }
home-month-tasks =
    { $count ->
        [one] One to-do done
       *[other] { $count } to-dos done
    }
home-month-decisions =
    { $count ->
        [one] One decision taken
       *[other] { $count } decisions taken
    }
home-practice = Try a vote
home-practice-never = Never voted here? Try it safely
home-reviews = Decisions to look at again
home-all-reviews = All { $count } decisions to review

## The meeting that stands first

first-open = Meeting under way
first-next = Next meeting
first-votes = { $count ->
    [0] Follow the meeting
    [one] 1 vote open now
   *[other] { $count } votes open now
}
