/* Authors of the demo's proposals, what they ask for, and the proposal that goes on in another.
 *
 * The file names authors in order: the first submits, each other is invited and says yes within the hours that follow. A
 * merge is proposed by the facilitation, agreed to by the author, and answered by each supporter: those the file moves say
 * yes, the others say nothing. Start at demo_plan_authors() and demo_plan_merge(). */
#include "server/commands/demo_story.h"

static json_t *about(const json_t *proposal)
{
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(proposal, "id")));
    return params;
}

json_t *demo_asks(const json_t *proposal)
{
    const json_t *asked = json_object_get(proposal, "asks");
    if (asked == NULL) {
        return NULL;
    }
    json_t *asks = json_object();
    int64_t euros = json_get_integer(asked, "money_eur");
    json_put(asks, "money", euros == 0 ? NULL : json_number((uint64_t)euros * 100));
    json_put(asks, "hours", json_incref(json_object_get(asked, "hours")));
    json_put(asks, "people", json_incref(json_object_get(asked, "people")));
    return asks;
}

void demo_plan_authors(struct demo_story *story, const json_t *proposal, uint64_t created_ms)
{
    const json_t *authors = json_object_get(proposal, "authors");
    for (size_t i = 1; i < json_array_size(authors); i++) {
        struct id member = demo_id(json_array_get(authors, i));
        uint64_t at_ms = demo_not_before(story, created_ms + i * DEMO_HOUR,
                                         demo_joined(story, member) + DEMO_HOUR);
        json_t *params = about(proposal);
        json_put(params, "member", json_id(member));
        json_put(params, "on", json_true());
        demo_act_add(story, at_ms, demo_as_text(json_array_get(authors, 0)), "proposal.invite",
                     params);
        params = about(proposal);
        json_put(params, "yes", json_true());
        demo_act_add(story, demo_not_before(story, at_ms + 40 * DEMO_MINUTE, 0), demo_as(member),
                     "proposal.join", params);
    }
}

bool demo_comes_along(const struct demo_story *story, struct id proposal, struct id member)
{
    const json_t *proposals = demo_list(story, "proposals");
    for (size_t i = 0; i < json_array_size(proposals); i++) {
        const json_t *merged = json_array_get(proposals, i);
        const json_t *moved = json_object_get(merged, "supporters_moved");
        if (!id_equal(json_get_id(merged, "merged_into"), proposal)) {
            continue;
        }
        for (size_t j = 0; j < json_array_size(moved); j++) {
            if (id_equal(demo_id(json_array_get(moved, j)), member)) {
                return true;
            }
        }
    }
    return false;
}

void demo_plan_merge(struct demo_story *story, const json_t *proposal, uint64_t at_ms)
{
    const json_t *authors = json_object_get(proposal, "authors");
    const json_t *moved = json_object_get(proposal, "supporters_moved");
    json_t *params = about(proposal);
    json_put(params, "into", json_incref(json_object_get(proposal, "merged_into")));
    json_put(params, "on", json_true());
    demo_act_add(story, at_ms, demo_as(demo_role(story, "facilitator")), "proposal.merge", params);
    params = about(proposal);
    json_put(params, "yes", json_true());
    demo_act_add(story, at_ms + 3 * DEMO_HOUR, demo_as_text(json_array_get(authors, 0)),
                 "proposal.consent", params);
    for (size_t i = 0; i < json_array_size(moved); i++) {
        params = about(proposal);
        json_put(params, "yes", json_true());
        demo_act_add(story, at_ms + (8 + i) * DEMO_HOUR, demo_as_text(json_array_get(moved, i)),
                     "proposal.follow", params);
    }
}
