/* The groups of the demo: started by who the file says, then joined by their members; a group below another follows it.
 *
 * The file gives no dates: a group begins the day after its starter has joined and its parent has begun, each member comes
 * the day after both. Start at demo_plan_groups(). */
#include "server/commands/demo_story.h"

enum { DEMO_DAY_MS = 24 * 3600 * 1000 };

static uint64_t later_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t started_ms(const struct demo_story *story, const json_t *group)
{
    uint64_t at_ms = demo_joined(story, json_get_id(group, "started_by"));
    struct id parent = json_get_id(group, "parent");
    if (!id_is_none(parent)) {
        at_ms = later_of(at_ms, started_ms(story, demo_find(story, "groups", parent)));
    }
    return demo_not_before(story, at_ms + DEMO_DAY_MS, story->founded_ms);
}

/* Its texts in the language of who starts it; the others beside it. */
static void put_texts(json_t *params, const json_t *group, const char *language)
{
    const json_t *names = json_object_get(group, "name");
    const json_t *about = json_object_get(group, "about");
    json_put(params, "language", json_text(slice_text(language)));
    json_put(params, "name", json_incref(json_object_get(names, language)));
    json_put(params, "names", json_deep_copy(names));
    json_put(params, "purpose", json_text(json_get_text(about, language)));
    if (about != NULL) {
        json_put(params, "purposes", json_deep_copy(about));
    }
}

static void plan_group(struct demo_story *story, const json_t *group)
{
    json_t *params = json_object();
    struct id starter = json_get_id(group, "started_by");
    const json_t *member = demo_find(story, "members", starter);
    uint64_t at_ms = started_ms(story, group);
    json_put(params, "id", json_incref(json_object_get(group, "id")));
    put_texts(params, group, json_string_value(json_object_get(member, "language")));
    if (!id_is_none(json_get_id(group, "parent"))) {
        json_put(params, "parent", json_incref(json_object_get(group, "parent")));
    }
    demo_act_add(story, at_ms, demo_as(starter), "group.create", params);
}

static void plan_members(struct demo_story *story, const json_t *group)
{
    size_t i;
    json_t *item;
    uint64_t begun_ms = started_ms(story, group);
    json_array_foreach(json_object_get(group, "members"), i, item)
    {
        struct id member = demo_id(item);
        if (id_equal(member, json_get_id(group, "started_by"))) {
            continue;
        }
        uint64_t at_ms = later_of(begun_ms, demo_joined(story, member)) + DEMO_DAY_MS;
        json_t *params = json_object();
        json_put(params, "id", json_incref(json_object_get(group, "id")));
        demo_act_add(story, demo_not_before(story, at_ms, begun_ms), demo_as(member), "group.join",
                     params);
    }
}

void demo_plan_groups(struct demo_story *story)
{
    const json_t *groups = demo_list(story, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        plan_group(story, json_array_get(groups, i));
        plan_members(story, json_array_get(groups, i));
    }
}
