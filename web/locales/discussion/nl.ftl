error-comment-too_late = Iemand heeft geantwoord, of de reactie is te oud om ze ongezien terug te nemen.
error-comment-not_removed = Deze reactie is niet verwijderd.
error-comment-too_many_mentions = Een reactie noemt hoogstens 20 mensen en groepen.
error-report-unknown = Dit is niet gemeld.
error-report-twice = Je hebt dit al gemeld. De begeleiding kijkt ernaar.
error-report-bad_state = De begeleiding heeft deze melding behandeld.
error-report-full = Genoeg mensen hebben dit gemeld. De begeleiding kijkt ernaar.
