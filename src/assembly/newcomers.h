/* Who has come lately and said who they are: one small document in the topic `org`, for the home page. */
#ifndef PALABRE_ASSEMBLY_NEWCOMERS_H
#define PALABRE_ASSEMBLY_NEWCOMERS_H

#include "assembly/concept.h"

extern const struct field newcomers_fields[];

/* Apply: this is the member's document now; to be called whenever it is put. */
void newcomers_follow(struct change *change, struct id id, const json_t *member);

#endif
