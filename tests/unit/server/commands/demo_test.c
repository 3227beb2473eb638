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

/* What is told and what is left out are together what the file holds. */
static void check_left_out(const struct demo_story *story, const struct demo_figures *figures)
{
    size_t votes = 0;
    for (size_t i = 0; i < story->left_count; i++) {
        const char *what = story->left[i].what;
        votes += strncmp(what, "votes ", 6) == 0 ? story->left[i].count : 0;
        assert_true(strcmp(what, "decisions") != 0 || story->left[i].count == 1);
        assert_true(strcmp(what, "to-dos") != 0 || story->left[i].count == 2);
    }
    assert_int_equal(votes + figures->polls, json_array_size(demo_list(story, "polls")));
}

static struct demo_figures make(const char *dir, uint64_t now_ms)
{
    struct demo_story story;
    struct demo_figures figures;
    char message[DEMO_MESSAGE_SIZE] = "";
    if (demo_make(dir, now_ms, &story, &figures, message) != DEMO_MADE) {
        fail_msg("%s", message);
    }
    check_left_out(&story, &figures);
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
    assert_int_equal(figures->groups, 5);
    assert_int_equal(figures->proposals, 16);
    assert_int_equal(figures->comments, 46);
    assert_int_equal(figures->polls, 13);
    assert_int_equal(figures->ballots, 229);
    assert_int_equal(figures->decisions, 6);
    assert_int_equal(figures->tasks, 12);
    assert_int_equal(figures->meetings, 3);
    assert_int_equal(figures->files, 3);
    assert_int_equal(figures->reports, 2);
}

/* The demo of March, made by the first test and read by those that follow. */
struct march {
    char *parent, *dir;
};

static int march_begin(void **state)
{
    struct march *march = calloc(1, sizeof *march);
    assert_non_null(march);
    march->parent = fixture_folder();
    march->dir = fixture_path(march->parent, "demo");
    *state = march;
    return 0;
}

static int march_end(void **state)
{
    struct march *march = *state;
    free(march->dir);
    fixture_remove(march->parent);
    free(march);
    return 0;
}

static void tell_and_rebuild(const char *dir, uint64_t now_ms)
{
    struct demo_figures figures = make(dir, now_ms);
    check_figures(&figures);
    struct folder *folder = open_folder(dir);
    struct world world = {.store = folder->store};
    world_check(&world);
    folder_close(folder);
}

static void told_and_rebuilt_at(uint64_t now_ms)
{
    char *parent = fixture_folder(), *dir = fixture_path(parent, "demo");
    tell_and_rebuild(dir, now_ms);
    free(dir);
    fixture_remove(parent);
}

static void told_as_the_file_expects(void **state)
{
    const struct march *march = *state;
    tell_and_rebuild(march->dir, MARCH);
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

/* What demo-more.json tells, as it stands in documents: a value in a member, or that the member is there (NULL). */
static const struct {
    uint8_t kind;
    const char *id, *path, *value;
} facts[] = {
    /* purposes of the five groups */
    {DOCUMENT_GROUP, "951a37e6-186c-4369-acfc-678ecc3fb055", "purposes.nl", NULL},
    {DOCUMENT_GROUP, "53719d13-1692-4a3a-969b-896c65133753", "purposes.en", NULL},
    {DOCUMENT_GROUP, "b861e19a-cac2-44e2-b3ce-82e2bbca3cb7", "purposes.fr", NULL},
    {DOCUMENT_GROUP, "4c4337a5-5845-4f88-b380-0ff7fa17865f", "purposes.nl", NULL},
    {DOCUMENT_GROUP, "e87f8a6d-bd89-4549-8f87-51438ca0a36f", "purposes.en", NULL},
    /* the discussion of a group, with an answer and a mention */
    {DOCUMENT_COMMENT, "685ba859-d770-4117-946a-c67bd9ae2034", "on.id",
     "951a37e6-186c-4369-acfc-678ecc3fb055"},
    {DOCUMENT_COMMENT, "738b334e-1cbf-41dd-86d7-c5d1b0bceb6c", "parent",
     "685ba859-d770-4117-946a-c67bd9ae2034"},
    {DOCUMENT_COMMENT, "553b75aa-7d09-4b89-86f0-f091b7241e89", "mentions.0.kind", "member"},
    {DOCUMENT_COMMENT, "5f32b6a4-10ce-4fbc-b742-7e5e4ca81545", "mentions.0.kind", "group"},
    /* a proposal of a group: what it asks for, two versions, one translation that is old */
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "group.id",
     "e87f8a6d-bd89-4549-8f87-51438ca0a36f"},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "state", "idea"},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "asks.skills.0", "menuiserie"},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "asks.money", NULL},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "asks.hours", NULL},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "asks.people", NULL},
    {DOCUMENT_PROPOSAL, "1044fab8-11f5-45ce-9eed-3d2031bf7180", "versions.1", NULL},
    /* a need and what answers it, an alternative, a duplicate */
    {DOCUMENT_PROPOSAL, "eb60b487-b345-4fab-86ee-c6790ec3f498", "text", ""},
    {DOCUMENT_PROPOSAL, "eb60b487-b345-4fab-86ee-c6790ec3f498", "translations.0.language", "fr"},
    {DOCUMENT_PROPOSAL, "eb60b487-b345-4fab-86ee-c6790ec3f498", "relations.0.id",
     "2146341f-84f3-4229-8af0-48509cac201b"},
    {DOCUMENT_PROPOSAL, "2146341f-84f3-4229-8af0-48509cac201b", "relations.0.as", "answers"},
    {DOCUMENT_PROPOSAL, "b4e0cef5-1abf-4e36-94f0-b69c881e66df", "relations.0.as", "alternative_to"},
    {DOCUMENT_PROPOSAL, "327e46c3-f0cc-4082-a570-4e7b1e3f1f15", "relations.0.as", "duplicate_of"},
    {DOCUMENT_PROPOSAL, "c1b1bb5a-093a-4b16-aed5-ab8a8dfce2ae", "answers.0.text", NULL},
    /* reactions of each kind; the earlier wording of a comment */
    {DOCUMENT_COMMENT, "738b334e-1cbf-41dd-86d7-c5d1b0bceb6c", "reactions.celebrate.0", NULL},
    {DOCUMENT_COMMENT, "738b334e-1cbf-41dd-86d7-c5d1b0bceb6c", "reactions.thanks.0", NULL},
    {DOCUMENT_COMMENT, "553b75aa-7d09-4b89-86f0-f091b7241e89", "reactions.agree.0", NULL},
    {DOCUMENT_COMMENT, "473d8902-c2f8-4ff3-b622-0581ed4ae7ce", "reactions.question.0", NULL},
    {DOCUMENT_COMMENT, "473d8902-c2f8-4ff3-b622-0581ed4ae7ce", "edited_ms", NULL},
    {DOCUMENT_COMMENT_VERSIONS, "473d8902-c2f8-4ff3-b622-0581ed4ae7ce", "items.0.text",
     "Et les soupières\u202f?"},
    /* moderation: one waits, one is settled */
    {DOCUMENT_REPORT, "a769c7fd-a5db-4ff2-8194-f87933d30ea6", "state", "open"},
    {DOCUMENT_REPORT, "fc7d794c-71b2-498e-8dc6-b24330ae5613", "state", "kept"},
    /* a to-do that changed hands and was thanked for; one half done, with somebody asked */
    {DOCUMENT_TASK, "16e99556-acdf-4d4f-bf5f-c1d45cf53c56", "state", "done"},
    {DOCUMENT_TASK, "16e99556-acdf-4d4f-bf5f-c1d45cf53c56", "assignees.0.id",
     "67950d4a-4aa7-496d-8dea-aa206c425efd"},
    {DOCUMENT_TASK, "16e99556-acdf-4d4f-bf5f-c1d45cf53c56", "thanks.1.text", NULL},
    {DOCUMENT_TASK, "4d07e23b-d733-4849-b84f-22d27bfa240a", "state", "taken"},
    {DOCUMENT_TASK, "4d07e23b-d733-4849-b84f-22d27bfa240a", "quality", NULL},
    {DOCUMENT_TASK, "4d07e23b-d733-4849-b84f-22d27bfa240a", "asked.0.id",
     "94e7bc78-fff9-48b8-aa5f-a3c3ec4fe4d9"},
    {DOCUMENT_TASK, "4d07e23b-d733-4849-b84f-22d27bfa240a", "checklist.1.by", NULL},
    /* files */
    {DOCUMENT_FILE, "d80ac70c-6ce1-414b-92ac-24b8a7a90624", "type", "csv"},
    {DOCUMENT_FILE, "cd82e9f9-8798-4ce1-af86-9cb85c8679e2", "type", "png"},
    {DOCUMENT_FILE, "cd82e9f9-8798-4ce1-af86-9cb85c8679e2", "alt", NULL},
    {DOCUMENT_FILE, "050f3a4a-526a-4217-a3b2-59601e5afd69", "type", "txt"},
    {DOCUMENT_FILE, "050f3a4a-526a-4217-a3b2-59601e5afd69", "on.kind", "task"},
    /* a newcomer and a sponsor; a pause by choice; the practice vote; the newest newcomer */
    {DOCUMENT_MEMBER, "94e7bc78-fff9-48b8-aa5f-a3c3ec4fe4d9", "sponsor.id",
     "9b14fa74-0d3b-4f26-b32d-8cfd95499ecd"},
    {DOCUMENT_MEMBER, "bafd67a7-9f32-4c11-b3a6-d2e46fcfc640", "status", "dormant"},
    {DOCUMENT_MEMBER, "bafd67a7-9f32-4c11-b3a6-d2e46fcfc640", "introduction.language", "en"},
    {DOCUMENT_POLL, "8f92254e-14a3-4c19-af4d-89977dae819c", "state", "open"},
    {DOCUMENT_ORGANISATION, "f9b45bf1-7a29-42f8-af59-25880ec4670a", "practice.id",
     "8f92254e-14a3-4c19-af4d-89977dae819c"},
    {DOCUMENT_NEWCOMERS, "f9b45bf1-7a29-42f8-af59-25880ec4670a", "members.0.id",
     "94e7bc78-fff9-48b8-aa5f-a3c3ec4fe4d9"},
};

static void expect_fact(struct world *world, size_t i)
{
    struct id id;
    assert_true(id_parse(slice_text(facts[i].id), &id));
    json_t *document = world_document(world, facts[i].kind, id);
    const json_t *value = world_at(document, facts[i].path);
    if (value == NULL) {
        fail_msg("%s has no %s", facts[i].id, facts[i].path);
    } else if (facts[i].value != NULL) {
        assert_string_equal(json_string_value(value), facts[i].value);
    }
    json_decref(document);
}

static void expect_old_translation(struct world *world)
{
    struct id cups;
    assert_true(id_parse(slice_text("1044fab8-11f5-45ce-9eed-3d2031bf7180"), &cups));
    json_t *document = world_document(world, DOCUMENT_PROPOSAL, cups);
    size_t i, stale = 0;
    json_t *translation;
    json_array_foreach(json_object_get(document, "translations"), i, translation)
    {
        bool dutch = slice_equal(json_get_text(translation, "language"), slice_text("nl"));
        assert_int_equal(json_get_flag(translation, "stale"), dutch);
        stale += dutch;
    }
    assert_int_equal(stale, 1);
    json_decref(document);
}

static void expect_review(struct world *world)
{
    struct id poll;
    assert_true(id_parse(slice_text("a40803e5-c207-4e1e-8dd1-6f6262f8367d"), &poll));
    json_t *document = world_document(world, DOCUMENT_DECISION, demo_decision_id(poll));
    assert_non_null(world_at(document, "to_review_ms"));
    assert_non_null(world_at(document, "reports.1.text.nl"));
    json_decref(document);
}

/* The assembly waits with its offices, its quorum and its votes on their items; the group's meeting was held as the record
 * has it. */
static void expect_meetings(struct world *world)
{
    struct id assembly, held;
    assert_true(id_parse(slice_text("ee73da69-c51d-408e-98c8-287bca0f2861"), &assembly));
    assert_true(id_parse(slice_text("939a6c75-c324-4494-a021-e8c6a9cf4058"), &held));
    world_expect_text(world, DOCUMENT_MEETING, assembly, "quorum.unit", "shares");
    world_expect_text(world, DOCUMENT_MEETING, assembly, "offices.chair.name",
                      "Bram Schroevendraaier (demo)");
    world_expect_text(world, DOCUMENT_MEETING, assembly, "agenda.2.polls.0.id",
                      "3b4fdb16-19f6-4427-88a5-b4a2a84fab17");
    world_expect_text(world, DOCUMENT_MEETING, assembly, "agenda.4.polls.0.id",
                      "ea76b05d-ef81-44f9-b781-475bc2a9ad8b");
    world_expect_number(world, DOCUMENT_MEETING, assembly, "notice.given_days", 18);
    world_expect_number(world, DOCUMENT_MEETING, held, "agenda.1.spent_ms", 32 * 60 * 1000);
    world_expect_text(world, DOCUMENT_MEETING, held, "agenda.3.outcome", "held");
    world_expect_number(world, DOCUMENT_PRESENCE, held, "present.heads", 6);
    world_expect_number(world, DOCUMENT_PRESENCE, held, "left", 1);
    world_expect_number(world, DOCUMENT_PRESENCE, held, "remote", 2);
}

/* The bytes of the file lie on the shelf under their hash. */
static void expect_bytes(struct world *world, const char *dir, const char *text)
{
    struct id id;
    struct stat about;
    assert_true(id_parse(slice_text(text), &id));
    json_t *document = world_document(world, DOCUMENT_FILE, id);
    char *shelf = fixture_path(dir, "files");
    char *path = fixture_path(shelf, json_string_value(json_object_get(document, "sha256")));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, json_get_integer(document, "size"));
    free(path);
    free(shelf);
    json_decref(document);
}

static void expect_more(struct world *world, const char *dir)
{
    size_t files = 0;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_fact(world, i);
        if (facts[i].kind == DOCUMENT_FILE && strcmp(facts[i].path, "type") == 0) {
            expect_bytes(world, dir, facts[i].id);
            files++;
        }
    }
    assert_int_equal(files, 3);
    expect_old_translation(world);
    expect_review(world);
    expect_meetings(world);
}

static void all_stands_in_documents(void **state)
{
    const struct march *march = *state;
    struct demo_story story;
    struct folder *folder = open_folder(march->dir);
    struct world world = {.store = folder->store, .assembly = folder->assembly};
    demo_story_open(&story, MARCH);
    expect_all(&world, demo_list(&story, "comments"), MARCH);
    expect_more(&world, march->dir);
    demo_story_clear(&story);
    folder_close(folder);
}

static void a_folder_with_the_demo_is_left_as_it_is(void **state)
{
    const struct march *march = *state;
    const char *dir = march->dir;
    char message[DEMO_MESSAGE_SIZE];
    struct folder *folder = open_folder(dir);
    uint64_t size = ledger_size(assembly_ledger(folder->assembly));
    folder_close(folder);
    assert_int_equal(make_again(dir, NEW_YEAR, message), DEMO_WAS_THERE);
    assert_int_equal(make_again(dir, MARCH, message), DEMO_WAS_THERE);
    folder = open_folder(dir);
    assert_int_equal(ledger_size(assembly_ledger(folder->assembly)), size);
    folder_close(folder);
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
    char *files = fixture_path(making, "files"), *part = fixture_path(files, "1.part");
    assert_int_equal(mkdir(files, 0700), 0);
    stream = fopen(part, "w");
    assert_non_null(stream);
    fclose(stream);
    make(dir, MARCH);
    assert_int_not_equal(access(making, F_OK), 0);
    free(part);
    free(files);
    free(data);
    free(making);
    free(dir);
    fixture_remove(parent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_as_the_file_expects),
        cmocka_unit_test(told_at_the_turn_of_the_year),
        cmocka_unit_test(told_on_a_leap_day),
        cmocka_unit_test(all_stands_in_documents),
        cmocka_unit_test(a_folder_with_the_demo_is_left_as_it_is),
        cmocka_unit_test(a_folder_with_something_else_is_refused),
        cmocka_unit_test(an_interrupted_beginning_is_thrown_away),
    };
    if (!crypto_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, march_begin, march_end);
}
