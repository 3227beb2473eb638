/* Screens: what sessions ask of them (screen.c). Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_SCREEN_H
#define PALABRE_ASSEMBLY_SCREEN_H

#include "assembly/concept.h"

/* The caller whose session token has this hash. SESSION_NONE; SESSION_EXPIRED when its code was renewed, its meeting is over,
 * or it is too old. */
enum error screen_find(struct store_txn *txn, const struct hash *session, uint64_t now_ms,
                       struct caller *caller);
/* Writer: the session ends. */
void screen_leave(struct store_txn *txn, const struct hash *session);

#endif
