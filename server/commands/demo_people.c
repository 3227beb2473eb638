/* The people of the demo: the organisation's settings, then each member's invitation, joining, device, own words, pause or
 * leaving.
 *
 * Invitations are the operator's (who alone may say that somebody is invented), everything else is done by the member.
 * A device is enrolled for those who vote in a poll that is told; its key is made when the story is told.
 * Start at demo_plan_people(). */
#include "server/commands/demo_story.h"

#include "base/fatal.h"
#include "server/commands/local_time.h"

/* Members in pause went into it after the last vote they took part in. */
enum { PAUSE_DAYS = -27, PAUSE_HOUR = 10 };

static void copy_fields(json_t *to, const json_t *from, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        json_t *value = json_object_get(from, names[i]);
        if (value != NULL) {
            json_object_set(to, names[i], value);
        }
    }
}

static bool status_is(const json_t *member, const char *status)
{
    return slice_equal(json_get_text(member, "status"), slice_text(status));
}

/* ---- the organisation ---- */

static json_t *settings_of(const struct demo_story *story, const json_t *organisation)
{
    static const char *const theme_names[] = {"key", "label", NULL};
    const json_t *given = json_object_get(organisation, "settings");
    const json_t *threshold = json_object_get(given, "support_threshold");
    json_t *settings = json_object(), *support = json_object(), *themes = json_array();
    const json_t *list = demo_list(story, "themes");
    json_put(support, "at_least", json_incref(json_object_get(threshold, "at_least")));
    json_object_update(support, json_object_get(threshold, "fraction_of_active"));
    json_put(support, "at_most", json_incref(json_object_get(threshold, "at_most")));
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *theme = json_object();
        copy_fields(theme, json_array_get(list, i), theme_names);
        json_array_append_new(themes, theme);
    }
    json_put(settings, "support", support);
    json_put(settings, "themes", themes);
    json_put(settings, "answer_owed_days", json_incref(json_object_get(given, "answer_owed_days")));
    return settings;
}

static void plan_organisation(struct demo_story *story)
{
    static const char *const names[] = {"expectations", NULL};
    const json_t *organisation = json_object_get(story->file, "organisation");
    json_t *params = json_object();
    copy_fields(params, organisation, names);
    json_put(params, "settings", settings_of(story, organisation));
    demo_act_add(story, story->founded_ms + DEMO_MINUTE, demo_operator(), "org.update", params);
}

/* ---- members ---- */

static void plan_invitation(struct demo_story *story, const json_t *member, uint64_t at_ms)
{
    static const char *const names[] = {"id",      "name",   "kind",   "email", "language",
                                        "class",   "shares", "weight", "ties",  "roles",
                                        "sponsor", "demo",   NULL};
    json_t *params = json_object();
    copy_fields(params, member, names);
    const json_t *representative = json_object_get(member, "representative");
    if (representative != NULL) {
        json_put(params, "representative", json_incref(json_object_get(representative, "name")));
    }
    struct demo_act *act = demo_act_add(story, at_ms, demo_operator(), "member.invite", params);
    act->member = json_get_id(member, "id");
}

static void plan_joining(struct demo_story *story, const json_t *member, uint64_t at_ms)
{
    static const char *const names[] = {"language", NULL};
    json_t *params = json_object();
    copy_fields(params, member, names);
    struct caller nobody = {.kind = CALLER_NOBODY};
    struct demo_act *act = demo_act_add(story, at_ms, nobody, "session.join", params);
    act->need = NEED_TOKEN;
    act->member = json_get_id(member, "id");
}

static void plan_device(struct demo_story *story, struct id member, uint64_t at_ms)
{
    struct demo_act *act =
        demo_act_add(story, at_ms, demo_as(member), "device.enrol", json_object());
    act->need = NEED_KEY;
    act->member = member;
}

static void plan_own_words(struct demo_story *story, const json_t *member, uint64_t at_ms)
{
    static const char *const names[] = {"id", "introduction", "skills", "needs", NULL};
    json_t *params = json_object();
    copy_fields(params, member, names);
    if (json_object_size(params) > 1) {
        demo_act_add(story, at_ms, demo_as(json_get_id(member, "id")), "member.update", params);
    } else {
        json_decref(params);
    }
}

static void plan_status(struct demo_story *story, const json_t *member, const char *status,
                        uint64_t at_ms)
{
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(member, "id")));
    json_put(params, "status", json_text(slice_text(status)));
    demo_act_add(story, at_ms, demo_as(json_get_id(member, "id")), "member.update", params);
}

static void plan_leaving(struct demo_story *story, const json_t *member)
{
    static const char *const names[] = {"id", "goodbye", NULL};
    json_t *params = json_object();
    copy_fields(params, member, names);
    demo_act_add(story, demo_time(story, json_object_get(member, "left")),
                 demo_as(json_get_id(member, "id")), "member.leave", params);
}

static bool votes_in(const json_t *poll, struct id member)
{
    const json_t *ballots = json_object_get(poll, "ballots");
    for (size_t i = 0; i < json_array_size(ballots); i++) {
        if (id_equal(json_get_id(json_array_get(ballots, i), "member"), member)) {
            return true;
        }
    }
    return false;
}

static bool votes(const struct demo_story *story, struct id member)
{
    const json_t *polls = demo_list(story, "polls");
    for (size_t i = 0; i < json_array_size(polls); i++) {
        const json_t *poll = json_array_get(polls, i);
        if (demo_poll_is_told(poll) && votes_in(poll, member)) {
            return true;
        }
    }
    return false;
}

static void plan_member(struct demo_story *story, const json_t *member)
{
    struct id id = json_get_id(member, "id");
    uint64_t joined_ms = demo_time(story, json_object_get(member, "joined"));
    if (status_is(member, "invited")) {
        plan_invitation(story, member, joined_ms);
        return;
    }
    plan_invitation(story, member, joined_ms - 2 * DEMO_HOUR);
    plan_joining(story, member, joined_ms);
    if (votes(story, id)) {
        plan_device(story, id, joined_ms + 5 * DEMO_MINUTE);
    }
    plan_own_words(story, member, joined_ms + 10 * DEMO_MINUTE);
    if (status_is(member, "left")) {
        plan_leaving(story, member);
    } else if (status_is(member, "dormant")) {
        plan_status(story, member, "dormant",
                    local_time_move(story->now_ms, PAUSE_DAYS, PAUSE_HOUR, 0));
    }
}

void demo_plan_people(struct demo_story *story)
{
    const json_t *members = demo_list(story, "members");
    story->founded_ms = story->now_ms;
    for (size_t i = 0; i < json_array_size(members); i++) {
        uint64_t joined_ms =
            demo_time(story, json_object_get(json_array_get(members, i), "joined"));
        if (joined_ms < story->founded_ms) {
            story->founded_ms = joined_ms;
        }
    }
    story->founded_ms -= DEMO_DAY;
    plan_organisation(story);
    for (size_t i = 0; i < json_array_size(members); i++) {
        plan_member(story, json_array_get(members, i));
    }
}
