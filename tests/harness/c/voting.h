/* Votes in tests: members with a device key, proposals that are ready, ballots signed as a client does. */
#ifndef PALABRE_TESTS_VOTING_H
#define PALABRE_TESTS_VOTING_H

#include "ledger/ballot.h"
#include "ledger/definition.h"
#include "tests/harness/c/world.h"

struct voter {
    struct caller caller;
    struct key_pair key;
    uint32_t counter; /* of the last ballot signed */
    uint32_t weight;
};

/* A member who joined and enrolled a device. */
struct voter voting_voter(struct world *world, const char *name, const char *roles);
void voting_enrol(struct world *world, struct voter *voter, uint16_t seed);
/* A proposal of the author, marked ready by way of the facilitator and the author. */
struct id voting_ready_proposal(struct world *world, struct caller author,
                                struct caller facilitator);
/* A draft of a decision; about may be none. rest: more parameters, beginning with a comma, or "". */
struct id voting_draft(struct world *world, struct caller by, const char *kind, struct id about,
                       const char *rest);
/* The same, opened. */
struct id voting_open(struct world *world, struct caller by, const char *kind, struct id about,
                      const char *rest);

/* The next ballot of a voter for an open poll: form FORM_YES_NO or FORM_CONSENT with a CHOICE_…, or FORM_BLANK, FORM_ABSTAIN
 * (value 0). Tests may change fields before signing. choice needs 2 bytes that live as long as the ballot. */
struct ballot voting_ballot(struct world *world, struct id poll, struct voter *voter, uint8_t form,
                            uint8_t value, uint8_t choice[2]);
/* Signs and casts it; the reason of a refusal, "" = done. */
const char *voting_cast_ballot(struct world *world, struct caller bringer,
                               const struct voter *voter, struct ballot *ballot);
/* The same for an objection with its reason (no quotes in it), brought by the voter. */
const char *voting_object(struct world *world, struct id poll, struct voter *voter,
                          const char *reason);
/* Both in one, brought by the voter. */
const char *voting_cast(struct world *world, struct id poll, struct voter *voter, uint8_t form,
                        uint8_t value);
/* The same with a whole choice, as in the record: form, then its body. */
const char *voting_cast_choice(struct world *world, struct id poll, struct voter *voter,
                               const char *bytes, size_t size);

#endif
