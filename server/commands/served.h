/* DIR/origin: the origin that links of this folder begin with, as last served. */
#ifndef PALABRE_SERVER_COMMANDS_SERVED_H
#define PALABRE_SERVER_COMMANDS_SERVED_H

enum { SERVED_ORIGIN_MAX = 256 };
/* "http://127.0.0.1:8080" when it was never served. */
void served_origin(const char *dir, char origin[SERVED_ORIGIN_MAX]);
void served_remember(const char *dir, const char *origin);

#endif
