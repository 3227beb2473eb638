/* Decision rules of the organisation: presets it copied and adapted, and the rule a vote asks for by name. Included by
 * src/assembly only. */
#ifndef PALABRE_ASSEMBLY_RULE_H
#define PALABRE_ASSEMBLY_RULE_H

#include "assembly/concept.h"
#include "rules/preset.h"

/* A rule in words of the protocol, every field there. New reference. */
json_t *rule_write(const struct rule *rule);
/* The same back; the JSON is complete (rule_write, rule_complete) and of the shape poll_rule_fields. The name is borrowed. */
void rule_read(const json_t *json, struct rule *rule);
/* `base` with the fields of `given` in their place, parts of them filled in. New reference. */
json_t *rule_complete(const json_t *base, const json_t *given);
/* A definition may hold this rule with this method: fractions of at most 1, a majority only where the method has one … */
bool rule_is_good(uint8_t method, const json_t *complete);

/* What a rule that is named says beside its fields. */
struct rule_use {
    bool confidential; /* ballots are so unless said otherwise */
    bool assembly;     /* what it is for is decided in a general assembly */
    bool second_call;  /* there is one, */
    uint16_t gap_days; /* at least so many days later */
};

/* What a vote names in its rule: {"use": a preset's name, or the id of a rule of the organisation, "second_call"?: true}.
 * *found = the rule with every field, and beside them `use`, `preset` (the preset it is or came from), `checked` (an admin
 * confirmed the organisation's copy, or it needs no checking) and `second_call` (only when true: the quorum is dropped).
 * Proxies are left out. New reference. RULE_UNKNOWN; RULE_BAD_STATE: retired, or it has no second call; the field at fault
 * is rule.use or rule.second_call. */
enum error rule_of(struct request *request, const json_t *given, json_t **found,
                   struct rule_use *use);

#endif
