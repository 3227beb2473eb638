/* Shapes of votes: the parameters of poll.define, and the documents poll, poll_card, turnout and tally. Data alone; the
 * published description and the client's types are made of it. What a value may be beyond its shape is checked in
 * poll_define.c. */
#include "assembly/group.h"
#include "assembly/meeting.h"
#include "assembly/poll_parts.h"
#include "rules/preset.h"

enum {
    QUESTION_MAX = 300,     /* characters */
    EXPLANATION_MAX = 8000, /* bytes, each language */
    ABOUT_MAX = 20,
    OPTIONS_MAX = 1000,
    LISTED_MAX = 1000, /* members of an electorate given as a list */
    FRACTION_MAX = 1000000,
};
#define COUNT_MAX INT64_C(9007199254740991)

const char *const poll_kind_words[] = {"decision", "election", "straw", "practice", NULL};
const char *const poll_body_words[] = {"members", "group", "board", "assembly", NULL};
const char *const poll_mode_words[] = {"named", "confidential", "secret", NULL};
const char *const poll_method_words[] = {
    "yes-no",      "consent",           "single",       "approval",  "score",
    "dots",        "majority-judgment", "irv",          "schulze",   "ranked-pairs",
    "borda",       "stv-scottish",      "stv-meek",     "pb-greedy", "pb-mes",
    "pb-mes-add1", "pb-mes-add1e",      "seq-phragmen", "seq-pav",   "mes-committee",
    NULL,
};
const char *const poll_reveal_words[] = {"hand", "close", NULL};
static const char *const others_words[] = {"rejected", "discussed", NULL};
static const char *const state_words[] = {"draft", "open", "closed", "counted", "cancelled", NULL};
static const char *const base_words[] = {"votes", "present", "entitled", NULL};
static const char *const unit_words[] = {"heads", "weight", "shares", NULL};
static const char *const of_words[] = {"present", "part", NULL};
static const char *const count_words[] = {"out", "base", "no", NULL};
static const char *const class_words[] = {"quorum", "majority", NULL};
static const char *const who_words[] = {"roll", "class", "member", NULL};
static const char *const tie_words[] = {"not_adopted", "chair", "lot", "reported", NULL};
static const char *const flag_words[] = {"blank",  "abstain",    "equal", "late",
                                         "basket", "all_points", NULL};
static const char *const electorate_words[] = {"entitled", "active",  "classes", "group",
                                               "list",     "present", NULL};
const char *const poll_verdict_words[] = {"none",      "adopted",  "not_adopted",
                                          "no_quorum", "tie_open", NULL};
const char *const poll_decided_words[] = {"no_tie", "lot", "chair", "open", NULL};

/* ---- the rule ---- */

static const struct field majority_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG, .summary = "true: more than; false: at least"},
    {.name = "base", .type = FIELD_WORD, .words = base_words, .optional = true},
    {0},
};
static const struct field quorum_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG, .optional = true},
    {.name = "unit", .type = FIELD_WORD, .words = unit_words, .optional = true},
    {.name = "of", .type = FIELD_WORD, .words = of_words, .optional = true},
    {0},
};
static const struct field cap_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .min = 1, .max = FRACTION_MAX},
    {0},
};
static const struct field mandates_fields[] = {
    {.name = "max", .type = FIELD_INTEGER, .min = 0, .max = 65535},
    {.name = "who", .type = FIELD_WORD, .words = who_words, .optional = true},
    {.name = "own", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field per_class_item = {
    .name = "part", .type = FIELD_WORD, .words = class_words};
#define RULE_FIELDS                                                                                \
    {.name = "name",                                                                               \
     .type = FIELD_LINE,                                                                           \
     .max = 80,                                                                                    \
     .optional = true,                                                                             \
     .summary = "the preset it came from"},                                                        \
        {.name = "majority",                                                                       \
         .type = FIELD_OBJECT,                                                                     \
         .fields = majority_fields,                                                                \
         .optional = true,                                                                         \
         .nullable = true},                                                                        \
        {.name = "abstain", .type = FIELD_WORD, .words = count_words, .optional = true},           \
        {.name = "blank", .type = FIELD_WORD, .words = count_words, .optional = true},             \
        {.name = "void", .type = FIELD_WORD, .words = count_words, .optional = true},              \
        {.name = "quorum",                                                                         \
         .type = FIELD_OBJECT,                                                                     \
         .fields = quorum_fields,                                                                  \
         .optional = true,                                                                         \
         .nullable = true},                                                                        \
        {.name = "per_class",                                                                      \
         .type = FIELD_LIST,                                                                       \
         .item = &per_class_item,                                                                  \
         .max = 2,                                                                                 \
         .optional = true},                                                                        \
        {.name = "cap",                                                                            \
         .type = FIELD_OBJECT,                                                                     \
         .fields = cap_fields,                                                                     \
         .optional = true,                                                                         \
         .nullable = true},                                                                        \
        {.name = "mandates",                                                                       \
         .type = FIELD_OBJECT,                                                                     \
         .fields = mandates_fields,                                                                \
         .optional = true,                                                                         \
         .nullable = true},                                                                        \
    {                                                                                              \
        .name = "tie", .type = FIELD_WORD, .words = tie_words, .optional = true                    \
    }
const struct field poll_rule_fields[] = {RULE_FIELDS, {0}};
/* By name, or by its fields. */
static const struct field rule_params[] = {
    {.name = "use",
     .type = FIELD_LINE,
     .max = 40,
     .optional = true,
     .summary = "a preset's name or the id of a rule of the organisation; then no other field but "
                "second_call"},
    {.name = "second_call",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the quorum was missed before: whatever the attendance, where the rule has that"},
    RULE_FIELDS,
    {0},
};
/* As documents show it: where it is from, and whether an admin confirmed it with the statutes' article. */
#define RULE_ORIGIN                                                                                \
    {.name = "preset", .type = FIELD_WORD, .words = rule_preset_names, .optional = true},          \
    {                                                                                              \
        .name = "checked", .type = FIELD_FLAG, .optional = true,                                   \
        .summary = "beside preset; false: not checked by a lawyer, compare with your statutes"     \
    }
const struct field poll_rule_shown_fields[] = {
    {.name = "use", .type = FIELD_LINE, .max = 40, .optional = true},
    {.name = "second_call", .type = FIELD_FLAG, .optional = true},
    RULE_ORIGIN,
    RULE_FIELDS,
    {0},
};
static const struct field card_rule_fields[] = {RULE_ORIGIN, {0}};

/* ---- poll.define ---- */

static const struct field about_item = {
    .name = "proposal", .type = FIELD_REF, .number = NUMBER_PROPOSAL};
static const struct field electorate_item = {.name = "id", .type = FIELD_LINE, .max = 40};
static const struct field electorate_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = electorate_words},
    {.name = "ids",
     .type = FIELD_LIST,
     .item = &electorate_item,
     .max = LISTED_MAX,
     .optional = true,
     .summary = "classes (id or key), members or groups (id or number; at most 5 groups)"},
    {.name = "nested",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "of groups: with the members of groups below them; no"},
    {0},
};
static const struct field option_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "label", .type = FIELD_LABELS, .max = QUESTION_MAX},
    {.name = "cost", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "proposal",
     .type = FIELD_REF,
     .number = NUMBER_PROPOSAL,
     .optional = true,
     .summary = "one of those the vote is about: adopted when this option wins"},
    {0},
};
static const struct field option_item = {
    .name = "option", .type = FIELD_OBJECT, .fields = option_fields};
static const struct field flag_item = {.name = "flag", .type = FIELD_WORD, .words = flag_words};
static const struct field grade_item = {.name = "grade", .type = FIELD_LABELS, .max = QUESTION_MAX};
const struct field poll_params_fields[] = {
    {.name = "flags", .type = FIELD_LIST, .item = &flag_item, .max = 6, .optional = true},
    {.name = "opt", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "seats", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "min", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "max", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "grades", .type = FIELD_LIST, .item = &grade_item, .max = 100, .optional = true},
    {.name = "levels",
     .type = FIELD_INTEGER,
     .max = 100,
     .optional = true,
     .summary = "score: numbers from 0 to levels − 1; 6"},
    {.name = "points", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "cap", .type = FIELD_INTEGER, .max = 65535, .optional = true},
    {.name = "budget", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {0},
};
const struct field poll_define_params[] = {
    {.name = "id",
     .type = FIELD_ID,
     .summary = "UUID of the vote, made by the client; a draft's own replaces it"},
    {.name = "base",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary =
         "rev of the draft that is replaced, as it was seen; conflict if it was written since"},
    {.name = "kind", .type = FIELD_WORD, .words = poll_kind_words},
    {.name = "body",
     .type = FIELD_WORD,
     .words = poll_body_words,
     .optional = true,
     .summary = "who decides: it follows from electorate and meeting, anything else is refused"},
    {.name = "meeting",
     .type = FIELD_REF,
     .number = NUMBER_MEETING,
     .optional = true,
     .summary = "in which it is opened, by who leads it"},
    {.name = "item", .type = FIELD_ID, .optional = true, .summary = "the point of its agenda"},
    {.name = "reveal",
     .type = FIELD_WORD,
     .words = poll_reveal_words,
     .optional = true,
     .summary = "in a meeting: when it is counted and seen; by hand"},
    {.name = "follows",
     .type = FIELD_REF,
     .number = NUMBER_POLL,
     .optional = true,
     .summary = "in a meeting: the vote, shown or cancelled, that is asked again"},
    {.name = "about",
     .type = FIELD_LIST,
     .item = &about_item,
     .max = ABOUT_MAX,
     .optional = true,
     .summary = "proposals the vote is about"},
    {.name = "question",
     .type = FIELD_LABELS,
     .max = QUESTION_MAX,
     .summary = "in each language of the organisation"},
    {.name = "explanation", .type = FIELD_TEXTS, .max = EXPLANATION_MAX, .optional = true},
    {.name = "options",
     .type = FIELD_LIST,
     .item = &option_item,
     .max = OPTIONS_MAX,
     .optional = true,
     .summary = "none for yes-no and consent"},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "params",
     .type = FIELD_OBJECT,
     .fields = poll_params_fields,
     .optional = true,
     .summary = "only those of the method"},
    {.name = "rule",
     .type = FIELD_OBJECT,
     .fields = rule_params,
     .optional = true,
     .summary = "default: of a yes-no more yes than no, abstentions left out, no quorum"},
    {.name = "electorate",
     .type = FIELD_OBJECT,
     .fields = electorate_fields,
     .optional = true,
     .summary = "default: every entitled member; in a group's meeting its members, in the board's "
                "those present"},
    {.name = "mode",
     .type = FIELD_WORD,
     .words = poll_mode_words,
     .optional = true,
     .summary = "confidential for elections, else named"},
    {.name = "revote",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "ballots may be changed until the close; yes"},
    {.name = "opens",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "opens by itself; left out: by hand"},
    {.name = "closes",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "closes by itself; left out: by hand"},
    {.name = "show_live",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "running result shown; no"},
    {.name = "others",
     .type = FIELD_WORD,
     .words = others_words,
     .optional = true,
     .summary = "what becomes of proposals whose option did not win; rejected"},
    {0},
};

/* ---- the result ---- */

static const struct field count_fields[] = {
    {.name = "heads", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field score_item = {.name = "score", .type = FIELD_INTEGER, .max = COUNT_MAX};
static const struct field option_index = {.name = "option", .type = FIELD_INTEGER, .max = 65535};
static const struct field pairwise_row = {
    .name = "row", .type = FIELD_LIST, .item = &score_item, .max = OPTIONS_MAX};
static const char *const action_words[] = {"begin", "surplus", "exclusion", "fill", NULL};
static const char *const option_state_words[] = {"continuing", "elected", "excluded", "withdrawn",
                                                 NULL};
static const struct field option_state = {
    .name = "state", .type = FIELD_WORD, .words = option_state_words};
static const struct field stage_fields[] = {
    {.name = "action", .type = FIELD_WORD, .words = action_words},
    {.name = "option",
     .type = FIELD_INTEGER,
     .max = 65535,
     .optional = true,
     .summary = "whose surplus is transferred, or who is excluded"},
    {.name = "votes",
     .type = FIELD_LIST,
     .item = &score_item,
     .max = OPTIONS_MAX,
     .summary = "per option after it, in parts of a vote"},
    {.name = "states", .type = FIELD_LIST, .item = &option_state, .max = OPTIONS_MAX},
    {.name = "exhausted",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "parts of ballots on which nobody is left"},
    {.name = "lost",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "parts that rounding took, so far"},
    {0},
};
static const struct field stage_item = {
    .name = "stage", .type = FIELD_OBJECT, .fields = stage_fields};
static const char *const tie_for_words[] = {"place", "exclusion", "surplus", NULL};
static const char *const tie_how_words[] = {"earlier_stage", "lot",           "status_quo",
                                            "open",          "no_difference", NULL};
static const struct field tie_fields[] = {
    {.name = "stage", .type = FIELD_INTEGER, .max = 65535, .summary = "index in stages"},
    {.name = "for", .type = FIELD_WORD, .words = tie_for_words},
    {.name = "tied", .type = FIELD_LIST, .item = &option_index, .max = OPTIONS_MAX},
    {.name = "how", .type = FIELD_WORD, .words = tie_how_words},
    {.name = "chosen",
     .type = FIELD_LIST,
     .item = &option_index,
     .max = OPTIONS_MAX,
     .summary = "who gets the place, or goes"},
    {0},
};
static const struct field tie_item = {.name = "tie", .type = FIELD_OBJECT, .fields = tie_fields};
static const struct field judged_quorum_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG},
    {.name = "unit", .type = FIELD_WORD, .words = unit_words},
    {.name = "of", .type = FIELD_WORD, .words = of_words},
    {.name = "x", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "n", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "least",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "the least x that is enough"},
    {.name = "met", .type = FIELD_FLAG},
    {0},
};
static const struct field judged_majority_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG},
    {.name = "base", .type = FIELD_WORD, .words = base_words},
    {.name = "support", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "total", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "met", .type = FIELD_FLAG},
    {0},
};
static const struct field class_fields[] = {
    {.name = "code", .type = FIELD_LINE, .max = 35, .summary = "of the class, as in its key"},
    {.name = "agreed", .type = FIELD_FLAG},
    {.name = "entitled",
     .type = FIELD_OBJECT,
     .fields = count_fields,
     .optional = true,
     .summary = "left out, as what follows, where a class is too small to be told apart"},
    {.name = "took_part", .type = FIELD_OBJECT, .fields = count_fields, .optional = true},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = judged_quorum_fields, .optional = true},
    {.name = "majority", .type = FIELD_OBJECT, .fields = judged_majority_fields, .optional = true},
    {0},
};
static const struct field class_item = {
    .name = "class", .type = FIELD_OBJECT, .fields = class_fields};
static const struct field part_item = {.name = "part", .type = FIELD_LINE, .max = 20};
const struct field poll_result_fields[] = {
    {.name = "verdict", .type = FIELD_WORD, .words = poll_verdict_words},
    {.name = "decided", .type = FIELD_WORD, .words = poll_decided_words},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "took_part", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "valid", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "blank", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "abstain", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "void", .type = FIELD_OBJECT, .fields = count_fields},
    {.name = "yes", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true, .summary = "weight"},
    {.name = "no", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true, .summary = "weight"},
    {.name = "consent",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "weight, as the two that follow"},
    {.name = "concern", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "objection", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "scores",
     .type = FIELD_LIST,
     .item = &score_item,
     .max = 65535,
     .summary = "of each answer or option; majority-judgment: of each option × grade"},
    {.name = "winners",
     .type = FIELD_LIST,
     .item = &option_index,
     .max = 65535,
     .summary = "ascending, from 0 as in options; so everywhere here"},
    {.name = "elected",
     .type = FIELD_LIST,
     .item = &option_index,
     .max = 65535,
     .optional = true,
     .summary = "the winners in the order in which they got their places"},
    {.name = "graders",
     .type = FIELD_LIST,
     .item = &score_item,
     .max = OPTIONS_MAX,
     .optional = true,
     .summary = "score: the weight that graded each option"},
    {.name = "scale",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "a vote is so many parts in quota and stages"},
    {.name = "quota", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "stages", .type = FIELD_LIST, .item = &stage_item, .max = 65535, .optional = true},
    {.name = "pairwise",
     .type = FIELD_LIST,
     .item = &pairwise_row,
     .max = OPTIONS_MAX,
     .optional = true,
     .summary = "weight that prefers the row's option to the column's"},
    {.name = "ranks",
     .type = FIELD_LIST,
     .item = &option_index,
     .max = OPTIONS_MAX,
     .optional = true,
     .summary = "per option, 1 = best; equal ones share a rank"},
    {.name = "condorcet_winner",
     .type = FIELD_INTEGER,
     .max = 65535,
     .optional = true,
     .summary = "who wins every duel"},
    {.name = "ties", .type = FIELD_LIST, .item = &tie_item, .max = 65535, .optional = true},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = judged_quorum_fields, .optional = true},
    {.name = "majority", .type = FIELD_OBJECT, .fields = judged_majority_fields, .optional = true},
    {.name = "sentence",
     .type = FIELD_LABELS,
     .max = RULE_SENTENCE_MAX,
     .summary = "the arithmetic in words: fr, nl, en"},
    {.name = "classes",
     .type = FIELD_LIST,
     .item = &class_item,
     .max = RULE_CLASSES_MAX,
     .optional = true,
     .summary = "where each class must agree"},
    {.name = "left_out",
     .type = FIELD_LIST,
     .item = &part_item,
     .max = 4,
     .optional = true,
     .summary = "parts of the account that would be too long here; the record has the ballots"},
    {.name = "seq",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "of the result event"},
    {0},
};

/* ---- documents ---- */

static const struct field group_item = {
    .name = "group", .type = FIELD_OBJECT, .fields = group_reference_fields};
static const struct field about_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "version", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "the version voted on"},
    {0},
};
static const struct field about_document = {
    .name = "proposal", .type = FIELD_OBJECT, .fields = about_fields};
static const struct field roll_fields[] = {
    {.name = "count", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field extended_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "closes_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {0},
};
static const struct field cancelled_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {.name = "by", .type = FIELD_BY, .optional = true},
    {0},
};
static const struct field other_poll_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field decision_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 16},
    {0},
};
static const struct field headcount_fields[] = {
    {.name = "heads", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "shares", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field presence_fields[] = {
    {.name = "opening", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "close",
     .type = FIELD_OBJECT,
     .fields = headcount_fields,
     .optional = true,
     .summary = "the last time it closed"},
    {0},
};
const struct field poll_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "poll_kind", .type = FIELD_WORD, .words = poll_kind_words},
    {.name = "body", .type = FIELD_WORD, .words = poll_body_words},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {.name = "about", .type = FIELD_LIST, .item = &about_document, .max = ABOUT_MAX},
    {.name = "question", .type = FIELD_LABELS, .max = QUESTION_MAX},
    {.name = "explanation", .type = FIELD_TEXTS, .max = EXPLANATION_MAX, .optional = true},
    {.name = "options", .type = FIELD_LIST, .item = &option_item, .max = OPTIONS_MAX},
    {.name = "params", .type = FIELD_OBJECT, .fields = poll_params_fields},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_shown_fields},
    {.name = "electorate", .type = FIELD_OBJECT, .fields = electorate_fields},
    {.name = "revote", .type = FIELD_FLAG},
    {.name = "show_live", .type = FIELD_FLAG},
    {.name = "others", .type = FIELD_WORD, .words = others_words, .optional = true},
    {.name = "groups",
     .type = FIELD_LIST,
     .item = &group_item,
     .max = POLL_GROUPS_MAX,
     .optional = true,
     .summary = "whose members are asked, as they were called then"},
    {.name = "standing",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the practice vote, open to all who ask"},
    {.name = "opens_ms", .type = FIELD_TIME, .optional = true},
    {.name = "closes_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "in force; absent: closed by hand"},
    {.name = "opened_ms", .type = FIELD_TIME, .optional = true},
    {.name = "closed_ms", .type = FIELD_TIME, .optional = true},
    {.name = "extended", .type = FIELD_OBJECT, .fields = extended_fields, .optional = true},
    {.name = "cancelled", .type = FIELD_OBJECT, .fields = cancelled_fields, .optional = true},
    {.name = "follows",
     .type = FIELD_OBJECT,
     .fields = other_poll_fields,
     .optional = true,
     .summary = "the vote on the version before, which ended for this one"},
    {.name = "followed_by",
     .type = FIELD_OBJECT,
     .fields = other_poll_fields,
     .optional = true,
     .summary = "the vote on the new version of the text"},
    {.name = "reopened",
     .type = FIELD_OBJECT,
     .fields = cancelled_fields,
     .optional = true,
     .summary = "the last time; an earlier result is withdrawn"},
    {.name = "chair",
     .type = FIELD_OBJECT,
     .fields = cancelled_fields,
     .optional = true,
     .summary = "who recorded the chair's word on a tie"},
    {.name = "asked_confidential",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "voters who asked for confidential ballots before it opened"},
    {.name = "by", .type = FIELD_BY},
    {.name = "drafted",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "rev at which its draft was last written"},
    {.name = "poll_hash", .type = FIELD_BYTES, .max = 32, .optional = true},
    {.name = "roll", .type = FIELD_OBJECT, .fields = roll_fields, .optional = true},
    {.name = "result", .type = FIELD_OBJECT, .fields = poll_result_fields, .optional = true},
    {.name = "decision",
     .type = FIELD_OBJECT,
     .fields = decision_reference_fields,
     .optional = true},
    {.name = "meeting", .type = FIELD_OBJECT, .fields = meeting_reference_fields, .optional = true},
    {.name = "reveal",
     .type = FIELD_WORD,
     .words = poll_reveal_words,
     .optional = true,
     .summary = "in a meeting: counted by hand, or when it closes"},
    {.name = "presence",
     .type = FIELD_OBJECT,
     .fields = presence_fields,
     .optional = true,
     .summary = "in a meeting: who of the roll was there"},
    {0},
};

static const struct field card_about_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {0},
};
static const struct field card_about = {
    .name = "proposal", .type = FIELD_OBJECT, .fields = card_about_fields};
const struct field poll_card_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "poll_kind", .type = FIELD_WORD, .words = poll_kind_words},
    {.name = "body", .type = FIELD_WORD, .words = poll_body_words},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {.name = "rule",
     .type = FIELD_OBJECT,
     .fields = card_rule_fields,
     .optional = true,
     .summary = "of a rule that was named"},
    {.name = "question", .type = FIELD_LABELS, .max = QUESTION_MAX},
    {.name = "about", .type = FIELD_LIST, .item = &card_about, .max = ABOUT_MAX},
    {.name = "groups",
     .type = FIELD_LIST,
     .item = &group_item,
     .max = POLL_GROUPS_MAX,
     .optional = true,
     .summary = "whose members are asked, as they were called then"},
    {.name = "meeting", .type = FIELD_OBJECT, .fields = meeting_reference_fields, .optional = true},
    {.name = "reveal", .type = FIELD_WORD, .words = poll_reveal_words, .optional = true},
    {.name = "opens_ms", .type = FIELD_TIME, .optional = true},
    {.name = "closes_ms", .type = FIELD_TIME, .optional = true},
    {.name = "opened_ms", .type = FIELD_TIME, .optional = true},
    {.name = "roll_count", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "verdict", .type = FIELD_WORD, .words = poll_verdict_words, .optional = true},
    {.name = "decision",
     .type = FIELD_OBJECT,
     .fields = decision_reference_fields,
     .optional = true},
    {0},
};
const struct field turnout_fields[] = {
    {.name = "voted",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "members of the roll with a ballot"},
    {.name = "entitled", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "voted_weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "entitled_weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
const struct field tally_fields[] = {
    {.name = "yes",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "weight, as all here; yes and no of a yes-no"},
    {.name = "no", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "abstain", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "blank", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "scores",
     .type = FIELD_LIST,
     .item = &score_item,
     .max = OPTIONS_MAX,
     .optional = true,
     .summary = "per option; of a ranking the first ranks"},
    {0},
};
