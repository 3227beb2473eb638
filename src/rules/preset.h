/* Ready-made decision rules: those that laws and common statutes ask for, and the simple ones. Static; any thread.
 *
 * An organisation copies one and adapts it. Where `checked_by` is the statutes, people read "not checked by a lawyer:
 * compare with your statutes" until an admin confirms it. */
#ifndef PALABRE_RULES_PRESET_H
#define PALABRE_RULES_PRESET_H

#include "base/buffer.h"
#include "ledger/definition.h"

enum { RULE_LANGUAGES = 3 };
extern const char *const rule_languages[RULE_LANGUAGES]; /* "fr", "nl", "en" */

struct rule_preset {
    const char *name; /* "sc-statutes"; the rule's name */
    const char *titles[RULE_LANGUAGES];
    uint8_t method;      /* the method it is made for */
    bool from_statutes;  /* of a law or of statutes: to be compared with the organisation's own */
    bool assembly;       /* what it is for is decided in a general assembly */
    bool confidential;   /* about a person: ballots are confidential unless said otherwise */
    bool second_call;    /* a meeting called again decides whatever the attendance */
    uint16_t gap_days;   /* at least so many days before it */
    const char *article; /* where the rule stands; NULL = not verified, so not printed */
    struct rule rule;    /* without its name: rule_preset_rule */
};
const struct rule_preset *rule_presets(size_t *count);
/* Their names, in the order of the table; NULL-terminated. */
extern const char *const rule_preset_names[];
/* NULL = no preset of this name. */
const struct rule_preset *rule_preset_find(struct slice name);
/* With its name, which is static. */
struct rule rule_preset_rule(const struct rule_preset *preset);

/* What a rule is beside its fields in a definition: when it is asked again. */
struct rule_second_call {
    bool allowed;
    uint16_t gap_days;
};
/* Appends what the rule asks, in sentences: "Adopted with at least two thirds of yes + no. Abstentions, blank and void
 * ballots are left out. …". Languages as in rule_sentence. method: its number. */
void rule_asks(struct buffer *out, const char *language, uint8_t method, const struct rule *rule,
               struct rule_second_call second_call);

#endif
