/* Who is told what about to-dos: those asked, those thanked, those whose date has passed, whoever made it, the authors when
 * the last to-do of their proposal is done, and the voters when what they decided on is realised.
 *
 * What is told follows from the to-do before and after an event. Nobody is told twice for one event, and nothing here
 * changes a document. Voters are told that it is realised, never anything about ballots. Start at task_tell(),
 * task_tell_realised(). */
#include "assembly/personal.h"
#include "assembly/proposal.h"
#include "assembly/task.h"
#include "ledger/record.h"

enum { VOTERS_TOLD_MAX = 5000, FACILITATORS_TOLD_MAX = 20 };

static void tell(struct change *change, struct id member, const char *what, struct id task)
{
    change_notify(change, member, what, notify_about(change, DOCUMENT_TASK, task));
}

static void tell_newly_asked(struct change *change, struct id id, const json_t *before,
                             const json_t *after)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(after, "asked"), i, item)
    {
        struct id member = json_get_id(item, "id");
        if (!people_have(json_object_get(before, "asked"), member)) {
            tell(change, member, "task_asked", id);
        }
    }
}

/* A step to another state: the maker hears of it, and those at work when it is dropped. */
static void tell_step(struct change *change, struct id id, const json_t *before,
                      const json_t *after)
{
    struct id maker = json_get_id(json_object_get(after, "created_by"), "id");
    enum task_state to = task_state_of(after);
    bool marked = event_is(change->json, "marked");
    const char *what = NULL;
    if (event_is(change->json, "answered")) {
        what = "task_answered";
    } else if (marked && to == TASK_DONE) {
        what = "task_done";
    } else if (marked && to == TASK_DROPPED) {
        change_notify_people(change, json_object_get(before, "assignees"), "task_dropped",
                             DOCUMENT_TASK, id);
        change_notify_people(change, json_object_get(before, "asked"), "task_dropped",
                             DOCUMENT_TASK, id);
    } else if (event_is(change->json, "taken") || (marked && task_state_of(before) == TASK_TAKEN)) {
        what = "task_given";
    }
    if (what != NULL) {
        tell(change, maker, what, id);
    }
}

/* ---- the last to-do of a proposal ---- */

struct inviting {
    struct change *change;
    struct id proposal;
    size_t left;
};

static void invite_to_realise(struct change *change, struct id member, struct id proposal)
{
    change_notify(change, member, "proposal_done",
                  notify_about(change, DOCUMENT_PROPOSAL_CARD, proposal));
}

static bool invite_facilitator(void *context, struct id member, const struct record_member *record)
{
    struct inviting *inviting = context;
    if ((record->roles & ROLE_FACILITATOR) != 0) {
        invite_to_realise(inviting->change, member, inviting->proposal);
        inviting->left--;
    }
    return inviting->left > 0;
}

/* The authors, or for an imported proposal facilitation, can say that it is realised. */
static void invite_for(struct change *change, struct id id)
{
    size_t i;
    json_t *item;
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
    json_t *proposal = change_load(change, DOCUMENT_PROPOSAL, id);
    const json_t *tasks = json_object_get(card, "tasks");
    enum proposal_state state = proposal_state_find(json_get_text(card, "state"));
    if ((state == PROPOSAL_ADOPTED || state == PROPOSAL_IN_PROGRESS) &&
        json_get_integer(tasks, "total") > 0 &&
        json_get_integer(tasks, "total") == json_get_integer(tasks, "done")) {
        json_array_foreach(json_object_get(proposal, "authors"), i, item)
        {
            invite_to_realise(change, json_get_id(item, "id"), id);
        }
        if (json_object_get(card, "source") != NULL) {
            struct inviting inviting = {change, id, FACILITATORS_TOLD_MAX};
            record_each_member(change->txn, invite_facilitator, &inviting);
        }
    }
    json_decref(card);
    json_decref(proposal);
}

static void invite_when_all_done(struct change *change, const json_t *before, const json_t *after,
                                 const json_t *proposals)
{
    size_t i;
    json_t *item;
    enum task_state was = before == NULL ? TASK_NONE : task_state_of(before);
    enum task_state now = task_state_of(after);
    bool ended = was != now && (now == TASK_DONE || now == TASK_DROPPED);
    json_array_foreach(proposals, i, item)
    {
        struct id id = {{0}};
        if (ended && id_parse(slice_of(json_string_value(item), json_string_length(item)), &id)) {
            invite_for(change, id);
        }
    }
}

void task_tell(struct change *change, struct id id, const json_t *before, const json_t *after,
               const json_t *proposals)
{
    if (change->assembly == NULL) {
        return; /* a folder is being rebuilt or checked */
    }
    tell_newly_asked(change, id, before, after);
    if (event_is(change->json, "thanked")) {
        change_notify_people(change, json_object_get(after, "assignees"), "task_thanked",
                             DOCUMENT_TASK, id);
    } else if (event_is(change->json, "overdue")) {
        change_notify_people(change, json_object_get(after, "assignees"), "task_due", DOCUMENT_TASK,
                             id);
    } else if (before != NULL) {
        tell_step(change, id, before, after);
        invite_when_all_done(change, before, after, proposals);
    }
}

/* ---- realised ---- */

struct telling_voters {
    struct change *change;
    struct id proposal;
    size_t left;
};

static bool tell_voter(void *context, struct id on_behalf_of, const struct record_ballot *ballot)
{
    struct telling_voters *telling = context;
    (void)ballot;
    change_notify(telling->change, on_behalf_of, "proposal_realised",
                  notify_about(telling->change, DOCUMENT_PROPOSAL_CARD, telling->proposal));
    return --telling->left > 0;
}

void task_tell_realised(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (change->assembly == NULL || !event_is(change->json, "marked") ||
        proposal_state_find(json_get_text(change->json, "to")) != PROPOSAL_REALISED) {
        return;
    }
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
    struct id decided = json_get_id(json_object_get(card, "decision"), "id");
    json_t *decision = id_is_none(decided) ? NULL : change_load(change, DOCUMENT_DECISION, decided);
    struct id poll = json_get_id(json_object_get(decision, "poll"), "id");
    if (!id_is_none(poll)) {
        struct telling_voters telling = {change, id, VOTERS_TOLD_MAX};
        record_each_ballot(change->txn, poll, tell_voter, &telling);
    }
    json_decref(card);
    json_decref(decision);
}
