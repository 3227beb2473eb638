/* What C tests share: temporary folders, files, data of other projects, death of a child.
 * Tests run at the top of the checkout. Nothing here is thread-safe. */
#ifndef PALABRE_TESTS_FIXTURE_H
#define PALABRE_TESTS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/json.h"

/* A new empty folder under TMPDIR. Freed, and removed with all that is in it, by fixture_remove. */
char *fixture_folder(void);
void fixture_remove(char *folder);
/* A path inside a folder; free(). */
char *fixture_path(const char *folder, const char *name);

/* Data that is not part of the repository: the path of `name` in the folder PALABRE_SHARED, or ../shared without it.
 * Skips the running test, saying why, when it is not there: call it before anything is allocated. free(). */
char *fixture_shared(const char *name);
/* The whole file, failing the test when it cannot be read; buffer_free(). */
struct buffer fixture_read(const char *path);
/* A JSON file of any form (reals become doubles); fails the test when it cannot be read. New reference. */
json_t *fixture_json(const char *path);
/* The same for tests/data/vectors/<name>. */
json_t *fixture_vectors(const char *name);

/* Bytes written in hex; fails the test when it is not hex. buffer_free(). */
struct buffer fixture_bytes(const char *hex);
/* A member of a JSON object that is a string; fails the test without it. Borrowed. */
const char *fixture_text(const json_t *object, const char *key);
/* The same in hex, of exactly HASH_SIZE bytes. */
struct hash fixture_hash(const json_t *object, const char *key);

/* Tells the runner how many cases of a family of vectors were checked. */
void fixture_count(const char *family, size_t cases);

/* Runs body in a child process; true = the child aborted. */
bool fixture_aborts(void (*body)(void *context), void *context);

#endif
