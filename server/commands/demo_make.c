/* Making the demo's folder: founding, telling, comparing, and only then giving it its name.
 *
 * A run that is interrupted leaves DIR.making behind, which the next one throws away; it knows the few files a folder has,
 * and touches no others. Start at demo_make(). */
#include "server/commands/demo_story.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/commands/local_time.h"

enum { PATH_SIZE = 4096 };

static bool say(char *message, const char *what, const char *which)
{
    snprintf(message, DEMO_MESSAGE_SIZE, "%.120s: %.250s", which, what);
    return false;
}

/* ---- the folder that is there ---- */

static int is_content(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static bool is_empty(const char *dir)
{
    struct dirent **entries = NULL;
    int count = scandir(dir, &entries, is_content, alphasort);
    for (int i = 0; i < count; i++) {
        free(entries[i]);
    }
    free(entries);
    return count == 0;
}

/* The id of the organisation in a folder, read beside the server that may run on it; none = there is none. */
static struct id organisation_in(const char *dir)
{
    const struct store_options options = {.read_only = true};
    struct id org = {{0}};
    struct store *store;
    struct assembly *assembly;
    if (store_open(dir, false, &options, &store, NULL) != ERROR_NONE) {
        return org;
    }
    if (assembly_open(store, NULL, NULL, NULL, &assembly) == ERROR_NONE) {
        org = ledger_org(assembly_ledger(assembly));
        assembly_close(assembly);
    }
    store_close(store);
    return org;
}

static int is_file(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return strspn(entry->d_name, "0123456789abcdef") == 64 ||
           (size > 5 && strcmp(entry->d_name + size - 5, ".part") == 0);
}

/* Bytes of files attached, each named by its hash, or half written. */
static void throw_files_away(const char *dir)
{
    char path[PATH_SIZE + 300];
    struct dirent **entries = NULL;
    snprintf(path, sizeof path, "%s/files", dir);
    int count = scandir(path, &entries, is_file, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/files/%s", dir, entries[i]->d_name);
        unlink(path);
        free(entries[i]);
    }
    free(entries);
    snprintf(path, sizeof path, "%s/files", dir);
    rmdir(path);
}

static bool throw_away(const char *dir)
{
    static const char *const files[] = {"data.mdb", "lock.mdb", "lock", "ledger.key"};
    char path[PATH_SIZE + 16];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        unlink(path);
    }
    throw_files_away(dir);
    return rmdir(dir) == 0 || errno == ENOENT;
}

/* ---- the new one ---- */

static bool found(const char *dir, const struct demo_story *story, char *message)
{
    char log_name[32], why[FOLDER_MESSAGE_SIZE];
    const json_t *organisation = json_object_get(story->file, "organisation");
    const json_t *names = json_object_get(organisation, "name");
    struct slice language = json_get_text(organisation, "main_language");
    const uint8_t *id = story->org.bytes;
    snprintf(log_name, sizeof log_name, "demo-%02x%02x%02x%02x/log", id[0], id[1], id[2], id[3]);
    char key[8] = "";
    memcpy(key, language.data, language.size < sizeof key ? language.size : 0);
    struct assembly_founding founding = {
        .org = story->org,
        .name = json_get_text(names, key),
        .legal_form = json_get_text(organisation, "legal_form"),
        .time_zone = json_get_text(organisation, "time_zone"),
        .log_name = slice_text(log_name),
        .languages = json_object_get(organisation, "languages"),
        .names = names,
        .classes = demo_list(story, "classes"),
        .demo = true,
        .now_ms = story->founded_ms,
    };
    return folder_create(dir, &founding, why) == ERROR_NONE || say(message, why, dir);
}

static bool tell_and_expect(const char *dir, struct demo_story *story, struct demo_figures *figures,
                            char *message)
{
    char why[FOLDER_MESSAGE_SIZE];
    struct folder *folder;
    if (folder_open(dir, NULL, NULL, &folder, why) != ERROR_NONE) {
        return say(message, why, dir);
    }
    bool good =
        demo_tell(story, folder, dir, message) && demo_expect(story, folder, figures, message);
    folder_close(folder);
    return good;
}

static bool make(const char *dir, struct demo_story *story, struct demo_figures *figures,
                 char *message)
{
    char making[PATH_SIZE];
    size_t size = strlen(dir);
    while (size > 1 && dir[size - 1] == '/') {
        size--;
    }
    int length = snprintf(making, sizeof making, "%.*s.making", (int)size, dir);
    if (length < 0 || (size_t)length >= sizeof making) {
        return say(message, "too long a name", dir);
    }
    if (!throw_away(making)) {
        return say(message, "holds something that is no beginning of a demo", making);
    }
    if (!found(making, story, message) || !tell_and_expect(making, story, figures, message)) {
        throw_away(making);
        return false;
    }
    return rename(making, dir) == 0 || say(message, strerror(errno), dir);
}

enum demo_outcome demo_make(const char *dir, uint64_t now_ms, struct demo_story *story,
                            struct demo_figures *figures, char message[DEMO_MESSAGE_SIZE])
{
    struct local_zone zone;
    struct stat about;
    bool there = stat(dir, &about) == 0;
    demo_story_open(story, now_ms);
    if (there && id_equal(organisation_in(dir), story->org)) {
        return DEMO_WAS_THERE;
    }
    if (there && !is_empty(dir)) {
        say(message, "holds something else; the demo needs a new or an empty folder", dir);
        return DEMO_FAILED;
    }
    const json_t *organisation = json_object_get(story->file, "organisation");
    const char *name = json_string_value(json_object_get(organisation, "time_zone"));
    if (!local_zone_enter(&zone, name)) {
        say(message, "this machine does not know the time zone: install tzdata", name);
        return DEMO_FAILED;
    }
    demo_story_plan(story);
    bool good = make(dir, story, figures, message);
    local_zone_leave(&zone);
    return good ? DEMO_MADE : DEMO_FAILED;
}
