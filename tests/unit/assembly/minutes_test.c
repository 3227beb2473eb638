/* Minutes of an assembly that the test leads and counts itself: every figure of the facts is compared with what was done here,
 * then texts, seal and hash, who reads, the printed forms in three languages with hostile names, and an erasure. To-dos given
 * out in one line belong to it. */
#include "assembly/minutes.h"
#include "assembly/minutes_page.h"
#include "assembly/task.h"
#include "assembly/work.h"
#include "base/encoding.h"
#include "base/memory.h"
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VOTERS = 6, OPENING = 0, STATUTES = 1, CLOSING = 2, ITEMS = 3 };

#define HOSTILE_NAME "<b>Zo\xC3\xA9</b> & *Co* | [x](javascript:1)"

/* As a secretary may write them, in a string of JSON. */
#define LINKS                                                                                      \
    "[a](https://x.be) [b]( MAILTO:c@d.be) [c](javascript:1) [d](&#106;avascript:1) "              \
    "[e\\\\](/x) ![f](https://x.be) [g]()\\n\\n[h]: data:1 [i]: https://x.be"

struct hall {
    struct world world;
    struct caller flo, sec; /* facilitator; secretary of the meeting, a plain member */
    struct voter voters[VOTERS];
    struct id meeting, items[ITEMS], poll, proposal;
    uint64_t started_ms, in_ms, out_ms;
};

static json_t *minutes_of(struct hall *hall)
{
    return world_document(&hall->world, DOCUMENT_MINUTES, hall->meeting);
}

/* The n-th block of a kind; fails without it. Borrowed. */
static json_t *block_of(const json_t *minutes, const char *kind, size_t n)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(minutes, "blocks"), i, one)
    {
        if (slice_equal(json_get_text(one, "block_kind"), slice_text(kind)) && n-- == 0) {
            return one;
        }
    }
    fail_msg("no block of kind %s", kind);
    return NULL;
}

static void expect_number(const json_t *block, const char *path, int64_t number)
{
    json_t *value = world_at(json_object_get(block, "facts"), path);
    if (!json_is_integer(value) || json_integer_value(value) != number) {
        fail_msg("%s is not %lld", path, (long long)number);
    }
}

static void expect_text(const json_t *block, const char *path, const char *text)
{
    json_t *value = world_at(json_object_get(block, "facts"), path);
    assert_string_equal(value == NULL ? "(absent)" : json_string_value(value), text);
}

/* ---- the assembly ---- */

static void plan(struct hall *hall)
{
    struct world *world = &hall->world;
    hall->meeting = world_id(world);
    for (int i = 0; i < ITEMS; i++) {
        hall->items[i] = world_id(world);
    }
    world_must(world, hall->flo, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG <i>2026</i>','nl':'AV'},"
               "'starts':%llu,'minutes':120,'rule':'asbl-statutes','place':{'fr':'Salle du "
               "bas'},'remote':true,"
               "'agenda':["
               "{'id':'%s','title':{'fr':'Ouverture'},'item_kind':'opening','minutes':5},"
               "{'id':'%s','title':{'fr':'Statuts'},'item_kind':'vote','minutes':20,"
               "'proposals':['1']},"
               "{'id':'%s','title':{'fr':'Divers'},'item_kind':'closing','minutes':10}]}",
               world_text(hall->meeting), (unsigned long long)(world->now_ms + 3600000),
               world_text(hall->items[0]), world_text(hall->items[1]), world_text(hall->items[2]));
    world_must(world, hall->flo, "meeting.offices",
               "{'id':'1','chair':'%s','secretary':'%s','scrutineers':[]}",
               world_text(hall->voters[0].caller.member), world_text(hall->sec.member));
}

static void come(struct hall *hall, struct caller who, const char *more)
{
    world_must(&hall->world, hall->flo, "attendance.record",
               "{'meeting':'1','member':'%s','present':true%s}", world_text(who.member), more);
}

static void vote(struct hall *hall)
{
    struct world *world = &hall->world;
    char rest[200];
    snprintf(rest, sizeof rest, ",'body':'assembly','meeting':'1','item':'%s'",
             world_text(hall->items[STATUTES]));
    hall->poll = voting_draft(world, hall->flo, "decision", hall->proposal, rest);
    assert_string_equal(
        world_try(world, hall->flo, "poll.open", "{'id':'%s'}", world_text(hall->poll)),
        "meeting.below_quorum");
    world_must(world, hall->flo, "poll.open", "{'id':'%s','seen':true}", world_text(hall->poll));
    for (int i = 0; i < 4; i++) { /* three yes, one no */
        assert_string_equal(voting_cast(world, hall->poll, &hall->voters[i], FORM_YES_NO,
                                        i < 3 ? CHOICE_YES : CHOICE_NO),
                            "");
    }
    world_must(world, hall->voters[3].caller, "incident.report",
               "{'meeting':'1','poll':'1','text':'zqtrouble'}");
    world_must(world, hall->flo, "poll.close", "{'id':'1'}");
    world_must(world, hall->flo, "poll.reveal", "{'id':'1'}");
}

/* Six voters and the secretary are entitled, with the facilitator eight; four come, one of them from elsewhere. */
static void hall_open(struct hall *hall)
{
    static const char *const names[VOTERS] = {HOSTILE_NAME, "Bea", "Cid", "Dov", "Eve", "Fox"};
    struct world *world = &hall->world;
    world_open(world);
    hall->flo = world_member(world, "Flo", "facilitator");
    hall->sec = world_member(world, "Sec", "");
    for (int i = 0; i < VOTERS; i++) {
        hall->voters[i] = voting_voter(world, names[i], "");
    }
    hall->proposal = voting_ready_proposal(world, hall->voters[1].caller, hall->flo);
    plan(hall);
    hall->in_ms = world->now_ms;
    for (int i = 0; i < 3; i++) {
        come(hall, hall->voters[i].caller, "");
    }
    come(hall, hall->voters[3].caller, ",'remote':true,'checked':'call'");
    assert_string_equal(world_try(world, hall->flo, "meeting.start", "{'id':'1'}"),
                        "meeting.below_quorum");
    hall->started_ms = world->now_ms;
    world_must(world, hall->flo, "meeting.start", "{'id':'1','seen':true}");
    world_must(world, hall->flo, "meeting.item", "{'id':'1','item':'%s'}",
               world_text(hall->items[OPENING]));
    world->now_ms += 240000;
    world_must(world, hall->flo, "meeting.item", "{'id':'1','item':'%s'}",
               world_text(hall->items[STATUTES]));
    vote(hall);
    hall->out_ms = world->now_ms;
    world_must(world, hall->flo, "attendance.record",
               "{'meeting':'1','member':'%s','present':false}",
               world_text(hall->voters[2].caller.member));
}

/* ---- to-dos in one line ---- */

static const char *give(struct hall *hall, struct caller by, const char *line, const char *more)
{
    return world_try(&hall->world, by, "task.line",
                     "{'id':'%s','meeting':'1','language':'fr','line':'%s'%s}",
                     world_text(world_id(&hall->world)), line, more);
}

static void test_lines(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char item[64];
    (void)state;
    hall_open(&hall);
    struct caller beatrix = world_member(world,
                                         "B\xC3\xA9"
                                         "atrix Fox",
                                         "");
    struct caller bea = hall.voters[1].caller;
    snprintf(item, sizeof item, ",'item':'%s'", world_text(hall.items[CLOSING]));
    assert_string_equal(give(&hall, hall.sec, "@bea !+2w horloge", item), ""); /* the very word */
    world_must(world, bea, "task.list", "{'meeting':'1'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
    json_t *task = json_incref(world_at(world->result, "items.0"));
    assert_string_equal(json_string_value(world_at(task, "title")), "horloge");
    assert_string_equal(json_string_value(world_at(task, "state")), "asked");
    assert_string_equal(json_string_value(world_at(task, "asked.0.name")), "Bea");
    assert_string_equal(json_string_value(world_at(task, "from.kind")), "meeting");
    assert_string_equal(json_string_value(world_at(task, "from.item")), "Divers");
    assert_int_equal(json_integer_value(world_at(task, "meeting.number")), 1);
    json_decref(task);
    /* A name of several is refused; task.parse says whose, and the chosen one is asked. */
    assert_string_equal(give(&hall, hall.sec, "@fo x", ""), "task.several_names");
    assert_string_equal(give(&hall, hall.sec, "@nobody x", ""), "member.unknown");
    world_must(world, hall.sec, "task.parse", "{'language':'fr','line':'@fo @be.fo x'}");
    assert_int_equal(json_array_size(world_at(world->result, "names.0.members")), 2);
    assert_int_equal(json_array_size(world_at(world->result, "names.1.members")), 1);
    char chosen[100];
    snprintf(chosen, sizeof chosen, ",'members':['%s']", world_text(beatrix.member));
    assert_string_equal(give(&hall, hall.sec, "@fo x", chosen), "");
    /* Members give themselves a to-do, and nobody else. */
    assert_string_equal(give(&hall, bea, "@cid x", ""), "right.missing");
    assert_string_equal(give(&hall, bea, "balayer", ""), "");
    world_must(world, bea, "task.list", "{'meeting':'1','state':'taken'}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.assignees.0.name")),
                        "Bea");
    /* Nobody's, by who leads; from the decision, also of this meeting. */
    assert_string_equal(give(&hall, hall.flo, "libre", ",'decision':'2026-001'"), "");
    world_must(world, bea, "task.list", "{'meeting':'1','free':true}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.from.kind")),
                        "decision");
    assert_string_equal(give(&hall, hall.flo, "x", ",'decision':'2026-009'"), "decision.unknown");
    assert_string_equal(give(&hall, hall.flo, "@bea !+1d", ""), "input.bad_value");
    snprintf(item, sizeof item, ",'item':'%s'", world_text(hall.meeting));
    assert_string_equal(give(&hall, hall.flo, "x", item), "meeting.bad_agenda");
    /* As any to-do, with its item. */
    world_must(world, bea, "task.create",
               "{'id':'%s','language':'fr','title':'T','result':'','from':{'kind':'meeting',"
               "'id':'1','item':'%s'}}",
               world_text(world_id(world)), world_text(hall.items[OPENING]));
    world_must(world, bea, "task.list", "{'from':{'kind':'meeting','id':'1'}}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 4);
    world_close(world);
}

/* ---- the facts ---- */

static void expect_attendance(struct hall *hall, const json_t *minutes)
{
    size_t i;
    json_t *person;
    const json_t *block = block_of(minutes, "attendance", 0);
    expect_number(block, "attended", 4);
    expect_number(block, "remote", 1);
    json_array_foreach(world_at(block, "facts.people"), i, person)
    {
        struct id id = json_get_id(json_object_get(person, "member"), "id");
        bool left = id_equal(id, hall->voters[2].caller.member);
        bool far = id_equal(id, hall->voters[3].caller.member);
        int64_t out = json_integer_value(world_at(person, "periods.0.out_ms"));
        assert_true(json_integer_value(world_at(person, "periods.0.in_ms")) >=
                    (int64_t)hall->in_ms);
        assert_true(left ? out <= (int64_t)hall->out_ms + 1000
                         : out > (int64_t)hall->out_ms + 1000);
        assert_int_equal(json_is_true(world_at(person, "periods.0.remote")), far);
        assert_string_equal(far ? json_string_value(world_at(person, "periods.0.checked")) : "call",
                            "call");
        assert_string_equal(json_string_value(world_at(person, "periods.0.how")), "desk");
    }
    assert_int_equal(i, 4);
}

/* 2/3 of eight entitled are six; four are there. Three of four say yes: 3/4 of the votes, asked are 2/3. */
static void expect_facts(struct hall *hall, const json_t *minutes)
{
    const json_t *block = block_of(minutes, "heading", 0);
    expect_text(block, "title.fr", "AG <i>2026</i>");
    expect_text(block, "officers.0.office", "chair");
    expect_text(block, "officers.0.member.name", HOSTILE_NAME);
    expect_text(block, "officers.1.member.name", "Sec");
    expect_attendance(hall, minutes);
    block = block_of(minutes, "quorum", 0);
    expect_number(block, "present.heads", 4);
    expect_number(block, "entitled.heads", 8);
    expect_number(block, "quorum.x", 4);
    expect_number(block, "quorum.least", 6);
    expect_number(block, "seen.0.x", 4);
    expect_number(block, "seen.0.least", 6);
    block = block_of(minutes, "item", 0);
    expect_number(block, "minutes", 5);
    expect_number(block, "spent_ms", 241000);
    block = block_of(minutes, "item", 1);
    expect_text(block, "title.fr", "Statuts");
    expect_number(block, "place.0", 2);
    block = block_of(minutes, "vote", 0);
    expect_number(block, "presence.opening.heads", 4);
    expect_number(block, "presence.close.heads", 4);
    expect_number(block, "roll.count", 8);
    expect_number(block, "result.took_part.heads", 4);
    expect_number(block, "result.yes", 3);
    expect_number(block, "result.no", 1);
    expect_text(block, "result.verdict", "adopted");
    expect_text(block, "decision.number", "2026-001");
    expect_number(block, "seen.0.x", 4);
    assert_non_null(strstr(json_string_value(world_at(block, "facts.result.sentence.nl")), "3"));
    block = block_of(minutes, "incidents", 0);
    expect_text(block, "items.0.incident_kind", "reported");
    expect_number(block, "items.0.people", 1);
    expect_number(block, "items.0.poll.number", 1);
    char *text = json_dumps(block, JSON_COMPACT);
    assert_null(strstr(text, "zqtrouble"));
    assert_null(strstr(text, "Dov"));
    free(text);
    block = block_of(minutes, "tasks", 0);
    assert_int_equal(json_array_size(world_at(block, "facts.items")), 1); /* not the dropped one */
    expect_text(block, "items.0.title", "horloge");
    expect_text(block, "items.0.asked.0.member.name", "Bea");
    block = block_of(minutes, "seal", 0);
    assert_true(json_integer_value(world_at(block, "facts.size")) > 30);
    assert_int_equal(json_string_length(world_at(block, "facts.root")), 43);
}

/* The kinds of blocks as they follow, one letter each. */
static void expect_order(const json_t *minutes, const char *letters)
{
    char found[100] = "";
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(minutes, "blocks"), i, one)
    {
        assert_true(i + 1 < sizeof found);
        found[i] = json_string_value(json_object_get(one, "block_kind"))[0];
    }
    assert_string_equal(found, letters);
}

/* ---- writing ---- */

/* The blocks as minutes.write takes them: every fact, and a text after the block `after`; drop = a fact left out. */
static void written(const json_t *minutes, struct id text, size_t after, size_t drop, char *into,
                    size_t size)
{
    size_t i, at = 0;
    json_t *one;
    into[0] = 0;
    json_array_foreach(json_object_get(minutes, "blocks"), i, one)
    {
        if (i != drop) {
            const json_t *words = json_object_get(one, "text");
            at += (size_t)snprintf(into + at, size - at, "%s{'id':'%s'%s}", at > 0 ? "," : "",
                                   json_string_value(json_object_get(one, "id")),
                                   words != NULL ? ",'text':{'fr':'Encore'}" : "");
        }
        if (i == after) {
            at += (size_t)snprintf(into + at, size - at,
                                   ",{'id':'%s','text':{'fr':'<img src=x onerror=a()>\\n\\n"
                                   "- un\\n- **deux** *et <i>* 2 * 3 **\\n\\n1. trois\\nsuite & "
                                   "fin\\n\\n~~~\\n\\n`a`\\n\\n" LINKS "'}}",
                                   world_text(text));
        }
    }
}

static const char *write_around(struct hall *hall, struct caller by, size_t after, size_t drop,
                                int64_t older)
{
    static char blocks[8192];
    json_t *minutes = minutes_of(hall);
    written(minutes, world_id(&hall->world), after, drop, blocks, sizeof blocks);
    int64_t base = json_get_integer(minutes, "rev") - older;
    json_decref(minutes);
    return world_try(&hall->world, by, "minutes.write", "{'meeting':'1','base':%lld,'blocks':[%s]}",
                     (long long)base, blocks);
}

static const char *seal(struct world *world, struct id id, struct caller by, int64_t older)
{
    bool has = world_has(world, DOCUMENT_MINUTES, id);
    json_t *minutes = has ? world_document(world, DOCUMENT_MINUTES, id) : NULL;
    long long base = (long long)(json_get_integer(minutes, "rev") - older);
    json_decref(minutes);
    return world_try(world, by, "minutes.seal", "{'meeting':'1','base':%lld}", base);
}

/* {"id","name"} becomes the id. */
static void bare(json_t *holder)
{
    json_t *id = json_incref(json_object_get(json_object_get(holder, "member"), "id"));
    json_put(holder, "member", id);
}

static void expect_hash(const json_t *minutes)
{
    struct buffer bytes;
    uint8_t hash[HASH_SIZE];
    size_t i;
    json_t *block;
    json_t *blocks = json_deep_copy(json_object_get(minutes, "blocks"));
    static const char *const lists[] = {"officers", "people", "seen", NULL};
    json_array_foreach(blocks, i, block)
    { /* names are left out, by hand where these minutes have some */
        size_t n, m;
        json_t *item, *person;
        for (const char *const *list = lists; *list != NULL; list++) {
            json_array_foreach(json_object_get(json_object_get(block, "facts"), *list), n, item)
            {
                bare(item);
            }
        }
        json_array_foreach(world_at(block, "facts.items"), n, item)
        {
            json_array_foreach(json_object_get(item, "asked"), m, person)
            {
                bare(person);
            }
            json_array_foreach(json_object_get(item, "assignees"), m, person)
            {
                bare(person);
            }
        }
    }
    buffer_init(&bytes, 1 << 20);
    json_write_sorted(&bytes, blocks);
    struct hash expected = crypto_hash(buffer_slice(&bytes));
    assert_true(encoding_base64url_exact(json_get_text(minutes, "hash"), hash, HASH_SIZE));
    assert_memory_equal(hash, expected.bytes, HASH_SIZE);
    buffer_free(&bytes);
    json_decref(blocks);
}

static void test_minutes(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct caller bea = hall.voters[1].caller;
    assert_string_equal(give(&hall, hall.sec, "@bea !+2w horloge", ""), "");
    assert_string_equal(give(&hall, hall.sec, "@bea zqdropped", ""), "");
    world_must(world, hall.sec, "task.mark", "{'id':'2','state':'dropped','reason':'Erreur'}");
    assert_string_equal(world_try(world, bea, "minutes.draft", "{'meeting':'1'}"), "right.missing");
    assert_string_equal(seal(world, hall.meeting, hall.sec, 0), "minutes.unknown");
    /* While it is open: a first draft, with a text after the first vote. */
    world_must(world, hall.sec, "minutes.draft", "{'meeting':'1'}");
    json_t *minutes = minutes_of(&hall);
    expect_order(minutes, "haqiivi"
                          "its");
    json_decref(minutes);
    assert_string_equal(write_around(&hall, hall.sec, 5, SIZE_MAX, 1), "conflict");
    assert_string_equal(write_around(&hall, hall.sec, 5, 2, 0), "minutes.fact_altered");
    assert_string_equal(write_around(&hall, bea, 5, SIZE_MAX, 0), "right.missing");
    assert_string_equal(write_around(&hall, hall.sec, 5, SIZE_MAX, 0), "");
    assert_string_equal(seal(world, hall.meeting, hall.sec, 0), "meeting.bad_state");
    assert_string_equal(
        world_try(world, bea, "minutes.export", "{'meeting':'1','language':'fr','format':'json'}"),
        "minutes.unknown");
    world_must(world, hall.flo, "meeting.end", "{'id':'1'}");
    /* What was decided after the draft is not sealed away. */
    assert_string_equal(seal(world, hall.meeting, hall.sec, 0), "minutes.stale");
    assert_false(world_tells_everybody(world, slice_text("block_kind"))); /* a draft is no news */
    /* Facts anew; the text stays behind the vote. */
    world_must(world, hall.flo, "minutes.draft", "{'meeting':'1'}");
    minutes = minutes_of(&hall);
    expect_order(minutes, "haqiivtiits");
    expect_facts(&hall, minutes);
    json_decref(minutes);
    assert_string_equal(seal(world, hall.meeting, hall.sec, 1), "conflict"); /* not unseen */
    assert_string_equal(seal(world, hall.meeting, hall.sec, 0), "");
    minutes = minutes_of(&hall);
    expect_order(minutes, "haqiivtiits");
    expect_facts(&hall, minutes);
    expect_hash(minutes);
    json_decref(minutes);
    assert_true(world_tells_everybody(world, slice_text("block_kind")));
    assert_string_equal(world_try(world, hall.sec, "minutes.draft", "{'meeting':'1'}"),
                        "minutes.sealed");
    assert_string_equal(write_around(&hall, hall.sec, 5, SIZE_MAX, 0), "minutes.sealed");
    assert_string_equal(seal(world, hall.meeting, hall.sec, 0), "minutes.sealed");
    world_close(world);
}

/* A fact moved, one named twice, a text in the place of one. */
static void test_altered(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char blocks[4096];
    (void)state;
    hall_open(&hall);
    world_must(world, hall.sec, "minutes.draft", "{'meeting':'1'}");
    json_t *minutes = minutes_of(&hall);
    json_t *list = json_object_get(minutes, "blocks");
    size_t count = json_array_size(list);
    for (int how = 0; how < 4; how++) {
        size_t at = 0;
        blocks[0] = 0;
        for (size_t i = 0; i < count; i++) {
            size_t which = how == 0 && i < 2 ? 1 - i : how == 1 && i == 1 ? 0 : i;
            at += (size_t)snprintf(
                blocks + at, sizeof blocks - at, "%s{'id':'%s'%s}", i > 0 ? "," : "",
                json_string_value(json_object_get(json_array_get(list, which), "id")),
                how == 2 && i == 3 ? ",'text':{'fr':'x'}" : "");
        }
        if (how == 3) {
            snprintf(blocks + at, sizeof blocks - at, ",{'id':'%s'}", world_text(hall.meeting));
        }
        assert_string_equal(world_try(world, hall.sec, "minutes.write",
                                      "{'meeting':'1','base':%lld,'blocks':[%s]}",
                                      (long long)json_get_integer(minutes, "rev"), blocks),
                            "minutes.fact_altered");
    }
    json_decref(minutes);
    world_close(world);
}

/* ---- printing ---- */

static char *printed(struct hall *hall, const char *language, const char *format)
{
    world_must(&hall->world, hall->voters[5].caller, "minutes.export",
               "{'meeting':'1','language':'%s','format':'%s','words':'alpha bravo </style> echo'}",
               language, format);
    return strdup(json_string_value(json_object_get(hall->world.result, "text")));
}

static void expect_in(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("%s is not in:\n%s", part, text);
    }
}

/* Every tag of the page is one of ours. */
static void expect_our_tags(const char *text)
{
    static const char *const ours[] = {"!doctype html",
                                       "html",
                                       "html lang=\"",
                                       "head",
                                       "meta charset",
                                       "meta http-equiv",
                                       "meta name",
                                       "title",
                                       "style",
                                       "body",
                                       "section",
                                       "section class=\"",
                                       "strong",
                                       "em",
                                       "h1",
                                       "h2",
                                       "h3",
                                       "p",
                                       "b",
                                       "ul",
                                       "ol",
                                       "li",
                                       "table",
                                       "thead",
                                       "tr",
                                       "th scope=\"col\"",
                                       "th",
                                       "tbody",
                                       "td",
                                       "p class=\"sign\"",
                                       "div class=\"note\"",
                                       "div"};
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at, '<')) {
        at += at[1] == '/' ? 2 : 1;
        bool known = false;
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            size_t size = strlen(ours[i]);
            bool open_end = ours[i][size - 1] == '"' || strncmp(ours[i], "meta", 4) == 0;
            known = known || (strncmp(at, ours[i], size) == 0 && (open_end || at[size] == '>'));
        }
        if (!known) {
            fail_msg("a foreign tag: %.40s", at);
        }
    }
}

static void test_print(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    hall_open(&hall);
    assert_string_equal(give(&hall, hall.sec, "<u>@bea !+2w *horloge*", ""), "");
    world_must(world, hall.flo, "meeting.end", "{'id':'1'}");
    world_must(world, hall.flo, "minutes.draft", "{'meeting':'1'}");
    assert_string_equal(write_around(&hall, hall.sec, 5, SIZE_MAX, 0), "");
    assert_string_equal(seal(world, hall.meeting, hall.flo, 0), "");
    char *html = printed(&hall, "fr", "html");
    expect_our_tags(html);
    expect_in(html, "<h1>AG &lt;i&gt;2026&lt;/i&gt;</h1>");
    expect_in(html, "&lt;b&gt;Zo\xC3\xA9&lt;/b&gt; &amp; *Co* | [x](javascript:1)");
    expect_in(html, "alpha bravo &lt;/style&gt; echo");
    expect_in(html,
              "<div class=\"note\">\n<p>&lt;img src=x onerror=a()&gt;</p>\n<ul>\n<li>un</li>\n"
              "<li><strong>deux</strong> <em>et &lt;i&gt;</em> 2 * 3 "
              "**</li>\n</ul>\n<ol>\n<li>trois</li>\n</ol>\n<p>suite &amp; fin</p>\n");
    expect_in(html, "<b>Quorum demand\xC3\xA9</b>");
    expect_in(html, " (membres 4, il en faut 6)</p>\n</section>");    /* at the start */
    expect_in(html, " (membres 4, il en faut 6)</p>\n<p><b>Partici"); /* at the vote */
    expect_in(html, "Pour 3 · Contre 1");
    expect_in(html, "2026-001");
    expect_in(html, "class=\"sign\">Présidence de séance");
    free(html);
    html = printed(&hall, "nl", "html");
    expect_our_tags(html);
    expect_in(html, "Voor 3 · Tegen 1");
    expect_in(html, "leden 4 \xC2\xB7 stemmen ");
    expect_in(html, "<td>Leden</td>");
    free(html);
    char *markdown = printed(&hall, "en", "markdown");
    expect_in(markdown, "Yes 3 · No 1");
    expect_in(markdown, "| Members |");
    expect_in(markdown, "# AG \\<i\\>2026\\</i\\>");
    expect_in(markdown, "| \\<b\\>Zo\xC3\xA9\\</b\\> \\& \\*Co\\* \\| \\[x\\](javascript:1) |");
    expect_in(markdown, "\n&lt;img src=x");
    /* A fence would hide the facts that follow; links lead to the web or to a mailbox. */
    expect_in(markdown, "fin\n\n\\~\\~\\~\n\n`a`\n\n"
                        "[a](https://x.be) [b]( MAILTO:c@d.be) [c]\\(javascript:1) "
                        "[d]\\(&#106;avascript:1) [e\\]\\(/x) !\\[f](https://x.be) [g]\\()\n\n"
                        "[h]\\: data:1 [i]: https://x.be\n\n");
    json_t *blocks = json_object_get(world->result, "blocks");
    assert_int_equal(json_array_size(blocks), 11);
    expect_in(markdown, json_string_value(world_at(blocks, "4.text")));
    free(markdown);
    char *text = printed(&hall, "en", "json");
    json_t *again = json_parse_own(slice_text(text)), *minutes = minutes_of(&hall);
    assert_true(json_equal(again, minutes));
    json_decref(again);
    json_decref(minutes);
    free(text);
    world_close(world);
    unsetenv("TZ");
    tzset();
}

/* What a thing is called by has no marks between thousands; what is counted has. */
static void test_numbers(void **state)
{
    struct buffer out;
    json_error_t error;
    (void)state;
    json_t *minutes = json_loads(
        "{\"state\":\"draft\",\"blocks\":["
        "{\"block_kind\":\"heading\",\"facts\":{\"title\":{\"en\":\"A\"},\"number\":1234,\"started_"
        "ms\":1774000000000,"
        "\"meeting_kind\":\"board\",\"second_of\":{\"number\":1233}}},"
        "{\"block_kind\":\"item\",\"facts\":{\"place\":[2,1],\"title\":{\"en\":\"B\"},"
        "\"proposals\":[{\"number\":4321,\"title\":\"P\"}]}},"
        "{\"block_kind\":\"vote\",\"facts\":{\"number\":2345,\"question\":{\"en\":\"Q\"},"
        "\"follows\":{\"number\":2344},\"result\":{\"yes\":12345}}},"
        "{\"block_kind\":\"incidents\",\"facts\":{\"items\":[{\"at_ms\":1774100000000,\"until_ms\":"
        "1774000060000,\"people\":1111,"
        "\"incident_kind\":\"many\",\"poll\":{\"number\":2345}}]}},"
        "{\"block_kind\":\"tasks\",\"facts\":{\"items\":[{\"number\":3456,\"title\":\"T\"}]}}]}",
        0, &error);
    assert_non_null(minutes);
    buffer_init(&out, MINUTES_PRINT_MAX);
    minutes_print(&out, minutes, "en", MINUTES_MARKDOWN, slice_text(""));
    buffer_append_u8(&out, 0);
    const char *text = (const char *)out.data;
    const char *const parts[] = {"1234\n", "1233\n",  "#4321 P",    "Vote 2345: Q",
                                 "2344\n", "#3456 T", "Yes 12,345", "Vote 2345 (people"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        expect_in(text, parts[i]);
    }
    expect_in(text, "1,111");
    expect_in(text, "- Saturday 21 March 2026, "); /* the day after */
    expect_in(text, ", 13:33 – 9:47: ");
    buffer_free(&out);
    json_decref(minutes);
}

/* ---- more than fits ---- */

static void test_fit(void **state)
{
    (void)state;
    json_t *person = json_object(), *blocks = json_array();
    json_put(person, "member", json_id((struct id){{1}}));
    for (int i = 0; i < 10000; i++) {
        json_array_append(blocks, person);
    }
    assert_true(minutes_fit(blocks)); /* an assembly of ten thousand */
    for (int i = 0; i < 6000; i++) {
        json_array_append(blocks, person);
    }
    assert_false(minutes_fit(blocks)); /* as the event has it; with names no document */
    json_array_clear(blocks);
    for (int i = 0; i < 13; i++) {
        char *text = calloc(1, 1 << 20);
        memset(text, 'a', (1 << 20) - 1);
        json_array_append_new(blocks, json_string(text));
        assert_int_equal(minutes_fit(blocks), i < 11);
        free(text);
    }
    json_decref(blocks);
    json_decref(person);
}

/* A page that grows too big is refused, also where its last character would be cut in two. */
static void test_too_big(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct store_txn *txn;
    struct buffer bytes;
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct slice row;
    (void)state;
    hall_open(&hall);
    world_must(world, hall.flo, "minutes.draft", "{'meeting':'1'}");
    json_t *minutes = minutes_of(&hall), *block = json_object(), *text = json_object();
    buffer_init(&bytes, MINUTES_PRINT_MAX + 1000);
    while (bytes.size < MINUTES_PRINT_MAX) {
        buffer_append_text(&bytes, "\xF0\x9D\x84\x9E");
    }
    json_put(text, "fr", json_text(buffer_slice(&bytes)));
    json_put(block, "id", json_id(world_id(world)));
    json_put(block, "block_kind", json_text(slice_text("text")));
    json_put(block, "text", text);
    json_array_append_new(json_object_get(minutes, "blocks"), block);
    document_key(DOCUMENT_MINUTES, hall.meeting, key);
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    assert_true(store_get(txn, TABLE_DOCUMENT, slice_of(key, sizeof key), &row));
    struct slice before = {.data = memory_copy(row.data, row.size), .size = row.size};
    char *grown = json_dumps(minutes, JSON_COMPACT);
    store_put(txn, TABLE_DOCUMENT, slice_of(key, sizeof key), slice_text(grown));
    assert_int_equal(store_commit(txn), ERROR_NONE);
    for (const char *const *format = (const char *const[]){"html", "markdown", "json", NULL};
         *format != NULL; format++) {
        assert_string_equal(world_try(world, hall.flo, "minutes.export",
                                      "{'meeting':'1','language':'fr','format':'%s'}", *format),
                            "input.too_big");
    }
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    store_put(txn, TABLE_DOCUMENT, slice_of(key, sizeof key), before);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    free((void *)(uintptr_t)before.data);
    free(grown);
    buffer_free(&bytes);
    json_decref(minutes);
    world_close(world);
}

/* ---- an erasure ---- */

static void test_erased(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct caller ada = world_member(world, "Ada", "admin");
    world_must(world, hall.flo, "meeting.end", "{'id':'1'}");
    world_must(world, hall.flo, "minutes.draft", "{'meeting':'1'}");
    assert_string_equal(seal(world, hall.meeting, hall.flo, 0), "");
    json_t *before = minutes_of(&hall);
    world_must(world, ada, "member.leave", "{'id':'%s'}", world_text(hall.voters[1].caller.member));
    world_must(world, ada, "member.erase", "{'id':'%s','texts':true,'reason':'asked'}",
               world_text(hall.voters[1].caller.member));
    json_t *after = minutes_of(&hall);
    assert_string_equal(json_string_value(world_at(after, "hash")),
                        json_string_value(world_at(before, "hash")));
    char *text = json_dumps(after, JSON_COMPACT);
    assert_null(strstr(text, "Bea"));
    assert_non_null(strstr(text, world_text(hall.voters[1].caller.member)));
    expect_text(block_of(after, "vote", 0), "about.0.title", "[…]");
    expect_text(block_of(before, "vote", 0), "about.0.title", "Un four à pain");
    free(text);
    json_decref(before);
    json_decref(after);
    world_close(world);
}

/* Minutes of a work session that the member called say of it what it says itself from then on: nothing. */
static void test_erased_session(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller bea = world_member(&world, "Bea", ""), adm = world_member(&world, "Adm", "admin");
    struct id id = world_id(&world);
    world_must(&world, bea, "meeting.plan",
               "{'id':'%s','kind':'work_session','title':{'fr':'zqtitre'},'starts':%llu,"
               "'minutes':60,'place':{'fr':'Chez Bea, zqrue 3'},'link':'https://zqbea.example/',"
               "'remote':true,'procedure':{'nl':'zqbel'},'agenda':[{'id':'%s','title':{'fr':"
               "'zqpoint'},'item_kind':'work','minutes':5}]}",
               world_text(id), (unsigned long long)(world.now_ms + 3600000),
               world_text(world_id(&world)));
    world_must(&world, bea, "meeting.start", "{'id':'1'}");
    world_must(&world, bea, "meeting.end", "{'id':'1'}");
    world_must(&world, bea, "minutes.draft", "{'meeting':'1'}");
    assert_string_equal(seal(&world, id, bea, 0), "");
    world_must(&world, adm, "member.leave", "{'id':'%s'}", world_text(bea.member));
    world_must(&world, adm, "member.erase", "{'id':'%s','texts':true,'reason':'asked'}",
               world_text(bea.member));
    json_t *minutes = world_document(&world, DOCUMENT_MINUTES, id);
    char *text = json_dumps(minutes, JSON_COMPACT);
    assert_null(strstr(text, "zq"));
    expect_text(block_of(minutes, "heading", 0), "place.fr", "[…]");
    expect_text(block_of(minutes, "item", 0), "title.fr", "[…]");
    free(text);
    json_decref(minutes);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),          cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_altered),        cmocka_unit_test(test_print),
        cmocka_unit_test(test_numbers),        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_too_big),        cmocka_unit_test(test_erased),
        cmocka_unit_test(test_erased_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
