/* To-dos given out in a meeting by typing one line (task_line.c), and what such a line would mean.
 *
 * Names are looked for as after "@" in a text: each word typed begins a word of the name; who has those very words goes
 * before who only begins with them. A line is refused while a name means several people or nobody, and nothing is made: the
 * caller asks task.parse whom it may mean and sends the line again with `members`. A date is that day at 20:00, as the pages
 * have it. Members give themselves a to-do; others are asked by who leads the meeting or looks after its door. Start at
 * task_quick(). */
#include "assembly/comment.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/task.h"
#include "assembly/task_line.h"
#include "base/fatal.h"
#include "base/fold.h"
#include "base/utf8.h"

enum { DUE_HOUR = 20 };

/* ---- names ---- */

static bool has_word(struct slice name, const struct fold_word *wanted)
{
    struct fold_reader reader = fold_reader_of(name);
    struct fold_word word;
    while (fold_next(&reader, &word)) {
        if (slice_equal(slice_of(word.text, word.size), slice_of(wanted->text, wanted->size))) {
            return true;
        }
    }
    return false;
}

/* Each word typed is a whole word of the name. */
static bool has_words(const json_t *person, struct slice typed)
{
    struct fold_reader reader = fold_reader_of(typed);
    struct fold_word word;
    while (fold_next(&reader, &word)) {
        if (!has_word(json_get_text(person, "name"), &word)) {
            return false;
        }
    }
    return true;
}

/* [{"id","name"}] of whom a name may mean. New reference. */
static json_t *candidates(struct request *request, struct slice typed)
{
    static const char *const shown[] = {"id", "name", NULL};
    size_t i;
    json_t *item, *exact = json_array(), *all = json_array();
    json_t *found = mention_members(request, typed);
    json_array_foreach(found, i, item)
    {
        json_t *person = json_object();
        fields_copy(person, item, shown);
        json_array_append(all, person);
        if (has_words(item, typed)) {
            json_array_append(exact, person);
        }
        json_decref(person);
    }
    json_decref(found);
    bool one = json_array_size(exact) == 1;
    json_decref(one ? all : exact);
    return one ? exact : all;
}

/* Ids of the one that each name means, each once. MEMBER_UNKNOWN, TASK_SEVERAL_NAMES. */
static enum error find_named(struct request *request, const struct task_line *read, json_t *ids)
{
    enum error error = ERROR_NONE;
    for (size_t i = 0; i < read->name_count && error == ERROR_NONE; i++) {
        json_t *people = candidates(request, read->names[i]);
        size_t count = json_array_size(people);
        struct id id = json_get_id(json_array_get(people, 0), "id");
        if (count != 1) {
            error = count == 0 ? ERROR_MEMBER_UNKNOWN : ERROR_TASK_SEVERAL_NAMES;
        } else if (!ids_have(ids, id)) {
            json_array_append_new(ids, json_id(id));
        }
        json_decref(people);
    }
    return error == ERROR_NONE ? error : request_fault(request, "line", error);
}

/* ---- the line ---- */

static struct task_line read_line(const struct request *request, struct buffer *title)
{
    buffer_init(title, 4 * TASK_LINE_TEXT_MAX);
    struct calendar_time now = calendar_local(request->now_ms);
    return task_line_read(request_text(request, "line"), now.day, request_text(request, "language"),
                          title);
}

enum error task_parse(struct request *request)
{
    struct buffer title;
    struct task_line read = read_line(request, &title);
    json_t *names = json_array();
    for (size_t i = 0; i < read.name_count; i++) {
        json_t *name = json_object();
        json_put(name, "text", json_text(read.names[i]));
        json_put(name, "members", candidates(request, read.names[i]));
        json_array_append_new(names, name);
    }
    request->result = json_object();
    json_put(request->result, "title", json_text(buffer_slice(&title)));
    json_put(request->result, "due",
             read.has_due ? json_number(calendar_ms(read.due, DUE_HOUR, 0)) : NULL);
    json_put(request->result, "names", names);
    buffer_free(&title);
    return ERROR_NONE;
}

/* ---- task.line ---- */

/* Whom it is for: who was chosen, else who is named; a member who names nobody means themselves. */
static enum error put_people(struct request *request, const struct task_line *read, bool officer,
                             json_t *wanted)
{
    json_t *chosen = json_object_get(request->params, "members");
    json_t *ids = chosen != NULL ? json_deep_copy(chosen) : json_array();
    enum error error = chosen != NULL ? ERROR_NONE : find_named(request, read, ids);
    if (!officer && json_array_size(ids) == 0) {
        json_array_append_new(ids, json_id(request->caller.member));
    }
    const json_t *first = json_array_get(ids, 0);
    bool own =
        json_array_size(ids) == 1 &&
        id_equal(request->caller.member,
                 reference_find(request_txn(request),
                                slice_of(json_string_value(first), json_string_length(first)),
                                NUMBER_MEMBER));
    json_put(wanted, "assignees", ids);
    return error == ERROR_NONE && !officer && !own ? ERROR_RIGHT_MISSING : error;
}

/* What it comes from: the decision, or the meeting itself. */
static enum error put_source(struct request *request, struct id meeting, json_t *wanted)
{
    bool decided = request_has(request, "decision");
    struct id decision = request_ref(request, "decision", NUMBER_DECISION);
    json_t *from = json_object(), *in = json_object();
    json_t *item = json_object_get(request->params, "item");
    json_put(in, "id", json_id(meeting));
    json_put(in, "item", json_incref(item));
    json_put(from, "kind", json_text(slice_text(decided ? "decision" : "meeting")));
    json_put(from, "id", json_id(decided ? decision : meeting));
    json_put(from, "item", decided ? NULL : json_incref(item));
    json_put(wanted, "from", from);
    json_put(wanted, "meeting", in);
    return decided && id_is_none(decision)
               ? request_fault(request, "decision", ERROR_DECISION_UNKNOWN)
               : ERROR_NONE;
}

static enum error put_texts(struct request *request, const struct task_line *read,
                            struct slice title, json_t *wanted)
{
    static const char *const copied[] = {"id", "language", NULL};
    fields_copy(wanted, request->params, copied);
    json_put(wanted, "title", json_text(title));
    json_put(wanted, "result", json_text(slice_text("")));
    if (read->has_due) {
        json_put(wanted, "due", json_number(calendar_ms(read->due, DUE_HOUR, 0)));
    }
    size_t length = utf8_length(title);
    return length == 0               ? request_fault(request, "line", ERROR_INPUT_BAD_VALUE)
           : length > TASK_TITLE_MAX ? request_fault(request, "line", ERROR_INPUT_TOO_BIG)
                                     : ERROR_NONE;
}

static enum error make(struct request *request, struct id id, const json_t *meeting)
{
    struct buffer title;
    json_t *wanted = json_object();
    bool officer = meeting_may_record(request, meeting);
    struct task_line read = read_line(request, &title);
    enum error error = put_texts(request, &read, buffer_slice(&title), wanted);
    if (error == ERROR_NONE) {
        error = put_source(request, id, wanted);
    }
    if (error == ERROR_NONE) {
        error = put_people(request, &read, officer, wanted);
    }
    if (error == ERROR_NONE) {
        error = task_make(request, wanted);
    }
    buffer_free(&title);
    json_decref(wanted);
    return error;
}

enum error task_quick(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_find(request, "meeting", &id, &meeting);
    if (error == ERROR_NONE) {
        error = meeting_is(meeting, "cancelled")
                    ? request_fault(request, "meeting", ERROR_MEETING_BAD_STATE)
                    : make(request, id, meeting);
        json_decref(meeting);
    }
    return error;
}
