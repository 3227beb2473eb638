/* Votes in tests, done as clients do them: keys from fixed seeds, enrolments and ballots signed over the very bytes of the
 * record formats. Nothing here judges; what the assembly answers is for the test to look at. */
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <string.h>

#include "assembly/concept.h"
#include "base/encoding.h"
#include "ledger/event.h"
#include "ledger/payload.h"

enum { NOTE_SALT = 32 };

static void base64url_text(char *text, size_t size, struct slice bytes)
{
    struct buffer out;
    buffer_init(&out, size - 1);
    encoding_base64url(&out, bytes);
    assert_true(buffer_ok(&out));
    memcpy(text, out.data, out.size);
    text[out.size] = 0;
    buffer_free(&out);
}

void voting_enrol(struct world *world, struct voter *voter, uint16_t seed)
{
    uint8_t bytes[SEED_SIZE] = {(uint8_t)seed, 99, (uint8_t)(seed >> 8)};
    char pk[64], proof[128];
    struct buffer body;
    voter->key = crypto_key_pair(bytes);
    struct payload_key_added added = {.org = world->org,
                                      .member = voter->caller.member,
                                      .pk = voter->key.public_key,
                                      .kind = KEY_DEVICE,
                                      .via = VIA_INVITATION};
    buffer_init(&body, 256);
    payload_key_body(&body, &added);
    crypto_sign(&voter->key, buffer_slice(&body), added.proof);
    buffer_free(&body);
    base64url_text(pk, sizeof pk, hash_slice(&added.pk));
    base64url_text(proof, sizeof proof, slice_of(added.proof, SIGNATURE_SIZE));
    world_must(world, voter->caller, "device.enrol", "{'pk':'%s','proof':'%s'}", pk, proof);
}

struct voter voting_voter(struct world *world, const char *name, const char *roles)
{
    static uint16_t seeds;
    struct voter voter = {.caller = world_member(world, name, roles), .weight = 1};
    voting_enrol(world, &voter, ++seeds);
    return voter;
}

struct id voting_ready_proposal(struct world *world, struct caller author,
                                struct caller facilitator)
{
    struct id id = world_id(world);
    world_must(world, author, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un four à pain','need':'Du pain','text':'Un "
               "four.','themes':[]}",
               world_text(id));
    world_must(world, facilitator, "proposal.mark", "{'id':'%s','state':'discussed'}",
               world_text(id));
    world_must(world, author, "proposal.mark", "{'id':'%s','state':'ready'}", world_text(id));
    return id;
}

struct id voting_draft(struct world *world, struct caller by, const char *kind, struct id about,
                       const char *rest)
{
    struct id id = world_id(world);
    char list[64] = "";
    if (!id_is_none(about)) {
        snprintf(list, sizeof list, "'%s'", world_text(about));
    }
    world_must(
        world, by, "poll.define",
        "{'id':'%s','kind':'%s','about':[%s],'question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
        "'method':'yes-no','mode':'named'%s}",
        world_text(id), kind, list, rest);
    return id;
}

struct id voting_open(struct world *world, struct caller by, const char *kind, struct id about,
                      const char *rest)
{
    struct id id = voting_draft(world, by, kind, about, rest);
    world_must(world, by, "poll.open", "{'id':'%s'}", world_text(id));
    return id;
}

struct ballot voting_ballot(struct world *world, struct id poll, struct voter *voter, uint8_t form,
                            uint8_t value, uint8_t choice[2])
{
    struct store_txn *txn;
    struct record_poll record;
    struct ballot ballot = {
        .org = world->org,
        .poll = poll,
        .voter = voter->caller.member,
        .on_behalf_of = voter->caller.member,
        .device_pk = voter->key.public_key,
        .counter = ++voter->counter,
        .weight = voter->weight,
        .nonce = {(uint8_t)world->made++},
        .choice = slice_of(choice, form > FORM_ABSTAIN ? 2 : 1),
    };
    choice[0] = form;
    choice[1] = value;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    if (record_poll(txn, poll, &record)) {
        ballot.poll_hash = record.poll_hash;
    }
    store_abort(txn);
    return ballot;
}

/* more: the rest of the parameters. */
static const char *sign_and_cast(struct world *world, struct caller bringer,
                                 const struct voter *voter, struct ballot *ballot, const char *more)
{
    char tbs_text[4096], sig_text[128];
    struct buffer tbs;
    buffer_init(&tbs, 2048);
    ballot_encode_tbs(&tbs, ballot);
    crypto_sign(&voter->key, buffer_slice(&tbs), ballot->signature);
    base64url_text(tbs_text, sizeof tbs_text, buffer_slice(&tbs));
    base64url_text(sig_text, sizeof sig_text, slice_of(ballot->signature, SIGNATURE_SIZE));
    buffer_free(&tbs);
    return world_try(world, bringer, "ballot.cast", "{'poll':'%s','tbs':'%s','sig':'%s'%s}",
                     world_text(ballot->poll), tbs_text, sig_text, more);
}

const char *voting_cast_ballot(struct world *world, struct caller bringer,
                               const struct voter *voter, struct ballot *ballot)
{
    return sign_and_cast(world, bringer, voter, ballot, "");
}

const char *voting_object(struct world *world, struct id poll, struct voter *voter,
                          const char *reason)
{
    uint8_t choice[2];
    char salt_text[64], more[1024];
    uint8_t salt[NOTE_SALT] = {(uint8_t)world->made};
    struct buffer note;
    struct ballot ballot =
        voting_ballot(world, poll, voter, FORM_CONSENT, CHOICE_OBJECTION, choice);
    buffer_init(&note, sizeof more);
    buffer_append(&note, salt, sizeof salt);
    buffer_append_slice(&note, slice_text(reason));
    assert_int_equal(event_note_hash(buffer_slice(&note), &ballot.note), ERROR_NONE);
    buffer_free(&note);
    base64url_text(salt_text, sizeof salt_text, slice_of(salt, sizeof salt));
    (void)snprintf(more, sizeof more, ",'note':{'salt':'%s','text':'%s'}", salt_text, reason);
    return sign_and_cast(world, voter->caller, voter, &ballot, more);
}

const char *voting_cast(struct world *world, struct id poll, struct voter *voter, uint8_t form,
                        uint8_t value)
{
    uint8_t choice[2];
    struct ballot ballot = voting_ballot(world, poll, voter, form, value, choice);
    return voting_cast_ballot(world, voter->caller, voter, &ballot);
}

const char *voting_cast_choice(struct world *world, struct id poll, struct voter *voter,
                               const char *bytes, size_t size)
{
    uint8_t unused[2];
    struct ballot ballot = voting_ballot(world, poll, voter, FORM_BLANK, 0, unused);
    ballot.choice = slice_of(bytes, size);
    return voting_cast_ballot(world, voter->caller, voter, &ballot);
}
