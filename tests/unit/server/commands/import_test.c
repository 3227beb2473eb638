/* Importing from Decide Madrid: a small source of ours in the same form, its faults one by one, and the real discussion
 * where it is at hand. */
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <stdlib.h>

#include "assembly/kinds.h"
#include "base/memory.h"
#include "server/commands/import_send.h"

static const char square[] = "tests/data/import/square";
static const char *const files[] = {"proposals.csv", "comments.csv", "comment_hierarchy.csv"};

static struct import_source *read_good(const char *folder)
{
    char message[IMPORT_MESSAGE_SIZE] = "";
    struct import_source *source = NULL;
    if (import_read_madrid(folder, &source, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    return source;
}

static void assert_slice(struct slice slice, const char *text)
{
    assert_true(slice_equal(slice, slice_text(text)));
}

/* ---- reading ---- */

static void reads_every_figure(void **state)
{
    (void)state;
    struct import_source *source = read_good(square);
    assert_int_equal(source->proposal_count, 2);
    assert_int_equal(source->comment_count, 6);
    assert_int_equal(source->person_count, 5);
    assert_int_equal(source->commenting, 4);
    assert_int_equal(source->orphans, 1);
    assert_int_equal(source->empty, 1);
    const struct import_proposal *proposal = &source->proposals[0];
    assert_slice(proposal->id, "3");
    assert_slice(proposal->author, "41");
    assert_slice(proposal->code, "PLZ-2020-02-3");
    assert_slice(proposal->text, "Seis bancos bajo los árboles:\n\n- dos junto a la fuente,\n"
                                 "- cuatro \"largos\" al sur.");
    assert_int_equal(proposal->supports, 120);
    assert_int_equal(proposal->comments, 5);
    assert_int_equal(proposal->at_ms, UINT64_C(1581289200000)); /* midnight in Madrid */
    import_source_free(source);
}

static const struct import_comment *comment_of(const struct import_source *source, const char *id,
                                               size_t *at)
{
    for (*at = 0; *at < source->comment_count; ++*at) {
        if (slice_equal(source->comments[*at].id, slice_text(id))) {
            return &source->comments[*at];
        }
    }
    fail_msg("no comment %s", id);
    return NULL;
}

static void replies_stand_at_the_second_level(void **state)
{
    (void)state;
    size_t first, second, third, deep, orphan;
    struct import_source *source = read_good(square);
    const struct import_comment *comment = comment_of(source, "100", &first);
    assert_int_equal(comment->parent, IMPORT_NONE);
    assert_int_equal(comment->reply_to, IMPORT_NONE);
    assert_int_equal(comment->at_ms, UINT64_C(1581321605000));
    comment = comment_of(source, "101", &second);
    assert_int_equal(comment->parent, first);
    assert_int_equal(comment->reply_to, first);
    comment = comment_of(source, "102", &third);
    assert_int_equal(comment->parent, first);
    assert_int_equal(comment->reply_to, second);
    comment = comment_of(source, "104", &deep); /* before the one it answers in the file */
    assert_int_equal(comment->parent, first);
    assert_int_equal(comment->reply_to, third);
    assert_true(third < deep);
    comment = comment_of(source, "103", &orphan);
    assert_true(comment->orphan);
    assert_int_equal(comment->parent, IMPORT_NONE);
    import_source_free(source);
}

/* ---- faults ---- */

struct wrong {
    size_t file;
    const char *from, *to; /* the first `from` becomes `to`; NULL = the file is not there */
    const char *message;   /* begins so */
};
static const struct wrong wrongs[] = {
    {0, NULL, NULL, "proposals.csv: No such file"},
    {2, NULL, NULL, "comment_hierarchy.csv: No such file"},
    {0, "title", "titel", "proposals.csv:1:1: expected a column named \"title\""},
    {0, "0,3,", "0,x,", "proposals.csv:2:3: expected a whole number"},
    {0, "1,12,", "1,3,", "proposals.csv:6:3: expected an id that stands only once"},
    {0, "2020-02-10", "2020-02-30", "proposals.csv:2:71: expected a date that exists"},
    {0, "2020-02-10", "10/02/2020", "proposals.csv:2:71: expected a date such as"},
    {0, "Bancos con sombra", "", "proposals.csv:2:50: expected some text"},
    {0, "Bancos con", "Bancos\tcon", "proposals.csv:2:50: expected one line of clean text"},
    {0, ",120,", ",-120,", "proposals.csv:5:37: expected a whole number"},
    {0, "\"Seis", "Seis", "proposals.csv:2:1: expected 13 cells"},
    {1, "-1,3,1,43", "-1,4,1,43", "comments.csv:2:10: expected the id of a proposal"},
    {1, "102,3,1,44", "x,3,1,44", "comments.csv:3:7: expected -1 or the id of a comment"},
    {1, "-1,12,1,44", "100,12,1,44", "comments.csv:8:7: expected a comment on the same proposal"},
    {1, "100,3,1,41", "102,3,1,41", "comments.csv:6:7: expected answers that do not go round"},
    {1, "0 days 09:00:05", "9:00", "comments.csv:2:29: expected a time such as"},
    {1, "0 days 09:00:05", "0 days 24:00:05", "comments.csv:2:29: expected a time such as"},
    {1, "Eso ya", "Eso\xE2\x80\xAEya", "comments.csv:7:45: expected text without control"},
    {1, "Eso ya", "Eso\xFFya", "comments.csv:7:48: expected UTF-8"},
    {1, ",3,2,1", ",3,2", "comments.csv:2:1: expected 13 cells as in the first row, found 12"},
    {2, "3,101,100", "3,101,102", "comment_hierarchy.csv:4:7: expected the parent that"},
    {2, "3,101,100", "12,101,100", "comment_hierarchy.csv:4:1: expected the proposal that"},
    {2, "3,101,100", "3,555,100", "comment_hierarchy.csv:4:3: expected a comment of comments.csv"},
    {2, "3,101,100", "3,100,-1", "comment_hierarchy.csv:4:3: expected a comment of comments.csv"},
    {2, "12,200,-1\n", "", "comments.csv:8:3: expected a comment with a row in comment_h"},
};

static void write_changed(const char *folder, size_t file, const struct wrong *wrong)
{
    char *from = fixture_path(square, files[file]), *to = fixture_path(folder, files[file]);
    struct buffer bytes = fixture_read(from);
    remove(to);
    if (wrong->file != file || wrong->from != NULL) {
        FILE *stream = fopen(to, "wb");
        assert_non_null(stream);
        size_t at = bytes.size, skip = 0;
        if (wrong->file == file) {
            skip = strlen(wrong->from);
            const uint8_t *found = memmem(bytes.data, bytes.size, wrong->from, skip);
            assert_non_null(found);
            at = (size_t)(found - bytes.data);
        }
        fwrite(bytes.data, 1, at, stream);
        fputs(wrong->file == file ? wrong->to : "", stream);
        fwrite(bytes.data + at + skip, 1, bytes.size - at - skip, stream);
        fclose(stream);
    }
    buffer_free(&bytes);
    free(from);
    free(to);
}

static void faults_name_their_place(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        char message[IMPORT_MESSAGE_SIZE] = "";
        struct import_source *source = NULL;
        for (size_t file = 0; file < 3; file++) {
            write_changed(folder, file, &wrongs[i]);
        }
        assert_int_equal(import_read_madrid(folder, &source, message), ERROR_IMPORT_UNREADABLE);
        assert_null(source);
        if (strncmp(message, wrongs[i].message, strlen(wrongs[i].message)) != 0) {
            fail_msg("case %zu: \"%s\" instead of \"%s\"", i, message, wrongs[i].message);
        }
    }
    fixture_remove(folder);
}

/* ---- bringing in ---- */

struct place {
    char *parent, *dir;
    struct operator_desk *desk;
    struct id org;
};

static void place_open(struct place *place)
{
    char message[FOLDER_MESSAGE_SIZE] = "";
    json_t *languages = json_pack("[s]", "es");
    place->parent = fixture_folder();
    place->dir = fixture_path(place->parent, "org");
    assert_true(id_parse(slice_text("f9b45bf1-7a29-42f8-af59-25880ec4670a"), &place->org));
    struct assembly_founding founding = {
        .org = place->org,
        .name = slice_text("La plaza"),
        .time_zone = slice_text("Europe/Brussels"),
        .log_name = slice_text("la-plaza/log"),
        .languages = languages,
        .now_ms = UINT64_C(1600000000000),
    };
    assert_int_equal(folder_create(place->dir, &founding, message), ERROR_NONE);
    json_decref(languages);
    assert_int_equal(operator_open(place->dir, &place->desk, message), ERROR_NONE);
}

static size_t bring_in(struct place *place, const struct import_source *source)
{
    size_t added = 0;
    char message[IMPORT_MESSAGE_SIZE] = "";
    if (!import_send(place->desk, place->org, source, NULL, NULL, &added, message)) {
        fail_msg("%s", message);
    }
    return added;
}

/* The folder alone, without the desk: looks, checks, removes. */
static void place_close(struct place *place, void (*look)(struct world *world))
{
    char message[FOLDER_MESSAGE_SIZE] = "";
    struct folder *folder = NULL;
    operator_close(place->desk);
    assert_int_equal(folder_open(place->dir, NULL, NULL, &folder, message), ERROR_NONE);
    struct world world = {.store = folder->store};
    if (look != NULL) {
        look(&world);
    }
    world_check(&world);
    folder_close(folder);
    free(place->dir);
    fixture_remove(place->parent);
}

static struct id square_id(const char *kind, const char *source_id)
{
    struct id org;
    assert_true(id_parse(slice_text("f9b45bf1-7a29-42f8-af59-25880ec4670a"), &org));
    return import_id(org, "decide-madrid", kind, slice_text(source_id));
}

static void look_at_square(struct world *world)
{
    struct id proposal = square_id("proposal", "3"), reply = square_id("comment", "102");
    struct id orphan = square_id("comment", "103"), empty = square_id("comment", "200");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "discussed");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "language", "es");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "need",
                      "Sentarse en la plaza, también en verano.");
    world_expect_number(world, DOCUMENT_PROPOSAL, proposal, "source.supports", 120);
    world_expect_number(world, DOCUMENT_PROPOSAL, proposal, "source.at_ms", INT64_C(1581289200000));
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, proposal, "supports", 0);
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, proposal, "comments", 5);
    world_expect_text(world, DOCUMENT_MEMBER, square_id("member", "41"), "status", "external");
    world_expect_text(world, DOCUMENT_COMMENT, reply, "parent",
                      world_text(square_id("comment", "100")));
    world_expect_text(world, DOCUMENT_COMMENT, reply, "reply_to",
                      world_text(square_id("comment", "101")));
    json_t *document = world_document(world, DOCUMENT_COMMENT, orphan);
    assert_true(json_get_flag(json_object_get(document, "source"), "orphan"));
    assert_null(json_object_get(document, "parent"));
    json_decref(document);
    document = world_document(world, DOCUMENT_COMMENT, empty);
    assert_non_null(json_object_get(document, "removed"));
    json_decref(document);
}

static void brought_in_once_and_never_again(void **state)
{
    (void)state;
    struct place place;
    struct import_source *source = read_good(square);
    place_open(&place);
    assert_int_equal(bring_in(&place, source), 13);
    assert_int_equal(bring_in(&place, source), 0);
    import_source_free(source);
    place_close(&place, look_at_square);
}

/* Computed apart: SHA-256 of the organisation's 16 bytes, "decide-madrid", the kind and the id, as UUID version 8. */
static void ids_come_from_the_source(void **state)
{
    (void)state;
    assert_string_equal(world_text(square_id("member", "41")),
                        "6cccb87e-f833-8c52-9df4-606c3ff77507");
    assert_string_equal(world_text(square_id("proposal", "3")),
                        "cefd4d36-26ce-836e-aae3-3ec3b2aba04a");
    assert_string_equal(world_text(square_id("comment", "101")),
                        "22d45852-7aad-8360-9f1c-86f83278d1d9");
}

static void the_real_discussion_comes_in_whole(void **state)
{
    (void)state;
    char *folder = fixture_shared("discussions/decide-madrid");
    struct place place;
    struct import_source *source = read_good(folder);
    free(folder);
    assert_int_equal(source->proposal_count, 80);
    assert_int_equal(source->comment_count, 5633);
    assert_int_equal(source->person_count, 2272);
    assert_int_equal(source->commenting, 2251);
    assert_int_equal(source->orphans, 268);
    assert_int_equal(source->empty, 62);
    place_open(&place);
    assert_int_equal(bring_in(&place, source), 80 + 5633 + 2272);
    assert_int_equal(bring_in(&place, source), 0);
    import_source_free(source);
    place_close(&place, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_figure),
        cmocka_unit_test(replies_stand_at_the_second_level),
        cmocka_unit_test(faults_name_their_place),
        cmocka_unit_test(ids_come_from_the_source),
        cmocka_unit_test(brought_in_once_and_never_again),
        cmocka_unit_test(the_real_discussion_comes_in_whole),
    };
    if (!crypto_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
