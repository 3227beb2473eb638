/* The demo: told whole at several dates, equal to what its file expects, rebuilt from its record, never made twice. */
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assembly/kinds.h"
#include "server/commands/demo_story.h"

static const uint64_t MARCH = UINT64_C(1773565200000);    /* 2026-03-15 10:00 in Brussels */
static const uint64_t NEW_YEAR = UINT64_C(1798759800000); /* 2027-01-01 00:30 in Brussels */
static const uint64_t LEAP_DAY = UINT64_C(1835477400000); /* 2028-02-29 23:50 in Brussels */

static struct demo_figures make(const char *dir, uint64_t now_ms)
{
    struct demo_story story;
    struct demo_figures figures;
    char message[DEMO_MESSAGE_SIZE] = "";
    if (demo_make(dir, now_ms, &story, &figures, message) != DEMO_MADE) {
        fail_msg("%s", message);
    }
    demo_story_clear(&story);
    return figures;
}

static enum demo_outcome make_again(const char *dir, uint64_t now_ms,
                                    char message[DEMO_MESSAGE_SIZE])
{
    struct demo_story story;
    struct demo_figures figures;
    message[0] = '\0';
    enum demo_outcome outcome = demo_make(dir, now_ms, &story, &figures, message);
    demo_story_clear(&story);
    return outcome;
}

static struct folder *open_folder(const char *dir)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct folder *folder = NULL;
    if (folder_open(dir, NULL, NULL, &folder, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    return folder;
}

static void check_figures(const struct demo_figures *figures)
{
    assert_int_equal(figures->members, 44);
    assert_int_equal(figures->proposals, 12);
    assert_int_equal(figures->comments, 33);
    assert_int_equal(figures->polls, 5);
    assert_int_equal(figures->ballots, 120);
    assert_int_equal(figures->decisions, 4);
    assert_int_equal(figures->tasks, 7);
}

static void told_and_rebuilt_at(uint64_t now_ms)
{
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    struct demo_figures figures = make(dir, now_ms);
    check_figures(&figures);
    struct folder *folder = open_folder(dir);
    struct world world = {.store = folder->store};
    world_check(&world);
    folder_close(folder);
    free(dir);
    fixture_remove(parent);
}

static void told_as_the_file_expects(void **state)
{
    (void)state;
    told_and_rebuilt_at(MARCH);
}

static void told_at_the_turn_of_the_year(void **state)
{
    (void)state;
    told_and_rebuilt_at(NEW_YEAR);
}

static void told_on_a_leap_day(void **state)
{
    (void)state;
    told_and_rebuilt_at(LEAP_DAY);
}

static void expect_all(struct world *world, const json_t *comments, uint64_t now_ms)
{
    struct id proposal;
    assert_true(id_parse(slice_text("c1b1bb5a-093a-4b16-aed5-ab8a8dfce2ae"), &proposal));
    world_expect_number(world, DOCUMENT_PROPOSAL, proposal, "version", 2);
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "translations.0.language", "nl");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "ready");
    for (size_t i = 0; i < json_array_size(comments); i++) {
        const json_t *comment = json_array_get(comments, i);
        json_t *stored = world_document(world, DOCUMENT_COMMENT, json_get_id(comment, "id"));
        assert_true(json_get_integer(stored, "at_ms") <= (int64_t)now_ms);
        if (json_object_get(comment, "removed") == NULL) {
            assert_true(slice_equal(json_get_text(stored, "text"), json_get_text(comment, "text")));
        }
        assert_int_equal(json_object_get(stored, "edited_ms") != NULL,
                         json_object_get(comment, "edited") != NULL);
        assert_true(id_equal(json_get_id(json_object_get(stored, "recorded_by"), "id"),
                             json_get_id(comment, "recorded_by")));
        json_decref(stored);
    }
}

static void texts_stand_as_in_the_file(void **state)
{
    (void)state;
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    struct demo_story story;
    make(dir, MARCH);
    struct folder *folder = open_folder(dir);
    struct world world = {.store = folder->store, .assembly = folder->assembly};
    demo_story_open(&story, MARCH);
    expect_all(&world, demo_list(&story, "comments"), MARCH);
    demo_story_clear(&story);
    folder_close(folder);
    free(dir);
    fixture_remove(parent);
}

static void a_folder_with_the_demo_is_left_as_it_is(void **state)
{
    (void)state;
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    char message[DEMO_MESSAGE_SIZE];
    make(dir, MARCH);
    struct folder *folder = open_folder(dir);
    uint64_t size = ledger_size(assembly_ledger(folder->assembly));
    folder_close(folder);
    assert_int_equal(make_again(dir, NEW_YEAR, message), DEMO_WAS_THERE);
    assert_int_equal(make_again(dir, MARCH, message), DEMO_WAS_THERE);
    folder = open_folder(dir);
    assert_int_equal(ledger_size(assembly_ledger(folder->assembly)), size);
    folder_close(folder);
    free(dir);
    fixture_remove(parent);
}

static void a_folder_with_something_else_is_refused(void **state)
{
    (void)state;
    char *parent = fixture_folder(), *file = fixture_path(parent, "letter.txt");
    char message[DEMO_MESSAGE_SIZE];
    FILE *stream = fopen(file, "w");
    assert_non_null(stream);
    fclose(stream);
    assert_int_equal(make_again(parent, MARCH, message), DEMO_FAILED);
    assert_non_null(strstr(message, "something else"));
    assert_int_equal(access(file, F_OK), 0);
    free(file);
    fixture_remove(parent);
}

static void an_interrupted_beginning_is_thrown_away(void **state)
{
    (void)state;
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    char *making = fixture_path(parent, "demo.making");
    char *data = fixture_path(making, "data.mdb");
    assert_int_equal(mkdir(dir, 0700), 0); /* an empty folder is as good as none */
    assert_int_equal(mkdir(making, 0700), 0);
    FILE *stream = fopen(data, "w");
    assert_non_null(stream);
    fputs("half a page", stream);
    fclose(stream);
    make(dir, MARCH);
    assert_int_not_equal(access(making, F_OK), 0);
    free(data);
    free(making);
    free(dir);
    fixture_remove(parent);
}

static void what_is_left_out_is_counted(void **state)
{
    (void)state;
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    struct demo_story story;
    struct demo_figures figures;
    char message[DEMO_MESSAGE_SIZE];
    size_t votes = 0;
    assert_int_equal(demo_make(dir, MARCH, &story, &figures, message), DEMO_MADE);
    for (size_t i = 0; i < story.left_count; i++) {
        const char *what = story.left[i].what;
        votes += strncmp(what, "votes ", 6) == 0 ? story.left[i].count : 0;
        assert_true(strcmp(what, "groups") != 0 || story.left[i].count == 5);
        assert_true(strcmp(what, "decisions") != 0 || story.left[i].count == 3);
        assert_true(strcmp(what, "to-dos") != 0 || story.left[i].count == 5);
    }
    assert_int_equal(votes + figures.polls, json_array_size(demo_list(&story, "polls")));
    demo_story_clear(&story);
    free(dir);
    fixture_remove(parent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_as_the_file_expects),
        cmocka_unit_test(told_at_the_turn_of_the_year),
        cmocka_unit_test(told_on_a_leap_day),
        cmocka_unit_test(texts_stand_as_in_the_file),
        cmocka_unit_test(a_folder_with_the_demo_is_left_as_it_is),
        cmocka_unit_test(a_folder_with_something_else_is_refused),
        cmocka_unit_test(an_interrupted_beginning_is_thrown_away),
        cmocka_unit_test(what_is_left_out_is_counted),
    };
    if (!crypto_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
