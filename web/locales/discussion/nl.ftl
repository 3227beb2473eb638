discussion = Bespreking
comments-none = Nog geen reacties. Een vraag is een goed begin.
comments-new = { $count ->
    [one] 1 nieuwe reactie
   *[other] { $count } nieuwe reacties
}
comment-label = Je reactie
comment-by = Reactie van { $name }
comment-send = Versturen
comment-sent = Reactie verstuurd
comment-reply = Antwoorden
reply-label = Je antwoord aan { $name }
comment-edit = Bewerken
comment-edited = bewerkt
comment-orphan = antwoordt op een reactie die hier niet staat
comment-remove = Verwijderen
comment-removed = Reactie verwijderd
react-agree = Akkoord
react-thanks = Bedankt
react-question = Vraag
react-celebrate = Hoera
error-comment-unknown = Deze reactie is niet bekend.
error-comment-bad_parent = De beantwoorde reactie staat niet in deze bespreking.
error-comment-removed = De reactie is verwijderd.
comment-remove-ask = Deze reactie verwijderen? Iedereen leest de reden; wie ze schreef, leest de eigen woorden nog.
comment-removed-by = Verwijderd door de begeleiding
comment-removed-own = Verwijderd door wie ze schreef
comment-removed-why = { $why }: { $reason }
comment-restored = Reactie teruggezet
comment-restore = Terugzetten
comment-gone = Deze reactie is net teruggenomen door wie ze schreef.
comment-too-long = Deze tekst is te lang voor een reactie.
comment-more = Meer
comment-edited-late = gewijzigd na reacties,
comment-linked = De reactie van de link
comment-link-missing = De reactie van deze link is hier niet of niet meer.
removed-read = Lezen wat verwijderd is
removed-again = Deze woorden overnemen
recorded-by = genoteerd door { $recorder } voor { $name }
comment-copy = Link kopiëren
link-copied = Link gekopieerd
who-reacted = Wie reageerde
reactions = Reacties met een teken
react-on = Teken gegeven: { $reaction }
react-off = Teken teruggenomen: { $reaction }
and-more = en nog { $count }
new-line = Nieuw sinds je vorige bezoek
new-since = { $count ->
    [one] 1 nieuwe sinds je bezoek
   *[other] { $count } nieuwe sinds je bezoek
 }
mention-list = Mensen en groepen
mention-found = { $count ->
    [one] 1 naam voorgesteld
   *[other] { $count } namen voorgesteld
 }
wordings-title = De versies van deze reactie
for-title = Genoteerd voor iemand zonder toestel
for-change = Iemand anders kiezen
report = Signaleren
report-this-proposal = Het voorstel signaleren
report-this-task = De taak signaleren
report-this-member = Deze voorstelling signaleren
report-ask = Deze tekst aan de begeleiding tonen? Alleen zij ziet wie signaleert en waarom.
report-reason = Wat er niet klopt
report-send = Signaleren
report-sent = Gesignaleerd aan de begeleiding
moderation-title = Signaleringen
moderation-lead = Wat leden gesignaleerd hebben. Alleen de begeleiding leest deze pagina.
reports-open = Te bekijken
reports-settled = Afgehandeld
reports-none-open = Niets te bekijken.
reports-none-settled = Nog geen afgehandelde signaleringen.
report-on-comment = Reactie
report-on-proposal = Voorstel
report-on-member = Voorstelling van een lid
report-on-task = Taak
report-open-place = Op haar plaats openen
report-word = Je woord
report-word-hint = Als je de reactie verwijdert, leest iedereen dit woord als reden.
report-word-hint-other = Wie signaleerde, krijgt het te horen.
report-keep = Laten staan
report-remove = De reactie verwijderen
report-handle = Dit is geregeld
report-state-kept = Blijft staan
report-state-removed = Verwijderd
report-state-handled = Geregeld
error-comment-too_late = Iemand heeft geantwoord, of de reactie is te oud om ze ongezien terug te nemen.
error-comment-not_removed = Deze reactie is niet verwijderd.
error-comment-too_many_mentions = Een reactie noemt hoogstens 20 mensen en groepen.
error-report-unknown = Dit is niet gesignaleerd.
error-objection-unknown = Dit bezwaar is niet bekend.
error-report-twice = Je hebt dit al gesignaleerd. De begeleiding kijkt ernaar.
error-report-bad_state = De begeleiding heeft deze signalering behandeld.
error-report-full = Genoeg mensen hebben dit gesignaleerd. De begeleiding kijkt ernaar.
