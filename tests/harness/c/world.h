/* A whole assembly in a temporary folder, for tests of concepts: commands go in as JSON, in single quotes, under
 * a clock that the test moves. Closing it checks that the ledger alone gives the same documents. */
#ifndef PALABRE_TESTS_WORLD_H
#define PALABRE_TESTS_WORLD_H

#include "assembly/assembly.h"
#include "tests/harness/c/fixture.h"

struct world {
    char *folder;
    struct store *store;
    struct assembly *assembly;
    struct key_pair key;
    struct id org;
    uint64_t now_ms; /* moves on by one second with each call */
    uint64_t made;   /* ids made so far */
    /* Of the last call. */
    json_t *result;
    uint64_t reads; /* of the store, by the last command that reads */
    char field[64];
    uint64_t seq;
    bool opened_session, closed_session;
    uint8_t session_token[32];
};

/* An organisation "Les Pavés" in fr, nl, en with the class `members` that votes. */
void world_open(struct world *world);
/* Checks the folder, also without what may be erased (erasure.h), then removes it. */
void world_close(struct world *world);
/* The documents that the ledger alone gives are those that are there, and each has the shape it is published with;
 * fails the test otherwise. */
void world_check(struct world *world);

/* A new id, the same in every run; world_text formats it into one of eight static buffers in turn. */
struct id world_id(struct world *world);
const char *world_text(struct id id);

/* Runs a command: due dates first, then this one in a transaction of its own. params: JSON in which single quotes
 * stand for double ones, printf format; `command` is added when it is missing and needed. Reads run in a read
 * transaction. */
enum error world_call(struct world *world, struct caller caller, const char *method,
                      const char *params, ...) __attribute__((format(printf, 4, 5)));
/* The same, failing the test when it is refused. */
void world_must(struct world *world, struct caller caller, const char *method, const char *params,
                ...) __attribute__((format(printf, 4, 5)));
/* The reason of the refusal ("" = done), for assert_string_equal. */
const char *world_try(struct world *world, struct caller caller, const char *method,
                      const char *params, ...) __attribute__((format(printf, 4, 5)));
/* Executes what is due at now_ms. */
void world_due(struct world *world);

extern const struct caller world_operator, world_system, world_nobody;
/* Invites and joins a member; roles: "facilitator", "observer auditor", "" … */
struct caller world_member(struct world *world, const char *name, const char *roles);

/* A document as stored; fails the test without it. The caller drops it. */
json_t *world_document(struct world *world, uint8_t kind, struct id id);
bool world_has(struct world *world, uint8_t kind, struct id id);
/* An event that is in every export holds these bytes. */
bool world_tells_everybody(struct world *world, struct slice bytes);
/* Value under a path "members.active" or "history.0.by" of a document or result; NULL without it. Borrowed. */
json_t *world_at(const json_t *value, const char *path);
/* Document's text or number at a path; fails the test when it is another. */
void world_expect_text(struct world *world, uint8_t kind, struct id id, const char *path,
                       const char *text);
void world_expect_number(struct world *world, uint8_t kind, struct id id, const char *path,
                         int64_t number);

#endif
