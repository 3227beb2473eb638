/* To-dos: a result somebody expects, where it comes from, and who said yes.
 *
 *   free ──take──▶ taken ──▶ done          naming another person asks them; one's own yes takes it
 *    └──▶ asked ──answer yes──▶ taken      "no" needs no reason; the last "no" frees it
 *   free, asked, taken ──▶ dropped (reason) ──▶ free;  done ──▶ taken;  taken ──▶ free (given back)
 *
 * The steps and who may take them are data (`task_steps`), and so is where a to-do may come from (`task_origins`). Here
 * are making one and the steps; texts, checklist and asking are in task_edit.c, lists in task_read.c, tables in
 * task_shape.c. Events carry the state they lead to, so apply computes nothing but the lists of people, the indexes, and
 * the progress shown by the decision and by the cards of its proposals.
 * Invariant: free = nobody said yes and nobody is asked; taken and done have at least one assignee. */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"
#include "assembly/task.h"
#include "base/fatal.h"
#include "ledger/record.h"

/* ---- states ---- */

const char *const task_state_words[] = {"free", "asked", "taken", "done", "dropped", NULL};

const char *task_state_word(enum task_state state)
{
    assert_always(state > TASK_NONE && state < TASK_STATES);
    return task_state_words[state - 1];
}

enum task_state task_state_find(struct slice word)
{
    for (unsigned i = 0; task_state_words[i] != NULL; i++) {
        if (slice_equal(slice_text(task_state_words[i]), word)) {
            return (enum task_state)(i + 1);
        }
    }
    return TASK_NONE;
}

const struct task_step task_steps[] = {
    {TASK_FREE, TASK_TAKEN, TASK_BY_TAKE, TASK_ANY_MEMBER, false},
    {TASK_FREE, TASK_ASKED, TASK_BY_MARK, TASK_MAKER | TASK_FACILITATOR, false},
    {TASK_ASKED, TASK_TAKEN, TASK_BY_ANSWER, TASK_ASKED_PERSON, false},
    {TASK_ASKED, TASK_FREE, TASK_BY_ANSWER, TASK_ASKED_PERSON, false},
    {TASK_TAKEN, TASK_FREE, TASK_BY_MARK, TASK_ASSIGNEE, false},
    {TASK_TAKEN, TASK_DONE, TASK_BY_MARK, TASK_ASSIGNEE, false},
    {TASK_DONE, TASK_TAKEN, TASK_BY_MARK, TASK_ASSIGNEE, false},
    {TASK_FREE, TASK_DROPPED, TASK_BY_MARK, TASK_MAKER | TASK_FACILITATOR, true},
    {TASK_ASKED, TASK_DROPPED, TASK_BY_MARK, TASK_MAKER | TASK_FACILITATOR, true},
    {TASK_TAKEN, TASK_DROPPED, TASK_BY_MARK, TASK_MAKER | TASK_FACILITATOR, true},
    {TASK_DROPPED, TASK_FREE, TASK_BY_MARK, TASK_MAKER | TASK_FACILITATOR, false},
    {TASK_NONE, TASK_NONE, TASK_BY_MARK, 0, false},
};

const struct task_step *task_step_find(enum task_state from, enum task_state to, enum task_way way)
{
    for (const struct task_step *step = task_steps; step->from != TASK_NONE; step++) {
        if (step->from == from && step->to == to && step->way == way) {
            return step;
        }
    }
    return NULL;
}

enum task_state task_state_of(const json_t *task)
{
    return task_state_find(json_get_text(task, "state"));
}

unsigned task_relations(const struct request *request, const json_t *task, struct id member)
{
    bool own = id_equal(member, request->caller.member);
    unsigned who = own && request_is(request, WHO_FACILITATOR) ? TASK_FACILITATOR : 0;
    who |= !own || request_is(request, WHO_MEMBER) ? TASK_ANY_MEMBER : 0;
    who |=
        id_equal(json_get_id(json_object_get(task, "created_by"), "id"), member) ? TASK_MAKER : 0;
    who |= people_have(json_object_get(task, "assignees"), member) ? TASK_ASSIGNEE : 0;
    who |= people_have(json_object_get(task, "asked"), member) ? TASK_ASKED_PERSON : 0;
    return who;
}

/* ---- where it comes from ---- */

const struct task_origin task_origins[] = {
    {"decision", DOCUMENT_DECISION, DOCUMENT_DECISION, NUMBER_DECISION, TOPIC_DECISION,
     ERROR_DECISION_UNKNOWN},
    {"proposal", DOCUMENT_PROPOSAL, DOCUMENT_PROPOSAL_CARD, NUMBER_PROPOSAL, TOPIC_PROPOSAL,
     ERROR_PROPOSAL_UNKNOWN},
    {"meeting", DOCUMENT_MEETING, DOCUMENT_MEETING, NUMBER_MEETING, TOPIC_MEETING,
     ERROR_MEETING_UNKNOWN},
    {NULL, 0, 0, 0, 0, ERROR_NONE},
};
const char *const task_origin_words[] = {"decision", "proposal", "meeting", NULL};

const struct task_origin *task_origin_of(const json_t *from)
{
    const struct task_origin *origin = task_origins;
    while (origin->word != NULL &&
           !slice_equal(json_get_text(from, "kind"), slice_text(origin->word))) {
        origin++;
    }
    return origin->word == NULL ? NULL : origin;
}

enum error task_source(struct request *request, const json_t *from, struct id *id)
{
    const struct task_origin *origin = task_origin_of(from);
    assert_always(origin != NULL); /* one of task_origin_words: the shape was checked */
    *id = reference_find(request_txn(request), json_get_text(from, "id"), origin->number);
    return !id_is_none(*id) && document_exists(request_txn(request), origin->document, *id)
               ? ERROR_NONE
               : request_fault(request, "from", origin->unknown);
}

/* ---- handlers: tools ---- */

enum error task_find(struct request *request, struct id *id, json_t **task)
{
    *id = request_ref(request, "id", NUMBER_TASK);
    *task = id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_TASK, *id);
    return *task == NULL ? request_fault(request, "id", ERROR_TASK_UNKNOWN) : ERROR_NONE;
}

json_t *task_event(const char *what, struct id id)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    return event;
}

void task_put_step(json_t *event, enum task_state from, enum task_state to)
{
    json_put(event, "from", json_text(slice_text(task_state_word(from))));
    json_put(event, "to", json_text(slice_text(task_state_word(to))));
}

void task_emit(struct request *request, json_t *event)
{
    request_emit_json(request, EVENT_TASK, event);
    member_wake(request);
}

/* The first to-do of an adopted proposal that somebody says yes to puts it under way. */
static void start_proposals(struct request *request, const json_t *proposals)
{
    size_t i;
    json_t *item;
    struct id none = {{0}};
    json_array_foreach(proposals, i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(slice_of(json_string_value(item), json_string_length(item)), &id));
        if (proposal_state(request_txn(request), id) == PROPOSAL_ADOPTED) {
            proposal_emit_mark(request, id, PROPOSAL_IN_PROGRESS, NULL, none);
        }
    }
}

json_t *task_proposals_from(struct store_txn *txn, struct slice kind, struct id id)
{
    json_t *ids = json_array();
    if (slice_equal(kind, slice_text("proposal"))) {
        json_array_append_new(ids, json_id(id));
        return ids;
    }
    size_t i;
    json_t *item;
    json_t *decision = document_load(txn, DOCUMENT_DECISION, id);
    json_array_foreach(json_object_get(decision, "proposals"), i, item)
    {
        json_array_append_new(ids, json_id(json_get_id(item, "id")));
    }
    json_decref(decision);
    return ids;
}

static json_t *proposals_of_task(struct store_txn *txn, const json_t *task)
{
    const json_t *from = json_object_get(task, "from");
    return task_proposals_from(txn, json_get_text(from, "kind"), json_get_id(from, "id"));
}

/* ---- task.create ---- */

/* Somebody who may be asked: active or dormant, no observer. */
static enum error check_person(struct request *request, const char *field, struct id member)
{
    struct record_member record;
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, field, ERROR_MEMBER_UNKNOWN);
    }
    bool here = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    return here && (record.roles & ROLE_OBSERVER) == 0
               ? ERROR_NONE
               : request_fault(request, field, ERROR_MEMBER_BAD_STATE);
}

enum error task_sort_people(struct request *request, const char *field, const json_t *people,
                            json_t *said_yes, json_t *asked)
{
    size_t i;
    json_t *item;
    json_array_foreach(people, i, item)
    {
        struct slice text = slice_of(json_string_value(item), json_string_length(item));
        struct id member = reference_find(request_txn(request), text, NUMBER_MEMBER);
        enum error error = check_person(request, field, member);
        if (error != ERROR_NONE) {
            return error;
        }
        json_t *list = id_equal(member, request->caller.member) ? said_yes : asked;
        if (ids_have(list, member)) {
            return request_fault(request, field, ERROR_INPUT_BAD_VALUE);
        }
        json_array_append_new(list, json_id(member));
    }
    return ERROR_NONE;
}

/* The meeting it was given out in, and the item of its agenda. */
static enum error put_meeting(struct request *request, struct id id, struct id item, json_t *event)
{
    json_t *meeting = document_load(request_txn(request), DOCUMENT_MEETING, id);
    bool known = id_is_none(item) || people_have(json_object_get(meeting, "agenda"), item);
    json_decref(meeting);
    if (!known) {
        return request_fault(request, "item", ERROR_MEETING_BAD_AGENDA);
    }
    json_t *reference = json_object();
    json_put(reference, "id", json_id(id));
    json_put(reference, "item", id_is_none(item) ? NULL : json_id(item));
    json_put(event, "meeting", reference);
    return ERROR_NONE;
}

/* {"kind","id"} of what it comes from, and the proposals it helps to realise. */
static enum error find_source(struct request *request, const json_t *wanted, json_t *event)
{
    const json_t *from = json_object_get(wanted, "from");
    bool meeting = slice_equal(json_get_text(from, "kind"), slice_text("meeting"));
    struct id id, item = json_get_id(from, "item");
    enum error error = task_source(request, from, &id);
    if (error == ERROR_NONE && !meeting && !id_is_none(item)) {
        error = request_fault(request, "from", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE) {
        json_t *source = json_object();
        json_put(source, "kind", json_text(json_get_text(from, "kind")));
        json_put(source, "id", json_id(id));
        json_put(event, "from", source);
        json_put(event, "proposals",
                 task_proposals_from(request_txn(request), json_get_text(from, "kind"), id));
        const json_t *in = json_object_get(wanted, "meeting");
        error = meeting ? put_meeting(request, id, item, event)
                : in != NULL
                    ? put_meeting(request, json_get_id(in, "id"), json_get_id(in, "item"), event)
                    : ERROR_NONE;
    }
    return error;
}

/* Themes of the first proposal it comes from, unless some were chosen. */
static void put_themes(struct request *request, const json_t *wanted, json_t *event)
{
    static const char *const themes[] = {"themes", NULL};
    if (json_object_get(wanted, "themes") != NULL) {
        fields_copy(event, wanted, themes);
        return;
    }
    const json_t *first = json_array_get(json_object_get(event, "proposals"), 0);
    struct id id = {{0}};
    if (first != NULL &&
        id_parse(slice_of(json_string_value(first), json_string_length(first)), &id)) {
        json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
        fields_copy(event, card, themes);
        json_decref(card);
    }
}

static enum error make_task(struct request *request, const json_t *wanted, json_t *event)
{
    static const char *const copied[] = {"id",  "language",     "title",     "result", "quality",
                                         "due", "effort_hours", "checklist", NULL};
    json_t *said_yes = json_array(), *asked = json_array();
    fields_copy(event, wanted, copied);
    json_put(event, "number", json_number(number_next(request_txn(request), NUMBER_TASK)));
    json_put(event, "assignees", said_yes);
    json_put(event, "asked", asked);
    enum error error = find_source(request, wanted, event);
    if (error == ERROR_NONE) {
        put_themes(request, wanted, event);
        error = task_sort_people(request, "assignees", json_object_get(wanted, "assignees"),
                                 said_yes, asked);
    }
    enum task_state state = json_array_size(said_yes) > 0 ? TASK_TAKEN
                            : json_array_size(asked) > 0  ? TASK_ASKED
                                                          : TASK_FREE;
    json_put(event, "state", json_text(slice_text(task_state_word(state))));
    return error;
}

enum error task_make(struct request *request, const json_t *wanted)
{
    if (document_exists(request_txn(request), DOCUMENT_TASK, json_get_id(wanted, "id"))) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    json_t *event = event_new("created");
    enum error error = make_task(request, wanted, event);
    if (error != ERROR_NONE) {
        json_decref(event);
        return error;
    }
    if (json_array_size(json_object_get(event, "assignees")) > 0) {
        json_t *proposals = json_deep_copy(json_object_get(event, "proposals"));
        task_emit(request, event);
        start_proposals(request, proposals);
        json_decref(proposals);
    } else {
        task_emit(request, event);
    }
    return ERROR_NONE;
}

enum error task_create(struct request *request)
{
    enum error error = task_check_texts(request);
    return error == ERROR_NONE ? task_make(request, request->params) : error;
}

/* ---- task.take, task.answer ---- */

static void say_yes(struct request *request, const json_t *task, struct id member, json_t *event)
{
    json_t *proposals = proposals_of_task(request_txn(request), task);
    json_put(event, "member", json_id(member));
    task_emit(request, event);
    start_proposals(request, proposals);
    json_decref(proposals);
}

/* The to-do, and in whose name the caller acts on it. */
static enum error find_with_member(struct request *request, struct id *id, json_t **task,
                                   struct id *member)
{
    enum error error = task_find(request, id, task);
    if (error == ERROR_NONE) {
        error = member_on_behalf(request, member);
        if (error != ERROR_NONE) {
            json_decref(*task);
        }
    }
    return error;
}

enum error task_take(struct request *request)
{
    struct id id, member;
    json_t *task;
    enum error error = find_with_member(request, &id, &task, &member);
    if (error != ERROR_NONE) {
        return error;
    }
    if (task_step_find(task_state_of(task), TASK_TAKEN, TASK_BY_TAKE) == NULL) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else {
        json_t *event = task_event("taken", id);
        task_put_step(event, TASK_FREE, TASK_TAKEN);
        say_yes(request, task, member, event);
    }
    json_decref(task);
    return error;
}

/* Where an answer leads: a yes takes it; a no frees it when nobody else is asked or said yes. */
static enum task_state after_answer(const json_t *task, bool yes)
{
    enum task_state state = task_state_of(task);
    if (yes) {
        return TASK_TAKEN;
    }
    return state == TASK_ASKED && json_array_size(json_object_get(task, "asked")) <= 1 ? TASK_FREE
                                                                                       : state;
}

enum error task_answer(struct request *request)
{
    struct id id, member;
    json_t *task;
    enum error error = find_with_member(request, &id, &task, &member);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state state = task_state_of(task);
    bool yes = json_get_flag(request->params, "yes");
    if (state != TASK_ASKED && state != TASK_TAKEN) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else if ((task_relations(request, task, member) & TASK_ASKED_PERSON) == 0) {
        error = ERROR_RIGHT_MISSING;
    } else {
        json_t *event = task_event("answered", id);
        task_put_step(event, state, after_answer(task, yes));
        json_put(event, "yes", json_boolean(yes));
        if (yes) {
            say_yes(request, task, member, event);
        } else {
            json_put(event, "member", json_id(member));
            task_emit(request, event);
        }
    }
    json_decref(task);
    return error;
}

/* ---- task.mark ---- */

static enum error check_step(struct request *request, const json_t *task, struct id member,
                             enum task_state to)
{
    const struct task_step *step = task_step_find(task_state_of(task), to, TASK_BY_MARK);
    if (step == NULL) {
        return request_fault(request, "state", ERROR_TASK_BAD_STATE);
    }
    if ((task_relations(request, task, member) & step->who) == 0) {
        return ERROR_RIGHT_MISSING;
    }
    if (step->reason && request_text(request, "reason").size == 0) {
        return request_fault(request, "reason", ERROR_TASK_REASON_NEEDED);
    }
    if ((to == TASK_ASKED) !=
        (json_array_size(json_object_get(request->params, "assignees")) > 0)) {
        return request_fault(request, "assignees",
                             to == TASK_ASKED ? ERROR_INPUT_MISSING_FIELD : ERROR_INPUT_BAD_VALUE);
    }
    return ERROR_NONE;
}

static enum error make_asked(struct request *request, json_t *event)
{
    json_t *said_yes = json_array(), *asked = json_array();
    enum error error = task_sort_people(
        request, "assignees", json_object_get(request->params, "assignees"), said_yes, asked);
    if (error == ERROR_NONE && json_array_size(said_yes) > 0) {
        error = request_fault(request, "assignees",
                              ERROR_INPUT_BAD_VALUE); /* oneself takes, and is not asked */
    }
    json_decref(said_yes);
    json_put(event, "asked", asked);
    return error;
}

/* Given back by one of several, it stays taken by the others; by the last one, it is put to those who are asked. */
static enum task_state after_mark(const json_t *task, enum task_state to)
{
    if (task_state_of(task) != TASK_TAKEN || to != TASK_FREE) {
        return to;
    }
    return json_array_size(json_object_get(task, "assignees")) > 1 ? TASK_TAKEN
           : json_array_size(json_object_get(task, "asked")) > 0   ? TASK_ASKED
                                                                   : TASK_FREE;
}

static enum error make_mark(struct request *request, const json_t *task, struct id member,
                            enum task_state to, json_t *event)
{
    task_put_step(event, task_state_of(task), after_mark(task, to));
    if (task_state_of(task) == TASK_TAKEN && to == TASK_FREE) {
        json_put(event, "member", json_id(member));
    }
    if (request_text(request, "reason").size > 0) {
        json_put(event, "reason", json_text(request_text(request, "reason")));
    }
    return to == TASK_ASKED ? make_asked(request, event) : ERROR_NONE;
}

enum error task_mark(struct request *request)
{
    struct id id, member;
    json_t *task;
    enum error error = find_with_member(request, &id, &task, &member);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state to = task_state_find(request_text(request, "state"));
    error = check_step(request, task, member, to);
    if (error == ERROR_NONE) {
        json_t *event = task_event(to == TASK_ASKED ? "asked" : "marked", id);
        error = make_mark(request, task, member, to, event);
        if (error == ERROR_NONE) {
            task_emit(request, event);
        } else {
            json_decref(event);
        }
    }
    json_decref(task);
    return error;
}

/* ---- task.thank ---- */

/* Others thank those who did it. */
enum error task_thank(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    if (task_state_of(task) != TASK_DONE) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else if ((task_relations(request, task, request->caller.member) & TASK_ASSIGNEE) != 0) {
        error = ERROR_RIGHT_MISSING;
    } else {
        json_t *event = task_event("thanked", id);
        json_put(event, "member", json_id(request->caller.member));
        if (request_text(request, "text").size > 0) {
            json_put(event, "text", json_text(request_text(request, "text")));
        }
        task_emit(request, event);
    }
    json_decref(task);
    return error;
}
