/* After the telling: does the organisation stand where the file says it should?
 *
 * Documents are read as a client would read them, by the operator. Every poll told is compared with the file's `expected`
 * (roll, ballots, counts, quorum, outcome), every proposal and to-do with its state there; a proposal whose vote is left out
 * stays ready. What is counted here is what the summary says. Start at demo_expect(). */
#include "server/commands/demo_story.h"

#include <stdio.h>

struct look {
    const struct demo_story *story;
    struct folder *folder;
    struct store_txn *txn;
    struct demo_figures *figures;
    char *message;
};

/* The document that a `get` method answers; NULL = none. New reference. */
static json_t *get(const struct look *look, const char *method, struct id id)
{
    json_t *params = json_object(), *document = NULL;
    json_put(params, "id", json_id(id));
    struct request request = {
        .command = command_find(slice_text(method)),
        .params = params,
        .caller = {.kind = CALLER_OPERATOR},
        .now_ms = look->story->now_ms,
    };
    if (assembly_read(look->folder->assembly, look->txn, &request) == ERROR_NONE) {
        document = json_incref(json_object_get(request.result, "doc"));
    }
    request_clear(&request);
    json_decref(params);
    return document;
}

static bool differs(const struct look *look, const char *kind, const json_t *told, const char *what)
{
    struct slice id = json_get_text(told, "id");
    snprintf(look->message, DEMO_MESSAGE_SIZE, "%s %.*s differs from the story: %s", kind,
             (int)id.size, (const char *)id.data, what);
    return false;
}

static bool same_number(const struct look *look, const json_t *poll, const char *what,
                        int64_t expected, int64_t found)
{
    char words[120];
    if (expected == found) {
        return true;
    }
    snprintf(words, sizeof words, "%s %lld instead of %lld", what, (long long)found,
             (long long)expected);
    return differs(look, "poll", poll, words);
}

/* ---- polls ---- */

static bool quorum_is(const json_t *result, const json_t *expected)
{
    const json_t *quorum = json_object_get(result, "quorum");
    return json_is_boolean(expected) ? json_object_get(quorum, "met") == expected
                                     : quorum == NULL || json_is_null(quorum);
}

static bool adopted_is(const struct look *look, const json_t *poll, const json_t *result,
                       const json_t *expected)
{
    bool adopted = slice_equal(json_get_text(result, "verdict"), slice_text("adopted"));
    if (!quorum_is(result, json_object_get(expected, "quorum_reached"))) {
        return differs(look, "poll", poll, "quorum_reached");
    }
    return adopted == json_get_flag(expected, "carried") || differs(look, "poll", poll, "carried");
}

static bool check_yes_no(const struct look *look, const json_t *poll, const json_t *result,
                         const json_t *expected)
{
    const json_t *counts = json_object_get(expected, "counts");
    return same_number(look, poll, "yes", json_get_integer(counts, "yes"),
                       json_get_integer(result, "yes")) &&
           same_number(look, poll, "no", json_get_integer(counts, "no"),
                       json_get_integer(result, "no")) &&
           same_number(look, poll, "abstain", json_get_integer(counts, "abstain"),
                       json_get_integer(json_object_get(result, "abstain"), "weight")) &&
           adopted_is(look, poll, result, expected);
}

static bool check_consent(const struct look *look, const json_t *poll, const json_t *result,
                          const json_t *expected)
{
    return same_number(look, poll, "consent", json_get_integer(expected, "consent"),
                       json_get_integer(result, "consent")) &&
           same_number(look, poll, "objections", json_get_integer(expected, "objections_open"),
                       json_get_integer(result, "objection")) &&
           same_number(look, poll, "abstain", json_get_integer(expected, "stand_aside"),
                       json_get_integer(json_object_get(result, "abstain"), "weight")) &&
           adopted_is(look, poll, result, expected);
}

/* First preferences, the quota in whole votes, who is elected. */
static bool check_transfers(const struct look *look, const json_t *poll, const json_t *result,
                            const json_t *expected)
{
    if (!json_equal(json_object_get(expected, "winners"), json_object_get(result, "winners"))) {
        return differs(look, "poll", poll, "winners");
    }
    if (!json_equal(json_object_get(expected, "first_stage"), json_object_get(result, "scores"))) {
        return differs(look, "poll", poll, "first_stage");
    }
    return same_number(look, poll, "quota",
                       json_get_integer(expected, "quota") * json_get_integer(result, "scale"),
                       json_get_integer(result, "quota"));
}

/* Ballots of each option and grade, and the options from best to worst. */
static bool check_grades(const struct look *look, const json_t *poll, const json_t *result,
                         const json_t *expected)
{
    const json_t *tallies = json_object_get(expected, "tallies");
    const json_t *ranking = json_object_get(expected, "ranking");
    const json_t *ranks = json_object_get(result, "ranks");
    json_t *flat = json_array();
    for (size_t i = 0; i < json_array_size(tallies); i++) {
        json_array_extend(flat, json_array_get(tallies, i));
    }
    bool same = json_equal(flat, json_object_get(result, "scores"));
    json_decref(flat);
    if (!same) {
        return differs(look, "poll", poll, "tallies");
    }
    for (size_t i = 0; i < json_array_size(ranking); i++) {
        size_t option = (size_t)json_integer_value(json_array_get(ranking, i));
        if (!same_number(look, poll, "rank", (int64_t)i + 1,
                         json_integer_value(json_array_get(ranks, option)))) {
            return false;
        }
    }
    return true;
}

static bool check_result(const struct look *look, const json_t *poll, const json_t *result)
{
    static const struct {
        const char *method;
        bool (*check)(const struct look *, const json_t *, const json_t *, const json_t *);
        const char *cast; /* as the file calls the number of ballots; NULL = it does not say */
    } table[] = {
        {"yes-no", check_yes_no, "cast"},
        {"consent", check_consent, NULL},
        {"stv-scottish", check_transfers, "ballots"},
        {"majority-judgment", check_grades, "ballots"},
    };
    const json_t *expected = json_object_get(poll, "expected");
    const json_t *part = json_object_get(result, "took_part");
    const json_t *entitled = json_object_get(result, "entitled");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (slice_equal(json_get_text(poll, "method"), slice_text(table[i].method))) {
            return same_number(look, poll, "entitled", json_get_integer(expected, "entitled"),
                               json_get_integer(entitled, "heads")) &&
                   (table[i].cast == NULL ||
                    same_number(look, poll, "cast", json_get_integer(expected, table[i].cast),
                                json_get_integer(part, "heads"))) &&
                   table[i].check(look, poll, result, expected);
        }
    }
    return differs(look, "poll", poll, "its method");
}

static bool check_open(const struct look *look, const json_t *poll, const json_t *document)
{
    const json_t *expected = json_object_get(poll, "expected");
    const json_t *roll = json_object_get(document, "roll");
    return same_number(look, poll, "entitled", json_get_integer(expected, "entitled"),
                       json_get_integer(roll, "count"));
}

/* Prepared for its meeting, not open yet. */
static bool check_draft(const struct look *look, const json_t *poll)
{
    json_t *document = get(look, "poll.get", json_get_id(poll, "id"));
    bool good = slice_equal(json_get_text(document, "state"), slice_text("draft")) &&
                json_object_get(document, "meeting") != NULL;
    json_decref(document);
    look->figures->polls += good;
    return good || differs(look, "poll", poll, "its draft");
}

static bool check_poll(const struct look *look, const json_t *poll)
{
    if (slice_equal(json_get_text(poll, "body"), slice_text("assembly"))) {
        return check_draft(look, poll);
    }
    if (!demo_poll_is_told(poll)) {
        return true;
    }
    bool closed = json_object_get(poll, "closed") != NULL, good;
    json_t *document = get(look, "poll.get", json_get_id(poll, "id"));
    struct slice state = json_get_text(document, "state");
    if (!slice_equal(state, slice_text(closed ? "counted" : "open"))) {
        good = differs(look, "poll", poll, "state");
    } else if (closed) {
        good = check_result(look, poll, json_object_get(document, "result"));
    } else {
        good = check_open(look, poll, document);
    }
    json_decref(document);
    look->figures->polls += good;
    return good;
}

/* ---- the others ---- */

static bool check_state(const struct look *look, const char *kind, const char *method,
                        const json_t *told, struct slice expected)
{
    json_t *document = get(look, method, json_get_id(told, "id"));
    struct slice state = json_get_text(document, "state");
    bool good = slice_equal(state, expected);
    if (!good) {
        char words[120];
        snprintf(words, sizeof words, "%.*s instead of %.*s", (int)state.size,
                 (const char *)state.data, (int)expected.size, (const char *)expected.data);
        differs(look, kind, told, words);
    }
    json_decref(document);
    return good;
}

/* Somebody took a to-do that comes from the decision on this poll: what it decided is in progress then. */
static bool has_begun(const struct look *look, struct id poll)
{
    const json_t *tasks = demo_list(look->story, "tasks");
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        const json_t *task = json_array_get(tasks, i);
        const json_t *from = json_object_get(task, "from");
        if (slice_equal(json_get_text(from, "kind"), slice_text("decision")) &&
            slice_equal(json_get_text(task, "state"), slice_text("taken")) &&
            id_equal(demo_decision_poll(look->story, json_get_id(from, "id")), poll)) {
            return true;
        }
    }
    return false;
}

/* A proposal whose vote was held elsewhere than here stays ready; the file leaves one adopted whose to-do is taken. */
static struct slice proposal_state(const struct look *look, const json_t *proposal)
{
    const json_t *poll = demo_poll_about(look->story, json_get_id(proposal, "id"));
    struct slice state = json_get_text(proposal, "state");
    if (poll == NULL) {
        return state;
    }
    if (!demo_poll_is_told(poll)) {
        return slice_text("ready");
    }
    return slice_equal(state, slice_text("adopted")) && has_begun(look, json_get_id(poll, "id"))
               ? slice_text("in_progress")
               : state;
}

static bool check_member(const struct look *look, const json_t *member)
{
    json_t *document = get(look, "member.get", json_get_id(member, "id"));
    bool good = slice_equal(json_get_text(document, "status"), json_get_text(member, "status"));
    json_decref(document);
    look->figures->members += good;
    return good || differs(look, "member", member, "status");
}

static bool check_proposal(const struct look *look, const json_t *proposal)
{
    bool good =
        check_state(look, "proposal", "proposal.get", proposal, proposal_state(look, proposal));
    look->figures->proposals += good;
    return good;
}

static bool check_decision(const struct look *look, const json_t *decision)
{
    struct id id = json_get_id(decision, "id");
    if (!demo_decision_is_told(look->story, id)) {
        return true;
    }
    json_t *document =
        get(look, "decision.get", demo_decision_id(demo_decision_poll(look->story, id)));
    bool good = document != NULL;
    const json_t *reports = json_object_get(document, "reports");
    bool told = good &&
                (json_object_get(decision, "review") != NULL) ==
                    (json_object_get(document, "review_ms") != NULL) &&
                json_equal(json_object_get(decision, "report"),
                           json_object_get(json_array_get(reports, 0), "text"));
    json_decref(document);
    look->figures->decisions += told;
    return told || differs(look, "decision", decision,
                           good ? "its review or report" : "it is not in the register");
}

static bool check_task(const struct look *look, const json_t *task)
{
    if (!demo_task_is_told(look->story, task)) {
        return true;
    }
    bool good = check_state(look, "to-do", "task.get", task, json_get_text(task, "state"));
    look->figures->tasks += good;
    return good;
}

/* Its state, its items, and for the one that was held its end and how many had left before. */
static bool check_meeting(const struct look *look, const json_t *meeting)
{
    bool held = slice_equal(json_get_text(meeting, "state"), slice_text("held"));
    const json_t *told = json_object_get(meeting, "agenda");
    json_t *document = get(look, "meeting.get", json_get_id(meeting, "id"));
    bool state =
        slice_equal(json_get_text(document, "state"), slice_text(held ? "ended" : "planned"));
    bool items = told == NULL ||
                 json_array_size(told) == json_array_size(json_object_get(document, "agenda"));
    bool ended = !held || (uint64_t)json_get_integer(document, "ended_ms") ==
                              demo_time(look->story, json_object_get(meeting, "ended"));
    json_decref(document);
    look->figures->meetings += state && items && ended;
    return (state && items && ended) || differs(look, "meeting", meeting,
                                                !state  ? "state"
                                                : items ? "its end"
                                                        : "its agenda");
}

/* Comments that the proposals' cards count. */
static bool check_comments(const struct look *look)
{
    size_t count = 0, told = json_array_size(demo_list(look->story, "comments")) +
                             demo_more_count(look->story, "comment.post", "proposal");
    json_t *params = json_object();
    json_put(params, "limit", json_number(200));
    struct request request = {
        .command = command_find(slice_text("proposal.list")),
        .params = params,
        .caller = {.kind = CALLER_OPERATOR},
        .now_ms = look->story->now_ms,
    };
    if (assembly_read(look->folder->assembly, look->txn, &request) == ERROR_NONE) {
        const json_t *items = json_object_get(request.result, "items");
        for (size_t i = 0; i < json_array_size(items); i++) {
            count += (size_t)json_get_integer(json_array_get(items, i), "comments");
        }
    }
    request_clear(&request);
    json_decref(params);
    look->figures->comments = count + demo_more_count(look->story, "comment.post", NULL) -
                              demo_more_count(look->story, "comment.post", "proposal");
    if (count != told) {
        snprintf(look->message, DEMO_MESSAGE_SIZE, "%zu comments instead of %zu", count, told);
    }
    return count == told;
}

static bool check_each(const struct look *look, const char *list,
                       bool (*check)(const struct look *look, const json_t *told))
{
    const json_t *items = demo_list(look->story, list);
    for (size_t i = 0; i < json_array_size(items); i++) {
        if (!check(look, json_array_get(items, i))) {
            return false;
        }
    }
    return true;
}

bool demo_expect(const struct demo_story *story, struct folder *folder,
                 struct demo_figures *figures, char message[DEMO_MESSAGE_SIZE])
{
    struct look look = {.story = story, .folder = folder, .figures = figures, .message = message};
    *figures = (struct demo_figures){
        .groups = json_array_size(demo_list(story, "groups")),
        .proposals = demo_more_count(story, "proposal.submit", NULL),
        .ballots = story->ballots,
        .tasks = demo_more_count(story, "task.create", NULL),
        .files = demo_more_count(story, "file.attach", NULL),
        .reports = demo_more_count(story, "report.make", NULL),
    };
    if (store_begin(folder->store, STORE_READ, &look.txn) != ERROR_NONE) {
        snprintf(message, DEMO_MESSAGE_SIZE, "the folder could not be read");
        return false;
    }
    bool good =
        check_each(&look, "members", check_member) &&
        check_each(&look, "proposals", check_proposal) && check_comments(&look) &&
        check_each(&look, "polls", check_poll) && check_each(&look, "decisions", check_decision) &&
        check_each(&look, "tasks", check_task) && check_each(&look, "meetings", check_meeting);
    store_abort(look.txn);
    return good;
}
