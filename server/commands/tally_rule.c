/* palabre tally --rule PRESET: says the verdict of a rule for numbers that were counted by hand.
 *
 * The options are read here, apart from those of palabre tally --method. Start at tally_rule(). */
#include "server/commands/tally_rule.h"

#include <stdio.h>

int tally_rule(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    fprintf(stderr, "palabre: --rule: no rule can be asked yet\n");
    return 2;
}
