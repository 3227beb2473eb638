minutes-title = Notulen
minutes-file = notulen
minutes-none = Het ontwerp van de notulen komt uit het register: aanwezigheden, quorums, agenda, stemmingen, incidenten, taken. Jij schrijft eromheen.
minutes-make = Het ontwerp maken
minutes-later = De notulen worden gemaakt zodra de vergadering afgelopen is.
minutes-not-yet = De notulen zijn nog niet verzegeld.
minutes-draft = Ontwerp. Wat een slotje draagt, komt uit het register en verandert niet; voeg je teksten toe tussen de blokken. De leden lezen het zodra het verzegeld is.
minutes-sealed = Verzegeld op { $date }. Vingerafdruk:
minutes-fact = Uit het register: verandert niet
minutes-add = Hier een tekst toevoegen
minutes-change = Deze tekst wijzigen
minutes-translate = In deze taal schrijven
minutes-other-language = Deze tekst bestaat nog niet in deze taal.
minutes-text-label = Tekst in het { $language }
minutes-conflict = Iemand anders heeft deze tekst intussen gewijzigd. Hier staat die van hen; de jouwe blijft hieronder bewaard.
minutes-overtaken = De notulen zijn verzegeld terwijl je schreef. Deze woorden staan er niet in; kopieer ze als je ze nog nodig hebt.
minutes-overtaken-done = Deze woorden vergeten
minutes-removed = verwijderd
minutes-save-mine = De mijne houden
minutes-language = Taal van de notulen
minutes-take-html = Pagina om af te drukken
minutes-take-markdown = Markdown
minutes-take-json = JSON
minutes-renew = De feiten opnieuw uit het register halen
minutes-renewed = De feiten zijn bijgewerkt, je teksten zijn gebleven.
minutes-seal = De notulen verzegelen
minutes-seal-ask = Eens verzegeld veranderen ze niet meer en lezen alle leden ze. Voorzitter, secretariaat en stemopnemers tekenen op papier of met hun eigen elektronische handtekening.
minutes-print = Afdrukken
attendance-title = Aanwezigheidslijst
attendance-name = Naam
attendance-class = Categorie
attendance-times = Aankomst en vertrek
attendance-signature = Handtekening
attendance-remote = op afstand
attendance-checked-session = door de eigen sessie
attendance-checked-document = document gezien
attendance-checked-known = bekend
attendance-checked-call = gezien op het scherm
attendance-all = Ook leden die niet aangekomen zijn
attendance-none = Er is nog niemand. Aankomsten noteer je aan het onthaal.
calling-heading = Oproeping
calling-title-general-assembly = Oproeping tot de algemene vergadering: { $title }
calling-title-board = Oproeping tot het bestuursorgaan: { $title }
calling-title-group = Uitnodiging voor de vergadering van de groep: { $title }
calling-title-work-session = Uitnodiging voor de werksessie: { $title }
calling-when = Op { $date }, van { $from } tot { $to }
calling-where = Plaats: { $place }
calling-remote = Je kunt op afstand deelnemen, het debat volgen, vragen stellen en stemmen.
calling-link = Link: { $link }
calling-second = Tweede oproeping: het quorum van vergadering nr. { $number } werd niet bereikt.
calling-agenda = Agenda
calling-minutes = { $count } min
calling-page = Documenten, aanmelding en stemming: { $address }
calling-copy = De tekst kopiëren
calling-sent = De oproeping is verstuurd
calling-noted = Genoteerd.
calling-sent-on = Oproeping verstuurd op { $date }.
calling-notice-none = Deze vergadering heeft geen oproepingstermijn.
calling-notice-kept = { $count ->
    [one] De termijn van { $count } dag is gehaald.
   *[other] De termijn van { $count } dagen is gehaald.
}
calling-notice-late = { $count ->
    [one] De termijn van { $count } dag is niet gehaald: ze moest ten laatste op { $date } verstuurd zijn. Vergelijk met je statuten.
   *[other] De termijn van { $count } dagen is niet gehaald: ze moest ten laatste op { $date } verstuurd zijn. Vergelijk met je statuten.
}
calling-notice-due = { $count ->
    [one] Ten laatste op { $date } te versturen: { $count } dag voor de vergadering.
   *[other] Ten laatste op { $date } te versturen: { $count } dagen voor de vergadering.
}
calling-notice-over = { $count ->
    [one] De termijn van { $count } dag kan niet meer gehaald worden: ze moest ten laatste op { $date } verstuurd zijn. Kies een andere datum, of vergelijk met je statuten.
   *[other] De termijn van { $count } dagen kan niet meer gehaald worden: ze moest ten laatste op { $date } verstuurd zijn. Kies een andere datum, of vergelijk met je statuten.
}
