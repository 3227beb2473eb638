/* To-dos: a result somebody expects, where it comes from, and who said yes.
 *
 *   free ──take──▶ taken ──▶ done          naming another person asks them; one's own yes takes it
 *    └──▶ asked ──answer yes──▶ taken      "no" needs no reason; the last "no" frees it
 *   free, asked, taken ──▶ dropped (reason) ──▶ free;  done ──▶ taken;  taken ──▶ free (given back)
 *
 * The steps and who may take them are data (`steps`). Events carry the state they lead to, so apply computes nothing but
 * the lists of people, the indexes, and the progress shown by the decision and by the cards of its proposals.
 * Invariant: free = nobody said yes and nobody is asked; taken and done have at least one assignee. */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"
#include "assembly/task.h"
#include "base/fatal.h"
#include "ledger/record.h"

enum {
    TITLE_MAX = 160,   /* characters */
    RESULT_MAX = 4000, /* bytes */
    REASON_MAX = 4000,
    THANKS_MAX = 4000,
    ASSIGNEES_MAX = 20,
    TASK_SCAN_MAX = 2000,
};

/* ---- states ---- */

static const char *const state_words[] = {"free", "asked", "taken", "done", "dropped", NULL};

const char *task_state_word(enum task_state state)
{
    assert_always(state > TASK_NONE && state < TASK_STATES);
    return state_words[state - 1];
}

enum task_state task_state_find(struct slice word)
{
    for (unsigned i = 0; state_words[i] != NULL; i++) {
        if (slice_equal(slice_text(state_words[i]), word)) {
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

static enum task_state state_of(const json_t *task)
{
    return task_state_find(json_get_text(task, "state"));
}

/* The caller's relations to the to-do. */
static unsigned relations(const struct request *request, const json_t *task)
{
    struct id caller = request->caller.member;
    unsigned who = request_is(request, WHO_FACILITATOR) ? TASK_FACILITATOR : 0;
    who |= request_is(request, WHO_MEMBER) ? TASK_ANY_MEMBER : 0;
    who |=
        id_equal(json_get_id(json_object_get(task, "created_by"), "id"), caller) ? TASK_MAKER : 0;
    who |= people_have(json_object_get(task, "assignees"), caller) ? TASK_ASSIGNEE : 0;
    who |= people_have(json_object_get(task, "asked"), caller) ? TASK_ASKED_PERSON : 0;
    return who;
}

/* ---- handlers: tools ---- */

static enum error task_find(struct request *request, struct id *id, json_t **task)
{
    *id = request_ref(request, "id", NUMBER_TASK);
    *task = id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_TASK, *id);
    return *task == NULL ? request_fault(request, "id", ERROR_TASK_UNKNOWN) : ERROR_NONE;
}

static json_t *event_of(const char *what, struct id id)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    return event;
}

static void put_step(json_t *event, enum task_state from, enum task_state to)
{
    json_put(event, "from", json_text(slice_text(task_state_word(from))));
    json_put(event, "to", json_text(slice_text(task_state_word(to))));
}

static void emit(struct request *request, json_t *event)
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

/* Ids of the proposals that a decision or a proposal stands for. New reference. */
static json_t *proposals_from(struct store_txn *txn, struct slice kind, struct id id)
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
    return proposals_from(txn, json_get_text(from, "kind"), json_get_id(from, "id"));
}

/* ---- task.create ---- */

/* Somebody who may be asked: active or dormant, no observer. */
static enum error check_person(struct request *request, struct id member)
{
    struct record_member record;
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, "assignees", ERROR_MEMBER_UNKNOWN);
    }
    bool here = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    return here && (record.roles & ROLE_OBSERVER) == 0
               ? ERROR_NONE
               : request_fault(request, "assignees", ERROR_MEMBER_BAD_STATE);
}

/* Sorts the people named into who said yes (oneself) and who is asked. */
static enum error sort_people(struct request *request, json_t *said_yes, json_t *asked)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(request->params, "assignees"), i, item)
    {
        struct slice text = slice_of(json_string_value(item), json_string_length(item));
        struct id member = reference_find(request_txn(request), text, NUMBER_MEMBER);
        enum error error = check_person(request, member);
        if (error != ERROR_NONE) {
            return error;
        }
        json_t *list = id_equal(member, request->caller.member) ? said_yes : asked;
        if (ids_have(list, member)) {
            return request_fault(request, "assignees", ERROR_INPUT_BAD_VALUE);
        }
        json_array_append_new(list, json_id(member));
    }
    return ERROR_NONE;
}

/* {"kind","id"} of the decision or proposal it comes from. */
static enum error find_source(struct request *request, json_t *event)
{
    const json_t *from = json_object_get(request->params, "from");
    struct slice kind = json_get_text(from, "kind");
    bool decision = slice_equal(kind, slice_text("decision"));
    struct id id = reference_find(request_txn(request), json_get_text(from, "id"),
                                  decision ? NUMBER_DECISION : NUMBER_PROPOSAL);
    if (id_is_none(id) || !document_exists(request_txn(request),
                                           decision ? DOCUMENT_DECISION : DOCUMENT_PROPOSAL, id)) {
        return request_fault(request, "from",
                             decision ? ERROR_DECISION_UNKNOWN : ERROR_PROPOSAL_UNKNOWN);
    }
    json_t *source = json_object();
    json_put(source, "kind", json_text(kind));
    json_put(source, "id", json_id(id));
    json_put(event, "from", source);
    json_put(event, "proposals", proposals_from(request_txn(request), kind, id));
    return ERROR_NONE;
}

static enum error make_task(struct request *request, json_t *event)
{
    static const char *const copied[] = {"id", "language", "title", "result", "due", NULL};
    json_t *said_yes = json_array(), *asked = json_array();
    fields_copy(event, request->params, copied);
    json_put(event, "number", json_number(number_next(request_txn(request), NUMBER_TASK)));
    json_put(event, "assignees", said_yes);
    json_put(event, "asked", asked);
    enum error error = find_source(request, event);
    if (error == ERROR_NONE) {
        error = sort_people(request, said_yes, asked);
    }
    enum task_state state = json_array_size(said_yes) > 0 ? TASK_TAKEN
                            : json_array_size(asked) > 0  ? TASK_ASKED
                                                          : TASK_FREE;
    json_put(event, "state", json_text(slice_text(task_state_word(state))));
    return error;
}

static enum error create(struct request *request)
{
    if (document_exists(request_txn(request), DOCUMENT_TASK, request_id(request, "id"))) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    json_t *event = event_new("created");
    enum error error = make_task(request, event);
    if (error != ERROR_NONE) {
        json_decref(event);
        return error;
    }
    if (json_array_size(json_object_get(event, "assignees")) > 0) {
        json_t *proposals = json_deep_copy(json_object_get(event, "proposals"));
        emit(request, event);
        start_proposals(request, proposals);
        json_decref(proposals);
    } else {
        emit(request, event);
    }
    return ERROR_NONE;
}

/* ---- task.take, task.answer ---- */

static void say_yes(struct request *request, const json_t *task, json_t *event)
{
    json_t *proposals = proposals_of_task(request_txn(request), task);
    json_put(event, "member", json_id(request->caller.member));
    emit(request, event);
    start_proposals(request, proposals);
    json_decref(proposals);
}

static enum error take(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    if (task_step_find(state_of(task), TASK_TAKEN, TASK_BY_TAKE) == NULL) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else {
        json_t *event = event_of("taken", id);
        put_step(event, TASK_FREE, TASK_TAKEN);
        say_yes(request, task, event);
    }
    json_decref(task);
    return error;
}

/* Where an answer leads: a yes takes it; a no frees it when nobody else is asked or said yes. */
static enum task_state after_answer(const json_t *task, bool yes)
{
    enum task_state state = state_of(task);
    if (yes) {
        return TASK_TAKEN;
    }
    return state == TASK_ASKED && json_array_size(json_object_get(task, "asked")) <= 1 ? TASK_FREE
                                                                                       : state;
}

static enum error answer(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state state = state_of(task);
    bool yes = json_get_flag(request->params, "yes");
    if (state != TASK_ASKED && state != TASK_TAKEN) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else if ((relations(request, task) & TASK_ASKED_PERSON) == 0) {
        error = ERROR_RIGHT_MISSING;
    } else {
        json_t *event = event_of("answered", id);
        put_step(event, state, after_answer(task, yes));
        json_put(event, "yes", json_boolean(yes));
        if (yes) {
            say_yes(request, task, event);
        } else {
            json_put(event, "member", json_id(request->caller.member));
            emit(request, event);
        }
    }
    json_decref(task);
    return error;
}

/* ---- task.mark ---- */

static enum error check_step(struct request *request, const json_t *task, enum task_state to)
{
    const struct task_step *step = task_step_find(state_of(task), to, TASK_BY_MARK);
    if (step == NULL) {
        return request_fault(request, "state", ERROR_TASK_BAD_STATE);
    }
    if ((relations(request, task) & step->who) == 0) {
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
    enum error error = sort_people(request, said_yes, asked);
    if (error == ERROR_NONE && json_array_size(said_yes) > 0) {
        error = request_fault(request, "assignees",
                              ERROR_INPUT_BAD_VALUE); /* oneself takes, and is not asked */
    }
    json_decref(said_yes);
    json_put(event, "asked", asked);
    return error;
}

/* Given back by one of several, it stays taken by the others. */
static enum task_state after_mark(const json_t *task, enum task_state to)
{
    return state_of(task) == TASK_TAKEN && to == TASK_FREE &&
                   json_array_size(json_object_get(task, "assignees")) > 1
               ? TASK_TAKEN
               : to;
}

static enum error make_mark(struct request *request, const json_t *task, enum task_state to,
                            json_t *event)
{
    put_step(event, state_of(task), after_mark(task, to));
    if (state_of(task) == TASK_TAKEN && to == TASK_FREE) {
        json_put(event, "member", json_id(request->caller.member));
    }
    if (request_text(request, "reason").size > 0) {
        json_put(event, "reason", json_text(request_text(request, "reason")));
    }
    return to == TASK_ASKED ? make_asked(request, event) : ERROR_NONE;
}

static enum error mark(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state to = task_state_find(request_text(request, "state"));
    error = check_step(request, task, to);
    if (error == ERROR_NONE) {
        json_t *event = event_of(to == TASK_ASKED ? "asked" : "marked", id);
        error = make_mark(request, task, to, event);
        if (error == ERROR_NONE) {
            emit(request, event);
        } else {
            json_decref(event);
        }
    }
    json_decref(task);
    return error;
}

/* ---- task.thank ---- */

/* Others thank those who did it. */
static enum error thank(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    if (state_of(task) != TASK_DONE) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else if ((relations(request, task) & TASK_ASSIGNEE) != 0) {
        error = ERROR_RIGHT_MISSING;
    } else {
        json_t *event = event_of("thanked", id);
        json_put(event, "member", json_id(request->caller.member));
        if (request_text(request, "text").size > 0) {
            json_put(event, "text", json_text(request_text(request, "text")));
        }
        emit(request, event);
    }
    json_decref(task);
    return error;
}

/* ---- reading ---- */

static bool is_overdue(const json_t *task, uint64_t now_ms)
{
    enum task_state state = state_of(task);
    int64_t due = json_get_integer(task, "due_ms");
    return due != 0 && (uint64_t)due < now_ms && state != TASK_DONE && state != TASK_DROPPED;
}

static bool keep(const struct request *request, const json_t *task)
{
    struct id caller = request->caller.member;
    bool mine = people_have(json_object_get(task, "assignees"), caller) ||
                people_have(json_object_get(task, "asked"), caller);
    return (!json_get_flag(request->params, "mine") || mine) &&
           (!json_get_flag(request->params, "free") || state_of(task) == TASK_FREE) &&
           (!json_get_flag(request->params, "overdue") || is_overdue(task, request->now_ms));
}

static enum error list(struct request *request)
{
    struct index_key key = index_key(INDEX_TASK_BY_NUMBER);
    if (json_get_flag(request->params, "mine")) {
        key = index_key(INDEX_TASK_OF_MEMBER);
        index_key_id(&key, request->caller.member);
    } else if (json_get_flag(request->params, "overdue")) {
        key = index_key(INDEX_TASK_BY_DUE);
    } else if (json_get_flag(request->params, "free")) {
        key = index_key(INDEX_TASK_FREE);
    }
    return request_answer_list(request, index_key_slice(&key), DOCUMENT_TASK, keep, TASK_SCAN_MAX);
}

static enum error get(struct request *request)
{
    return request_answer_document(request, DOCUMENT_TASK, request_ref(request, "id", NUMBER_TASK),
                                   ERROR_TASK_UNKNOWN);
}

/* ---- tables ---- */

static const char *const source_words[] = {"decision", "proposal", NULL};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field assignee = {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER};
static const struct field source_params[] = {
    {.name = "kind", .type = FIELD_WORD, .words = source_words},
    {.name = "id", .type = FIELD_LINE, .max = 40, .summary = "UUID or number"},
    {0},
};
static const struct field create_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the to-do, made by the client"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = TITLE_MAX},
    {.name = "result", .type = FIELD_TEXT, .max = RESULT_MAX, .summary = "what is expected"},
    {.name = "due", .type = FIELD_TIME, .optional = true},
    {.name = "from", .type = FIELD_OBJECT, .fields = source_params},
    {.name = "assignees",
     .type = FIELD_LIST,
     .item = &assignee,
     .max = ASSIGNEES_MAX,
     .optional = true,
     .summary = "oneself takes it, others are asked"},
    {0},
};
static const struct field id_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {0},
};
static const struct field answer_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "yes", .type = FIELD_FLAG},
    {0},
};
static const struct field mark_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = REASON_MAX,
     .optional = true,
     .summary = "needed to drop it"},
    {.name = "assignees",
     .type = FIELD_LIST,
     .item = &assignee,
     .max = ASSIGNEES_MAX,
     .optional = true,
     .summary = "whom to ask, for state asked"},
    {0},
};
static const struct field thank_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "text", .type = FIELD_TEXT, .max = THANKS_MAX, .optional = true},
    {0},
};
static const struct field list_params[] = {
    {.name = "mine", .type = FIELD_FLAG, .optional = true},
    {.name = "free", .type = FIELD_FLAG, .optional = true},
    {.name = "overdue", .type = FIELD_FLAG, .optional = true},
    {.name = "after", .type = FIELD_LINE, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field item = {.name = "task", .type = FIELD_ANY, .document = DOCUMENT_TASK};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &item, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_TASK},
    {0},
};
static const struct field source_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = source_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number",
     .type = FIELD_ANY,
     .summary = "a proposal's number, or a decision's \"2026-003\""},
    {.name = "title", .type = FIELD_LINE, .max = TITLE_MAX, .optional = true},
    {0},
};
static const struct field thanks_fields[] = {
    {.name = "by", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "text", .type = FIELD_TEXT, .max = THANKS_MAX, .optional = true},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field thanks = {
    .name = "thanks", .type = FIELD_OBJECT, .fields = thanks_fields};
static const struct field history_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "from", .type = FIELD_WORD, .words = state_words},
    {.name = "to", .type = FIELD_WORD, .words = state_words},
    {.name = "by", .type = FIELD_BY},
    {.name = "reason", .type = FIELD_TEXT, .max = REASON_MAX, .optional = true},
    {0},
};
static const struct field history = {
    .name = "step", .type = FIELD_OBJECT, .fields = history_fields};
static const struct field task_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = TITLE_MAX},
    {.name = "result", .type = FIELD_TEXT, .max = RESULT_MAX},
    {.name = "due_ms", .type = FIELD_TIME, .optional = true},
    {.name = "from", .type = FIELD_OBJECT, .fields = source_fields},
    {.name = "proposal",
     .type = FIELD_ID,
     .optional = true,
     .summary = "the proposal it helps to realise"},
    {.name = "created_by", .type = FIELD_BY},
    {.name = "created_ms", .type = FIELD_TIME},
    {.name = "assignees", .type = FIELD_LIST, .item = &person, .max = 1000},
    {.name = "asked", .type = FIELD_LIST, .item = &person, .max = 1000},
    {.name = "done_ms", .type = FIELD_TIME, .optional = true},
    {.name = "thanks", .type = FIELD_LIST, .item = &thanks, .max = 100000},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = REASON_MAX,
     .optional = true,
     .summary = "why it was dropped"},
    {.name = "history", .type = FIELD_LIST, .item = &history, .max = HISTORY_MAX},
    {0},
};

static const enum error create_errors[] = {
    ERROR_DECISION_UNKNOWN,
    ERROR_PROPOSAL_UNKNOWN,
    ERROR_MEMBER_UNKNOWN,
    ERROR_MEMBER_BAD_STATE,
    ERROR_NONE,
};
static const enum error step_errors[] = {ERROR_TASK_UNKNOWN, ERROR_TASK_BAD_STATE, ERROR_NONE};
static const enum error mark_errors[] = {
    ERROR_TASK_UNKNOWN,   ERROR_TASK_BAD_STATE,   ERROR_TASK_REASON_NEEDED,
    ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE, ERROR_NONE,
};
static const enum error get_errors[] = {ERROR_TASK_UNKNOWN, ERROR_NONE};

static const struct command commands[] = {
    {.method = "task.create",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = create_params,
     .handle = create,
     .creates = DOCUMENT_TASK,
     .errors = create_errors,
     .summary = "A to-do from a decision or a proposal",
     .example =
         "{\"id\":\"0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b21\",\"language\":\"en\",\"title\":\"Buy "
         "paint\","
         "\"result\":\"10 litres, white\",\"from\":{\"kind\":\"decision\",\"id\":\"2026-003\"}}"},
    {.method = "task.take",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = take,
     .errors = step_errors,
     .summary = "Take a free to-do",
     .example = "{\"id\":\"5\"}"},
    {.method = "task.answer",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = answer_params,
     .handle = answer,
     .errors = step_errors,
     .summary = "Say yes or no when asked",
     .example = "{\"id\":\"5\",\"yes\":true}"},
    {.method = "task.mark",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = mark_params,
     .handle = mark,
     .errors = mark_errors,
     .summary =
         "Give back (free), ask (asked), finish (done), undo (taken), drop (dropped) or free again",
     .example = "{\"id\":\"5\",\"state\":\"done\"}"},
    {.method = "task.thank",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = thank_params,
     .handle = thank,
     .errors = step_errors,
     .summary = "Thank those who did it",
     .example = "{\"id\":\"5\",\"text\":\"Merci\"}"},
    {.method = "task.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "To-dos: mine, free, overdue, or all, newest first",
     .example = "{\"free\":true,\"limit\":20}"},
    {.method = "task.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = id_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One to-do",
     .example = "{\"id\":\"5\"}"},
    {0},
};
static const struct applies applies[] = {{EVENT_TASK, task_apply}, {0}};
static const struct document_shape documents[] = {{DOCUMENT_TASK, "task", task_fields}, {0}};
static const struct topic_shape topics[] = {
    {.code = TOPIC_TASKS, .name = "tasks", .readers = WHO_READERS, .windowed = true},
    {.code = TOPIC_TASK,
     .name = "task",
     .has_id = true,
     .number = NUMBER_TASK,
     .readers = WHO_READERS},
    {0},
};

const struct concept concept_task = {.name = "task",
                                     .commands = commands,
                                     .applies = applies,
                                     .documents = documents,
                                     .topics = topics};
