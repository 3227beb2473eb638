/* For src/ledger alone: decoding a definition and noting where its options stand. */
#ifndef PALABRE_LEDGER_DEFINITION_PARTS_H
#define PALABRE_LEDGER_DEFINITION_PARTS_H

#include "ledger/definition.h"

/* As definition_decode; *options_at is the offset of the first option (id ‖ cost) in bytes. */
enum error definition_decode_parts(struct slice bytes, struct arena *arena,
                                   struct definition *definition, size_t *options_at);

#endif
