/* The desk of a meeting: what it may not bring about, and what it may not learn. */
#include "assembly/attendance.h"
#include "base/encoding.h"
#include "tests/harness/c/world.h"

struct desk {
    struct world world;
    struct caller lead, ada, bob;
};

static void plan(struct desk *desk, struct caller who, const char *kind)
{
    world_must(&desk->world, who, "meeting.plan",
               "{'id':'%s','kind':'%s','title':{'en':'Evening'},'starts':%llu,'minutes':60,"
               "'remote':true}",
               world_text(world_id(&desk->world)), kind, (unsigned long long)desk->world.now_ms);
}

/* Meeting 1 is an assembly that a facilitator planned, 2 a work session that Ada, a member, called. */
static void desk_open(struct desk *desk)
{
    world_open(&desk->world);
    desk->lead = world_member(&desk->world, "Flo", "facilitator");
    desk->ada = world_member(&desk->world, "Ada", "");
    desk->bob = world_member(&desk->world, "Bob", "");
    plan(desk, desk->lead, "general_assembly");
    plan(desk, desk->ada, "work_session");
}

static void list(struct desk *desk, struct caller who, int meeting, const char *method,
                 const char *csv, const char *more)
{
    struct buffer text;
    buffer_init(&text, 4096);
    encoding_base64url(&text, slice_text(csv));
    buffer_append_u8(&text, 0);
    world_must(&desk->world, who, method, "{'meeting':'%d','csv':'%s'%s}", meeting,
               (const char *)buffer_slice(&text).data, more);
    buffer_free(&text);
}

static void expect(struct desk *desk, const char *path, const char *text)
{
    const char *found = json_string_value(world_at(desk->world.result, path));
    assert_string_equal(found == NULL ? "" : found, text);
}

static void enter(struct desk *desk, struct caller who)
{
    world_must(&desk->world, who, "attendance.enter", "{'meeting':'1'}");
}

/* Who left the organisation since an import is not there again when it is taken back. */
static void test_import_of_who_left(void **state)
{
    struct desk desk;
    char more[64];
    static const char import[] = "7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e50";
    (void)state;
    desk_open(&desk);
    enter(&desk, desk.ada);
    enter(&desk, desk.bob);
    struct id meeting = json_get_id(world_at(desk.world.result, "doc"), "meeting");
    snprintf(more, sizeof more, ",'import':'%s'", import);
    list(&desk, desk.lead, 1, "attendance.import", "name,present\nAda,0\nBob,0\n", more);
    /* Also of who was only sent out it is known who did it, and when. */
    struct id bob = attendance_id(meeting, desk.bob.member);
    world_expect_text(&desk.world, DOCUMENT_ATTENDANCE, bob, "import.by",
                      world_text(desk.lead.member));
    world_expect_number(&desk.world, DOCUMENT_ATTENDANCE, bob, "import.at_ms",
                        (int64_t)desk.world.now_ms);
    world_must(&desk.world, world_operator, "member.update", "{'id':'%s','status':'left'}",
               world_text(desk.bob.member));
    world_must(&desk.world, desk.lead, "attendance.undo_import", "{'meeting':'1','import':'%s'}",
               import);
    world_expect_number(&desk.world, DOCUMENT_PRESENCE, meeting, "present.heads", 1);
    world_expect_number(&desk.world, DOCUMENT_PRESENCE, meeting, "guests", 0);
    world_expect_number(&desk.world, DOCUMENT_PRESENCE, meeting, "left", 1);
    world_close(&desk.world);
}

/* Any member has a desk, by calling a work session: it does not tell whose address is whose. */
static void test_addresses_stay_hidden(void **state)
{
    static const char csv[] = "name,email\n,bob@example.org\nBob,bob@example.org\n";
    struct desk desk;
    (void)state;
    desk_open(&desk);
    world_must(&desk.world, desk.bob, "member.update", "{'id':'%s','email':'bob@example.org'}",
               world_text(desk.bob.member));
    list(&desk, desk.ada, 2, "attendance.preview", csv, "");
    expect(&desk, "rows.0.error.word", "unknown");
    expect(&desk, "rows.1.member.name", "Bob"); /* by the name */
    list(&desk, desk.lead, 2, "attendance.preview", csv, "");
    expect(&desk, "rows.0.member.name", "Bob");
    world_must(&desk.world, desk.bob, "member.update", "{'id':'%s','shows_email':true}",
               world_text(desk.bob.member));
    list(&desk, desk.ada, 2, "attendance.preview", csv, "");
    expect(&desk, "rows.0.member.name", "Bob");
    world_close(&desk.world);
}

/* A comma in a name moves all after it under other headings: that is said, not that the wrong name is nobody's. */
static void test_too_many_cells(void **state)
{
    static const char csv[] = "name,email\n"
                              "Bob, Ada,ada@example.org\n"
                              "Lee, Ada,\n"
                              "Ada,,\n"
                              "Bob,,x\n"
                              "Zed,\n";
    static const char *const words[] = {"too_many_cells", "too_many_cells", "", "too_many_cells",
                                        "unknown"};
    struct desk desk;
    (void)state;
    desk_open(&desk);
    list(&desk, desk.lead, 1, "attendance.preview", csv, "");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char path[32];
        snprintf(path, sizeof path, "rows.%zu.error.word", i);
        expect(&desk, path, words[i]);
    }
    expect(&desk, "rows.0.error.value", "Bob");
    expect(&desk, "rows.2.member.name", "Ada");
    list(&desk, desk.lead, 1, "attendance.import", csv, "");
    assert_int_equal(json_integer_value(world_at(desk.world.result, "recorded")), 1);
    world_close(&desk.world);
}

/* Coming in from elsewhere again does not take back that the desk saw a document. */
static void test_checked_stays(void **state)
{
    struct desk desk;
    (void)state;
    desk_open(&desk);
    world_must(&desk.world, desk.lead, "attendance.record",
               "{'meeting':'1','member':'%s','present':true,'remote':true,'checked':'document'}",
               world_text(desk.ada.member));
    enter(&desk, desk.ada);
    expect(&desk, "doc.periods.0.checked", "document");
    assert_int_equal(json_array_size(world_at(desk.world.result, "doc.periods")), 1);
    world_close(&desk.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_import_of_who_left),
        cmocka_unit_test(test_addresses_stay_hidden),
        cmocka_unit_test(test_too_many_cells),
        cmocka_unit_test(test_checked_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
