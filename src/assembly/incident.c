/* What disturbed a meeting: lost connections, a stop of the server, "I could not vote".
 *
 * The law wants technical trouble that kept members from taking part or voting in the minutes (reference: ASBL 9:16/1, SC
 * 6:75). Everybody reads when it was, during which vote, and how many people it touched; who they were stands in a document
 * of its own, in an event that is not exported. */
#include "assembly/meeting.h"
#include "assembly/member.h"

#define COUNT_MAX INT64_C(9007199254740991)

static const char *const incident_words[] = {"connection", "many", "restart", "reported", NULL};
enum { PEOPLE_MAX = 5000 };

static const struct field incident_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "incident_kind",
     .type = FIELD_WORD,
     .words = incident_words,
     .summary = "connection: of somebody who had not voted; many: more than 5 % within 10 s; "
                "restart: the server stopped; reported: a member says they could not vote"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "until_ms", .type = FIELD_TIME, .optional = true},
    {.name = "poll", .type = FIELD_ID, .optional = true},
    {.name = "people", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field names_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "people", .type = FIELD_LIST, .item = &person, .max = PEOPLE_MAX},
    {.name = "text", .type = FIELD_TEXT, .max = 2000, .optional = true, .summary = "as reported"},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_INCIDENT, "incident", incident_fields},
    {DOCUMENT_INCIDENT_NAMES, "incident_names", names_fields},
    {0},
};
const struct concept concept_incident = {.name = "incident", .documents = documents};
