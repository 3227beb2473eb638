/* Who is told what about proposals: their authors, their supporters, and whoever is asked something.
 *
 * One row for each event: what authors are told, what supporters are told, what the member of the event is
 * told. Nobody is told of what they did themselves. Nothing here changes a document; of a proposal with very
 * many supporters the newest SUPPORTERS_TOLD_MAX are told. Invariant: a row for each event that concerns
 * somebody else than who acted. Start at proposal_tell(). */
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "assembly/proposal_parts.h"

enum { SUPPORTERS_TOLD_MAX = 2000 };

static void tell(struct change *change, struct id member, const char *what, struct id proposal)
{
    change_notify(change, member, what, notify_about(change, DOCUMENT_PROPOSAL_CARD, proposal));
}

static void tell_authors(struct change *change, const json_t *proposal, const char *what)
{
    change_notify_people(change, json_object_get(proposal, "authors"), what, DOCUMENT_PROPOSAL_CARD,
                         json_get_id(proposal, "id"));
}

static void tell_supporters(struct change *change, struct id id, const char *what)
{
    json_t *supporters = change_load(change, DOCUMENT_SUPPORTERS, id);
    const json_t *items = json_object_get(supporters, "items");
    size_t count = json_array_size(items);
    size_t first = count > SUPPORTERS_TOLD_MAX ? count - SUPPORTERS_TOLD_MAX : 0;
    for (size_t i = first; i < count; i++) {
        const json_t *member = json_object_get(json_array_get(items, i), "member");
        tell(change, json_get_id(member, "id"), what, id);
    }
    json_decref(supporters);
}

static const struct {
    const char *what, *authors, *supporters, *member; /* NULL = nothing */
} rows[] = {
    {"revised", NULL, "proposal_revised", NULL},
    {"answered", "proposal_answered", "proposal_answered", NULL},
    {"joined", "authors_changed", NULL, "authors_changed"},
    {"left", "authors_changed", NULL, NULL},
    {"taken_over", "authors_changed", NULL, NULL},
    {"merge_asked", "merge_asked", NULL, NULL},
};

/* By an author the member is asked to write along; by the member the authors are offered help. */
static void tell_invited(struct change *change, const json_t *proposal)
{
    struct id member = json_get_id(change->json, "member");
    if (id_equal(member, json_get_id(change->json, "by"))) {
        tell_authors(change, proposal, "proposal_help");
    } else {
        tell(change, member, "author_asked", json_get_id(proposal, "id"));
    }
}

/* What is realised is told to those who voted, with their to-dos (task_tell.c). */
static void tell_marked(struct change *change, struct id id, const json_t *proposal)
{
    struct id into = json_get_id(json_object_get(change->json, "into"), "id");
    enum proposal_state to = proposal_state_find(json_get_text(change->json, "to"));
    if (to == PROPOSAL_MERGED) {
        json_t *other = change_load(change, DOCUMENT_PROPOSAL, into);
        tell_authors(change, proposal, "proposal_merged");
        tell_authors(change, other, "proposal_merged");
        tell_supporters(change, id, "support_follows");
        json_decref(other);
    } else if (to != PROPOSAL_IN_PROGRESS && to != PROPOSAL_REALISED) {
        tell_authors(change, proposal, "proposal_state");
        tell_supporters(change, id, "proposal_state");
    }
}

void proposal_tell(struct change *change, struct id id, const json_t *proposal)
{
    if (event_is(change->json, "invited")) {
        tell_invited(change, proposal);
    } else if (event_is(change->json, "marked")) {
        tell_marked(change, id, proposal);
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!event_is(change->json, rows[i].what)) {
            continue;
        }
        if (rows[i].authors != NULL) {
            tell_authors(change, proposal, rows[i].authors);
        }
        if (rows[i].supporters != NULL) {
            tell_supporters(change, id, rows[i].supporters);
        }
        if (rows[i].member != NULL) {
            tell(change, json_get_id(change->json, "member"), rows[i].member, id);
        }
    }
}

void proposal_tell_help(struct change *change, struct id id)
{
    if (json_get_text(change->json, "help").size == 0) {
        return;
    }
    json_t *proposal = change_load(change, DOCUMENT_PROPOSAL, id);
    tell_authors(change, proposal, "proposal_help");
    json_decref(proposal);
}
