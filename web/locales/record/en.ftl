# The words for a record that is not the one this device knew.

alarm-title = The record is not the one this device knew
alarm-key-changed = The server shows another seal key than the one learned when you joined.
alarm-smaller = The record is shorter than it was: entries are missing.
alarm-inconsistent = The server could not prove that the record only grew.
alarm-bad-seal = The seal of the record is not good.
alarm-unknown-history = The server does not know the record this device saw.
alarm-bad-receipt = A receipt did not pass the check of this device.
alarm-lost = The server was restored from a backup: entries { $from } to { $to } of the record, which this device knew, are gone. A vote or a text of that time has to be done again.
alarm-definition = The question of this vote does not fit what voters would sign.
alarm-advice = Save both seals and show them to the facilitation, a scrutineer or another member before you sign anything.
alarm-save = Save both seals
alarm-looked = I have looked into it
