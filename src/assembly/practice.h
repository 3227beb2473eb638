/* The practice vote: what poll_open.c and organisation.c know of it. */
#ifndef PALABRE_ASSEMBLY_PRACTICE_H
#define PALABRE_ASSEMBLY_PRACTICE_H

#include "assembly/concept.h"

/* The standing practice vote that is open now; none. */
struct id practice_current(struct store_txn *txn);
/* The parameters and what the record says of it: a draft as poll.define makes it, with "standing". New reference. */
json_t *practice_draft(struct request *request, struct id id);

#endif
