home-replies = Antwoorden en nieuws
home-all-told =
    { $count ->
        [one] Alle meldingen
       *[other] Alle meldingen, { $count } ongelezen
    }
home-newcomers = Welkom aan
home-month = Gedaan deze maand
home-month-none = Nog niets. Een gedane taak, een getelde stemming of een uitgevoerd voorstel verschijnt hier.
home-month-realised =
    { $count ->
        [one] Eén voorstel uitgevoerd
       *[other] { $count } voorstellen uitgevoerd
    }
home-month-tasks =
    { $count ->
        [one] Eén taak gedaan
       *[other] { $count } taken gedaan
    }
home-month-decisions =
    { $count ->
        [one] Eén beslissing genomen
       *[other] { $count } beslissingen genomen
    }
home-practice = Een stemming proberen
home-practice-never = Hier nog nooit gestemd? Probeer het eens
home-reviews = Te herziene beslissingen
home-all-reviews = Alle { $count } te herziene beslissingen

## The meeting that stands first

first-open = Vergadering bezig
first-next = Volgende vergadering
first-votes = { $count ->
    [0] De vergadering volgen
    [one] Nu 1 stemming open
   *[other] Nu { $count } stemmingen open
}
