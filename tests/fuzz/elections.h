/* What must hold of any file of ballots: it is refused with a place, or what is made of it can be counted and said. */
#ifndef PALABRE_TESTS_FUZZ_ELECTIONS_H
#define PALABRE_TESTS_FUZZ_ELECTIONS_H

#include "tally/formats/election.h"

/* Reads the file as its content says, for this method (0 = an export's own), with options that `mode` chooses. */
void elections_try(const struct election_file *file, uint8_t mode, uint8_t method);

/* An input for the ballots of one form: numbers of a definition, then choices. Those that the definition accepts are counted
 * by every method of the form; no invariant of a count may break. */
void elections_try_choices(struct slice input, uint8_t form);

#endif
