/* The demonstration organisation, built into the program: its figures, and what is told besides. */
#ifndef PALABRE_SERVER_COMMANDS_DEMO_DATA_H
#define PALABRE_SERVER_COMMANDS_DEMO_DATA_H

#include "base/slice.h"

/* The bytes of demo-organisation.json; they live as long as the program. */
struct slice demo_data(void);
/* The bytes of demo-more.json. */
struct slice demo_more_data(void);

#endif
