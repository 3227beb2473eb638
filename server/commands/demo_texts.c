/* Proposals and comments of the demo, with their supporters, translations, steps and reactions.
 *
 * The file dates the creation of a proposal and its vote; what lies between is placed here: translations on the days after
 * the text, supports spread evenly until the proposal is ready, `ready` the evening before its vote. Steps that the system
 * takes by itself (enough supporters, a vote's opening and result, a first to-do) are not planned: they must come out.
 * Start at demo_plan_texts(). */
#include "server/commands/demo_story.h"

#include <stdio.h>

#include "base/fatal.h"

enum {
    TAKE_UP_DAYS = 3,  /* a facilitator takes an idea up, or merges it, so long after it was made */
    REVISE_DAYS = 5,   /* a second version follows the first after */
    SUPPORT_DAYS = 10, /* supports without a vote to come spread over */
    READY_DAYS = 35,   /* ready without a vote that is held, so long after the proposal was made */
    REALISED_DAYS = 7, /* after the last to-do was done */
};

static struct id first_author(const json_t *proposal)
{
    return demo_id(json_array_get(json_object_get(proposal, "authors"), 0));
}

static bool state_is(const json_t *proposal, const char *state)
{
    return slice_equal(json_get_text(proposal, "state"), slice_text(state));
}

/* A text of {fr, nl, en} in one language. */
static json_t *text_in(const json_t *texts, const char *language)
{
    json_t *text = json_object_get(texts, language);
    assert_always(text != NULL);
    return json_incref(text);
}

static void put_texts(json_t *params, const json_t *proposal, const char *language)
{
    json_put(params, "language", json_text(slice_text(language)));
    json_put(params, "title", text_in(json_object_get(proposal, "title"), language));
    json_put(params, "need", text_in(json_object_get(proposal, "need"), language));
    json_put(params, "text", text_in(json_object_get(proposal, "text"), language));
}

static const char *language_of(const json_t *thing)
{
    return json_string_value(json_object_get(thing, "language"));
}

/* ---- the text ---- */

static json_t *theme_keys(const struct demo_story *story, const json_t *proposal)
{
    json_t *keys = json_array();
    const json_t *themes = json_object_get(proposal, "themes");
    for (size_t i = 0; i < json_array_size(themes); i++) {
        const json_t *theme = demo_find(story, "themes", demo_id(json_array_get(themes, i)));
        json_array_append(keys, json_object_get(theme, "key"));
    }
    return keys;
}

/* A text that has had versions began as a title and a need. */
static void plan_text(struct demo_story *story, const json_t *proposal, uint64_t created_ms)
{
    struct caller author = demo_as(first_author(proposal));
    bool revised = json_get_integer(proposal, "versions") > 1;
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(proposal, "id")));
    put_texts(params, proposal, language_of(proposal));
    json_put(params, "themes", theme_keys(story, proposal));
    json_put(params, "asks", demo_asks(proposal));
    if (revised) {
        json_put(params, "text", json_text(slice_text("")));
    }
    demo_act_add(story, created_ms, author, "proposal.submit", params);
    if (revised) {
        params = json_object();
        json_put(params, "id", json_incref(json_object_get(proposal, "id")));
        json_put(params, "base", json_number(1));
        json_put(params, "text", text_in(json_object_get(proposal, "text"), language_of(proposal)));
        demo_act_add(story, created_ms + REVISE_DAYS * DEMO_DAY, author, "proposal.revise", params);
    }
    demo_plan_authors(story, proposal, created_ms);
}

static void plan_translations(struct demo_story *story, const json_t *proposal, uint64_t created_ms)
{
    const char *language;
    json_t *translator;
    bool revised = json_get_integer(proposal, "versions") > 1;
    uint64_t at_ms = created_ms + DEMO_DAY + (revised ? REVISE_DAYS * DEMO_DAY : 0);
    json_object_foreach(json_object_get(proposal, "translated_by"), language, translator)
    {
        json_t *params = json_object();
        at_ms += 97 * DEMO_MINUTE;
        json_put(params, "id", json_incref(json_object_get(proposal, "id")));
        json_put(params, "version", json_number(revised ? 2 : 1));
        put_texts(params, proposal, language);
        uint64_t joined_ms = demo_joined(story, demo_id(translator));
        demo_act_add(story, demo_not_before(story, at_ms, joined_ms + DEMO_HOUR),
                     demo_as_text(translator), "proposal.translate", params);
    }
}

/* ---- supports ---- */

static void plan_supports(struct demo_story *story, const json_t *proposal, uint64_t from_ms,
                          uint64_t until_ms)
{
    const json_t *supporters = json_object_get(proposal, "supporters");
    size_t count = json_array_size(supporters);
    for (size_t i = 0; i < count; i++) {
        const json_t *supporter = json_array_get(supporters, i);
        struct id member = json_get_id(supporter, "member");
        if (demo_comes_along(story, json_get_id(proposal, "id"), member)) {
            continue; /* carried over from a merged proposal */
        }
        json_t *params = json_object(), *help = json_object_get(supporter, "can_help");
        json_put(params, "id", json_incref(json_object_get(proposal, "id")));
        json_put(params, "on", json_true());
        json_put(params, "help", help == NULL ? NULL : json_incref(help));
        uint64_t at_ms = from_ms + (until_ms - from_ms) * (i + 1) / (count + 1);
        uint64_t least_ms = demo_joined(story, member) + 20 * DEMO_MINUTE;
        demo_act_add(story, demo_not_before(story, at_ms, least_ms), demo_as(member),
                     "proposal.support", params);
    }
}

/* ---- steps ---- */

static void plan_mark(struct demo_story *story, const json_t *proposal, uint64_t at_ms,
                      struct id by, const char *state, json_t *reason)
{
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(proposal, "id")));
    json_put(params, "state", json_text(slice_text(state)));
    json_put(params, "reason", reason);
    demo_act_add(story, demo_not_before(story, at_ms, 0), demo_as(by), "proposal.mark", params);
}

/* The organisation's threshold needs at least so many; fewer, and a facilitator takes the idea up. */
static bool has_enough_supporters(const struct demo_story *story, const json_t *proposal)
{
    const json_t *settings =
        json_object_get(json_object_get(story->file, "organisation"), "settings");
    int64_t least = json_get_integer(json_object_get(settings, "support_threshold"), "at_least");
    return (int64_t)json_array_size(json_object_get(proposal, "supporters")) >= least;
}

/* The last to-do from the decision on this poll is done. */
static uint64_t last_done(const struct demo_story *story, const json_t *poll)
{
    uint64_t last_ms = 0;
    const json_t *tasks = demo_list(story, "tasks");
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        const json_t *task = json_array_get(tasks, i);
        struct id from = json_get_id(json_object_get(task, "from"), "id");
        const json_t *done = json_object_get(task, "done_at");
        if (done != NULL && demo_find(story, "decisions", from) != NULL &&
            id_equal(demo_decision_poll(story, from), json_get_id(poll, "id"))) {
            uint64_t done_ms = demo_time(story, done);
            last_ms = done_ms > last_ms ? done_ms : last_ms;
        }
    }
    return last_ms;
}

/* When the authors call it ready: the evening before its vote. */
static uint64_t ready_time(const struct demo_story *story, const json_t *poll, uint64_t created_ms)
{
    const json_t *opened = json_object_get(poll, "opened");
    return opened == NULL ? created_ms + READY_DAYS * DEMO_DAY
                          : demo_time(story, opened) - 12 * DEMO_HOUR;
}

static void plan_steps(struct demo_story *story, const json_t *proposal, uint64_t created_ms)
{
    const json_t *poll = demo_poll_about(story, json_get_id(proposal, "id"));
    bool merged = state_is(proposal, "merged");
    uint64_t supports_until = created_ms + (merged ? TAKE_UP_DAYS : SUPPORT_DAYS) * DEMO_DAY;
    if (poll != NULL) {
        uint64_t ready_ms = ready_time(story, poll, created_ms);
        plan_mark(story, proposal, ready_ms, first_author(proposal), "ready", NULL);
        supports_until = ready_ms < supports_until ? ready_ms : supports_until;
    }
    plan_supports(story, proposal, created_ms, demo_not_before(story, supports_until, created_ms));
    if (!state_is(proposal, "idea") && !has_enough_supporters(story, proposal)) {
        plan_mark(story, proposal, created_ms + TAKE_UP_DAYS * DEMO_DAY,
                  demo_role(story, "facilitator"), "discussed", NULL);
    }
    if (merged) {
        uint64_t target_ms = demo_time(
            story,
            json_object_get(demo_find(story, "proposals", json_get_id(proposal, "merged_into")),
                            "created"));
        uint64_t later_ms = target_ms > created_ms ? target_ms : created_ms;
        demo_plan_merge(story, proposal, later_ms + (TAKE_UP_DAYS + 1) * DEMO_DAY);
    }
    if (state_is(proposal, "realised")) {
        plan_mark(story, proposal, last_done(story, poll) + REALISED_DAYS * DEMO_DAY,
                  first_author(proposal), "realised", NULL);
    }
}

/* ---- comments ---- */

/* What stood there before it was changed: the text without its last sentence. */
static json_t *first_version(const json_t *text)
{
    const char *whole = json_string_value(text);
    size_t end = strlen(whole);
    while (end > 2 && !(whole[end - 1] == ' ' && strchr(".?!", whole[end - 2]) != NULL)) {
        end--;
    }
    return json_text(end > 2 ? slice_of(whole, end - 1) : slice_text(whole));
}

static void plan_post(struct demo_story *story, const json_t *comment, uint64_t posted_ms)
{
    const json_t *edited = json_object_get(comment, "edited");
    json_t *recorder = json_object_get(comment, "recorded_by");
    json_t *writer = json_object_get(comment, "author");
    struct caller author = demo_as_text(recorder == NULL ? writer : recorder);
    json_t *params = json_object(), *text = json_object_get(comment, "text");
    json_put(params, "id", json_incref(json_object_get(comment, "id")));
    json_put(params, "language", json_incref(json_object_get(comment, "language")));
    json_put(params, "on", json_incref(json_object_get(comment, "on")));
    if (json_object_get(comment, "parent") != NULL) {
        json_put(params, "parent", json_incref(json_object_get(comment, "parent")));
    }
    json_put(params, "text", edited == NULL ? json_incref(text) : first_version(text));
    json_put(params, "for", recorder == NULL ? NULL : json_incref(writer));
    demo_act_add(story, posted_ms, author, "comment.post", params);
    if (edited != NULL) {
        params = json_object();
        json_put(params, "id", json_incref(json_object_get(comment, "id")));
        json_put(params, "text", json_incref(text));
        demo_act_add(story, demo_time(story, edited), author, "comment.edit", params);
    }
}

static void plan_removal(struct demo_story *story, const json_t *comment)
{
    const json_t *removed = json_object_get(comment, "removed");
    if (removed == NULL) {
        return;
    }
    struct id by = json_get_id(removed, "by");
    const char *language = language_of(demo_find(story, "members", by));
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(comment, "id")));
    json_put(params, "reason", text_in(json_object_get(removed, "reason"), language));
    demo_act_add(story, demo_time(story, json_object_get(removed, "at")), demo_as(by),
                 "comment.remove", params);
}

static void plan_reactions(struct demo_story *story, const json_t *comment, uint64_t posted_ms)
{
    const json_t *reactions = json_object_get(comment, "reactions");
    for (size_t i = 0; i < json_array_size(reactions); i++) {
        const json_t *reaction = json_array_get(reactions, i);
        struct id member = json_get_id(reaction, "member");
        uint64_t at_ms = posted_ms + (i + 1) * 23 * DEMO_MINUTE;
        uint64_t least_ms = demo_joined(story, member) + DEMO_HOUR;
        json_t *params = json_object();
        json_put(params, "id", json_incref(json_object_get(comment, "id")));
        json_put(params, "reaction", json_incref(json_object_get(reaction, "kind")));
        json_put(params, "on", json_true());
        demo_act_add(story, demo_not_before(story, at_ms, least_ms), demo_as(member),
                     "comment.react", params);
    }
}

void demo_plan_texts(struct demo_story *story)
{
    const json_t *proposals = demo_list(story, "proposals");
    const json_t *comments = demo_list(story, "comments");
    for (size_t i = 0; i < json_array_size(proposals); i++) {
        const json_t *proposal = json_array_get(proposals, i);
        uint64_t created_ms = demo_time(story, json_object_get(proposal, "created"));
        plan_text(story, proposal, created_ms);
        plan_translations(story, proposal, created_ms);
        plan_steps(story, proposal, created_ms);
    }
    for (size_t i = 0; i < json_array_size(comments); i++) {
        const json_t *comment = json_array_get(comments, i);
        uint64_t posted_ms = demo_time(story, json_object_get(comment, "posted"));
        plan_post(story, comment, posted_ms);
        plan_reactions(story, comment, posted_ms);
        plan_removal(story, comment);
    }
}
