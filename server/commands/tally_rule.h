/* palabre tally --rule: a verdict from numbers given on the command line. */
#ifndef PALABRE_SERVER_COMMANDS_TALLY_RULE_H
#define PALABRE_SERVER_COMMANDS_TALLY_RULE_H

/* argv[0] is "tally"; answers the exit code of the program. */
int tally_rule(int argc, char **argv);

#endif
