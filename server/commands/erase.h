/* Doing again what a list of erasures says, for palabre erase and palabre restore. */
#ifndef PALABRE_SERVER_COMMANDS_ERASE_H
#define PALABRE_SERVER_COMMANDS_ERASE_H

#include "server/commands/operator.h"

/* path: a file like DIR/erasures. Says on stdout how many were erased, on stderr what was refused. 0 = all of it holds now,
 * 1 = something was refused or the way failed, 2 = the list cannot be read. dir: the folder of the desk. */
int erase_list(struct operator_desk *desk, const char *dir, const char *path);

#endif
