# A vote by consent: objections and their answers, a new version of the text.

objections-title = Objections
objections-none = No objection so far.
objections-hidden = The objections are read by those who may vote, who wrote the text, and facilitation.
objections-how = Answer an objection here. It ends when its author votes again, or when everybody is asked again about a new text.
objection-stands = Objection
objection-ended = No longer stands
objection-somebody = From somebody who may vote here
objection-mine = To take it back, change your answer.
objection-answers = Answers
consent-follows = The text is a new version. The version before was asked in
consent-followed = The text has a new version. Everybody is asked again in
again-title = Take an objection into the text
again-open = Write a new version
again-how = This vote ends, the proposal gets this text, and everybody is asked again. No answer is carried over.
again-need = Need
again-text = Proposal
again-closes = The new vote closes
again-confirm = Ask everybody again
again-done = Everybody is asked again.
