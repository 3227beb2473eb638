/* Decisions: the numbered register (2026-003). Every counted vote that decides is entered, carried or not, with its
 * question, rule, arithmetic and result; the event holds all of it, so the register can be read from the record alone.
 *
 * Counting a vote makes a decision (poll_count.c), to-dos add up in it (task_apply.c); looking at it again and what became
 * of it are in decision_review.c.
 * Invariant: one decision per poll; numbers of a year go up by one, without gaps. Start at decision_emit(). */
#include "assembly/decision.h"
#include "assembly/group.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/poll.h"
#include "assembly/proposal.h"
#include "assembly/search.h"
#include "assembly/settings.h"
#include "base/fatal.h"

#include <stdio.h>

enum {
    NUMBER_TEXT_SIZE = 24,
    DECISION_TOPICS_MAX = 32,
    DECISION_SCAN_MAX = 1000,
    WORDS_MAX = 256 * 1024,
    NOTE_MAX = 500,
    REPORT_MAX = 500,
};

struct id decision_of_poll(struct id poll)
{
    struct slice parts[] = {id_slice(&poll)};
    return id_from_hash(crypto_hash_tagged("decision", parts, 1));
}

/* The first number of this year that no decision has. */
static struct slice next_number(struct store_txn *txn, unsigned year, char text[NUMBER_TEXT_SIZE])
{
    struct slice number;
    unsigned count = 0;
    do {
        int size = snprintf(text, NUMBER_TEXT_SIZE, "%04u-%03u", year, ++count);
        number = slice_of(text, (size_t)size);
    } while (!id_is_none(reference_find(txn, number, NUMBER_DECISION)));
    return number;
}

/* {"id","number","title","language"} of each proposal of the poll. */
static json_t *proposals_of(struct store_txn *txn, const json_t *poll)
{
    static const char *const names[] = {"number", "title", "language", NULL};
    size_t i;
    json_t *item, *proposals = json_array();
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        json_t *one = json_object();
        json_t *card = document_load(txn, DOCUMENT_PROPOSAL_CARD, json_get_id(item, "id"));
        json_put(one, "id", json_id(json_get_id(item, "id")));
        fields_copy(one, card, names);
        json_array_append_new(proposals, one);
        json_decref(card);
    }
    return proposals;
}

/* Twelve months are 365 days. */
static uint64_t review_after_ms(struct request *request)
{
    uint64_t months = (uint64_t)setting_number(request_txn(request), SETTING_REVIEW_MONTHS);
    return months * 365 * 24 / 12 * 3600 * 1000;
}

/* What was chosen, in words: the labels of the options that won, in the order of their places. */
static json_t *chosen_of(const json_t *document, const json_t *result)
{
    size_t i;
    json_t *place, *chosen = json_array();
    json_array_foreach(json_object_get(result, "elected"), i, place)
    {
        const json_t *option =
            json_array_get(json_object_get(document, "options"), (size_t)json_integer_value(place));
        json_array_append(chosen, json_object_get(option, "label"));
    }
    return chosen;
}

/* The long parts of the account stay with the vote. */
static json_t *result_without_account(const json_t *result)
{
    json_t *copy = json_deep_copy(result);
    json_put(copy, "stages", NULL);
    json_put(copy, "pairwise", NULL);
    return copy;
}

static void put_result(json_t *event, const json_t *document, const json_t *result)
{
    json_put(event, "result", result_without_account(result));
    json_put(event, "chosen",
             json_array_size(json_object_get(document, "options")) == 0
                 ? NULL
                 : chosen_of(document, result));
}

/* The chair's word, or another count after a reopening. */
static void emit_revised(struct request *request, struct id poll, const json_t *document,
                         const json_t *result)
{
    json_t *event = event_new("revised");
    json_put(event, "id", json_id(decision_of_poll(poll)));
    put_result(event, document, result);
    request_emit_json(request, EVENT_DECISION, event);
}

void decision_emit_withdrawn(struct request *request, struct id poll, struct slice reason)
{
    struct id id = decision_of_poll(poll);
    if (document_exists(request_txn(request), DOCUMENT_DECISION, id)) {
        json_t *event = event_new("withdrawn");
        json_put(event, "id", json_id(id));
        json_put(event, "reason", json_text(reason));
        request_emit_json(request, EVENT_DECISION, event);
    }
}

/* Where it was decided, and when that meeting began; NULL outside one. */
static json_t *meeting_of(struct store_txn *txn, const json_t *document)
{
    struct id id = poll_meeting(document);
    if (id_is_none(id)) {
        return NULL;
    }
    json_t *reference = json_deep_copy(json_object_get(document, "meeting"));
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, id);
    json_put(reference, "started_ms",
             json_number((uint64_t)json_get_integer(meeting, "started_ms")));
    json_decref(meeting);
    return reference;
}

void decision_emit(struct request *request, struct id poll, const json_t *document,
                   const json_t *result)
{
    static const char *const names[] = {"question", "poll_kind", "body", "groups",
                                        "mode",     "method",    "rule", NULL};
    char text[NUMBER_TEXT_SIZE];
    if (document_exists(request_txn(request), DOCUMENT_DECISION, decision_of_poll(poll))) {
        emit_revised(request, poll, document, result);
        return;
    }
    json_t *event = event_new("recorded");
    json_t *reference = json_object();
    json_put(reference, "id", json_id(poll));
    json_put(reference, "number", json_number((uint64_t)json_get_integer(document, "number")));
    json_put(event, "id", json_id(decision_of_poll(poll)));
    json_put(event, "number", json_text(next_number(request_txn(request), request->year, text)));
    json_put(event, "poll", reference);
    json_put(event, "proposals", proposals_of(request_txn(request), document));
    fields_copy(event, document, names);
    json_put(event, "meeting", meeting_of(request_txn(request), document));
    put_result(event, document, result);
    json_put(event, "review_ms", json_number(request->now_ms + review_after_ms(request)));
    request_emit_json(request, EVENT_DECISION, event);
}

/* ---- apply ---- */

static json_t *no_tasks(void)
{
    json_t *tasks = json_object();
    json_put(tasks, "total", json_number(0));
    json_put(tasks, "done", json_number(0));
    return tasks;
}

/* {"id","number"} and, for proposals, the verdict. */
static json_t *reference_to(const json_t *event, bool verdict)
{
    static const char *const names[] = {"id", "number", NULL};
    static const char *const of_result[] = {"verdict", NULL};
    json_t *reference = json_object();
    fields_copy(reference, event, names);
    if (verdict) {
        fields_copy(reference, json_object_get(event, "result"), of_result);
    }
    return reference;
}

/* The poll, its card and its proposals point to the decision. */
static void point_to(struct change *change, struct id poll)
{
    size_t i;
    json_t *item;
    json_t *document = change_load(change, DOCUMENT_POLL, poll);
    if (document != NULL) {
        json_put(document, "decision", reference_to(change->json, false));
        poll_store(change, poll, document);
    }
    json_array_foreach(json_object_get(change->json, "proposals"), i, item)
    {
        proposal_card_update(change, json_get_id(item, "id"), "decision",
                             reference_to(change->json, true));
    }
}

/* Themes of its proposals, each once, in their order. */
static json_t *themes_of(struct change *change)
{
    size_t i, j;
    json_t *item, *theme;
    json_t *themes = json_object(), *list = json_array();
    json_array_foreach(json_object_get(change->json, "proposals"), i, item)
    {
        json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, json_get_id(item, "id"));
        json_array_foreach(json_object_get(card, "themes"), j, theme)
        {
            if (json_object_get(themes, json_string_value(theme)) == NULL) {
                json_object_set(themes, json_string_value(theme), theme);
                json_array_append(list, theme);
            }
        }
        json_decref(card);
    }
    json_decref(themes);
    return list;
}

void decision_put(struct change *change, struct id id, json_t *decision)
{
    size_t i, count = 0;
    json_t *item;
    struct topic topics[DECISION_TOPICS_MAX];
    topics[count++] = topic_plain(TOPIC_DECISIONS);
    topics[count++] = topic_of(TOPIC_DECISION, id);
    topics[count++] = topic_of(TOPIC_POLL, json_get_id(json_object_get(decision, "poll"), "id"));
    if (json_object_get(decision, "to_review_ms") != NULL) {
        topics[count++] = topic_plain(TOPIC_REVIEWS);
    }
    if (!id_is_none(poll_meeting(decision))) {
        topics[count++] = topic_of(TOPIC_MEETING, poll_meeting(decision));
    }
    json_array_foreach(json_object_get(decision, "proposals"), i, item)
    {
        assert_always(count < DECISION_TOPICS_MAX);
        topics[count++] = topic_of(TOPIC_PROPOSAL, json_get_id(item, "id"));
    }
    change_put(change, DOCUMENT_DECISION, id, decision, topics, count);
}

static void store_decision(struct change *change, struct id id)
{
    static const char *const names[] = {"number", "poll",   "proposals", "question", "poll_kind",
                                        "body",   "groups", "mode",      "method",   "rule",
                                        "result", "chosen", "meeting",   NULL};
    static const char *const review[] = {"review_ms", NULL};
    json_t *decision = document_new(DOCUMENT_DECISION, id);
    fields_copy(decision, change->json, names);
    json_put(json_object_get(decision, "result"), "seq",
             json_number(change->seq - 1)); /* it stands just before */
    json_put(decision, "recorded_ms", json_number(change->time_ms));
    json_put(decision, "recorded_by", change_by(change, json_object_get(change->json, "by")));
    json_put(decision, "themes", themes_of(change));
    fields_copy(decision, change->json, review);
    json_put(decision, "reports", json_array());
    json_put(decision, "tasks", no_tasks());
    decision_put(change, id, decision);
    change_due(change, "decision.recall", id,
               (uint64_t)json_get_integer(change->json, "review_ms"));
}

static void apply_decision(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    struct id poll = json_get_id(json_object_get(change->json, "poll"), "id");
    struct index_key key = index_key(INDEX_DECISION_BY_SEQ);
    if (change->json == NULL) {
        return;
    }
    if (!event_is(change->json, "recorded")) {
        decision_apply_review(change, id);
        return;
    }
    index_key_u64(&key, UINT64_MAX - change->seq);
    change_index(change, index_key_slice(&key), id);
    change_number(change, NUMBER_DECISION, json_get_text(change->json, "number"), id);
    store_decision(change, id);
    point_to(change, poll);
}

/* ---- reading ---- */

static bool has_theme(const json_t *decision, struct slice wanted)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(decision, "themes"), i, item)
    {
        if (slice_equal(slice_of(json_string_value(item), json_string_length(item)), wanted)) {
            return true;
        }
    }
    return false;
}

static bool is_of_year(const json_t *decision, int64_t year)
{
    char text[NUMBER_TEXT_SIZE];
    int size = snprintf(text, sizeof text, "%04lld-", (long long)year);
    struct slice number = json_get_text(decision, "number");
    return number.size > (size_t)size && memcmp(number.data, text, (size_t)size) == 0;
}

static void gather_words(void *context, const char *field, enum search_class class,
                         struct slice language, struct slice text)
{
    (void)field;
    (void)class;
    (void)language;
    fold_append(context, text);
    buffer_append_u8(context, '\n');
}

/* Every word typed stands in its number, question, titles or reports. */
static bool has_words(const json_t *decision, struct slice text)
{
    struct buffer words;
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    bool all = true;
    buffer_init(&words, WORDS_MAX);
    search_texts(search_kind_of(DOCUMENT_DECISION), decision, gather_words, &words);
    while (all && fold_next(&reader, &word)) {
        all = words.size > 0 && memmem(words.data, words.size, word.text, word.size) != NULL;
    }
    buffer_free(&words);
    return all;
}

static bool keep(const struct request *request, const json_t *decision)
{
    int64_t year = json_get_integer(request->params, "year");
    struct slice verdict = request_text(request, "verdict");
    struct slice theme = request_text(request, "theme");
    struct slice text = request_text(request, "text");
    struct id proposal = request_ref(request, "proposal", NUMBER_PROPOSAL);
    return (year == 0 || is_of_year(decision, year)) &&
           (verdict.size == 0 ||
            slice_equal(verdict, json_get_text(json_object_get(decision, "result"), "verdict"))) &&
           (theme.size == 0 || has_theme(decision, theme)) &&
           (!request_has(request, "proposal") ||
            people_have(json_object_get(decision, "proposals"), proposal)) &&
           (!json_get_flag(request->params, "to_review") ||
            json_object_get(decision, "to_review_ms") != NULL) &&
           (text.size == 0 || has_words(decision, text));
}

static enum error list(struct request *request)
{
    struct index_key key = index_key(INDEX_DECISION_BY_SEQ);
    return request_answer_list(request, index_key_slice(&key), DOCUMENT_DECISION, keep,
                               DECISION_SCAN_MAX);
}

static enum error get(struct request *request)
{
    return request_answer_document(request, DOCUMENT_DECISION,
                                   request_ref(request, "id", NUMBER_DECISION),
                                   ERROR_DECISION_UNKNOWN);
}

/* ---- tables ---- */

static const struct field poll_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field proposal_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "title", .type = FIELD_LINE, .max = 160},
    {.name = "language", .type = FIELD_LANGUAGE},
    {0},
};
static const struct field proposal_reference = {
    .name = "proposal", .type = FIELD_OBJECT, .fields = proposal_reference_fields};
static const struct field progress_fields[] = {
    {.name = "total", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "done", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field group_item = {
    .name = "group", .type = FIELD_OBJECT, .fields = group_reference_fields};
static const struct field theme = {.name = "theme", .type = FIELD_LINE, .max = 35};
static const struct field review_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "note", .type = FIELD_LINE, .max = NOTE_MAX, .optional = true},
    {0},
};
static const struct field report_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "text", .type = FIELD_LABELS, .max = REPORT_MAX},
    {0},
};
static const struct field report_item = {
    .name = "report", .type = FIELD_OBJECT, .fields = report_fields};
static const struct field withdrawn_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {0},
};
static const struct field earlier_fields[] = {
    {.name = "verdict", .type = FIELD_WORD, .words = poll_verdict_words},
    {.name = "seq", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "of the result"},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = 4000,
     .optional = true,
     .summary = "why the vote was opened again"},
    {0},
};
static const struct field earlier_item = {
    .name = "result", .type = FIELD_OBJECT, .fields = earlier_fields};
static const struct field meeting_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "item", .type = FIELD_ID, .optional = true, .summary = "the point of its agenda"},
    {.name = "started_ms", .type = FIELD_TIME},
    {0},
};
static const struct field chosen_label = {.name = "label", .type = FIELD_LABELS, .max = 300};
static const struct field decision_fields[] = {
    {.name = "number", .type = FIELD_LINE, .max = 16, .summary = "year and count: 2026-003"},
    {.name = "poll", .type = FIELD_OBJECT, .fields = poll_reference_fields},
    {.name = "proposals", .type = FIELD_LIST, .item = &proposal_reference, .max = 20},
    {.name = "question", .type = FIELD_LABELS, .max = 300},
    {.name = "poll_kind", .type = FIELD_WORD, .words = poll_kind_words},
    {.name = "body", .type = FIELD_WORD, .words = poll_body_words},
    {.name = "groups",
     .type = FIELD_LIST,
     .item = &group_item,
     .max = POLL_GROUPS_MAX,
     .optional = true},
    {.name = "meeting",
     .type = FIELD_OBJECT,
     .fields = meeting_fields,
     .optional = true,
     .summary = "in which it was decided"},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_shown_fields},
    {.name = "result",
     .type = FIELD_OBJECT,
     .fields = poll_result_fields,
     .summary = "without stages and pairwise, which stand in the vote"},
    {.name = "chosen",
     .type = FIELD_LIST,
     .item = &chosen_label,
     .max = 1000,
     .optional = true,
     .summary = "labels of the options that won, in the order of their places"},
    {.name = "withdrawn",
     .type = FIELD_OBJECT,
     .fields = withdrawn_fields,
     .optional = true,
     .summary = "the vote is open again: this result is not in force"},
    {.name = "earlier",
     .type = FIELD_LIST,
     .item = &earlier_item,
     .max = 64,
     .optional = true,
     .summary = "results that another one replaced, the newest last"},
    {.name = "recorded_ms", .type = FIELD_TIME},
    {.name = "recorded_by", .type = FIELD_BY},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = 100},
    {.name = "review_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when it is looked at again"},
    {.name = "to_review_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "that date has come, since then it waits"},
    {.name = "review",
     .type = FIELD_OBJECT,
     .fields = review_fields,
     .optional = true,
     .summary = "who set the date"},
    {.name = "reports",
     .type = FIELD_LIST,
     .item = &report_item,
     .max = 50,
     .summary = "what became of it, the newest last"},
    {.name = "tasks", .type = FIELD_OBJECT, .fields = progress_fields},
    {0},
};
static const struct field list_params[] = {
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .optional = true,
     .summary = "words of number, question, proposals or reports"},
    {.name = "year", .type = FIELD_INTEGER, .min = 1900, .max = 9999, .optional = true},
    {.name = "verdict", .type = FIELD_WORD, .words = poll_verdict_words, .optional = true},
    {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35, .optional = true},
    {.name = "proposal", .type = FIELD_REF, .number = NUMBER_PROPOSAL, .optional = true},
    {.name = "to_review",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "only those whose date has come"},
    {.name = "after", .type = FIELD_LINE, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field decision_item = {
    .name = "decision", .type = FIELD_ANY, .document = DOCUMENT_DECISION};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &decision_item, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_DECISION},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_DECISION},
    {0},
};
static const struct field review_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_DECISION},
    {.name = "review_ms",
     .type = FIELD_TIME,
     .nullable = true,
     .summary = "later than now; null: it is not looked at again"},
    {.name = "note", .type = FIELD_LINE, .min = 1, .max = NOTE_MAX, .optional = true},
    {0},
};
static const struct field report_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_DECISION},
    {.name = "text",
     .type = FIELD_LABELS,
     .max = REPORT_MAX,
     .optional = true,
     .summary = "what became of it, in one or more languages"},
    {.name = "take_back",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "instead of text: one's own newest report goes"},
    {0},
};
static const enum error get_errors[] = {ERROR_DECISION_UNKNOWN, ERROR_NONE};

static const struct command commands[] = {
    {.method = "decision.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "The register, newest first",
     .example = "{\"limit\":20}"},
    {.method = "decision.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = get_params,
     .result = get_result,
     .handle = get,
     .summary = "One decision",
     .example = "{\"id\":\"2026-003\"}",
     .errors = get_errors},
    {.method = "decision.review",
     .who = WHO_FACILITATOR | WHO_SECRETARY,
     .flags = COMMAND_WRITE,
     .params = review_params,
     .handle = decision_review,
     .summary = "Set or clear the date at which a decision is looked at again",
     .example = "{\"id\":\"2026-003\",\"review_ms\":1900000000000}",
     .errors = get_errors},
    {.method = "decision.report",
     .who = WHO_FACILITATOR | WHO_SECRETARY,
     .flags = COMMAND_WRITE,
     .params = report_params,
     .handle = decision_report,
     .summary = "Say in a sentence what became of a decision",
     .example = "{\"id\":\"2026-003\",\"text\":{\"en\":\"Nine evenings held.\"}}",
     .errors = get_errors},
    {.method = "decision.recall",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = get_params,
     .handle = decision_recall,
     .summary = "Its date has come: it waits to be looked at again",
     .example = "{\"id\":\"2026-003\"}",
     .errors = get_errors},
    {0},
};
static const struct applies applies[] = {{EVENT_DECISION, apply_decision}, {0}};
static const struct document_shape documents[] = {{DOCUMENT_DECISION, "decision", decision_fields},
                                                  {0}};
static const struct topic_shape topics[] = {
    {.code = TOPIC_DECISIONS, .name = "decisions", .readers = WHO_READERS, .windowed = true},
    {.code = TOPIC_DECISION,
     .name = "decision",
     .has_id = true,
     .number = NUMBER_DECISION,
     .readers = WHO_READERS},
    {.code = TOPIC_REVIEWS, .name = "reviews", .readers = WHO_FACILITATOR | WHO_SECRETARY},
    {0},
};

const struct concept concept_decision = {.name = "decision",
                                         .commands = commands,
                                         .applies = applies,
                                         .documents = documents,
                                         .topics = topics};
