/* What a ballot may choose (ledger.md, Definition), from the few numbers of a definition that matter for it. */
#ifndef PALABRE_LEDGER_CHOICE_H
#define PALABRE_LEDGER_CHOICE_H

#include "base/error.h"
#include "ledger/definition.h"

enum { OPTION_BYTES = 24 }; /* id ‖ cost u64, as options stand in a definition */

struct choice_rules {
    uint8_t form;
    uint16_t flags, n_option, min, max;
    uint8_t grades;
    uint16_t points, cap;
    uint64_t budget;
    /* Costs, read only with FLAG_BASKET: decoded options, or the n_option × OPTION_BYTES of the definition. */
    const struct definition_option *options;
    struct slice option_bytes; /* used when options is NULL */
};
struct choice_rules choice_rules_of(const struct definition *definition);
/* choice = form u8, then its body. BALLOT_BAD_CHOICE. */
enum error choice_check(const struct choice_rules *rules, struct slice choice);

#endif
