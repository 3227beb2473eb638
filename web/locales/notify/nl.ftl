notify-title = Meldingen
notify-today = Vandaag
notify-yesterday = Gisteren
notify-unread = , ongelezen
notify-read-all = Alles als gelezen markeren
notify-none = Niets nieuws voor jou.
notify-older = Oudere
notify-choices = Wat je wilt weten
notify-choices-hint = Wat je uitvinkt, komt hier niet meer aan. Open stemmingen blijven op de startpagina.
notify-family-talk = Antwoorden, vermeldingen en reacties in tekst
notify-family-reactions = Duimpjes en dankwoorden
notify-family-proposals = Mijn voorstellen en die ik steun
notify-family-votes = Uitslagen en beslissingen
notify-family-tasks = Mijn taken
notify-family-people = Vergaderingen, groepen, leden en moderatie
notify-reply =
    { $count ->
        [one] { $name } antwoordde op je reactie
       *[other] { $count } antwoorden op je reactie, het laatste van { $name }
    }
notify-mention =
    { $count ->
        [one] { $name } schreef je naam
       *[other] Je naam { $count } keer vermeld, het laatst door { $name }
    }
notify-comment =
    { $count ->
        [one] { $name } schreef een reactie
       *[other] { $count } reacties, de laatste van { $name }
    }
notify-reaction =
    { $count ->
        [one] { $name } waardeert je reactie
       *[other] { $count } waarderingen voor je reacties, de laatste van { $name }
    }
notify-comment_removed = { $name } verwijderde een reactie van jou
notify-report =
    { $count ->
        [one] Een signalering wacht
       *[other] { $count } signaleringen wachten
    }
notify-report_answered = Je signalering is beantwoord
notify-proposal_state = Het voorstel is een stap verder
notify-proposal_revised = { $name } wijzigde de tekst die je steunt
notify-proposal_merged = { $name } voegde je voorstel samen met een ander
notify-proposal_help =
    { $count ->
        [one] { $name } biedt hulp aan
       *[other] { $count } keer hulp aangeboden, het laatst door { $name }
    }
notify-proposal_answered = Het voorstel is beantwoord
notify-proposal_done = Alle taken zijn gedaan: is het uitgevoerd?
notify-proposal_realised = Waarover je stemde, is uitgevoerd
notify-merge_asked = { $name } stelt voor om je voorstel samen te voegen met een ander
notify-support_follows = Een voorstel dat je steunde, gaat verder in een ander. Volgt je steun?
notify-author_asked = { $name } vraagt je om mee te schrijven
notify-authors_changed = De auteurs zijn gewijzigd
notify-decision = Er is een beslissing genomen
notify-poll_result = De stemming is geteld
notify-poll_again = De tekst heeft een nieuwe versie: wat zeg jij?
notify-objection =
    { $count ->
        [one] Er is een bezwaar gemaakt
       *[other] { $count } bezwaren
    }
notify-decision_review = De herzieningsdatum van deze beslissing is bereikt
notify-task_asked = { $name } vraagt of je dit opneemt
notify-task_answered = { $name } antwoordde op je vraag
notify-task_given = { $name } nam de taak op of gaf ze terug
notify-task_done = { $name } heeft de taak gedaan
notify-task_dropped = { $name } liet de taak vallen
notify-task_thanked =
    { $count ->
        [one] { $name } bedankt je
       *[other] { $count } keer bedankt, het laatst door { $name }
    }
notify-task_due = De datum van je taak is voorbij
notify-meeting_called = De oproeping voor deze vergadering is er
notify-group_asked =
    { $count ->
        [one] { $name } vraagt je in de werkgroep
       *[other] { $count } mensen vragen je in de werkgroep
    }
notify-group_joined = Je plaats in de groep is gewijzigd
notify-group_news = Nieuws in de groep
notify-member_joined = { $name } is er
notify-role_changed = Je rollen zijn gewijzigd
notify-sponsor = Een nieuw lid kan je alles vragen: jij bent meter of peter
notify-device_revoked = { $name } heeft een van je toestellen ingetrokken
notify-file =
    { $count ->
        [one] { $name } voegde een bestand toe
       *[other] { $count } bestanden toegevoegd, het laatste door { $name }
    }
