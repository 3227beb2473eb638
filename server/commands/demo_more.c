/* What the demo tells besides demo-organisation.json: demo-more.json, a list of acts, each with who does what when.
 *
 *   {"at": {days, time}, "by": member, "do": method, "params": {…}, "file": {"text"|"base64"}}
 *
 * Parameters are those of the protocol, except that a date stands as {days, time}, and a decision as {"decision_of": vote},
 * since the register gives it its id. An act with a file becomes two: its bytes are received, then attached.
 * Invariant: acts here change no figure that demo-organisation.json expects. Start at demo_plan_more(). */
#include "server/commands/demo_story.h"

#include "base/encoding.h"
#include "base/fatal.h"

static const json_t *acts_of(const struct demo_story *story)
{
    const json_t *acts = json_object_get(story->more, "acts");
    assert_always(json_is_array(acts));
    return acts;
}

/* ---- parameters ---- */

/* The value as the command takes it. New reference. */
static json_t *filled(const struct demo_story *story, json_t *value)
{
    size_t i;
    const char *name;
    json_t *item, *made;
    if (json_object_get(value, "days") != NULL) {
        return json_number(demo_date(story, value));
    }
    if (json_object_get(value, "decision_of") != NULL) {
        return json_id(demo_decision_id(json_get_id(value, "decision_of")));
    }
    if (json_is_array(value)) {
        made = json_array();
        json_array_foreach(value, i, item)
        {
            json_array_append_new(made, filled(story, item));
        }
        return made;
    }
    if (!json_is_object(value)) {
        return json_incref(value);
    }
    made = json_object();
    json_object_foreach(value, name, item)
    {
        json_put(made, name, filled(story, item));
    }
    return made;
}

/* ---- files ---- */

void demo_file_bytes(const json_t *file, struct buffer *bytes)
{
    struct slice coded = json_get_text(file, "base64");
    if (coded.size > 0) {
        assert_always(encoding_from_base64(coded, bytes));
    } else {
        buffer_append_slice(bytes, json_get_text(file, "text"));
    }
}

static void plan_received(struct demo_story *story, uint64_t at_ms, const json_t *told,
                          json_t *params)
{
    struct buffer bytes, digits;
    const json_t *file = json_object_get(told, "file");
    buffer_init(&bytes, DEMO_FILE_MAX);
    buffer_init(&digits, 2 * HASH_SIZE);
    demo_file_bytes(file, &bytes);
    struct hash hash = crypto_hash(buffer_slice(&bytes));
    encoding_hex(&digits, hash_slice(&hash));
    json_put(params, "sha256", json_text(buffer_slice(&digits)));
    json_t *received = json_object();
    json_put(received, "member", json_incref(json_object_get(told, "by")));
    struct caller server = {.kind = CALLER_SYSTEM};
    struct demo_act *act = demo_act_add(story, at_ms, server, "file.received", received);
    act->need = NEED_BYTES;
    act->file = file;
    buffer_free(&digits);
    buffer_free(&bytes);
}

void demo_plan_more(struct demo_story *story)
{
    const json_t *acts = acts_of(story);
    for (size_t i = 0; i < json_array_size(acts); i++) {
        const json_t *told = json_array_get(acts, i);
        uint64_t at_ms = demo_time(story, json_object_get(told, "at"));
        json_t *params = filled(story, json_object_get(told, "params"));
        if (json_object_get(told, "file") != NULL) {
            plan_received(story, at_ms, told, params);
        }
        demo_act_add(story, at_ms, demo_as_text(json_object_get(told, "by")),
                     json_string_value(json_object_get(told, "do")), params);
    }
}

size_t demo_more_count(const struct demo_story *story, const char *method, const char *on)
{
    size_t count = 0;
    const json_t *acts = acts_of(story);
    for (size_t i = 0; i < json_array_size(acts); i++) {
        const json_t *told = json_array_get(acts, i);
        const json_t *thing = json_object_get(json_object_get(told, "params"), "on");
        count += slice_equal(json_get_text(told, "do"), slice_text(method)) &&
                 (on == NULL || slice_equal(json_get_text(thing, "kind"), slice_text(on)));
    }
    return count;
}
