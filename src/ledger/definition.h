/* The definition of a poll, byte by byte (ledger.md, Definition), and the choices its ballots may hold. */
#ifndef PALABRE_LEDGER_DEFINITION_H
#define PALABRE_LEDGER_DEFINITION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/id.h"

enum { DEFINITION_MAX = 256 * 1024 }; /* bytes */
/* An arena of this size holds what any definition decodes into (bytes). */
enum { DEFINITION_ARENA = 4 * 1024 * 1024 };

enum poll_mode { MODE_NAMED = 1, MODE_CONFIDENTIAL = 2, MODE_SECRET = 3 };
enum poll_kind { POLL_DECISION = 1, POLL_ELECTION = 2, POLL_STRAW = 3, POLL_PRACTICE = 4 };
enum poll_body { BODY_MEMBERS = 1, BODY_GROUP = 2, BODY_BOARD = 3, BODY_ASSEMBLY = 4 };
enum poll_flag {
    FLAG_REVOTE = 1,
    FLAG_BLANK = 2,
    FLAG_ABSTAIN = 4,
    FLAG_EQUAL_RANKS = 8,
    FLAG_LATE = 16,
    FLAG_RUNNING_TALLY = 32,
    FLAG_BASKET = 64,
    FLAG_ALL_POINTS = 128,
};
enum choice_form {
    FORM_BLANK = 0,
    FORM_ABSTAIN = 1,
    FORM_YES_NO = 2,
    FORM_CONSENT = 3,
    FORM_ONE = 4,
    FORM_SET = 5,
    FORM_GRADES = 6,
    FORM_POINTS = 7,
    FORM_RANKS = 8,
};
enum {
    CHOICE_YES = 1,
    CHOICE_NO = 2,
    CHOICE_CONSENT = 1,
    CHOICE_CONCERN = 2,
    CHOICE_OBJECTION = 3
};

/* ledger.md, Definition, in its order; a value. */
struct rule {
    struct slice name;
    uint32_t majority_num, majority_den; /* 0/0 = none */
    uint8_t majority_strict,
        majority_base; /* strict 1 is >; base 1 votes, 2 present or represented, 3 entitled */
    uint8_t abstain, blank, void_;   /* 0 left out, 1 in the base, 2 counted as no */
    uint32_t quorum_num, quorum_den; /* 0/0 = none */
    uint8_t quorum_strict, quorum_unit,
        quorum_of;     /* unit 1 heads, 2 weight, 3 shares; of 1 present, 2 took part */
    uint8_t per_class; /* bits 1 quorum, 2 majority */
    uint32_t cap_num, cap_den;
    uint16_t mandates_max; /* 0 none, 0xFFFF no limit */
    uint8_t mandates_who, mandates_own;
    uint8_t tie; /* 1 not adopted, 2 chair, 3 lot, 4 reported */
};
struct definition_about {
    struct id id;
    struct hash hash;
};
struct definition_option {
    struct id id;
    uint64_t cost;
};
struct definition_language {
    struct slice code, question, explanation;
    struct slice *labels; /* n_options */
    struct slice *grades; /* method 7 only, worst first */
};
struct definition {
    struct id org, poll, meeting, nonce;
    uint8_t mode, kind, body, method, form;
    uint16_t flags, opt, seats, min, max;
    uint8_t grades;
    uint16_t points, cap;
    uint64_t budget;
    uint64_t opens_ms, closes_ms; /* 0 = by hand */
    struct hash roll_root;
    uint32_t roll_count;
    uint64_t roll_weight;
    struct hash lot_commit;
    struct rule rule;
    uint8_t n_class;
    struct slice *classes; /* codes, ascending */
    uint8_t n_about;
    struct definition_about *about; /* ascending by id */
    uint16_t n_option;
    struct definition_option *options;
    uint8_t n_language;
    struct definition_language *languages; /* ascending by code */
};

/* Appends the definition; the caller has set every field within its range (a value out of range is a bug). */
void definition_encode(struct buffer *out, const struct definition *definition);
/* Strict; slices borrow from bytes, arrays live in arena (DEFINITION_ARENA is enough). POLL_DEFINED_MALFORMED. */
enum error definition_decode(struct slice bytes, struct arena *arena,
                             struct definition *definition);
/* poll_hash = H(definition bytes) */
struct hash definition_hash(struct slice bytes);
/* H(tag(proposal) ‖ id ‖ version ‖ title ‖ need ‖ text) of one version of a proposal. */
struct hash definition_about_hash(struct id proposal, uint32_t version, struct slice title,
                                  struct slice need, struct slice text);
/* Name of a method as in `palabre tally`, e.g. "yes-no"; NULL = no such number. method_find: 0 = no such name. */
const char *definition_method_name(uint8_t method);
uint8_t definition_method_find(struct slice name);
/* Form and choice as §5 says, for this definition; BALLOT_BAD_CHOICE. */
enum error definition_check_choice(const struct definition *definition, struct slice choice);

#endif
