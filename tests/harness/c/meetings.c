/* Meetings in tests: planned, acted on and looked at through their documents. */
#include "tests/harness/c/meetings.h"

#include "assembly/kinds.h"
#include "assembly/parts.h"

#define DAY UINT64_C(86400000)

struct id meetings_plan(struct world *world, struct caller who, const char *kind, uint64_t starts,
                        const char *more)
{
    struct id id = world_id(world);
    world_must(world, who, "meeting.plan",
               "{'id':'%s','kind':'%s','title':{'fr':'Réunion'},'starts':%llu,'minutes':120%s}",
               world_text(id), kind, (unsigned long long)starts, more);
    return id;
}

const char *meetings_try_plan(struct world *world, struct caller who, const char *kind,
                              const char *more)
{
    return world_try(world, who, "meeting.plan",
                     "{'id':'%s','kind':'%s','title':{'fr':'Réunion'},'starts':%llu,"
                     "'minutes':120%s}",
                     world_text(world_id(world)), kind,
                     (unsigned long long)(world->now_ms + 20 * DAY), more);
}

const char *meetings_act(struct world *world, struct caller who, const char *method, struct id id)
{
    return world_try(world, who, method, "{'id':'%s'}", world_text(id));
}

int64_t meetings_number(struct world *world, struct id id, const char *path)
{
    json_t *meeting = world_document(world, DOCUMENT_MEETING, id);
    int64_t number = json_integer_value(world_at(meeting, path));
    json_decref(meeting);
    return number;
}

struct id meetings_id(struct world *world, struct id meeting_id, const char *path)
{
    struct id id;
    json_t *meeting = world_document(world, DOCUMENT_MEETING, meeting_id);
    const json_t *text = world_at(meeting, path);
    assert_true(json_is_string(text));
    assert_true(id_parse(slice_of(json_string_value(text), json_string_length(text)), &id));
    json_decref(meeting);
    return id;
}

bool meetings_has(struct world *world, struct id id, const char *path)
{
    json_t *meeting = world_document(world, DOCUMENT_MEETING, id);
    bool there = world_at(meeting, path) != NULL;
    json_decref(meeting);
    return there;
}
