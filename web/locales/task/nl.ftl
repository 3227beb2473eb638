# Wat alleen de pagina's van taken zeggen.
tasks-filter = Tonen
tasks-mine = De mijne
tasks-free = Vrij
tasks-asked = Gevraagd
tasks-overdue = Over datum
tasks-done = Klaar
tasks-all = Alle
tasks-none-mine = Je hebt geen taak.
tasks-none-free = Er is geen vrije taak.
tasks-none-asked = Er wordt niemand iets gevraagd.
tasks-none-overdue = Niets is over datum.
tasks-none-done = Er is nog niets klaar.
tasks-none-all = Nog geen taak.
tasks-none-action = De beslissingen bekijken
task-drop = Laten vallen
task-drop-ask = Deze taak laten vallen? Iedereen zal de reden lezen.
task-title-label = Nieuwe taak
task-result-label = Wat er verwacht wordt
task-result-hint = Resultaat en kwaliteit; de middelen kiest wie ze opneemt
task-due-label = Datum
task-create = De taak toevoegen
task-created = Taak toegevoegd
task-undo-reason = meteen teruggenomen
tasks-made = Door mij gemaakt
tasks-archive = Archief
tasks-none-made = Je hebt geen taak gemaakt.
tasks-none-archive = Het archief is leeg. Taken komen hier 30 dagen nadat ze klaar zijn of vielen.
tasks-older = Oudere tonen
tasks-board-keys = Met de pijlen ga je van de ene naar de andere. Shift en een pijl verplaatst een taak, de muis ook.
tasks-all-done = Alle taken ervan zijn klaar. Is het uitgevoerd?
tasks-realised = Ja, het is uitgevoerd
tasks-realised-done = Aangeduid als uitgevoerd
task-number = Taak { $number }
task-more = Kwaliteit, werk, stappen, mensen
task-name-label = Taak
task-quality-label = Hoe je ziet dat het goed gedaan is
task-quality-hint = Bijvoorbeeld: leesbaar achteraan in de zaal
task-effort-label = Werk
task-effort-none = Geen schatting
effort-hours = { $count ->
    [one] ongeveer een uur
   *[other] ongeveer { $count } uur
  }
effort-half-day = ongeveer een halve dag
effort-days = { $count ->
    [one] ongeveer een dag
   *[other] ongeveer { $count } dagen
  }
task-checklist-label = Stappen
task-line-label = Stap { $number }
task-line-remove = Stap { $number } weghalen
task-line-add = Een stap toevoegen
task-themes-label = Thema’s
task-ticked-done = Stap klaar
task-unticked-done = Stap niet klaar
task-people = Wie doet het
task-nobody = Nog niemand.
task-is-asked = antwoord verwacht
task-is-asked-instead = antwoord verwacht, in de plaats van
task-unask = De vraag terugnemen
task-ask = Iemand vragen
task-ask-ask = Wie wil je vragen? Ja of “ik niet” is één tik, zonder reden.
task-hand-over = Doorgeven
task-hand-over-ask = Aan wie? De taak blijft van jou tot iemand ja zegt.
task-ask-confirm = Vragen
task-asked-done = { $count ->
    [one] Eén persoon is gevraagd
   *[other] { $count } mensen zijn gevraagd
  }
ask-whom = Mensen
suggest-help = biedt aan:
suggest-skill = kan:
task-take-for = Noteren wie ze opneemt
task-take-for-ask = Wie neemt ze op? Voor mensen zonder toestel. Iedereen ziet wie het noteerde.
task-take-for-done = Genoteerd
task-thanks-title = Bedankt
task-thanks-none = Nog geen bedankje.
task-thank-words = Een woordje, als je wil
task-thank-again = Anders zeggen
task-thanked-done = Je bedankje staat er
task-from = Komt van
task-made-by = Gemaakt door
task-was-updated = beter gezegd
task-was-late = datum voorbij
task-earlier = Eerdere verwoordingen
task-replaced = vervangen op
task-reopen = Weer openen
task-dropped-done = Taak laten vallen
task-edit = Beter zeggen
task-saved = Taak gewijzigd
tasks-meeting = Vergadering
tasks-meeting-all = Alle vergaderingen
tasks-meeting-one = Vergadering nr. { NUMBER($number, useGrouping: 0) } { $title }
