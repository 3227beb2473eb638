/* The tables of to-dos: what commands take and answer, what documents hold, who may call. Rules are in task.c, task_edit.c
 * and task_read.c, documents are made in task_apply.c. */
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/registry.h"
#include "assembly/task.h"
#include "assembly/task_line.h"

static const struct field assignee = {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER};
static const struct field source_params[] = {
    {.name = "kind", .type = FIELD_WORD, .words = task_origin_words},
    {.name = "id", .type = FIELD_LINE, .max = 40, .summary = "UUID or number"},
    {.name = "item", .type = FIELD_ID, .optional = true, .summary = "of a meeting's agenda"},
    {0},
};
static const struct field theme = {.name = "theme", .type = FIELD_LINE, .max = 35};
static const struct field line_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "text", .type = FIELD_LINE, .max = TASK_LINE_MAX},
    {0},
};
static const struct field line = {.name = "line", .type = FIELD_OBJECT, .fields = line_fields};
static const struct field create_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the to-do, made by the client"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = TASK_TITLE_MAX},
    {.name = "result", .type = FIELD_TEXT, .max = TASK_RESULT_MAX, .summary = "what is expected"},
    {.name = "quality",
     .type = FIELD_TEXT,
     .max = TASK_QUALITY_MAX,
     .optional = true,
     .summary = "how one knows that it is well done"},
    {.name = "due", .type = FIELD_TIME, .optional = true},
    {.name = "effort_hours",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = TASK_HOURS_MAX,
     .optional = true,
     .summary = "a guess"},
    {.name = "checklist",
     .type = FIELD_LIST,
     .item = &line,
     .max = TASK_LINES_MAX,
     .optional = true},
    {.name = "themes",
     .type = FIELD_LIST,
     .item = &theme,
     .max = TASK_THEMES_MAX,
     .optional = true,
     .summary = "those of the proposal when left out"},
    {.name = "from", .type = FIELD_OBJECT, .fields = source_params},
    {.name = "assignees",
     .type = FIELD_LIST,
     .item = &assignee,
     .max = TASK_PEOPLE_MAX,
     .optional = true,
     .summary = "oneself takes it, others are asked"},
    {0},
};
static const struct field line_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the to-do, made by the client"},
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "item", .type = FIELD_ID, .optional = true, .summary = "of its agenda"},
    {.name = "decision",
     .type = FIELD_REF,
     .number = NUMBER_DECISION,
     .optional = true,
     .summary = "what it follows from"},
    {.name = "line",
     .type = FIELD_LINE,
     .max = TASK_LINE_TEXT_MAX,
     .summary = "names after @, one date after !, and what is to be done"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "members",
     .type = FIELD_LIST,
     .item = &assignee,
     .max = TASK_PEOPLE_MAX,
     .optional = true,
     .summary = "who is meant, in place of the names in the line"},
    {0},
};
static const struct field parse_params[] = {
    {.name = "line", .type = FIELD_LINE, .max = TASK_LINE_TEXT_MAX},
    {.name = "language", .type = FIELD_LANGUAGE},
    {0},
};
static const struct field candidate = {
    .name = "member", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field named_fields[] = {
    {.name = "text", .type = FIELD_LINE, .max = TASK_LINE_TEXT_MAX, .summary = "as typed after @"},
    {.name = "members",
     .type = FIELD_LIST,
     .item = &candidate,
     .max = TASK_CANDIDATES_MAX,
     .summary = "who may be meant: one, several to choose from, or nobody"},
    {0},
};
static const struct field named = {.name = "name", .type = FIELD_OBJECT, .fields = named_fields};
static const struct field parse_result[] = {
    {.name = "title", .type = FIELD_TEXT, .max = 4 * TASK_LINE_TEXT_MAX},
    {.name = "due", .type = FIELD_TIME, .optional = true},
    {.name = "names", .type = FIELD_LIST, .item = &named, .max = TASK_LINE_NAMES_MAX},
    {0},
};
static const struct field id_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {0},
};
static const struct field take_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "a member without a device, recorded by facilitation or secretariat"},
    {0},
};
static const struct field answer_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "yes", .type = FIELD_FLAG},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "a member without a device, recorded by facilitation or secretariat"},
    {0},
};
static const struct field mark_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "state", .type = FIELD_WORD, .words = task_state_words},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = TASK_REASON_MAX,
     .optional = true,
     .summary = "needed to drop it"},
    {.name = "assignees",
     .type = FIELD_LIST,
     .item = &assignee,
     .max = TASK_PEOPLE_MAX,
     .optional = true,
     .summary = "whom to ask, for state asked"},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "a member without a device, recorded by facilitation or secretariat"},
    {0},
};
static const struct field thank_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "text", .type = FIELD_TEXT, .max = TASK_THANKS_MAX, .optional = true},
    {0},
};
static const struct field ask_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "members", .type = FIELD_LIST, .item = &assignee, .min = 1, .max = TASK_PEOPLE_MAX},
    {.name = "on",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "false takes the question back"},
    {.name = "hand_over",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the caller leaves when one of them says yes"},
    {0},
};
static const struct field update_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "title", .type = FIELD_LINE, .max = TASK_TITLE_MAX, .optional = true},
    {.name = "result", .type = FIELD_TEXT, .max = TASK_RESULT_MAX, .optional = true},
    {.name = "quality", .type = FIELD_TEXT, .max = TASK_QUALITY_MAX, .optional = true},
    {.name = "due",
     .type = FIELD_TIME,
     .optional = true,
     .nullable = true,
     .summary = "null = no date"},
    {.name = "effort_hours",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = TASK_HOURS_MAX,
     .optional = true,
     .nullable = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "themes",
     .type = FIELD_LIST,
     .item = &theme,
     .max = TASK_THEMES_MAX,
     .optional = true},
    {.name = "checklist",
     .type = FIELD_LIST,
     .item = &line,
     .max = TASK_LINES_MAX,
     .optional = true,
     .summary = "all lines; one that keeps its id keeps its tick"},
    {0},
};
static const struct field check_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "line", .type = FIELD_ID},
    {.name = "on", .type = FIELD_FLAG},
    {0},
};
static const struct field suggest_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK, .optional = true},
    {.name = "from",
     .type = FIELD_OBJECT,
     .fields = source_params,
     .optional = true,
     .summary = "where it comes from, while it is being written"},
    {.name = "text", .type = FIELD_TEXT, .max = TASK_RESULT_MAX, .optional = true},
    {0},
};
static const struct field list_params[] = {
    {.name = "mine", .type = FIELD_FLAG, .optional = true},
    {.name = "free", .type = FIELD_FLAG, .optional = true},
    {.name = "overdue", .type = FIELD_FLAG, .optional = true},
    {.name = "made", .type = FIELD_FLAG, .optional = true, .summary = "made by the caller"},
    {.name = "state", .type = FIELD_WORD, .words = task_state_words, .optional = true},
    {.name = "theme", .type = FIELD_LINE, .max = 35, .optional = true},
    {.name = "from", .type = FIELD_OBJECT, .fields = source_params, .optional = true},
    {.name = "meeting",
     .type = FIELD_REF,
     .number = NUMBER_MEETING,
     .optional = true,
     .summary = "given out in it"},
    {.name = "archive",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "true: done or dropped 30 days ago or longer; false: not those"},
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
static const char *const why_words[] = {"help", "skill", NULL};
static const struct field suggestion_fields[] = {
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "why", .type = FIELD_WORD, .words = why_words},
    {.name = "text", .type = FIELD_LINE, .max = 300},
    {0},
};
static const struct field suggestion = {
    .name = "suggestion", .type = FIELD_OBJECT, .fields = suggestion_fields};
static const struct field suggest_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &suggestion, .max = 20},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_TASK},
    {0},
};
static const struct field source_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = task_origin_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number",
     .type = FIELD_ANY,
     .summary = "a proposal's number, or a decision's \"2026-003\""},
    {.name = "title", .type = FIELD_LINE, .max = TASK_TITLE_MAX, .optional = true},
    {.name = "item",
     .type = FIELD_LINE,
     .max = MEETING_TITLE_MAX,
     .optional = true,
     .summary = "title of the item of a meeting"},
    {0},
};
static const struct field thanks_fields[] = {
    {.name = "by", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "text", .type = FIELD_TEXT, .max = TASK_THANKS_MAX, .optional = true},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field thanks = {
    .name = "thanks", .type = FIELD_OBJECT, .fields = thanks_fields};
static const struct field assigned_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 4 * NAME_MAX_CHARACTERS},
    {.name = "recorded_by",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who recorded that this person takes it"},
    {0},
};
static const struct field assigned = {
    .name = "person", .type = FIELD_OBJECT, .fields = assigned_fields};
static const struct field asked_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 4 * NAME_MAX_CHARACTERS},
    {.name = "instead_of",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who hands over to this person"},
    {0},
};
static const struct field asked = {.name = "person", .type = FIELD_OBJECT, .fields = asked_fields};
static const struct field checked_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "text", .type = FIELD_LINE, .max = TASK_LINE_MAX},
    {.name = "done", .type = FIELD_FLAG},
    {.name = "by", .type = FIELD_BY, .optional = true},
    {.name = "at_ms", .type = FIELD_TIME, .optional = true},
    {0},
};
static const struct field checked = {
    .name = "line", .type = FIELD_OBJECT, .fields = checked_fields};
static const char *const history_words[] = {"asked",   "taken",   "answered", "marked",
                                            "updated", "overdue", NULL};
static const struct field changed_word = {.name = "field", .type = FIELD_LINE, .max = 20};
static const struct field history_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "what", .type = FIELD_WORD, .words = history_words},
    {.name = "from", .type = FIELD_WORD, .words = task_state_words, .optional = true},
    {.name = "to", .type = FIELD_WORD, .words = task_state_words, .optional = true},
    {.name = "changed",
     .type = FIELD_LIST,
     .item = &changed_word,
     .max = 10,
     .optional = true,
     .summary = "of an update"},
    {.name = "by", .type = FIELD_BY},
    {.name = "reason", .type = FIELD_TEXT, .max = TASK_REASON_MAX, .optional = true},
    {0},
};
static const struct field history = {
    .name = "step", .type = FIELD_OBJECT, .fields = history_fields};
static const struct field task_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "state", .type = FIELD_WORD, .words = task_state_words},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .max = TASK_TITLE_MAX},
    {.name = "result", .type = FIELD_TEXT, .max = TASK_RESULT_MAX},
    {.name = "quality", .type = FIELD_TEXT, .max = TASK_QUALITY_MAX, .optional = true},
    {.name = "due_ms", .type = FIELD_TIME, .optional = true},
    {.name = "overdue_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "the date that passed without it being done"},
    {.name = "effort_hours", .type = FIELD_INTEGER, .max = TASK_HOURS_MAX, .optional = true},
    {.name = "checklist", .type = FIELD_LIST, .item = &checked, .max = TASK_LINES_MAX},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = TASK_THEMES_MAX},
    {.name = "from", .type = FIELD_OBJECT, .fields = source_fields},
    {.name = "proposal",
     .type = FIELD_ID,
     .optional = true,
     .summary = "the proposal it helps to realise"},
    {.name = "meeting",
     .type = FIELD_OBJECT,
     .fields = meeting_reference_fields,
     .optional = true,
     .summary = "the meeting it was given out in"},
    {.name = "created_by", .type = FIELD_BY},
    {.name = "created_ms", .type = FIELD_TIME},
    {.name = "assignees", .type = FIELD_LIST, .item = &assigned, .max = TASK_PEOPLE_MAX},
    {.name = "asked", .type = FIELD_LIST, .item = &asked, .max = TASK_PEOPLE_MAX},
    {.name = "done_ms", .type = FIELD_TIME, .optional = true},
    {.name = "ended_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when it was done or dropped"},
    {.name = "thanks", .type = FIELD_LIST, .item = &thanks, .max = TASK_THANKS_KEPT},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = TASK_REASON_MAX,
     .optional = true,
     .summary = "why it was dropped"},
    {.name = "history", .type = FIELD_LIST, .item = &history, .max = HISTORY_MAX},
    {0},
};

static const struct field version_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME, .summary = "when it was replaced"},
    {.name = "by", .type = FIELD_BY},
    {.name = "title", .type = FIELD_LINE, .max = TASK_TITLE_MAX},
    {.name = "result", .type = FIELD_TEXT, .max = TASK_RESULT_MAX},
    {.name = "quality", .type = FIELD_TEXT, .max = TASK_QUALITY_MAX, .optional = true},
    {.name = "due_ms", .type = FIELD_TIME, .optional = true},
    {.name = "language", .type = FIELD_LANGUAGE},
    {0},
};
static const struct field version = {
    .name = "version", .type = FIELD_OBJECT, .fields = version_fields};
static const struct field versions_fields[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &version,
     .max = TASK_VERSIONS_MAX,
     .summary = "earlier texts, the oldest first"},
    {0},
};

static const enum error create_errors[] = {
    ERROR_DECISION_UNKNOWN, ERROR_PROPOSAL_UNKNOWN,   ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
    ERROR_MEETING_UNKNOWN,  ERROR_MEETING_BAD_AGENDA, ERROR_NONE,
};
static const enum error line_errors[] = {
    ERROR_MEETING_UNKNOWN,    ERROR_MEETING_BAD_STATE,
    ERROR_MEETING_BAD_AGENDA, ERROR_DECISION_UNKNOWN,
    ERROR_MEMBER_UNKNOWN,     ERROR_MEMBER_BAD_STATE,
    ERROR_TASK_SEVERAL_NAMES, ERROR_NONE,
};
static const enum error step_errors[] = {ERROR_TASK_UNKNOWN, ERROR_TASK_BAD_STATE, ERROR_NONE};
static const enum error people_errors[] = {
    ERROR_TASK_UNKNOWN,     ERROR_TASK_BAD_STATE, ERROR_MEMBER_UNKNOWN,
    ERROR_MEMBER_BAD_STATE, ERROR_NONE,
};
static const enum error source_errors[] = {
    ERROR_TASK_UNKNOWN, ERROR_DECISION_UNKNOWN, ERROR_PROPOSAL_UNKNOWN, ERROR_MEETING_UNKNOWN,
    ERROR_NONE,
};
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
     .handle = task_create,
     .creates = DOCUMENT_TASK,
     .errors = create_errors,
     .summary = "A to-do from a decision, a proposal or a meeting",
     .example =
         "{\"id\":\"0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b21\",\"language\":\"en\",\"title\":\"Buy "
         "paint\","
         "\"result\":\"10 litres, white\",\"from\":{\"kind\":\"decision\",\"id\":\"2026-003\"}}"},
    {.method = "task.line",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = line_params,
     .handle = task_quick,
     .creates = DOCUMENT_TASK,
     .errors = line_errors,
     .summary = "A to-do given out in a meeting, typed as one line; members make their own alone",
     .example = "{\"id\":\"0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b22\",\"meeting\":\"4\",\"language\":"
                "\"fr\",\"line\":\"@Fien !vendredi horloge\"}"},
    {.method = "task.parse",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN,
     .flags = COMMAND_READ,
     .params = parse_params,
     .result = parse_result,
     .handle = task_parse,
     .summary = "What task.line would understand, and whom each name may mean",
     .example = "{\"language\":\"fr\",\"line\":\"@Fien !vendredi horloge\"}"},
    {.method = "task.take",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = take_params,
     .handle = task_take,
     .errors = people_errors,
     .summary = "Take a free to-do",
     .example = "{\"id\":\"5\"}"},
    {.method = "task.answer",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = answer_params,
     .handle = task_answer,
     .errors = people_errors,
     .summary = "Say yes or no when asked",
     .example = "{\"id\":\"5\",\"yes\":true}"},
    {.method = "task.mark",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = mark_params,
     .handle = task_mark,
     .errors = mark_errors,
     .summary =
         "Give back (free), ask (asked), finish (done), undo (taken), drop (dropped) or free again",
     .example = "{\"id\":\"5\",\"state\":\"done\"}"},
    {.method = "task.ask",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = ask_params,
     .handle = task_ask,
     .errors = people_errors,
     .summary = "Ask others to take it, also besides or instead of oneself",
     .example = "{\"id\":\"5\",\"members\":[\"3\",\"8\"]}"},
    {.method = "task.update",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = update_params,
     .handle = task_update,
     .errors = step_errors,
     .summary = "Say better what is expected; what is left out stays",
     .example = "{\"id\":\"5\",\"quality\":\"No drips\",\"due\":1900000000000}"},
    {.method = "task.check",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = check_params,
     .handle = task_check,
     .errors = step_errors,
     .summary = "Tick a line of the checklist, or take the tick away",
     .example = "{\"id\":\"5\",\"line\":\"5b2c0e0e-0e0c-4d43-9b6d-2d2d3f1f8f11\",\"on\":true}"},
    {.method = "task.overdue",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = task_overdue,
     .errors = step_errors,
     .summary = "Its date has passed",
     .example = "{\"id\":\"5\"}"},
    {.method = "task.thank",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = thank_params,
     .handle = task_thank,
     .errors = step_errors,
     .summary = "Thank those who did it",
     .example = "{\"id\":\"5\",\"text\":\"Merci\"}"},
    {.method = "task.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = task_list,
     .errors = source_errors,
     .summary = "To-dos by what they have in common, or all, newest first",
     .example = "{\"free\":true,\"limit\":20}"},
    {.method = "task.suggest",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_READ,
     .params = suggest_params,
     .result = suggest_result,
     .handle = task_suggest,
     .errors = source_errors,
     .summary = "Whom one might ask: who offered help, who has the skill",
     .example = "{\"id\":\"5\"}"},
    {.method = "task.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = id_params,
     .result = get_result,
     .handle = task_get,
     .errors = get_errors,
     .summary = "One to-do",
     .example = "{\"id\":\"5\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_TASK, task_apply}, {EVENT_PROPOSAL, task_tell_realised}, {0}};
static const struct document_shape documents[] = {
    {DOCUMENT_TASK, "task", task_fields},
    {DOCUMENT_TASK_VERSIONS, "task_versions", versions_fields},
    {0},
};
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
