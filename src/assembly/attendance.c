/* Who is at a meeting, and how many.
 *
 * Somebody is there from the moment they check in (by code on their own phone, at the desk, by a list) until they check out,
 * the desk says that they left, or the meeting ends: never less because a connection was lost or a screen went dark. A
 * document of each member keeps when they came and went; `presence` counts who is there, with the quorum that is watched. */
#include "assembly/meeting.h"
#include "assembly/member.h"

#define COUNT_MAX INT64_C(9007199254740991)
enum { PERIODS_MAX = 100, FRACTION_MAX = 1000000, CLASSES_MAX = 32 };

static const char *const how_words[] = {"code", "remote", "desk", "list", NULL};
static const char *const checked_words[] = {"session", "document", "known", "call", NULL};
static const char *const unit_words[] = {"heads", "weight", "shares", NULL};

/* ---- shapes ---- */

static const struct field period_fields[] = {
    {.name = "in_ms", .type = FIELD_TIME},
    {.name = "out_ms", .type = FIELD_TIME, .optional = true, .summary = "absent: still there"},
    {.name = "how", .type = FIELD_WORD, .words = how_words},
    {.name = "remote", .type = FIELD_FLAG},
    {.name = "checked",
     .type = FIELD_WORD,
     .words = checked_words,
     .optional = true,
     .summary = "of those elsewhere: how it was made sure who they are"},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field period = {
    .name = "period", .type = FIELD_OBJECT, .fields = period_fields};
static const struct field attendance_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "class", .type = FIELD_LINE, .max = 35, .optional = true, .summary = "its key"},
    {.name = "present", .type = FIELD_FLAG},
    {.name = "periods", .type = FIELD_LIST, .item = &period, .max = PERIODS_MAX},
    {0},
};
static const struct field headcount_fields[] = {
    {.name = "heads", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "shares", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field quorum_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG},
    {.name = "unit", .type = FIELD_WORD, .words = unit_words},
    {.name = "x", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "who is there"},
    {.name = "n", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "of all who are entitled"},
    {.name = "least",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "the least x that is enough"},
    {.name = "missing", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "0 once it is reached"},
    {.name = "met",
     .type = FIELD_FLAG,
     .summary = "overall, and in each class where that is asked"},
    {0},
};
static const struct field class_fields[] = {
    {.name = "code", .type = FIELD_LINE, .max = 35},
    {.name = "present", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = quorum_fields, .optional = true},
    {0},
};
static const struct field class_item = {
    .name = "class", .type = FIELD_OBJECT, .fields = class_fields};
static const struct field presence_fields[] = {
    {.name = "present",
     .type = FIELD_OBJECT,
     .fields = headcount_fields,
     .summary = "entitled members who are there"},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "remote", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "heads, of present"},
    {.name = "guests",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "heads: there, without a vote"},
    {.name = "left", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "heads: were there"},
    {.name = "classes", .type = FIELD_LIST, .item = &class_item, .max = CLASSES_MAX},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = quorum_fields, .optional = true},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_ATTENDANCE, "attendance", attendance_fields},
    {DOCUMENT_PRESENCE, "presence", presence_fields},
    {0},
};
const struct concept concept_attendance = {.name = "attendance", .documents = documents};
