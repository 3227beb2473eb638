/* The words of members: status, kinds, roles, and the bits of the record they stand for.
 *
 * The record holds numbers, documents and commands hold words; here is the one place that knows both. Pure
 * functions of their arguments. Invariant: member_status_words stands in the order of enum member_status,
 * and "member" is never a word of a list: it is understood unless "observer" is there.
 * Start at member_roles(). */
#include "assembly/member.h"
#include "assembly/parts.h"

/* ---- words ---- */

const char *const member_status_words[] = {"invited", "active",   "dormant", "left",
                                           "erased",  "external", NULL};
const char *const member_kind_words[] = {"person", "organisation", NULL};
const char *const member_standing_roles[] = {"admin",   "facilitator", "secretary",
                                             "auditor", "observer",    NULL};
const char *const member_all_roles[] = {"admin",    "facilitator", "secretary",  "auditor",
                                        "observer", "chair",       "scrutineer", NULL};
static const struct {
    const char *word;
    uint16_t role;
} role_bits[] = {
    {"admin", ROLE_ADMIN},           {"facilitator", ROLE_FACILITATOR},
    {"secretary", ROLE_SECRETARY},   {"auditor", ROLE_AUDITOR},
    {"observer", ROLE_OBSERVER},     {"chair", ROLE_CHAIR},
    {"scrutineer", ROLE_SCRUTINEER},
};
enum { ROLE_WORDS = sizeof role_bits / sizeof role_bits[0] };

static uint16_t role_of(struct slice word)
{
    for (size_t i = 0; i < ROLE_WORDS; i++) {
        if (slice_equal(word, slice_text(role_bits[i].word))) {
            return role_bits[i].role;
        }
    }
    return 0;
}

uint16_t member_roles(const json_t *words)
{
    size_t i;
    json_t *word;
    unsigned roles = 0;
    json_array_foreach(words, i, word)
    {
        roles |= role_of(slice_of(json_string_value(word), json_string_length(word)));
    }
    return (uint16_t)((roles & ROLE_OBSERVER) != 0 ? roles : roles | ROLE_MEMBER);
}

json_t *member_role_words(uint16_t roles)
{
    json_t *words = json_array();
    for (size_t i = 0; i < ROLE_WORDS; i++) {
        if ((roles & role_bits[i].role) != 0) {
            json_array_append_new(words, json_text(slice_text(role_bits[i].word)));
        }
    }
    return words;
}

enum member_status member_status_find(struct slice word)
{
    for (size_t i = 0; member_status_words[i] != NULL; i++) {
        if (slice_equal(word, slice_text(member_status_words[i]))) {
            return (enum member_status)(i + 1);
        }
    }
    return 0;
}

bool member_is_acting_admin(enum member_status status, uint16_t roles)
{
    return (status == MEMBER_ACTIVE || status == MEMBER_DORMANT) && (roles & ROLE_ADMIN) != 0;
}
