/* The organisation: one document with settings, classes and counts, that other concepts ask and keep
 * up to date. */
#ifndef PALABRE_ASSEMBLY_ORGANISATION_H
#define PALABRE_ASSEMBLY_ORGANISATION_H

#include "assembly/concept.h"

enum { CLASSES_MAX = 32, LANGUAGES_MAX = 16 };

/* The organisation's document; NULL before the founding. New reference. */
json_t *organisation_load(struct store_txn *txn);
/* The class of this id text or key ("members"); none = no such class. */
struct id organisation_class(struct store_txn *txn, struct slice text);
/* Supporters an idea needs to be discussed, at this point of the record. */
uint32_t organisation_threshold(struct store_txn *txn);
/* A theme with this key is in the settings and has not been retired. */
bool organisation_has_theme(const json_t *organisation, struct slice key);

/* Apply: a member's status changed (before 0 = new), a proposal was added. */
void organisation_count_member(struct change *change, enum member_status before,
                               enum member_status after);
void organisation_count_proposal(struct change *change);
/* Apply: the practice vote that is open now; none. */
void organisation_set_practice(struct change *change, struct id poll, int64_t number);

#endif
