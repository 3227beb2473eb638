/* The whole server in this process: harnesses speak to it over its public socket. */
#ifndef PALABRE_TESTS_FUZZ_SERVED_H
#define PALABRE_TESTS_FUZZ_SERVED_H

#include "base/buffer.h"

/* Once: founds an organisation, fills it (stage.h), serves it from a thread of its own until the program ends. */
void served_start(void);
/* A new connection to the public socket. */
int served_connect(void);
/* Bytes with "@a" … "@z" replaced; the caller frees out. */
void served_expand(struct slice bytes, struct buffer *out);
/* false = the server has closed, or reads no more. */
bool served_send(int connection, struct slice bytes);
/* Waits until the server has read what was sent, and executed what it asked for; reads away the answers, at most max bytes
 * of the first of them into `text`, which ends in NUL. */
void served_settle(int connection, char *text, size_t max);
/* Closes it and waits until the server has seen that. */
void served_close(int connection);

#endif
