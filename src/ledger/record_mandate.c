/* Judging mandates and endings (ledger.md, Proxies and paper), in the order of their reasons: form, parties, signatures, signers,
 * whether the id is new (or known and not ended), the note. Start at record_judge_mandate. */
#include "ledger/record_state.h"

bool record_key_is_officers(struct store_txn *txn, const struct hash *pk, struct id *member)
{
    struct record_key key;
    if (!record_key(txn, pk, &key) || key.kind != KEY_DEVICE || key.revoked_seq != 0) {
        return false; /* a card signs ballots alone */
    }
    *member = key.member;
    return record_is_officer(txn, key.member);
}

bool record_signers_are_good(struct store_txn *txn, const struct mandate_signers *signers,
                             struct id giver, struct id holder)
{
    if (signers->form == MANDATE_BY_GIVER) {
        struct record_key key;
        return record_key(txn, &signers->pk[0], &key) && key.kind == KEY_DEVICE &&
               key.revoked_seq == 0 && (id_is_none(giver) || id_equal(key.member, giver));
    }
    struct id officers[2];
    return record_key_is_officers(txn, &signers->pk[0], &officers[0]) &&
           record_key_is_officers(txn, &signers->pk[1], &officers[1]) &&
           !id_equal(officers[0], officers[1]) && !id_equal(officers[0], holder) &&
           !id_equal(officers[1], holder);
}

enum error record_judge_mandate(struct store_txn *txn, const struct event *event,
                                const struct record_at *at)
{
    struct mandate mandate;
    struct record_member member;
    struct record_mandate known;
    if (event->payload.size == 0) {
        return ERROR_NONE;
    }
    if (mandate_decode(event->payload, &mandate) != ERROR_NONE ||
        !id_equal(mandate.org, record_org(txn))) {
        return ERROR_MANDATE_MALFORMED;
    }
    if (id_equal(mandate.giver, mandate.holder) || !record_member(txn, mandate.giver, &member) ||
        !record_member(txn, mandate.holder, &member)) {
        return ERROR_MANDATE_BAD_PARTIES;
    }
    if (!mandate_signatures_are_good(&mandate.signers, mandate.body)) {
        return ERROR_MANDATE_BAD_SIGNATURE;
    }
    if (!record_signers_are_good(txn, &mandate.signers, mandate.giver, mandate.holder)) {
        return ERROR_MANDATE_BAD_SIGNER;
    }
    struct hash id = mandate_id(mandate.body);
    if (record_mandate(txn, &id, &known)) {
        return ERROR_MANDATE_TWICE;
    }
    bool note = record_judge_note(&mandate.note, event->note, at->note_erased) == ERROR_NONE;
    return note ? ERROR_NONE : ERROR_MANDATE_BAD_NOTE;
}

enum error record_judge_mandate_end(struct store_txn *txn, const struct event *event)
{
    struct mandate_end end;
    struct record_mandate ended = {.kind = 0};
    if (event->payload.size == 0) {
        return ERROR_NONE;
    }
    if (mandate_end_decode(event->payload, &end) != ERROR_NONE ||
        !id_equal(end.org, record_org(txn))) {
        return ERROR_MANDATE_MALFORMED;
    }
    bool known = record_mandate(txn, &end.mandate, &ended);
    if (known ? ended.ended_seq != 0 : !record_mandates_are_absent(txn)) {
        return ERROR_MANDATE_UNKNOWN;
    }
    if (!mandate_signatures_are_good(&end.signers, end.body)) {
        return ERROR_MANDATE_BAD_SIGNATURE;
    }
    /* Of an absent mandate the giver stays none: what can be checked without is. The holder may be one of the
     * officers: only recording a mandate is closed to them. */
    bool good = record_signers_are_good(txn, &end.signers, ended.giver, (struct id){{0}});
    return good ? ERROR_NONE : ERROR_MANDATE_BAD_SIGNER;
}
