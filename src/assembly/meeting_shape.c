/* Shapes of meetings: the documents meeting, what is sent of it by steps (meeting_now, agenda_item), meeting_card,
 * meeting_code and agenda_template, and the parameters that several commands share. Data alone; the published description
 * and the client's types are made of it. What a value may be beyond its shape is checked in meeting_plan.c. */
#include "assembly/group.h"
#include "assembly/meeting.h"
#include "assembly/member.h"

#define COUNT_MAX INT64_C(9007199254740991)
enum { FRACTION_MAX = 1000000 };

const char *const meeting_kind_words[] = {"general_assembly", "board", "group", "work_session",
                                          NULL};
const char *const meeting_state_words[] = {"planned", "open", "ended", "cancelled", NULL};
const char *const meeting_item_words[] = {
    "opening", "information", "discussion", "vote", "election", "work", "break", "closing", NULL};
static const char *const outcome_words[] = {"held", "moved", "skipped", NULL};
const char *const meeting_every_words[] = {"week", "two_weeks", "month", NULL};
const char *const meeting_shown_words[] = {"item",   "agenda", "join", "poll",
                                           "result", "tasks",  NULL};
static const char *const unit_words[] = {"heads", "weight", "shares", NULL};

/* ---- parts ---- */

static const struct field other_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
const struct field meeting_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "item", .type = FIELD_ID, .optional = true, .summary = "the point of its agenda"},
    {0},
};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field office_fields[] = {
    {.name = "chair", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "secretary", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "scrutineers", .type = FIELD_LIST, .item = &person, .max = MEETING_SCRUTINEERS_MAX},
    {0},
};
/* Named in documents as they were called when the agenda was written. */
static const struct field linked_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 16, .optional = true},
    {.name = "title", .type = FIELD_LINE, .max = 300, .optional = true},
    {.name = "titles", .type = FIELD_LABELS, .max = 300, .optional = true},
    {0},
};
static const struct field linked = {.name = "thing", .type = FIELD_OBJECT, .fields = linked_fields};
static const struct field item_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "parent",
     .type = FIELD_ID,
     .optional = true,
     .summary = "an item before it, itself without a parent"},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "item_kind", .type = FIELD_WORD, .words = meeting_item_words},
    {.name = "minutes",
     .type = FIELD_INTEGER,
     .max = MEETING_MINUTES_MAX,
     .summary = "its time box"},
    {.name = "proposals", .type = FIELD_LIST, .item = &linked, .max = MEETING_LINKS_MAX},
    {.name = "polls", .type = FIELD_LIST, .item = &linked, .max = MEETING_LINKS_MAX},
    {.name = "decisions", .type = FIELD_LIST, .item = &linked, .max = MEETING_LINKS_MAX},
    {.name = "tasks", .type = FIELD_LIST, .item = &linked, .max = MEETING_LINKS_MAX},
    {.name = "started_ms", .type = FIELD_TIME, .optional = true, .summary = "the first time"},
    {.name = "ended_ms", .type = FIELD_TIME, .optional = true, .summary = "the last time"},
    {.name = "spent_ms",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "in all, without the time it has been the current one now"},
    {.name = "outcome",
     .type = FIELD_WORD,
     .words = outcome_words,
     .optional = true,
     .summary = "moved: goes on in writing, outside the meeting"},
    {0},
};
static const struct field item = {.name = "item", .type = FIELD_OBJECT, .fields = item_fields};
static const struct field series_fields[] = {
    {.name = "every", .type = FIELD_WORD, .words = meeting_every_words},
    {.name = "last",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "of a month: on the last such weekday, while it stays on it"},
    {.name = "next",
     .type = FIELD_OBJECT,
     .fields = other_fields,
     .optional = true,
     .summary = "planned when this one ended"},
    {0},
};
static const struct field cancelled_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field quorum_fields[] = {
    {.name = "name", .type = FIELD_LINE, .max = 80, .summary = "the rule it is of"},
    {.name = "num", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG},
    {.name = "unit", .type = FIELD_WORD, .words = unit_words},
    {.name = "per_class", .type = FIELD_FLAG, .summary = "also within each class"},
    {0},
};
static const struct field notice_fields[] = {
    {.name = "asked_days",
     .type = FIELD_INTEGER,
     .max = MEETING_DAYS_MAX,
     .summary = "between the call and the meeting: the most that its planner, its rule or the law "
                "of the legal form asks"},
    {.name = "given_days",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "local days from the call (or, before it, from the plan) to the meeting"},
    {.name = "gap_asked_days",
     .type = FIELD_INTEGER,
     .max = MEETING_DAYS_MAX,
     .optional = true,
     .summary = "of a second call: after the first meeting"},
    {.name = "gap_days", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "first_missed",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "of a second call: the first meeting fell short of a quorum"},
    {.name = "enough", .type = FIELD_FLAG, .summary = "false: a warning; nothing is refused"},
    {0},
};
static const struct field revs_fields[] = {
    {.name = "plan", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "agenda", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "offices", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "current", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const char *const given_words[] = {"chair", "secretary", "scrutineer", NULL};
static const struct field gave_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "role", .type = FIELD_WORD, .words = given_words},
    {0},
};
static const struct field gave = {.name = "role", .type = FIELD_OBJECT, .fields = gave_fields};
static const struct field shown_fields[] = {
    {.name = "what", .type = FIELD_WORD, .words = meeting_shown_words},
    {.name = "poll", .type = FIELD_ID, .optional = true, .summary = "of poll and result"},
    {.name = "since_ms", .type = FIELD_TIME},
    {0},
};
static const struct field seen_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "item", .type = FIELD_ID, .optional = true},
    {.name = "poll", .type = FIELD_ID, .optional = true},
    {.name = "x", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "what was there"},
    {.name = "least", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "what the quorum asks"},
    {.name = "unit",
     .type = FIELD_WORD,
     .words = unit_words,
     .optional = true,
     .summary = "of both; not in records of earlier versions"},
    {0},
};
static const struct field seen = {.name = "seen", .type = FIELD_OBJECT, .fields = seen_fields};

/* ---- documents ---- */

static const struct field meeting_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "meeting_kind", .type = FIELD_WORD, .words = meeting_kind_words},
    {.name = "state", .type = FIELD_WORD, .words = meeting_state_words},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "starts_ms", .type = FIELD_TIME},
    {.name = "planned_end_ms", .type = FIELD_TIME},
    {.name = "place", .type = FIELD_LABELS, .max = MEETING_PLACE_MAX, .optional = true},
    {.name = "link",
     .type = FIELD_LINE,
     .max = MEETING_LINK_MAX,
     .optional = true,
     .summary = "https: where those who are elsewhere see and hear it"},
    {.name = "remote", .type = FIELD_FLAG, .summary = "members may take part from elsewhere"},
    {.name = "procedure",
     .type = FIELD_TEXTS,
     .max = MEETING_TEXT_MAX,
     .optional = true,
     .summary = "how they take part and show who they are"},
    {.name = "group", .type = FIELD_OBJECT, .fields = group_reference_fields, .optional = true},
    {.name = "notice_days",
     .type = FIELD_INTEGER,
     .max = 365,
     .summary = "between the call and the meeting, as the statutes or the law ask; 0: none"},
    {.name = "notice", .type = FIELD_OBJECT, .fields = notice_fields},
    {.name = "called_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when the call was sent, as somebody recorded it"},
    {.name = "series", .type = FIELD_OBJECT, .fields = series_fields, .optional = true},
    {.name = "second_of",
     .type = FIELD_OBJECT,
     .fields = other_fields,
     .optional = true,
     .summary = "the meeting whose quorum was missed: this one is called again"},
    {.name = "second", .type = FIELD_OBJECT, .fields = other_fields, .optional = true},
    {.name = "offices", .type = FIELD_OBJECT, .fields = office_fields},
    {.name = "gave",
     .type = FIELD_LIST,
     .item = &gave,
     .max = MEETING_GAVE_MAX,
     .optional = true,
     .summary = "while it is open: roles that its members have from it alone"},
    {.name = "revs",
     .type = FIELD_OBJECT,
     .fields = revs_fields,
     .summary = "seq at which each part last changed: what `base` is compared with"},
    {.name = "rule",
     .type = FIELD_LINE,
     .max = 80,
     .optional = true,
     .summary = "a preset's name or the id of a rule, as its planner named it"},
    {.name = "quorum",
     .type = FIELD_OBJECT,
     .fields = quorum_fields,
     .optional = true,
     .summary = "what is watched all along; each vote is judged by its own rule"},
    {.name = "agenda", .type = FIELD_LIST, .item = &item, .max = MEETING_ITEMS_MAX},
    {.name = "current", .type = FIELD_ID, .optional = true, .summary = "item"},
    {.name = "current_ms", .type = FIELD_TIME, .optional = true, .summary = "since when"},
    {.name = "shown",
     .type = FIELD_OBJECT,
     .fields = shown_fields,
     .optional = true,
     .summary = "on the big screen; absent: what is under way"},
    {.name = "seen_below_quorum", .type = FIELD_LIST, .item = &seen, .max = 1000},
    {.name = "led_by",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who last did something for the room"},
    {.name = "started_ms", .type = FIELD_TIME, .optional = true},
    {.name = "ended_ms", .type = FIELD_TIME, .optional = true},
    {.name = "cancelled", .type = FIELD_OBJECT, .fields = cancelled_fields, .optional = true},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field now_fields[] = {
    {.name = "revs", .type = FIELD_OBJECT, .fields = revs_fields},
    {.name = "current", .type = FIELD_ID, .optional = true},
    {.name = "current_ms", .type = FIELD_TIME, .optional = true},
    {.name = "shown", .type = FIELD_OBJECT, .fields = shown_fields, .optional = true},
    {.name = "led_by", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {0},
};
static const struct field agenda_item_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "item", .type = FIELD_ID},
    {.name = "started_ms", .type = FIELD_TIME, .optional = true},
    {.name = "ended_ms", .type = FIELD_TIME, .optional = true},
    {.name = "spent_ms", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "outcome", .type = FIELD_WORD, .words = outcome_words, .optional = true},
    {.name = "polls", .type = FIELD_LIST, .item = &linked, .max = MEETING_LINKS_MAX},
    {0},
};
static const struct field card_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "meeting_kind", .type = FIELD_WORD, .words = meeting_kind_words},
    {.name = "state", .type = FIELD_WORD, .words = meeting_state_words},
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "starts_ms", .type = FIELD_TIME},
    {.name = "planned_end_ms", .type = FIELD_TIME},
    {.name = "place", .type = FIELD_LABELS, .max = MEETING_PLACE_MAX, .optional = true},
    {.name = "group", .type = FIELD_OBJECT, .fields = group_reference_fields, .optional = true},
    {.name = "ended_ms", .type = FIELD_TIME, .optional = true},
    {0},
};
static const struct field code_fields[] = {
    {.name = "code",
     .type = FIELD_LINE,
     .max = MEETING_CODE_SIZE,
     .optional = true,
     .summary = "typed, or in the address of the QR, by those in the hall"},
    {0},
};
static const struct field template_item_fields[] = {
    {.name = "title", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "item_kind", .type = FIELD_WORD, .words = meeting_item_words},
    {.name = "minutes", .type = FIELD_INTEGER, .max = MEETING_MINUTES_MAX},
    {.name = "under",
     .type = FIELD_INTEGER,
     .max = MEETING_ITEMS_MAX,
     .optional = true,
     .summary = "position of its parent, from 0"},
    {0},
};
static const struct field template_item = {
    .name = "item", .type = FIELD_OBJECT, .fields = template_item_fields};
const struct field meeting_template_fields[] = {
    {.name = "id",
     .type = FIELD_LINE,
     .max = 40,
     .summary = "a word, of those that come with the program"},
    {.name = "name", .type = FIELD_LABELS, .max = MEETING_TITLE_MAX},
    {.name = "meeting_kind", .type = FIELD_WORD, .words = meeting_kind_words},
    {.name = "items", .type = FIELD_LIST, .item = &template_item, .max = MEETING_ITEMS_MAX},
    {.name = "by", .type = FIELD_BY, .optional = true, .summary = "who kept it"},
    {0},
};
const struct document_shape meeting_documents[] = {
    {DOCUMENT_MEETING, "meeting", meeting_fields},
    {DOCUMENT_MEETING_NOW, "meeting_now", now_fields},
    {DOCUMENT_AGENDA_ITEM, "agenda_item", agenda_item_fields},
    {DOCUMENT_MEETING_CARD, "meeting_card", card_fields},
    {DOCUMENT_MEETING_CODE, "meeting_code", code_fields},
    {DOCUMENT_AGENDA_TEMPLATE, "agenda_template", meeting_template_fields + 1},
    {0},
};
