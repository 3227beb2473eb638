/* The commands of meetings: what they take and answer, who may call, what they refuse. Data alone: rules are in
 * meeting_plan.c, meeting_agenda.c, meeting_offices.c and meeting_run.c. */
#include "assembly/meeting.h"

enum { ENDS_MAX = 200, REASON_MAX = 4000 };
static const unsigned anybody = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN;

/* ---- parameters ---- */

#define MEETING_ID                                                                                 \
    {                                                                                              \
        .name = "id", .type = FIELD_REF, .number = NUMBER_MEETING                                  \
    }
#define BASE                                                                                       \
    .name = "base", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991),                       \
    .summary = "rev of the meeting that the caller saw: `conflict` when this part has changed "    \
               "since"

static const struct field proposal = {
    .name = "proposal", .type = FIELD_REF, .number = NUMBER_PROPOSAL};
static const struct field poll = {.name = "poll", .type = FIELD_REF, .number = NUMBER_POLL};
static const struct field decision = {
    .name = "decision", .type = FIELD_REF, .number = NUMBER_DECISION};
static const struct field task = {.name = "task", .type = FIELD_REF, .number = NUMBER_TASK};
static const struct field item_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "made by the client; an item keeps its own"},
    {.name = "parent",
     .type = FIELD_ID,
     .optional = true,
     .summary = "an item before it, itself without a parent"},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "item_kind", .type = FIELD_WORD, .words = meeting_item_words},
    {.name = "minutes", .type = FIELD_INTEGER, .max = MEETING_MINUTES_MAX},
    {.name = "proposals",
     .type = FIELD_LIST,
     .item = &proposal,
     .max = MEETING_LINKS_MAX,
     .optional = true},
    {.name = "polls",
     .type = FIELD_LIST,
     .item = &poll,
     .max = MEETING_LINKS_MAX,
     .optional = true},
    {.name = "decisions",
     .type = FIELD_LIST,
     .item = &decision,
     .max = MEETING_LINKS_MAX,
     .optional = true},
    {.name = "tasks",
     .type = FIELD_LIST,
     .item = &task,
     .max = MEETING_LINKS_MAX,
     .optional = true},
    {0},
};
static const struct field item = {.name = "item", .type = FIELD_OBJECT, .fields = item_params};
static const struct field plan_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the meeting, made by the client"},
    {.name = "kind", .type = FIELD_WORD, .words = meeting_kind_words},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "starts", .type = FIELD_TIME, .summary = "nothing starts it by itself"},
    {.name = "minutes", .type = FIELD_INTEGER, .min = 1, .max = MEETING_MINUTES_MAX},
    {.name = "place", .type = FIELD_LABELS, .max = MEETING_PLACE_MAX, .optional = true},
    {.name = "link",
     .type = FIELD_LINE,
     .max = MEETING_LINK_MAX,
     .optional = true,
     .summary = "https: where those who are elsewhere see and hear it"},
    {.name = "remote",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "members may take part from elsewhere"},
    {.name = "procedure", .type = FIELD_TEXTS, .max = MEETING_TEXT_MAX, .optional = true},
    {.name = "group",
     .type = FIELD_REF,
     .number = NUMBER_GROUP,
     .optional = true,
     .summary = "needed for a group's meeting"},
    {.name = "notice_days", .type = FIELD_INTEGER, .max = MEETING_DAYS_MAX, .optional = true},
    {.name = "rule",
     .type = FIELD_LINE,
     .max = 80,
     .optional = true,
     .summary = "a preset, or a rule of the organisation, whose quorum is watched"},
    {.name = "series", .type = FIELD_WORD, .words = meeting_every_words, .optional = true},
    {.name = "template",
     .type = FIELD_LINE,
     .max = 40,
     .optional = true,
     .summary = "ordinary, statutes, working_group, or the id of one that was kept"},
    {.name = "agenda",
     .type = FIELD_LIST,
     .item = &item,
     .max = MEETING_ITEMS_MAX,
     .optional = true,
     .summary = "instead of a template"},
    {.name = "second_of",
     .type = FIELD_REF,
     .number = NUMBER_MEETING,
     .optional = true,
     .summary = "an ended meeting of the same kind that is called again; its agenda is taken over "
                "unless another is given"},
    {0},
};
static const struct field revise_params[] = {
    MEETING_ID,
    {BASE, .optional = true},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX, .optional = true},
    {.name = "starts",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "not of a meeting under way"},
    {.name = "minutes",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = MEETING_MINUTES_MAX,
     .optional = true},
    {.name = "place",
     .type = FIELD_LABELS,
     .max = MEETING_PLACE_MAX,
     .optional = true,
     .nullable = true},
    {.name = "link",
     .type = FIELD_LINE,
     .max = MEETING_LINK_MAX,
     .optional = true,
     .nullable = true},
    {.name = "remote", .type = FIELD_FLAG, .optional = true},
    {.name = "procedure",
     .type = FIELD_TEXTS,
     .max = MEETING_TEXT_MAX,
     .optional = true,
     .nullable = true},
    {.name = "notice_days", .type = FIELD_INTEGER, .max = MEETING_DAYS_MAX, .optional = true},
    {.name = "rule", .type = FIELD_LINE, .max = 80, .optional = true, .nullable = true},
    {.name = "series",
     .type = FIELD_WORD,
     .words = meeting_every_words,
     .optional = true,
     .nullable = true,
     .summary = "null: this is the last one"},
    {0},
};
static const struct field agenda_params[] = {
    MEETING_ID,
    {BASE},
    {.name = "items",
     .type = FIELD_LIST,
     .item = &item,
     .max = MEETING_ITEMS_MAX,
     .summary = "all of them, in their order"},
    {0},
};
static const struct field member = {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER};
static const struct field offices_params[] = {
    MEETING_ID,
    {BASE, .optional = true},
    {.name = "chair", .type = FIELD_REF, .number = NUMBER_MEMBER, .optional = true},
    {.name = "secretary", .type = FIELD_REF, .number = NUMBER_MEMBER, .optional = true},
    {.name = "scrutineers",
     .type = FIELD_LIST,
     .item = &member,
     .max = MEETING_SCRUTINEERS_MAX,
     .summary = "all offices at once: what is left out is nobody's"},
    {0},
};
static const struct field id_params[] = {MEETING_ID, {0}};
static const struct field cancel_params[] = {
    MEETING_ID,
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = REASON_MAX,
     .summary = "everybody reads it"},
    {0},
};
static const struct field start_params[] = {
    MEETING_ID,
    {.name = "seen",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "below the quorum that is watched: this was seen"},
    {0},
};
static const struct field at_item_params[] = {
    MEETING_ID,
    {BASE, .optional = true},
    {.name = "item", .type = FIELD_ID},
    {0},
};
static const struct field show_params[] = {
    MEETING_ID,
    {.name = "what", .type = FIELD_WORD, .words = meeting_shown_words},
    {.name = "poll",
     .type = FIELD_REF,
     .number = NUMBER_POLL,
     .optional = true,
     .summary = "a vote of this meeting, for poll and result"},
    {0},
};
static const struct field keep_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the template, made by the client"},
    {.name = "meeting",
     .type = FIELD_REF,
     .number = NUMBER_MEETING,
     .summary = "whose agenda is kept, without what it was about"},
    {.name = "name", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {0},
};
static const struct field forget_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "forgotten",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "false: offered again, as it was"},
    {0},
};
static const struct field no_params[] = {{0}};
static const struct field list_params[] = {
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = ENDS_MAX, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};

/* ---- answers ---- */

static const struct field listed = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_MEETING_CARD};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &listed, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = ENDS_MAX, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_MEETING},
    {0},
};
static const struct field template_item = {
    .name = "template", .type = FIELD_OBJECT, .fields = meeting_template_fields};
static const struct field templates_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &template_item,
     .max = 2 * MEETING_TEMPLATES_MAX,
     .summary = "those that come with the program, then those that were kept"},
    {0},
};

/* ---- reading ---- */

static enum error list(struct request *request)
{
    struct index_key prefix = index_key(INDEX_MEETING_BY_NUMBER);
    return request_answer_list(request, index_key_slice(&prefix), DOCUMENT_MEETING_CARD, NULL, 200);
}

static enum error get(struct request *request)
{
    return request_answer_document(request, DOCUMENT_MEETING,
                                   request_ref(request, "id", NUMBER_MEETING),
                                   ERROR_MEETING_UNKNOWN);
}

/* ---- the table ---- */

static const enum error plan_errors[] = {ERROR_MEETING_UNKNOWN,
                                         ERROR_MEETING_BAD_STATE,
                                         ERROR_MEETING_FULL,
                                         ERROR_MEETING_BAD_AGENDA,
                                         ERROR_GROUP_UNKNOWN,
                                         ERROR_GROUP_BAD_STATE,
                                         ERROR_RULE_UNKNOWN,
                                         ERROR_RULE_BAD_STATE,
                                         ERROR_PROPOSAL_UNKNOWN,
                                         ERROR_POLL_UNKNOWN,
                                         ERROR_DECISION_UNKNOWN,
                                         ERROR_TASK_UNKNOWN,
                                         ERROR_NONE};
static const enum error revise_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                           ERROR_RULE_UNKNOWN, ERROR_RULE_BAD_STATE, ERROR_NONE};
static const enum error agenda_errors[] = {ERROR_MEETING_UNKNOWN,    ERROR_MEETING_BAD_STATE,
                                           ERROR_MEETING_BAD_AGENDA, ERROR_PROPOSAL_UNKNOWN,
                                           ERROR_POLL_UNKNOWN,       ERROR_DECISION_UNKNOWN,
                                           ERROR_TASK_UNKNOWN,       ERROR_NONE};
static const enum error offices_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                            ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                            ERROR_NONE};
static const enum error start_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                          ERROR_MEETING_BELOW_QUORUM, ERROR_NONE};
static const enum error item_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                         ERROR_MEETING_BAD_AGENDA, ERROR_NONE};
static const enum error show_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                         ERROR_POLL_UNKNOWN, ERROR_NONE};
static const enum error state_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                          ERROR_NONE};
static const enum error keep_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_FULL, ERROR_NONE};
static const enum error unknown_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_NONE};

const struct command meeting_commands[] = {
    {.method = "meeting.plan",
     .who = anybody,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = plan_params,
     .handle = meeting_handle_plan,
     .creates = DOCUMENT_MEETING,
     .errors = plan_errors,
     .summary = "Announce a meeting: facilitators, secretaries, admins; of a group also its "
                "coordinators; a work session any member",
     .example = "{\"id\":\"0f8b1c52-7a1e-4d0b-8a51-3f6d1e0c7b20\",\"kind\":\"work_session\","
                "\"title\":{\"en\":\"First Thursday\"},\"starts\":1893520800000,\"minutes\":120,"
                "\"series\":\"month\"}"},
    {.method = "meeting.revise",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = revise_params,
     .handle = meeting_handle_revise,
     .errors = revise_errors,
     .summary = "Change what was announced of a meeting that has not ended",
     .example = "{\"id\":\"1\",\"minutes\":90}"},
    {.method = "meeting.agenda",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = agenda_params,
     .handle = meeting_handle_agenda,
     .errors = agenda_errors,
     .summary = "Write the whole agenda; items that were held stay, and keep their times",
     .example = "{\"id\":\"1\",\"base\":120,\"items\":[{\"id\":"
                "\"6a0c2f64-9d15-4b83-9e0a-1c2d3e4f5a6b\",\"title\":{\"en\":\"Welcome\"},"
                "\"item_kind\":\"opening\",\"minutes\":10}]}"},
    {.method = "meeting.offices",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = offices_params,
     .handle = meeting_handle_offices,
     .errors = offices_errors,
     .summary = "Say who chairs, writes and counts; roles in the record while the meeting is open",
     .example = "{\"id\":\"1\",\"chair\":\"2\",\"scrutineers\":[\"3\"]}"},
    {.method = "meeting.call",
     .who = anybody,
     .flags =
         COMMAND_WRITE | COMMAND_DAILY, /* everybody is told, also of a member's work session */
     .params = id_params,
     .handle = meeting_handle_call,
     .errors = state_errors,
     .summary = "Record that the call was sent now, and tell members here",
     .example = "{\"id\":\"1\"}"},
    {.method = "meeting.start",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = start_params,
     .handle = meeting_handle_start,
     .errors = start_errors,
     .summary = "Open a planned meeting: who leads it",
     .example = "{\"id\":\"1\"}"},
    {.method = "meeting.item",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = at_item_params,
     .handle = meeting_handle_item,
     .errors = item_errors,
     .summary = "Make an item of the agenda the current one",
     .example = "{\"id\":\"1\",\"item\":\"6a0c2f64-9d15-4b83-9e0a-1c2d3e4f5a6b\"}"},
    {.method = "meeting.move",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = at_item_params,
     .handle = meeting_handle_move,
     .errors = item_errors,
     .summary = "Let an item go on in writing, outside the meeting",
     .example = "{\"id\":\"1\",\"item\":\"6a0c2f64-9d15-4b83-9e0a-1c2d3e4f5a6b\"}"},
    {.method = "meeting.show",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = show_params,
     .handle = meeting_handle_show,
     .errors = show_errors,
     .summary = "Choose what the big screen shows",
     .example = "{\"id\":\"1\",\"what\":\"join\"}"},
    {.method = "meeting.end",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = meeting_handle_end,
     .errors = state_errors,
     .summary = "End an open meeting, once its votes are closed; the next of its series is planned",
     .example = "{\"id\":\"1\"}"},
    {.method = "meeting.cancel",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = cancel_params,
     .handle = meeting_handle_cancel,
     .errors = state_errors,
     .summary = "Cancel a planned meeting, with a reason; the next of its series is planned",
     .example = "{\"id\":\"1\",\"reason\":\"The hall is flooded.\"}"},
    {.method = "meeting.keep_template",
     .who = anybody,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = keep_params,
     .handle = meeting_handle_keep_template,
     .creates = DOCUMENT_AGENDA_TEMPLATE,
     .errors = keep_errors,
     .summary = "Keep a meeting's agenda as a template",
     .example = "{\"id\":\"7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f\",\"meeting\":\"1\","
                "\"name\":{\"en\":\"Our monthly evening\"}}"},
    {.method = "meeting.forget_template",
     .who = anybody,
     .flags = COMMAND_WRITE,
     .params = forget_params,
     .handle = meeting_handle_forget_template,
     .errors = keep_errors,
     .summary = "Take a kept template away, or offer it again: who kept it, facilitators, "
                "secretaries, admins",
     .example = "{\"id\":\"7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f\"}"},
    {.method = "meeting.templates",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = templates_result,
     .handle = meeting_handle_templates,
     .summary = "Agendas to start from",
     .example = "{}"},
    {.method = "meeting.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "Meetings, the newest first",
     .example = "{\"limit\":20}"},
    {.method = "meeting.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = id_params,
     .result = get_result,
     .handle = get,
     .errors = unknown_errors,
     .summary = "One meeting",
     .example = "{\"id\":\"1\"}"},
    {0},
};
