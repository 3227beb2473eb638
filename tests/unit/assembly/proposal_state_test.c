/* Every step of a proposal's life, by everybody: each allowed one is taken, each forbidden one refused. The table
 * below is written out again from the rules, not read from the product. */
#include "assembly/concept.h"
#include "assembly/proposal.h"
#include "tests/harness/c/world.h"

#include <string.h>

static const char *const states[] = {"idea",      "discussed",   "ready",    "voting",
                                     "adopted",   "in_progress", "realised", "rejected",
                                     "postponed", "withdrawn",   "merged",   "abandoned"};
enum { STATES = 12 };

/* c by consent: nobody by marking. a author, f facilitator, y system, u who took the last step. In the worlds of this test the author withdraws and the
 * facilitator realises, so "u" is a for withdrawn → idea and f for realised → in_progress. */
static const struct {
    const char *from, *to, *who;
} allowed[] = {
    {"idea", "discussed", "fy"},       {"idea", "withdrawn", "a"},
    {"idea", "merged", "c"},           {"discussed", "ready", "a"},
    {"discussed", "withdrawn", "a"},   {"discussed", "merged", "c"},
    {"ready", "discussed", "a"},       {"ready", "voting", "y"},
    {"ready", "withdrawn", "a"},       {"ready", "merged", "c"},
    {"voting", "adopted", "y"},        {"voting", "rejected", "y"},
    {"voting", "postponed", "y"},      {"voting", "ready", "y"},
    {"adopted", "in_progress", "fy"},  {"adopted", "realised", "af"},
    {"adopted", "abandoned", "f"},     {"in_progress", "realised", "af"},
    {"in_progress", "abandoned", "f"}, {"realised", "in_progress", "f"},
    {"postponed", "discussed", "af"},  {"withdrawn", "idea", "a"},
    {"voting", "discussed", "y"},      {"adopted", "voting", "y"},
    {"rejected", "voting", "y"},       {"postponed", "voting", "y"},
    {"discussed", "voting", "y"},
};
enum { ALLOWED = sizeof allowed / sizeof allowed[0] };

/* How a proposal comes to each state: state before, and who takes the step. */
static const struct {
    const char *state, *before;
    char who;
} roads[] = {
    {"discussed", "idea", 'f'},   {"ready", "discussed", 'a'},     {"voting", "ready", 'y'},
    {"adopted", "voting", 'y'},   {"in_progress", "adopted", 'f'}, {"realised", "in_progress", 'f'},
    {"rejected", "voting", 'y'},  {"postponed", "voting", 'y'},    {"withdrawn", "idea", 'a'},
    {"merged", "discussed", 'c'}, {"abandoned", "adopted", 'f'},
};

enum { CALLERS = 10 };
struct stage {
    struct world world;
    struct {
        char letter;
        struct caller caller;
    } callers[CALLERS];
};

static struct caller caller_of(struct stage *stage, char letter)
{
    for (size_t i = 0; i < CALLERS; i++) {
        if (stage->callers[i].letter == letter) {
            return stage->callers[i].caller;
        }
    }
    fail();
    return world_nobody;
}

static int stage_open(void **state)
{
    static struct stage stage;
    world_open(&stage.world);
    const struct {
        char letter;
        const char *name, *roles;
    } people[] = {{'a', "Author", ""},
                  {'f', "Facilitator", "facilitator"},
                  {'m', "Member", ""},
                  {'s', "Secretary", "secretary"},
                  {'d', "Admin", "admin"},
                  {'o', "Observer", "observer"},
                  {'r', "Auditor", "observer auditor"}};
    for (size_t i = 0; i < 7; i++) {
        stage.callers[i].letter = people[i].letter;
        stage.callers[i].caller = world_member(&stage.world, people[i].name, people[i].roles);
    }
    stage.callers[7].letter = 'y';
    stage.callers[7].caller = world_system;
    stage.callers[8].letter = 'p';
    stage.callers[8].caller = world_operator;
    stage.callers[9].letter = 'n';
    stage.callers[9].caller = world_nobody;
    *state = &stage;
    return 0;
}

static int stage_close(void **state)
{
    struct stage *stage = *state;
    world_close(&stage->world);
    return 0;
}

static const char *mark(struct stage *stage, char who, struct id id, const char *to)
{
    return world_try(&stage->world, caller_of(stage, who), "proposal.mark",
                     "{'id':'%s','state':'%s','reason':'Because.'}", world_text(id), to);
}

/* A facilitator asks, the author agrees. */
static void merge(struct stage *stage, struct id id)
{
    struct id into = world_id(&stage->world);
    world_must(&stage->world, caller_of(stage, 'a'), "proposal.submit",
               "{'id':'%s','language':'fr','title':'Deux bancs','need':'','text':'','themes':[]}",
               world_text(into));
    world_must(&stage->world, caller_of(stage, 'f'), "proposal.merge",
               "{'id':'%s','into':'%s','on':true}", world_text(id), world_text(into));
    world_must(&stage->world, caller_of(stage, 'a'), "proposal.consent", "{'id':'%s','yes':true}",
               world_text(id));
}

static void bring_to(struct stage *stage, struct id id, const char *to)
{
    for (size_t i = 0; i < sizeof roads / sizeof roads[0]; i++) {
        if (strcmp(roads[i].state, to) == 0) {
            bring_to(stage, id, roads[i].before);
            if (roads[i].who == 'c') {
                merge(stage, id);
                return;
            }
            assert_string_equal(mark(stage, roads[i].who, id, to), "");
        }
    }
}

static struct id proposal_in(struct stage *stage, const char *to)
{
    struct id id = world_id(&stage->world);
    world_must(
        &stage->world, caller_of(stage, 'a'), "proposal.submit",
        "{'id':'%s','language':'fr','title':'Un banc','need':'S’asseoir','text':'','themes':[]}",
        world_text(id));
    bring_to(stage, id, to);
    world_expect_text(&stage->world, DOCUMENT_PROPOSAL_CARD, id, "state", to);
    return id;
}

static const char *who_may(const char *from, const char *to)
{
    for (size_t i = 0; i < ALLOWED; i++) {
        if (strcmp(allowed[i].from, from) == 0 && strcmp(allowed[i].to, to) == 0) {
            return allowed[i].who;
        }
    }
    return NULL;
}

/* Roles that the method itself does not admit are refused before the step is looked at. */
static const char *refusal(char letter, bool is_step)
{
    if (letter == 'n') {
        return "session.none";
    }
    return strchr("orp", letter) != NULL || is_step ? "right.missing" : "proposal.bad_state";
}

static void try_step(struct stage *stage, struct id standing, const char *from, const char *to,
                     char letter)
{
    const char *who = who_may(from, to);
    if (who == NULL || strchr(who, letter) == NULL) {
        assert_string_equal(mark(stage, letter, standing, to), refusal(letter, who != NULL));
        return;
    }
    struct id id = proposal_in(stage, from);
    assert_string_equal(mark(stage, letter, id, to), "");
    world_expect_text(&stage->world, DOCUMENT_PROPOSAL_CARD, id, "state", to);
    world_expect_text(&stage->world, DOCUMENT_PROPOSAL, id, "state", to);
}

static void test_every_step_by_everybody(void **state)
{
    struct stage *stage = *state;
    size_t steps = 0;
    for (size_t from = 0; from < STATES; from++) {
        struct id standing = proposal_in(stage, states[from]);
        for (size_t to = 0; to < STATES; to++) {
            for (size_t i = 0; i < CALLERS; i++, steps++) {
                try_step(stage, standing, states[from], states[to], stage->callers[i].letter);
            }
        }
        world_expect_text(&stage->world, DOCUMENT_PROPOSAL_CARD, standing, "state", states[from]);
    }
    assert_int_equal(steps, STATES * STATES * CALLERS);
}

static void test_table_says_no_more(void **state)
{
    size_t rows = 0;
    (void)state;
    for (const struct proposal_transition *row = proposal_transitions; row->from != PROPOSAL_NONE;
         row++, rows++) {
        assert_non_null(who_may(proposal_state_word(row->from), proposal_state_word(row->to)));
    }
    assert_int_equal(rows, ALLOWED);
}

static void test_reasons(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    struct caller facilitator = caller_of(stage, 'f');
    const char *from[] = {"adopted", "in_progress"};
    for (size_t i = 0; i < 2; i++) {
        struct id id = proposal_in(stage, from[i]);
        assert_string_equal(world_try(world, facilitator, "proposal.mark",
                                      "{'id':'%s','state':'abandoned'}", world_text(id)),
                            "proposal.reason_needed");
        assert_string_equal(mark(stage, 'f', id, "abandoned"), "");
        world_expect_text(world, DOCUMENT_PROPOSAL, id,
                          i == 0 ? "history.4.reason" : "history.5.reason", "Because.");
    }
}

/* Undoing is for who did it, not for every author or facilitator. */
static void test_undo(void **state)
{
    struct stage *stage = *state;
    struct id id = proposal_in(stage, "in_progress");
    assert_string_equal(mark(stage, 'a', id, "realised"), "");
    assert_string_equal(mark(stage, 'f', id, "in_progress"), "right.missing");
    assert_string_equal(mark(stage, 'a', id, "in_progress"), "");
}

/* A facilitator stands in for authors who have been silent for thirty days, or who are imported. */
static void test_stand_in(void **state)
{
    static const uint64_t month_ms = UINT64_C(30) * 24 * 3600 * 1000;
    struct stage *stage = *state;
    struct world *world = &stage->world;
    struct id id = proposal_in(stage, "discussed");
    world->now_ms += month_ms - 3600 * 1000;
    assert_string_equal(mark(stage, 'f', id, "ready"), "right.missing");
    world_must(world, caller_of(stage, 'a'), "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'%s'},'text':'J’y pense.'}",
               world_text(world_id(world)), world_text(id));
    world->now_ms += month_ms - 3600 * 1000;
    assert_string_equal(mark(stage, 'f', id, "ready"), "right.missing"); /* the author spoke */
    world->now_ms += 2 * 3600 * 1000;
    assert_string_equal(mark(stage, 'm', id, "ready"), "right.missing");
    assert_string_equal(mark(stage, 'f', id, "ready"), "");
    assert_string_equal(mark(stage, 'f', id, "discussed"), "");
    struct id author = world_id(world), imported = world_id(world);
    world_must(world, world_operator, "import.member",
               "{'id':'%s','name':'Author 7','source':{'format':'x','id':'7'}}",
               world_text(author));
    world_must(world, world_operator, "import.proposal",
               "{'id':'%s','language':'es','title':'Un "
               "banco','need':'','text':'','author':'%s','state':'discussed',"
               "'source':{'format':'x','id':'1','at_ms':1442000000000,'supports':6560,'comments':3,"
               "'author':'7'}}",
               world_text(imported), world_text(author));
    assert_string_equal(mark(stage, 'm', imported, "ready"), "right.missing");
    assert_string_equal(mark(stage, 'f', imported, "ready"), "");
    assert_string_equal(mark(stage, 'f', imported, "discussed"), "");
}

/* Ready: a vote or a written answer is owed within the days of the organisation; an answer settles it. */
static void test_owed(void **state)
{
    static const uint64_t day_ms = UINT64_C(24) * 3600 * 1000;
    struct stage *stage = *state;
    struct world *world = &stage->world;
    struct caller facilitator = caller_of(stage, 'f');
    struct id id = proposal_in(stage, "discussed");
    static const char params[] = "{'id':'%s','text':'Au printemps, avec le budget.'}";
    assert_string_equal(world_try(world, facilitator, "proposal.answer", params, world_text(id)),
                        "proposal.bad_state");
    assert_string_equal(mark(stage, 'a', id, "ready"), "");
    json_t *card = world_document(world, DOCUMENT_PROPOSAL_CARD, id);
    assert_int_equal(json_integer_value(world_at(card, "owed_ms")),
                     json_integer_value(world_at(card, "state_ms")) + (int64_t)(30 * day_ms));
    json_decref(card);
    assert_string_equal(
        world_try(world, caller_of(stage, 'm'), "proposal.answer", params, world_text(id)),
        "right.missing");
    assert_string_equal(
        world_try(world, facilitator, "proposal.answer", params, world_text(world_id(world))),
        "proposal.unknown");
    world_must(world, facilitator, "proposal.answer", params, world_text(id));
    world_expect_text(world, DOCUMENT_PROPOSAL, id, "answers.0.by.name", "Facilitator");
    card = world_document(world, DOCUMENT_PROPOSAL_CARD, id);
    assert_null(world_at(card, "owed_ms"));
    json_decref(card);
    assert_string_equal(mark(stage, 'a', id, "discussed"), ""); /* and once more: it runs again */
    assert_string_equal(mark(stage, 'a', id, "ready"), "");
    card = world_document(world, DOCUMENT_PROPOSAL_CARD, id);
    assert_non_null(world_at(card, "owed_ms"));
    json_decref(card);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_step_by_everybody, stage_open, stage_close),
        cmocka_unit_test(test_table_says_no_more),
        cmocka_unit_test_setup_teardown(test_reasons, stage_open, stage_close),
        cmocka_unit_test_setup_teardown(test_undo, stage_open, stage_close),
        cmocka_unit_test_setup_teardown(test_stand_in, stage_open, stage_close),
        cmocka_unit_test_setup_teardown(test_owed, stage_open, stage_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
