/* Attendance: coming in by code, from elsewhere, at the desk, from a list; what is counted against a recount from the
 * documents under whatever else happens to members; quorums; what is left when a meeting is over and when somebody is
 * erased. */
#include "assembly/attendance.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "base/encoding.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

#define HOUR UINT64_C(3600000)
enum { PEOPLE = 7 };

struct hall {
    struct world world;
    struct caller lead, people[PEOPLE];
    size_t count;
    struct id meeting, group, plain, users, guests; /* classes: two that vote, one that does not */
};

/* ---- a hall ---- */

static void add_classes(struct hall *hall)
{
    json_t *organisation = world_document(&hall->world, DOCUMENT_ORGANISATION, hall->world.org);
    hall->plain = json_get_id(world_at(organisation, "classes.0"), "id");
    hall->users = world_id(&hall->world);
    hall->guests = world_id(&hall->world);
    world_must(&hall->world, world_operator, "org.update",
               "{'classes':[{'id':'%s','key':'members','label':{'en':'Members'},'votes':true},"
               "{'id':'%s','key':'users','label':{'en':'Users'},'votes':true},"
               "{'id':'%s','key':'friends','label':{'en':'Friends'},'votes':false}]}",
               world_text(hall->plain), world_text(hall->users), world_text(hall->guests));
    json_decref(organisation);
}

static void plan(struct hall *hall, const char *more)
{
    hall->meeting = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "meeting.plan",
               "{'id':'%s','title':{'en':'Assembly'},'starts':%llu,'minutes':120%s}",
               world_text(hall->meeting), (unsigned long long)(hall->world.now_ms + 10 * HOUR),
               more);
}

/* Nine people: one leads; the others are of three classes, in turn, with shares and votes. */
static void hall_open(struct hall *hall, size_t people, const char *more)
{
    static const char *const names[PEOPLE] = {"Ada", "Bob", "Cy", "Dora", "Eva", "Fay", "Gil"};
    *hall = (struct hall){.count = people};
    world_open(&hall->world);
    add_classes(hall);
    hall->lead = world_member(&hall->world, "Flo", "facilitator");
    for (size_t i = 0; i < people; i++) {
        struct id classes[] = {hall->plain, hall->users, hall->guests};
        hall->people[i] = world_member(&hall->world, names[i], "");
        world_must(&hall->world, world_operator, "member.update",
                   "{'id':'%s','class':'%s','shares':%zu,'weight':%zu}",
                   world_text(hall->people[i].member), world_text(classes[i % 3]), 10 * i, i + 1);
    }
    plan(hall, more);
    hall->world.now_ms += 9 * HOUR;
}

static void start(struct hall *hall)
{
    world_must(&hall->world, hall->lead, "meeting.start", "{'id':'%s','seen':true}",
               world_text(hall->meeting));
}

static void hall_close(struct hall *hall)
{
    world_close(&hall->world);
}

static const char *enter(struct hall *hall, struct caller who, const char *code)
{
    return world_try(&hall->world, who, "attendance.enter", "{'meeting':'%s'%s%s%s}",
                     world_text(hall->meeting), code == NULL ? "" : ",'code':'",
                     code == NULL ? "" : code, code == NULL ? "" : "'");
}

static const char *record(struct hall *hall, struct caller who, struct id member, bool present,
                          const char *more)
{
    return world_try(&hall->world, who, "attendance.record",
                     "{'meeting':'%s','member':'%s','present':%s%s}", world_text(hall->meeting),
                     world_text(member), present ? "true" : "false", more);
}

static const char *leave(struct hall *hall, struct caller who)
{
    return world_try(&hall->world, who, "attendance.leave", "{'meeting':'%s'}",
                     world_text(hall->meeting));
}

static void code_of(struct hall *hall, char code[MEETING_CODE_SIZE + 1])
{
    json_t *document = world_document(&hall->world, DOCUMENT_MEETING_CODE, hall->meeting);
    snprintf(code, MEETING_CODE_SIZE + 1, "%s", json_string_value(world_at(document, "code")));
    json_decref(document);
}

static void expect(struct hall *hall, const char *path, int64_t number)
{
    world_expect_number(&hall->world, DOCUMENT_PRESENCE, hall->meeting, path, number);
}

static struct id mine(const struct hall *hall, struct caller who)
{
    return attendance_id(hall->meeting, who.member);
}

/* ---- a recount from the documents ---- */

struct recount {
    struct payload_headcount present[3], entitled[3]; /* overall, members, users */
    int64_t remote, guests, left;
};

static void add_to(struct payload_headcount of[3], size_t class, const json_t *private)
{
    size_t rows[] = {0, class};
    for (size_t i = 0; i < 2; i++) {
        of[rows[i]].heads++;
        of[rows[i]].weight += (uint64_t)json_get_integer(private, "weight");
        of[rows[i]].shares += (uint64_t)json_get_integer(private, "shares");
    }
}

static bool has_role(const json_t *member, const char *role)
{
    size_t i;
    json_t *item;
    bool has = false;
    json_array_foreach(json_object_get(member, "roles"), i, item)
    {
        has = has || strcmp(json_string_value(item), role) == 0;
    }
    return has;
}

static bool is_in_group(struct hall *hall, struct id member)
{
    json_t *people = id_is_none(hall->group)
                         ? NULL
                         : world_document(&hall->world, DOCUMENT_GROUP_MEMBERS, hall->group);
    bool in = people == NULL || people_have(json_object_get(people, "members"), member);
    json_decref(people);
    return in;
}

/* 1 members, 2 users, 0 has no vote. */
static size_t class_of(struct hall *hall, const json_t *member)
{
    struct slice status = json_get_text(member, "status");
    struct id class = json_get_id(member, "class");
    bool acts =
        slice_equal(status, slice_text("active")) || slice_equal(status, slice_text("dormant"));
    if (!acts || has_role(member, "observer") || !is_in_group(hall, json_get_id(member, "id"))) {
        return 0;
    }
    return id_equal(class, hall->plain) ? 1 : id_equal(class, hall->users) ? 2 : 0;
}

static void recount_one(struct hall *hall, struct id id, struct recount *recount)
{
    json_t *attendance = NULL;
    json_t *member = world_document(&hall->world, DOCUMENT_MEMBER, id);
    json_t *private = world_document(&hall->world, DOCUMENT_MEMBER_PRIVATE, id);
    struct id own = attendance_id(hall->meeting, id);
    size_t class = class_of(hall, member);
    if (class > 0) {
        add_to(recount->entitled, class, private);
    }
    if (world_has(&hall->world, DOCUMENT_ATTENDANCE, own)) {
        attendance = world_document(&hall->world, DOCUMENT_ATTENDANCE, own);
        const json_t *periods = json_object_get(attendance, "periods");
        const json_t *last = json_array_get(periods, json_array_size(periods) - 1);
        bool present = json_object_get(last, "out_ms") == NULL;
        assert_true(present == json_get_flag(attendance, "present"));
        recount->left += !present;
        recount->guests += present && class == 0;
        recount->remote += present && class > 0 && json_get_flag(last, "remote");
        if (present && class > 0) {
            add_to(recount->present, class, private);
        }
    }
    json_decref(attendance);
    json_decref(private);
    json_decref(member);
}

static void expect_headcount(struct hall *hall, const char *path,
                             const struct payload_headcount *of)
{
    char name[64];
    snprintf(name, sizeof name, "%s.heads", path);
    expect(hall, name, of->heads);
    snprintf(name, sizeof name, "%s.weight", path);
    expect(hall, name, (int64_t)of->weight);
    snprintf(name, sizeof name, "%s.shares", path);
    expect(hall, name, (int64_t)of->shares);
}

static void expect_recount(struct hall *hall)
{
    struct recount recount = {.remote = 0};
    recount_one(hall, hall->lead.member, &recount);
    for (size_t i = 0; i < hall->count; i++) {
        recount_one(hall, hall->people[i].member, &recount);
    }
    expect_headcount(hall, "present", &recount.present[0]);
    expect_headcount(hall, "entitled", &recount.entitled[0]);
    expect_headcount(hall, "classes.0.present", &recount.present[1]);
    expect_headcount(hall, "classes.0.entitled", &recount.entitled[1]);
    expect_headcount(hall, "classes.1.present", &recount.present[2]);
    expect_headcount(hall, "classes.1.entitled", &recount.entitled[2]);
    expect(hall, "remote", recount.remote);
    expect(hall, "guests", recount.guests);
    expect(hall, "left", recount.left);
}

/* ---- whatever happens ---- */

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

static void update(struct hall *hall, struct id member, const char *change)
{
    (void)world_try(&hall->world, world_operator, "member.update", "{'id':'%s',%s}",
                    world_text(member), change);
}

static void happen_to_member(struct hall *hall, uint64_t *state, struct caller who)
{
    char change[120];
    struct id classes[] = {hall->plain, hall->users, hall->guests};
    static const char *const standings[] = {"'roles':['observer']", "'roles':[]",
                                            "'status':'dormant'",   "'status':'active'",
                                            "'status':'left'",      "'status':'active'"};
    switch (draw(state, 6)) {
    case 0:
        snprintf(change, sizeof change, "'weight':%u,'shares':%u", 1 + draw(state, 9),
                 draw(state, 90));
        break;
    case 1:
        snprintf(change, sizeof change, "'class':'%s'", world_text(classes[draw(state, 3)]));
        break;
    case 2:
        (void)world_try(&hall->world, who, id_is_none(hall->group) ? "member.leave" : "group.leave",
                        "{'id':'%s'}",
                        world_text(id_is_none(hall->group) ? who.member : hall->group));
        return;
    case 3:
        if (!id_is_none(hall->group)) {
            (void)world_try(&hall->world, who, "group.join", "{'id':'1'}");
        }
        return;
    default:
        snprintf(change, sizeof change, "%s", standings[draw(state, 6)]);
    }
    update(hall, who.member, change);
}

static void happen(struct hall *hall, uint64_t *state, const char *code)
{
    struct caller who = hall->people[draw(state, (uint32_t)hall->count)];
    switch (draw(state, 8)) {
    case 0:
    case 1:
        (void)enter(hall, who, code);
        return;
    case 2:
        (void)enter(hall, who, NULL);
        return;
    case 3:
        (void)leave(hall, who);
        return;
    case 4:
        (void)record(hall, hall->lead, who.member, draw(state, 3) > 0,
                     draw(state, 2) > 0 ? ",'remote':true" : "");
        return;
    default:
        happen_to_member(hall, state, who);
    }
}

static void form_group(struct hall *hall)
{
    hall->group = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}", world_text(hall->group));
    for (size_t i = 0; i < hall->count; i += 2) {
        world_must(&hall->world, hall->people[i], "group.join", "{'id':'1'}");
    }
}

static void run_seed(uint64_t seed, bool in_group)
{
    struct hall hall;
    char code[MEETING_CODE_SIZE + 1], more[120];
    uint64_t state = seed;
    hall_open(&hall, PEOPLE, ",'kind':'general_assembly','remote':true");
    if (in_group) {
        form_group(&hall);
        snprintf(more, sizeof more, ",'kind':'group','remote':true,'group':'1'");
        plan(&hall, more);
        hall.world.now_ms += 9 * HOUR;
    }
    start(&hall);
    code_of(&hall, code);
    for (int i = 0; i < 90; i++) {
        happen(&hall, &state, code);
        if (i % 3 == 0) {
            expect_recount(&hall);
        }
        if (i == 60) {
            world_must(&hall.world, world_operator, "member.erase",
                       "{'id':'%s','texts':false,'reason':'asked'}",
                       world_text(hall.people[0].member));
        }
    }
    expect_recount(&hall);
    hall_close(&hall);
}

static void test_counts_follow_everything(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        run_seed(seed, false);
        run_seed(seed + 100, true);
    }
}

/* ---- coming and going ---- */

static void test_coming_in(void **state)
{
    struct hall hall;
    char code[MEETING_CODE_SIZE + 1], typed[20];
    (void)state;
    hall_open(&hall, 3, ",'kind':'general_assembly','remote':true");
    hall.world.now_ms -= 4 * HOUR; /* five hours before it begins */
    assert_string_equal(enter(&hall, hall.people[0], NULL), "meeting.bad_state");
    assert_string_equal(record(&hall, hall.lead, hall.people[0].member, true, ""),
                        "meeting.bad_state");
    hall.world.now_ms += 3 * HOUR;
    code_of(&hall, code);
    assert_false(world_tells_everybody(&hall.world, slice_text(code)));
    assert_string_equal(enter(&hall, hall.people[0], "222222"), "attendance.bad_code");
    assert_string_equal(hall.world.field, "code");
    snprintf(typed, sizeof typed, " %c%c%c-%s", code[0] | 0x20, code[1], code[2], code + 3);
    assert_string_equal(enter(&hall, hall.people[0], typed), "");
    assert_string_equal(json_string_value(world_at(hall.world.result, "doc.periods.0.how")),
                        "code");
    expect(&hall, "present.heads", 1);
    /* Again: nothing more. Then from elsewhere: another stay. */
    assert_string_equal(enter(&hall, hall.people[0], code), "");
    assert_int_equal(json_array_size(world_at(hall.world.result, "doc.periods")), 1);
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    assert_int_equal(json_array_size(world_at(hall.world.result, "doc.periods")), 2);
    assert_true(json_equal(world_at(hall.world.result, "doc.periods.0.out_ms"),
                           world_at(hall.world.result, "doc.periods.1.in_ms")));
    expect(&hall, "remote", 1);
    /* Whoever is elsewhere is not put out by a change of the plan. */
    assert_string_equal(world_try(&hall.world, hall.lead, "meeting.revise",
                                  "{'id':'%s','remote':false}", world_text(hall.meeting)),
                        "meeting.bad_state");
    assert_string_equal(hall.world.field, "remote");
    start(&hall);
    expect(&hall, "at_start.present.heads", 1);
    assert_string_equal(leave(&hall, hall.people[1]), "attendance.not_present");
    assert_string_equal(leave(&hall, hall.people[0]), "");
    assert_string_equal(leave(&hall, hall.people[0]), "");
    world_must(&hall.world, hall.lead, "meeting.revise", "{'id':'%s','remote':false}",
               world_text(hall.meeting));
    expect(&hall, "left", 1);
    expect(&hall, "at_start.present.heads", 1);
    hall_close(&hall);
}

static void test_at_the_desk(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 3, ",'kind':'general_assembly'");
    struct id ada = hall.people[0].member, guest = world_id(&hall.world);
    world_must(&hall.world, world_operator, "member.invite",
               "{'id':'%s','name':'New','class':'members'}", world_text(guest));
    start(&hall);
    assert_string_equal(record(&hall, hall.people[1], ada, true, ""), "right.missing");
    assert_string_equal(record(&hall, hall.lead, ada, true, ",'remote':true"), "input.bad_value");
    assert_string_equal(enter(&hall, hall.people[1], NULL), "attendance.bad_code");
    assert_string_equal(record(&hall, hall.lead, world_id(&hall.world), true, ""),
                        "member.unknown");
    assert_string_equal(record(&hall, hall.lead, ada, false, ""), "attendance.not_present");
    assert_string_equal(record(&hall, hall.lead, ada, true, ",'checked':'known'"), "");
    assert_string_equal(json_string_value(world_at(hall.world.result, "doc.periods.0.by.name")),
                        "Flo");
    assert_string_equal(record(&hall, hall.lead, guest, true, ""), "");
    expect(&hall, "guests", 1);
    expect(&hall, "present.heads", 1);
    /* A class that gets the vote while its members are there: Cy counts, in the place of its code. */
    assert_string_equal(record(&hall, hall.lead, hall.people[2].member, true, ""), "");
    expect(&hall, "guests", 2);
    world_must(&hall.world, world_operator, "org.update",
               "{'classes':[{'id':'%s','key':'members','label':{'en':'Members'},'votes':true},"
               "{'id':'%s','key':'users','label':{'en':'Users'},'votes':true},"
               "{'id':'%s','key':'friends','label':{'en':'Friends'},'votes':true}]}",
               world_text(hall.plain), world_text(hall.users), world_text(hall.guests));
    expect(&hall, "guests", 1);
    expect(&hall, "present.heads", 2);
    world_expect_text(&hall.world, DOCUMENT_PRESENCE, hall.meeting, "classes.0.code", "friends");
    expect(&hall, "classes.0.present.shares", 20);
    assert_string_equal(record(&hall, hall.lead, hall.people[2].member, false, ""), "");
    /* Names: at the desk, and for those who are or were there. */
    assert_string_equal(
        world_try(&hall.world, hall.people[1], "attendance.list", "{'meeting':'1','limit':1}"),
        "right.missing");
    world_must(&hall.world, hall.people[0], "attendance.list", "{'meeting':'1','limit':1}");
    const char *next = json_string_value(world_at(hall.world.result, "next"));
    world_must(&hall.world, hall.lead, "attendance.list", "{'meeting':'1','after':'%s'}", next);
    assert_int_equal(json_array_size(world_at(hall.world.result, "items")), 2);
    hall_close(&hall);
}

/* ---- a quorum ---- */

static void judge(struct meeting_quorum *quorum, struct quorum_rule rule, uint32_t users_there)
{
    struct meeting_count count = {
        .present = {2 + users_there, 20 + users_there, 8}, .entitled = {10, 100, 16}, .n_class = 3};
    count.classes[0].present = (struct payload_headcount){2, 20, 8};
    count.classes[0].entitled = (struct payload_headcount){4, 40, 16};
    count.classes[1].present = (struct payload_headcount){users_there, users_there, 0};
    count.classes[1].entitled = (struct payload_headcount){6, 60, 0};
    quorum_judge(&rule, &count, quorum);
}

static void test_quorum(void **state)
{
    struct meeting_quorum quorum;
    (void)state;
    judge(&quorum, (struct quorum_rule){.unit = 1}, 0);
    assert_true(quorum.met && !quorum.whole.asked);
    /* Half of ten heads: exactly five are enough, unless more than half is asked. */
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 2, .unit = 1}, 2);
    assert_int_equal(quorum.whole.missing, 1);
    assert_false(quorum.met);
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 2, .unit = 1}, 3);
    assert_true(quorum.met);
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 2, .strict = true, .unit = 1}, 3);
    assert_int_equal(quorum.whole.least, 6);
    assert_false(quorum.met);
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 2, .unit = 3}, 0);
    assert_true(quorum.met && quorum.whole.x == 8 && quorum.whole.n == 16);
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 4, .unit = 2}, 4);
    assert_int_equal(quorum.whole.missing, 1);
    /* Each class with members: the second has one of six, the third has nobody and is not asked. */
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 4, .unit = 1, .per_class = true}, 1);
    assert_true(quorum.whole.met && quorum.classes[0].met);
    assert_false(quorum.classes[1].met || quorum.met || quorum.classes[2].asked);
    assert_int_equal(quorum.classes[1].missing, 1);
    judge(&quorum, (struct quorum_rule){.num = 1, .den = 4, .unit = 1, .per_class = true}, 2);
    assert_true(quorum.met);
}

/* ---- the end ---- */

static bool reads_own(struct hall *hall, struct caller who)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(hall->world.store, STORE_READ, &txn), ERROR_NONE);
    bool reads = document_is_readable(txn, DOCUMENT_ATTENDANCE, mine(hall, who), &who);
    store_abort(txn);
    return reads;
}

static bool is_present(struct hall *hall, struct caller who)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(hall->world.store, STORE_READ, &txn), ERROR_NONE);
    bool present = meeting_is_present(txn, hall->meeting, who.member);
    store_abort(txn);
    return present;
}

static void test_the_end(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 3, ",'kind':'general_assembly'");
    start(&hall);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(record(&hall, hall.lead, hall.people[i].member, true, ""), "");
    }
    assert_string_equal(record(&hall, hall.lead, hall.people[1].member, false, ""), "");
    assert_true(reads_own(&hall, hall.people[0]) && reads_own(&hall, hall.people[1]));
    assert_true(is_present(&hall, hall.people[0]));
    world_must(&hall.world, hall.lead, "meeting.end", "{'id':'%s'}", world_text(hall.meeting));
    assert_false(reads_own(&hall, hall.people[0]) || reads_own(&hall, hall.people[1]));
    assert_false(is_present(&hall, hall.people[0]));
    world_expect_number(&hall.world, DOCUMENT_ATTENDANCE, mine(&hall, hall.people[0]),
                        "periods.0.out_ms", (int64_t)hall.world.now_ms);
    assert_string_equal(record(&hall, hall.lead, hall.people[1].member, true, ""),
                        "meeting.bad_state");
    expect(&hall, "present.heads", 1);
    expect(&hall, "left", 1);
    expect(&hall, "entitled.heads", 3);
    /* What was counted stays, whoever leaves, comes or is erased: that somebody was there. */
    (void)world_member(&hall.world, "Zoe", "");
    world_must(&hall.world, world_operator, "member.erase",
               "{'id':'%s','texts':true,'reason':'asked'}", world_text(hall.people[0].member));
    expect(&hall, "present.heads", 1);
    expect(&hall, "present.shares", 0);
    expect(&hall, "entitled.heads", 3);
    world_expect_text(&hall.world, DOCUMENT_ATTENDANCE, mine(&hall, hall.people[0]), "member.name",
                      "");
    hall_close(&hall);
}

static void test_called_off(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 2, ",'kind':'board','remote':true");
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    world_must(&hall.world, hall.lead, "meeting.cancel", "{'id':'%s','reason':'Snow.'}",
               world_text(hall.meeting));
    assert_false(is_present(&hall, hall.people[0]));
    assert_string_equal(enter(&hall, hall.people[1], NULL), "meeting.bad_state");
    hall_close(&hall);
}

/* Who came is still there when it starts a little later; not when it is put off to another day. */
static void test_put_off(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 2, ",'kind':'board','remote':true");
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    uint64_t starts = hall.world.now_ms + 2 * HOUR;
    world_must(&hall.world, hall.lead, "meeting.revise", "{'id':'%s','starts':%llu}",
               world_text(hall.meeting), (unsigned long long)starts);
    assert_true(is_present(&hall, hall.people[0]));
    starts += 100 * HOUR;
    world_must(&hall.world, hall.lead, "meeting.revise", "{'id':'%s','starts':%llu}",
               world_text(hall.meeting), (unsigned long long)starts);
    assert_false(is_present(&hall, hall.people[0]));
    expect(&hall, "present.heads", 0);
    hall.world.now_ms = starts;
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    assert_string_equal(enter(&hall, hall.people[1], NULL), "");
    expect(&hall, "present.heads", 2);
    expect(&hall, "left", 0);
    hall_close(&hall);
}

/* Whoever leaves the organisation has left its meetings. */
static void test_leaving_the_organisation(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 2, ",'kind':'general_assembly','remote':true");
    start(&hall);
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    world_must(&hall.world, hall.people[0], "member.leave", "{'id':'%s'}",
               world_text(hall.people[0].member));
    assert_false(is_present(&hall, hall.people[0]));
    world_expect_number(&hall.world, DOCUMENT_ATTENDANCE, mine(&hall, hall.people[0]),
                        "periods.0.out_ms", (int64_t)hall.world.now_ms);
    expect(&hall, "left", 1);
    expect(&hall, "entitled.heads", 2);
    hall_close(&hall);
}

/* ---- lists ---- */

static const char *list_as(struct hall *hall, struct caller who, const char *method,
                           const char *csv, const char *more)
{
    struct buffer text;
    buffer_init(&text, 4096);
    encoding_base64url(&text, slice_text(csv));
    buffer_append_u8(&text, 0);
    const char *reason =
        world_try(&hall->world, who, method, "{'meeting':'1','csv':'%s','line':12%s}",
                  (const char *)buffer_slice(&text).data, more);
    buffer_free(&text);
    return reason;
}

static const char *list(struct hall *hall, struct caller who, const char *method, const char *csv)
{
    return list_as(hall, who, method, csv, "");
}

static void expect_at(struct hall *hall, const char *path, const char *text)
{
    const char *found = json_string_value(world_at(hall->world.result, path));
    assert_non_null(found);
    assert_string_equal(found, text);
}

static bool count_row(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    return ++*(size_t *)context > 0;
}

/* A row of a list looks at those who bear the whole name, not at all whose names begin so. */
static void test_whole_names(void **state)
{
    struct world world;
    struct store_txn *txn;
    static const char *const names[] = {"A", "Ann", "Anna", "ANN"};
    static const size_t bearers[] = {0, 2, 1, 2};
    (void)state;
    world_open(&world);
    world_member(&world, "Ann", "");
    world_member(&world, "\xC3\x81nn", "");
    world_member(&world, "Anna", "");
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    for (size_t i = 0; i < 4; i++) {
        size_t count = 0;
        struct index_key key = member_name_key(slice_text(names[i]));
        store_scan(txn, TABLE_INDEX, index_key_slice(&key), count_row, &count);
        assert_int_equal(count, bearers[i]);
    }
    store_abort(txn);
    world_close(&world);
}

static void test_lists(void **state)
{
    static const char csv[] = "Op afstand;E-mail;Aanwezig;Naam;Volmacht van;Schoenmaat\r\n"
                              ";;ja;ADA;;38\r\n"
                              ";bob@example.org;oui;;;\r\n"
                              ";;x;Zed;;\r\n"
                              ";;x;Twin;;\r\n"
                              "x;;x;Cy;;\r\n"
                              ";;x;Dora;Eva;\r\n"
                              ";;peut-être;Flo;;\r\n"
                              ";;nee;Eva;;\r\n"
                              ";;1;ada;;\r\n"
                              ";;;;;\r\n"
                              ";;1;;;\r\n";
    static const char *const words[] = {"unknown",  "several", "remote", "proxy",
                                        "bad_flag", "twice",   "nobody"};
    static const int lines[] = {14, 15, 16, 17, 18, 20, 22};
    struct hall hall;
    (void)state;
    hall_open(&hall, 5, ",'kind':'general_assembly'");
    (void)world_member(&hall.world, "Twin", "");
    (void)world_member(&hall.world, "Twin", "");
    update(&hall, hall.people[1].member, "'email':'bob@example.org'");
    start(&hall);
    assert_string_equal(list(&hall, hall.people[0], "attendance.import", csv), "right.missing");
    assert_string_equal(list(&hall, hall.lead, "attendance.preview", csv), "");
    expect_at(&hall, "unknown.0", "Schoenmaat");
    expect_at(&hall, "rows.0.state", "in");
    expect_at(&hall, "rows.0.member.name", "Ada");
    expect_at(&hall, "rows.7.state", "same");
    assert_int_equal(json_array_size(world_at(hall.world.result, "rows")), 10);
    assert_string_equal(list(&hall, hall.lead, "attendance.import", csv), "");
    assert_int_equal(json_integer_value(world_at(hall.world.result, "recorded")), 3);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char path[32];
        snprintf(path, sizeof path, "errors.%zu.word", i);
        expect_at(&hall, path, words[i]);
        snprintf(path, sizeof path, "errors.%zu.line", i);
        assert_int_equal(json_integer_value(world_at(hall.world.result, path)), lines[i]);
    }
    expect(&hall, "present.heads", 2);
    world_expect_text(&hall.world, DOCUMENT_ATTENDANCE, mine(&hall, hall.people[1]),
                      "periods.0.how", "list");
    /* Once more: all of it is so. A column too few says nothing of presence. */
    assert_string_equal(list(&hall, hall.lead, "attendance.preview", csv), "");
    expect_at(&hall, "rows.0.state", "same");
    assert_string_equal(list(&hall, hall.lead, "attendance.import", "nom,present\nAda,non\n"), "");
    expect(&hall, "left", 1);
    assert_string_equal(list(&hall, hall.lead, "attendance.import", "taille\n38\n"),
                        "import.unreadable");
    assert_string_equal(list(&hall, hall.lead, "attendance.preview", "taille\n38\n"), "");
    expect_at(&hall, "fault.word", "who");
    assert_string_equal(list(&hall, hall.lead, "attendance.preview", "name\n\"Ada\n"), "");
    assert_non_null(world_at(hall.world.result, "fault"));
    hall_close(&hall);
}

/* A list that does not say where somebody is leaves them where they are. */
static void test_list_of_those_elsewhere(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, 2, ",'kind':'general_assembly','remote':true");
    assert_string_equal(enter(&hall, hall.people[0], NULL), "");
    assert_string_equal(list(&hall, hall.lead, "attendance.preview", "naam\nAda\n"), "");
    expect_at(&hall, "rows.0.state", "same");
    assert_string_equal(
        list(&hall, hall.lead, "attendance.import", "naam,online\nAda,nee\nBob,ja\n"), "");
    expect(&hall, "present.heads", 2);
    expect(&hall, "remote", 1);
    world_expect_text(&hall.world, DOCUMENT_ATTENDANCE, mine(&hall, hall.people[0]),
                      "periods.1.how", "list");
    hall_close(&hall);
}

/* An import taken back: everybody is as before it, but those whom something else changed since. */
static const char *undo(struct hall *hall, struct caller who, struct id import)
{
    return world_try(&hall->world, who, "attendance.undo_import", "{'meeting':'1','import':'%s'}",
                     world_text(import));
}

static size_t stays(struct hall *hall, struct caller who)
{
    json_t *document = world_document(&hall->world, DOCUMENT_ATTENDANCE, mine(hall, who));
    size_t count = json_array_size(json_object_get(document, "periods"));
    json_decref(document);
    return count;
}

static size_t listed(struct hall *hall)
{
    world_must(&hall->world, hall->lead, "attendance.list", "{'meeting':'1','limit':20}");
    return json_array_size(world_at(hall->world.result, "items"));
}

static void test_import_taken_back(void **state)
{
    struct hall hall;
    char more[64];
    (void)state;
    hall_open(&hall, 6, ",'kind':'general_assembly','remote':true");
    struct caller *ada = &hall.people[0], *bob = &hall.people[1], *cy = &hall.people[2],
                  *dora = &hall.people[3], *eva = &hall.people[4], *fay = &hall.people[5];
    struct id import = world_id(&hall.world);
    snprintf(more, sizeof more, ",'import':'%s'", world_text(import));
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(enter(&hall, hall.people[i], NULL), "");
    }
    assert_string_equal(leave(&hall, *cy), "");
    hall.world.now_ms += 1000;
    assert_string_equal(list_as(&hall, hall.lead, "attendance.import",
                                "name,present,remote\nAda,1,0\nBob,0,0\nCy,1,0\nDora,1,0\n", more),
                        "");
    /* A second piece moves one of the first again, brings two, of whom one then goes. */
    assert_string_equal(
        list_as(&hall, hall.lead, "attendance.import", "name,remote\nDora,1\nEva,0\nFay,0\n", more),
        "");
    assert_string_equal(leave(&hall, *fay), "");
    expect(&hall, "present.heads", 3); /* Cy has no vote */
    assert_int_equal(stays(&hall, *dora), 2);
    assert_string_equal(undo(&hall, *ada, import), "right.missing");
    for (int i = 0; i < 2; i++) { /* once more changes nothing */
        assert_string_equal(undo(&hall, hall.lead, import), "");
        expect(&hall, "present.heads", 2);
        expect(&hall, "remote", 2);
        expect(&hall, "left", 2); /* Cy and Fay */
        assert_int_equal(listed(&hall), 4);
        assert_int_equal(stays(&hall, *ada) * stays(&hall, *bob), 1);
        assert_int_equal(stays(&hall, *cy) * stays(&hall, *fay), 1);
        assert_true(is_present(&hall, *ada) && is_present(&hall, *bob));
        assert_false(is_present(&hall, *cy) || is_present(&hall, *dora) || is_present(&hall, *eva));
    }
    /* They were never there, and may come all the same. */
    assert_string_equal(leave(&hall, *dora), "attendance.not_present");
    assert_string_equal(enter(&hall, *eva, NULL), "");
    assert_int_equal(stays(&hall, *eva), 1);
    expect(&hall, "left", 2);
    hall_close(&hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_follow_everything),
        cmocka_unit_test(test_coming_in),
        cmocka_unit_test(test_at_the_desk),
        cmocka_unit_test(test_quorum),
        cmocka_unit_test(test_the_end),
        cmocka_unit_test(test_called_off),
        cmocka_unit_test(test_put_off),
        cmocka_unit_test(test_leaving_the_organisation),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_whole_names),
        cmocka_unit_test(test_import_taken_back),
        cmocka_unit_test(test_list_of_those_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
