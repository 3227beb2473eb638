/* Votes by every method, from the draft to the result: what each takes and what it is when nobody says, what is refused
 * and by which name, running results, and what becomes of proposals that options stand for. Each world that closes has
 * replayed its ledger byte by byte. */
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <string.h>

#include "assembly/concept.h"
#include "assembly/decision.h"
#include "assembly/poll.h"
#include "base/encoding.h"

#define OPTION(n, label)                                                                           \
    "{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b0" n "','label':{'fr':'" label "','nl':'" label      \
    "','en':'" label "'}}"
#define OPTIONS     ",'options':[" OPTION("1", "A") "," OPTION("2", "B") "," OPTION("3", "C") "]"
#define QUESTION    "'question':{'fr':'?','nl':'?','en':'?'}"
#define GRADE(word) "{'fr':'" word "','nl':'" word "','en':'" word "'}"
#define GRADES      "'grades':[" GRADE("Bad") "," GRADE("Fair") "," GRADE("Good") "]"

enum { VOTERS = 5 };
struct hall {
    struct world world;
    struct caller facilitator;
    struct voter voters[VOTERS];
};

static void hall_open(struct hall *hall)
{
    static const char *const names[] = {"Ann", "Bea", "Cis", "Dov", "Eli"};
    world_open(&hall->world);
    hall->facilitator = world_member(&hall->world, "Fay", "facilitator observer");
    for (size_t i = 0; i < VOTERS; i++) {
        hall->voters[i] = voting_voter(&hall->world, names[i], "");
    }
}

static const char *try_define(struct hall *hall, const char *kind, const char *rest, struct id *id)
{
    *id = world_id(&hall->world);
    return world_try(&hall->world, hall->facilitator, "poll.define",
                     "{'id':'%s','kind':'%s'," QUESTION "%s}", world_text(*id), kind, rest);
}

static struct id open_poll(struct hall *hall, const char *kind, const char *rest)
{
    struct id id;
    const char *reason = try_define(hall, kind, rest, &id);
    if (strcmp(reason, "") != 0) {
        fail_msg("%s: %s (%s)", rest, reason, hall->world.field);
    }
    world_must(&hall->world, hall->facilitator, "poll.open", "{'id':'%s'}", world_text(id));
    for (size_t i = 0; i < VOTERS; i++) {
        hall->voters[i].counter = 0;
    }
    return id;
}

static void cast(struct hall *hall, struct id poll, size_t voter, const char *bytes, size_t size)
{
    assert_string_equal(voting_cast_choice(&hall->world, poll, &hall->voters[voter], bytes, size),
                        "");
}

static void count(struct hall *hall, struct id poll)
{
    world_must(&hall->world, hall->facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(&hall->world);
    world_expect_text(&hall->world, DOCUMENT_POLL, poll, "state", "counted");
}

/* The numbers of a list in a document, "3 1 0"; "-" without the list. */
static void expect_list(struct hall *hall, uint8_t kind, struct id id, const char *path,
                        const char *wanted)
{
    char text[256] = "";
    size_t i;
    json_t *item;
    json_t *document = world_document(&hall->world, kind, id);
    json_t *list = world_at(document, path);
    if (list == NULL) {
        snprintf(text, sizeof text, "-");
    }
    json_array_foreach(list, i, item)
    {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%lld", i > 0 ? " " : "",
                 (long long)json_integer_value(item));
    }
    json_decref(document);
    assert_string_equal(text, wanted);
}

/* ---- what a draft is ---- */

/* The definition of an open vote in one line. */
static void expect_definition(struct hall *hall, struct id poll, const char *wanted)
{
    struct store_txn *txn;
    struct arena arena;
    struct definition d;
    char text[160];
    arena_init(&arena, DEFINITION_ARENA);
    assert_int_equal(store_begin(hall->world.store, STORE_READ, &txn), ERROR_NONE);
    assert_true(poll_definition(txn, poll, &arena, &d));
    snprintf(text, sizeof text,
             "method %d form %d flags %d opt %d seats %d marks %d-%d grades %d points %d/%d "
             "options %d mode %d majority %u/%u tie %d",
             d.method, d.form, d.flags, d.opt, d.seats, d.min, d.max, d.grades, d.points, d.cap,
             d.n_option, d.mode, d.rule.majority_num, d.rule.majority_den, d.rule.tie);
    assert_string_equal(text, wanted);
    if (d.n_option > 0) {
        assert_true(slice_equal(d.languages[1].labels[2], slice_text("C")));
    }
    if (d.method == 7) {
        assert_true(slice_equal(d.languages[0].grades[2], slice_text("Good")));
    }
    store_abort(txn);
    arena_free(&arena);
}

static const struct {
    const char *rest, *definition;
} good[] = {
    {",'method':'yes-no'", "method 1 form 2 flags 7 opt 0 seats 1 marks 0-0 grades 0 points 0/0 "
                           "options 0 mode 1 majority 1/2 tie 1"},
    {",'method':'consent','revote':false",
     "method 2 form 3 flags 6 opt 0 seats 1 marks 0-0 grades 0 points 0/0 options 0 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'single'" OPTIONS ",'params':{'flags':[]},'rule':{'tie':'lot'}",
     "method 3 form 4 flags 1 opt 0 seats 1 marks 0-0 grades 0 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 3"},
    {",'method':'single'" OPTIONS
     ",'rule':{'majority':{'num':1,'den':2,'strict':true},'per_class':['majority'],'tie':'chair'}",
     "method 3 form 4 flags 7 opt 0 seats 1 marks 0-0 grades 0 points 0/0 options 3 mode 1 "
     "majority 1/2 tie 2"},
    {",'method':'approval'" OPTIONS ",'params':{'seats':2}",
     "method 4 form 5 flags 7 opt 0 seats 2 marks 1-3 grades 0 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'score'" OPTIONS ",'params':{'opt':1,'levels':11},'rule':{'cap':{'num':1,'den':3}}",
     "method 5 form 6 flags 7 opt 1 seats 1 marks 0-0 grades 11 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'score'" OPTIONS, "method 5 form 6 flags 7 opt 0 seats 1 marks 0-0 grades 6 points "
                                  "0/0 options 3 mode 1 majority 0/0 tie 1"},
    {",'method':'dots'" OPTIONS ",'params':{'points':4,'cap':2,'flags':['all_points']}",
     "method 6 form 7 flags 129 opt 0 seats 1 marks 0-0 grades 0 points 4/2 options 3 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'majority-judgment'" OPTIONS ",'mode':'confidential','params':{" GRADES "}",
     "method 7 form 6 flags 7 opt 0 seats 1 marks 0-0 grades 3 points 0/0 options 3 mode 2 "
     "majority 0/0 tie 1"},
    {",'method':'irv'" OPTIONS ",'params':{'opt':1,'max':2}",
     "method 8 form 8 flags 7 opt 1 seats 1 marks 1-2 grades 0 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'schulze'" OPTIONS ",'params':{'flags':['equal']}",
     "method 9 form 8 flags 9 opt 0 seats 1 marks 1-3 grades 0 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 1"},
    {",'method':'stv-scottish'" OPTIONS ",'params':{'seats':2,'min':2},'rule':{'tie':'lot'}",
     "method 12 form 8 flags 7 opt 0 seats 2 marks 2-3 grades 0 points 0/0 options 3 mode 1 "
     "majority 0/0 tie 3"},
};

static void test_definitions(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        expect_definition(&hall, open_poll(&hall, "decision", good[i].rest), good[i].definition);
    }
    /* About persons: confidential, unless said otherwise. */
    struct id election = open_poll(&hall, "election", ",'method':'single'" OPTIONS);
    world_expect_text(&hall.world, DOCUMENT_POLL, election, "mode", "confidential");
    election = open_poll(&hall, "election", ",'method':'single','mode':'named'" OPTIONS);
    world_expect_text(&hall.world, DOCUMENT_POLL, election, "mode", "named");
    world_close(&hall.world);
}

static const struct {
    const char *rest, *reason, *field;
} refused[] = {
    {"'single'", "input.missing_field", "options"},
    {"'single','options':[" OPTION("1", "A") "]", "input.bad_value", "options"},
    {"'single','options':[" OPTION("1", "A") "," OPTION("1", "B") "]", "input.bad_value",
     "options"},
    {"'single','options':[" OPTION("1", "A") ",{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b02',"
                                             "'label':{'fr':'B'}}]",
     "input.missing_field", "options.label"},
    {"'single','options':[" OPTION("1", "A") ",{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b02',"
                                             "'cost':5,'label':{'fr':'B','nl':'B','en':'B'}}]",
     "input.bad_value", "options.cost"},
    {"'single','options':[" OPTION("1", "A") ",{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b02',"
                                             "'proposal':'77','label':{'fr':'B','nl':'B'}}]",
     "proposal.unknown", "options"},
    {"'consent'" OPTIONS, "input.bad_value", "options"},
    {"'consent','show_live':true", "input.bad_value", "show_live"},
    {"'consent','rule':{'cap':{'num':1,'den':3}}", "input.bad_value", "rule.cap"},
    {"'consent','rule':{'majority':{'num':1,'den':2,'strict':true}}", "input.bad_value",
     "rule.majority"},
    {"'consent','rule':{'abstain':'no'}", "input.bad_value", "rule.majority"},
    {"'single','params':{'seats':4}" OPTIONS, "input.bad_value", "params.seats"},
    {"'single','params':{'seats':0}" OPTIONS, "input.bad_value", "params.seats"},
    {"'single','params':{'min':1}" OPTIONS, "input.bad_value", "params.min"},
    {"'single','params':{'opt':1}" OPTIONS, "input.bad_value", "params.opt"},
    {"'single','params':{'flags':['equal']}" OPTIONS, "input.bad_value", "params.flags"},
    {"'single','params':{'flags':['all_points']}" OPTIONS, "input.bad_value", "params.flags"},
    {"'single','params':{'seats':2},'rule':{'majority':{'num':1,'den':2,'strict':true}}" OPTIONS,
     "input.bad_value", "rule.majority"},
    {"'single','others':'discussed'" OPTIONS, "input.bad_value", "others"},
    {"'single','rule':{'per_class':['majority']}" OPTIONS, "input.bad_value", "rule.per_class"},
    {"'approval','params':{'min':3,'max':2}" OPTIONS, "input.bad_value", "params.min"},
    {"'approval','params':{'max':4}" OPTIONS, "input.bad_value", "params.max"},
    {"'irv','params':{'seats':1}" OPTIONS, "input.bad_value", "params.seats"},
    {"'irv','params':{'flags':['equal']}" OPTIONS, "input.bad_value", "params.flags"},
    {"'stv-scottish','params':{'flags':['equal']}" OPTIONS, "input.bad_value", "params.flags"},
    {"'stv-scottish','params':{'seats':4}" OPTIONS, "input.bad_value", "params.seats"},
    {"'schulze','rule':{'majority':{'num':1,'den':2,'strict':true}}" OPTIONS, "input.bad_value",
     "rule.majority"},
    {"'score','params':{'levels':1}" OPTIONS, "input.bad_value", "params.levels"},
    {"'score','params':{" GRADES "}" OPTIONS, "input.bad_value", "params.grades"},
    {"'score','params':{'opt':2}" OPTIONS, "input.bad_value", "params.opt"},
    {"'dots','params':{'points':0}" OPTIONS, "input.bad_value", "params.points"},
    {"'dots','params':{'points':3,'cap':4}" OPTIONS, "input.bad_value", "params.cap"},
    {"'majority-judgment'" OPTIONS, "input.missing_field", "params.grades"},
    {"'majority-judgment','params':{'grades':[" GRADE("x") "]}" OPTIONS, "input.bad_value",
     "params.grades"},
    {"'majority-judgment','params':{'grades':[" GRADE("x") ",{'fr':'y'}]}" OPTIONS,
     "input.missing_field", "params.grades"},
    {"'majority-judgment','show_live':true,'params':{" GRADES "}" OPTIONS, "input.bad_value",
     "show_live"},
};

static void test_refused(void **state)
{
    struct hall hall;
    char rest[1200];
    struct id id;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        snprintf(rest, sizeof rest, ",'method':%s", refused[i].rest);
        const char *reason = try_define(&hall, "decision", rest, &id);
        if (strcmp(reason, refused[i].reason) != 0 ||
            strcmp(hall.world.field, refused[i].field) != 0) {
            fail_msg("%s: %s (%s)", refused[i].rest, reason, hall.world.field);
        }
    }
    world_close(&hall.world);
}

/* A preview is the definition that would be, and leaves no trace. */
static void test_preview(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct arena arena;
    struct definition definition;
    struct buffer bytes;
    (void)state;
    hall_open(&hall);
    struct id id = world_id(world);
    world_must(world, hall.facilitator, "poll.preview",
               "{'id':'%s','kind':'decision'," QUESTION ",'method':'approval'" OPTIONS "}",
               world_text(id));
    assert_int_equal(json_integer_value(world_at(world->result, "params.max")), 3);
    assert_string_equal(json_string_value(world_at(world->result, "mode")), "named");
    buffer_init(&bytes, DEFINITION_MAX);
    arena_init(&arena, DEFINITION_ARENA);
    assert_true(encoding_from_base64url(json_get_text(world->result, "definition"), &bytes));
    assert_int_equal(definition_decode(buffer_slice(&bytes), &arena, &definition), ERROR_NONE);
    assert_int_equal(definition.n_option, 3);
    assert_int_equal(definition.n_class, 1);
    arena_free(&arena);
    buffer_free(&bytes);
    assert_false(world_has(world, DOCUMENT_POLL, id));
    assert_string_equal(world_try(world, hall.facilitator, "poll.preview",
                                  "{'id':'%s','kind':'decision'," QUESTION ",'method':'approval'}",
                                  world_text(id)),
                        "input.missing_field");
    assert_string_equal(world_try(world, hall.voters[0].caller, "poll.preview",
                                  "{'id':'%s','kind':'decision'," QUESTION ",'method':'yes-no'}",
                                  world_text(id)),
                        "right.missing");
    world_close(world);
}

/* ---- counting ---- */

static void test_consent(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    struct id poll = open_poll(&hall, "decision", ",'method':'consent'");
    cast(&hall, poll, 0, "\3\1", 2);
    cast(&hall, poll, 1, "\3\2", 2);
    assert_string_equal(voting_cast_choice(&hall.world, poll, &hall.voters[2], "\3\3", 2),
                        "ballot.note_missing");
    hall.voters[2].counter = 0;
    count(&hall, poll);
    world_expect_text(&hall.world, DOCUMENT_POLL, poll, "result.verdict", "adopted");
    world_expect_number(&hall.world, DOCUMENT_POLL, poll, "result.concern", 1);
    world_close(&hall.world);
}

/* Two of five each: the lot decides, and says so; nobody is seated where a tie is not adopted. */
static void test_ties(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    static const char *const ties[] = {"lot", "not_adopted", "reported"};
    static const char *const decided[] = {"lot", "no_tie", "open"};
    static const char *const verdicts[] = {"none", "none", "tie_open"};
    for (size_t i = 0; i < 3; i++) {
        char rest[600];
        snprintf(rest, sizeof rest, ",'method':'single'" OPTIONS ",'rule':{'tie':'%s'}", ties[i]);
        struct id poll = open_poll(&hall, "decision", rest);
        cast(&hall, poll, 0, "\4\0\0", 3);
        cast(&hall, poll, 1, "\4\0\0", 3);
        cast(&hall, poll, 2, "\4\0\2", 3);
        cast(&hall, poll, 3, "\4\0\2", 3);
        count(&hall, poll);
        world_expect_text(&hall.world, DOCUMENT_POLL, poll, "result.decided", decided[i]);
        world_expect_text(&hall.world, DOCUMENT_POLL, poll, "result.verdict", verdicts[i]);
        expect_list(&hall, DOCUMENT_POLL, poll, "result.scores", "2 0 2");
        expect_list(&hall, DOCUMENT_POLL, poll, "result.ties.0.tied", "0 2");
        json_t *document = world_document(&hall.world, DOCUMENT_POLL, poll);
        assert_int_equal(json_array_size(world_at(document, "result.winners")), i == 0 ? 1 : 0);
        json_decref(document);
    }
    world_close(&hall.world);
}

/* What a running result shows is what the count then says. */
static void test_running_results(void **state)
{
    static const struct {
        const char *rest, *first, *other, *running, *scores;
        size_t size;
    } rows[] = {
        {",'method':'single'" OPTIONS, "\4\0\1", "\4\0\2", "0 3 1", "0 3 1", 3},
        {",'method':'approval'" OPTIONS, "\5\6", "\5\1", "1 3 3", "1 3 3", 2},
        {",'method':'score'" OPTIONS, "\6\5\xff\1", "\6\0\3\2", "15 3 5", "15 3 5", 4},
        {",'method':'irv'" OPTIONS, "\10\2\1\0", "\10\1\0\2", "1 3 0", "1 3 0", 4},
        {",'method':'stv-scottish'" OPTIONS, "\10\2\1\0", "\10\0\2\1", "0 3 1", "0 3 1", 4},
        {",'method':'schulze','params':{'flags':['equal','abstain']}" OPTIONS, "\10\1\1\2",
         "\10\0\1\0", "3 4 0", "3 4 0", 4},
        {",'method':'dots'" OPTIONS, "\7\0\4\0\0\0\1", "\7\0\0\0\12\0\0", "12 10 3", "12 10 3", 7},
    };
    struct hall hall;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char rest[600];
        snprintf(rest, sizeof rest, "%s,'show_live':true,'mode':'named'", rows[i].rest);
        struct id poll = open_poll(&hall, "straw", rest);
        expect_list(&hall, DOCUMENT_TALLY, poll, "scores", "0 0 0");
        cast(&hall, poll, 0, rows[i].other, rows[i].size); /* and thinks again */
        cast(&hall, poll, 0, rows[i].first, rows[i].size);
        cast(&hall, poll, 1, rows[i].first, rows[i].size);
        cast(&hall, poll, 2, rows[i].first, rows[i].size);
        cast(&hall, poll, 3, rows[i].other, rows[i].size);
        cast(&hall, poll, 4, "\1", 1);
        expect_list(&hall, DOCUMENT_TALLY, poll, "scores", rows[i].running);
        world_expect_number(&hall.world, DOCUMENT_TALLY, poll, "abstain", 1);
        count(&hall, poll);
        expect_list(&hall, DOCUMENT_POLL, poll, "result.scores", rows[i].scores);
    }
    world_close(&hall.world);
}

/* Classes: each must agree; of one that is small nobody reads more than that, where ballots are confidential. */
static void test_classes(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    for (int confidential = 0; confidential < 2; confidential++) {
        char rest[300];
        snprintf(rest, sizeof rest,
                 ",'method':'yes-no','mode':'%s','rule':{'per_class':['majority']}",
                 confidential ? "confidential" : "named");
        struct id poll = open_poll(&hall, "decision", rest);
        cast(&hall, poll, 0, "\2\1", 2);
        count(&hall, poll);
        world_expect_text(world, DOCUMENT_POLL, poll, "result.classes.0.code", "members");
        json_t *document = world_document(world, DOCUMENT_POLL, poll);
        assert_true(json_is_true(world_at(document, "result.classes.0.agreed")));
        assert_int_equal(world_at(document, "result.classes.0.took_part") == NULL, confidential);
        json_decref(document);
    }
    world_close(world);
}

/* Stages are told in the vote; the register keeps what was decided, and by its words. */
static void test_account_of_a_ranking(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id poll = open_poll(&hall, "election", ",'method':'irv'" OPTIONS);
    cast(&hall, poll, 0, "\10\1\0\0", 4);
    cast(&hall, poll, 1, "\10\1\0\0", 4);
    cast(&hall, poll, 2, "\10\0\1\0", 4);
    cast(&hall, poll, 3, "\10\0\1\0", 4);
    cast(&hall, poll, 4, "\10\0\2\1", 4);
    count(&hall, poll);
    expect_list(&hall, DOCUMENT_POLL, poll, "result.winners", "1");
    expect_list(&hall, DOCUMENT_POLL, poll, "result.stages.1.votes", "2 3 0");
    struct id decision = decision_of_poll(poll);
    world_expect_text(world, DOCUMENT_DECISION, decision, "chosen.0.nl", "B");
    json_t *document = world_document(world, DOCUMENT_DECISION, decision);
    assert_null(world_at(document, "result.stages"));
    json_decref(document);
    world_close(world);
}

/* 255 options, ranked: what would be too long is left out, and said to be. */
static void test_account_that_is_too_long(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct buffer rest;
    char choice[256] = "\10";
    (void)state;
    hall_open(&hall);
    buffer_init(&rest, 64 * 1024);
    buffer_append_text(&rest, ",'method':'schulze','options':[");
    for (int i = 0; i < 255; i++) {
        char option[160];
        snprintf(
            option, sizeof option,
            "%s{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b%02x','label':{'fr':'A','nl':'B','en':'C'}"
            "}",
            i > 0 ? "," : "", (unsigned)i);
        buffer_append_text(&rest, option);
        choice[i + 1] = (char)(i + 1);
    }
    buffer_append(&rest, "]", 2);
    struct id poll = open_poll(&hall, "decision", (const char *)rest.data);
    cast(&hall, poll, 0, choice, sizeof choice);
    count(&hall, poll);
    expect_list(&hall, DOCUMENT_POLL, poll, "result.winners", "0");
    world_expect_text(world, DOCUMENT_POLL, poll, "result.left_out.0", "pairwise");
    json_t *document = world_document(world, DOCUMENT_POLL, poll);
    assert_null(world_at(document, "result.pairwise"));
    assert_int_equal(json_array_size(world_at(document, "result.ranks")), 255);
    json_decref(document);
    buffer_free(&rest);
    world_close(world);
}

/* ---- proposals that options stand for ---- */

static void test_options_that_are_proposals(void **state)
{
    static const char *const others[] = {"", ",'others':'discussed'"};
    static const char *const after[] = {"rejected", "discussed"};
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < 2; i++) {
        char rest[1000];
        struct id first = voting_ready_proposal(world, hall.voters[0].caller, hall.facilitator);
        struct id second = voting_ready_proposal(world, hall.voters[0].caller, hall.facilitator);
        struct id whole = voting_ready_proposal(world, hall.voters[0].caller, hall.facilitator);
        snprintf(
            rest, sizeof rest,
            ",'method':'single','about':['%s','%s','%s']%s,'options':["
            "{'id':'%s','proposal':'%s','label':{'fr':'A','nl':'A','en':'A'}},"
            "{'id':'%s','proposal':'%s','label':{'fr':'B','nl':'B','en':'B'}},"
            "{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b02','label':{'fr':'C','nl':'C','en':'C'}}]",
            world_text(first), world_text(second), world_text(whole), others[i], world_text(first),
            world_text(first), world_text(second), world_text(second));
        struct id poll = open_poll(&hall, "decision", rest);
        world_expect_text(world, DOCUMENT_PROPOSAL, second, "state", "voting");
        cast(&hall, poll, 0, "\4\0\1", 3);
        count(&hall, poll);
        world_expect_text(world, DOCUMENT_PROPOSAL, second, "state", "adopted");
        world_expect_text(world, DOCUMENT_PROPOSAL, first, "state", after[i]);
        world_expect_text(world, DOCUMENT_PROPOSAL, whole, "state", "adopted");
    }
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_preview),
        cmocka_unit_test(test_consent),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_running_results),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_account_of_a_ranking),
        cmocka_unit_test(test_account_that_is_too_long),
        cmocka_unit_test(test_options_that_are_proposals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
