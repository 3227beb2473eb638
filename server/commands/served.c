/* Remembers where a folder was last served.
 *
 * `palabre invite` prints a link also while no server runs; the link should begin as it will when one does. So `serve`
 * writes its first origin into DIR/origin, and the others read it. It is a convenience, not part of the record: without
 * the file, or with a damaged one, the default address is used. */
#include "server/commands/served.h"

#include <stdio.h>
#include <string.h>

static FILE *open_note(const char *dir, const char *mode)
{
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/origin", dir);
    return size > 0 && (size_t)size < sizeof path ? fopen(path, mode) : NULL;
}

void served_origin(const char *dir, char origin[SERVED_ORIGIN_MAX])
{
    origin[0] = '\0';
    FILE *note = open_note(dir, "re");
    if (note != NULL) {
        if (fgets(origin, SERVED_ORIGIN_MAX, note) == NULL) {
            origin[0] = '\0';
        }
        fclose(note);
    }
    origin[strcspn(origin, "\r\n")] = '\0';
    if (strncmp(origin, "http", 4) != 0) {
        snprintf(origin, SERVED_ORIGIN_MAX, "http://127.0.0.1:8080");
    }
}

void served_remember(const char *dir, const char *origin)
{
    FILE *note = open_note(dir, "we");
    if (note != NULL) {
        fprintf(note, "%s\n", origin);
        fclose(note);
    }
}
