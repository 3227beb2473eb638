/* Checking JSON against a table of fields. */
#ifndef PALABRE_ASSEMBLY_SHAPE_H
#define PALABRE_ASSEMBLY_SHAPE_H

#include "assembly/concept.h"

/* The parameter `command` that most writes take. */
extern const struct field shape_command_field;
bool shape_takes_command(const struct command *command);
/* {"id","name"}: a person in a document. */
extern const struct field shape_person_fields[];

/* INPUT_UNKNOWN_FIELD, INPUT_MISSING_FIELD, INPUT_BAD_VALUE, INPUT_TOO_BIG; *field names the culprit (static or inside
 * object). Pure; any thread. Tests check documents with it too. */
enum error shape_check(const struct field *fields, const json_t *object, const char **field);

#endif
