/* What palabre tally says of a count: one JSON object, or a table for people. */
#ifndef PALABRE_SERVER_COMMANDS_TALLY_REPORT_H
#define PALABRE_SERVER_COMMANDS_TALLY_REPORT_H

#include <stdio.h>

#include "tally/formats/election.h"

/* Candidates are numbered from 1, as in files. Both end with a line feed. */
void tally_report_json(struct buffer *out, const struct election *election,
                       const struct tally_counts *counts);
void tally_report_table(struct buffer *out, const struct election *election,
                        const struct tally_counts *counts);

/* Shared by both. The winners in the order of their places, those who got theirs at the same moment by number; room for all
 * candidates. Returns how many. */
size_t tally_report_winners(const struct election *election, const struct tally_counts *counts,
                            uint16_t *winners);
/* A number of parts of a vote: "1412.45570" where a vote has 100,000 of them. */
void tally_report_parts(struct buffer *out, uint64_t parts, uint32_t scale);
/* The lower of the two middle grades of one option's tally; grades when nobody graded it. */
uint8_t tally_report_median(const uint64_t *tally, uint8_t grades);
/* What a grade is called in the file: tables count from 1 in a majority judgment, from 0 in a score. */
uint8_t tally_report_grade(const struct election *election, uint8_t grade);

#endif
