/* Who is active in a theme: authors and supporters of its proposals.
 *
 * Read when the page of a theme is opened: the newest proposals of the theme are looked through, people are
 * counted, those who do most stand first. Invariant: nothing is stored; at most PROPOSALS_LOOKED_AT proposals
 * are read, and no further one after SUPPORTS_LOOKED_AT supports, whatever the theme has grown to. Start at proposal_handle_theme(). */
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

#include <string.h>

enum { PROPOSALS_LOOKED_AT = 200, SUPPORTS_LOOKED_AT = 10000, PEOPLE_SHOWN = 24, WROTE_COUNTS = 3 };

struct looking {
    struct store_txn *txn;
    json_t *people; /* id text → {"id","name","wrote","supports"} */
    size_t left, supports;
};

static void count_person(json_t *people, const json_t *person, const char *what)
{
    const char *id = json_string_value(json_object_get(person, "id"));
    json_t *entry = json_object_get(people, id);
    if (entry == NULL) {
        entry = json_object();
        json_put(entry, "member", json_deep_copy(person));
        json_put(entry, "wrote", json_number(0));
        json_put(entry, "supports", json_number(0));
        json_put(people, id, entry);
    }
    json_put(entry, what, json_number((uint64_t)json_get_integer(entry, what) + 1));
}

static bool look_at(void *context, struct slice key, struct slice value)
{
    size_t i;
    json_t *item;
    struct id id;
    struct looking *looking = context;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_t *proposal = document_load(looking->txn, DOCUMENT_PROPOSAL, id);
    json_t *supporters = document_load(looking->txn, DOCUMENT_SUPPORTERS, id);
    json_array_foreach(json_object_get(proposal, "authors"), i, item)
    {
        count_person(looking->people, item, "wrote");
    }
    json_array_foreach(json_object_get(supporters, "items"), i, item)
    {
        count_person(looking->people, json_object_get(item, "member"), "supports");
    }
    looking->supports += json_array_size(json_object_get(supporters, "items"));
    json_decref(proposal);
    json_decref(supporters);
    return --looking->left > 0 && looking->supports < SUPPORTS_LOOKED_AT;
}

static int64_t weight_of(const json_t *entry)
{
    return WROTE_COUNTS * json_get_integer(entry, "wrote") + json_get_integer(entry, "supports");
}

/* Takes out who did most; NULL = nobody is left. New reference. */
static json_t *take_first(json_t *people)
{
    const char *id, *first = NULL;
    json_t *entry, *found = NULL;
    json_object_foreach(people, id, entry)
    {
        if (found == NULL || weight_of(entry) > weight_of(found)) {
            found = entry;
            first = id;
        }
    }
    if (found != NULL) {
        json_incref(found);
        json_object_del(people, first);
    }
    return found;
}

enum error proposal_handle_theme(struct request *request)
{
    struct looking looking = {
        .txn = request_txn(request), .people = json_object(), .left = PROPOSALS_LOOKED_AT};
    struct index_key prefix = proposal_theme_prefix(request_text(request, "theme"));
    store_scan(looking.txn, TABLE_INDEX, index_key_slice(&prefix), look_at, &looking);
    json_t *items = json_array(), *entry;
    while (json_array_size(items) < PEOPLE_SHOWN && (entry = take_first(looking.people)) != NULL) {
        json_array_append_new(items, entry);
    }
    json_decref(looking.people);
    request->result = json_object();
    json_put(request->result, "people", items);
    return ERROR_NONE;
}
