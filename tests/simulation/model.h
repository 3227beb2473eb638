/* What voting in Palabre means, said a second time and simply: members, keys, votes, ballots as small numbers.
 *
 * It shares nothing with src/: no type, no constant, no function. Acts go in, the reason of a refusal or "" comes out. */
#ifndef PALABRE_TESTS_MODEL_H
#define PALABRE_TESTS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    MODEL_MEMBERS = 12,
    MODEL_KEYS = 40,
    MODEL_POLLS = 8,
    MODEL_SIGNED = 400,
    MODEL_COMMANDS = 400
};

enum model_what {
    ACT_DEFINE, /* poll, closes_ms, revote, straw */
    ACT_OPEN,   /* poll */
    ACT_CLOSE,
    ACT_CANCEL,
    ACT_EXTEND, /* poll, closes_ms */
    ACT_ENROL,  /* key */
    ACT_REVOKE, /* key */
    ACT_LEAVE,  /* member */
    ACT_CAST
};
enum model_choice { CHOOSE_YES, CHOOSE_NO, CHOOSE_BLANK, CHOOSE_ABSTAIN, CHOOSE_NONSENSE };
struct model_act {
    enum model_what what;
    int caller; /* a member */
    int poll, key, member;
    uint64_t closes_ms; /* 0 = by hand */
    bool revote, straw;
    /* A ballot: by whom, with what. `bytes` numbers what was signed: the same number is the same bytes. */
    int voter, bytes, signed_poll;
    unsigned counter, weight;
    enum model_choice choice;
    bool bad_signature, other_organisation, other_definition;
    int command; /* numbers the command id, all but enrolments and ballots have one */
};

enum model_state { POLL_ABSENT, POLL_DRAFT, POLL_OPEN, POLL_CLOSED, POLL_COUNTED, POLL_CANCELLED };
struct model_poll {
    enum model_state state;
    uint64_t closes_ms;
    bool revote, straw, extended, opened;
    unsigned roll[MODEL_MEMBERS]; /* weight; 0 = not on it */
    unsigned counter[MODEL_MEMBERS];
    enum model_choice choice[MODEL_MEMBERS]; /* of the ballot that counts; counter 0 = none */
    int by_bytes[MODEL_SIGNED];              /* 1 + act that recorded these bytes; 0 = none */
};
struct model {
    int members, keys;
    bool active[MODEL_MEMBERS], observer[MODEL_MEMBERS], facilitator[MODEL_MEMBERS];
    unsigned weight[MODEL_MEMBERS];
    int owner[MODEL_KEYS]; /* of a key */
    bool enrolled[MODEL_KEYS], revoked[MODEL_KEYS];
    int by_key[MODEL_KEYS];
    struct model_poll polls[MODEL_POLLS];
    int by_command[MODEL_COMMANDS]; /* 1 + act; 0 = never accepted */
    struct model_act commands[MODEL_COMMANDS];
    uint64_t now_ms, last_ms; /* of the transaction; of the last thing written */
};
struct model_tally {
    unsigned yes, no, blank, abstain, heads;
    bool adopted;
};

void model_open(struct model *model, uint64_t now_ms);
int model_join(struct model *model, bool observer, bool facilitator, unsigned weight);
/* A transaction begins at this time: what is due closes first. At its end closed votes are counted. */
void model_begin(struct model *model, uint64_t now_ms);
void model_end(struct model *model);
/* The reason of the refusal, "" = done. *as receives the act whose answer this must be: `number`, or an earlier one. */
const char *model_do(struct model *model, const struct model_act *act, int number, int *as);
struct model_tally model_count(const struct model_poll *poll);

#endif
