/* The query of a long poll.
 *
 * Four arguments, each at most once: `topics`, names with the position reached in each; `epoch`, in which those
 * positions count; `wait`, 0 for an answer at once; `room`, the last that was told of rooms. A table says which function
 * reads which. All is bounded: the head of a request has 8 KiB, 64 topics of the longest names need half of it. Start at
 * feed_query_parse(). */
#include "server/net/feed_query.h"

#include "server/net/header.h"

#include <string.h>

/* Up to the separator, which is taken off too. */
static struct slice cut(struct slice *text, char separator)
{
    const uint8_t *found = text->size == 0 ? NULL : memchr(text->data, separator, text->size);
    size_t size = found == NULL ? text->size : (size_t)(found - text->data);
    size_t used = found == NULL ? size : size + 1;
    struct slice part = slice_of(text->data, size);
    *text = slice_of(text->data + used, text->size - used);
    return part;
}

static bool is_name_byte(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' ||
           byte == '_' || byte == '/';
}

static bool copy_name(struct slice name, char *into, size_t size)
{
    if (name.size == 0 || name.size >= size) {
        return false;
    }
    for (size_t at = 0; at < name.size; at++) {
        if (!is_name_byte(name.data[at])) {
            return false;
        }
    }
    memcpy(into, name.data, name.size);
    into[name.size] = '\0';
    return true;
}

static enum error read_topic(struct slice item, struct feed_query *query)
{
    bool known = item.size > 0 && memchr(item.data, ':', item.size) != NULL;
    struct slice name = cut(&item, ':');
    if (query->count == FEED_QUERY_TOPICS_MAX) {
        return ERROR_INPUT_TOO_BIG;
    }
    struct feed_query_topic *topic = &query->topics[query->count++];
    *topic = (struct feed_query_topic){.known = known};
    if (!copy_name(name, topic->name, sizeof topic->name) ||
        (known && !header_length(item, &topic->since))) {
        return ERROR_INPUT_BAD_VALUE;
    }
    return ERROR_NONE;
}

static enum error read_topics(struct slice value, struct feed_query *query)
{
    enum error error = ERROR_NONE;
    bool more = true;
    while (more && error == ERROR_NONE) {
        more = value.size > 0 && memchr(value.data, ',', value.size) != NULL;
        error = read_topic(cut(&value, ','), query);
    }
    return error;
}

static enum error read_epoch(struct slice value, struct feed_query *query)
{
    return copy_name(value, query->epoch, sizeof query->epoch) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
}

static enum error read_wait(struct slice value, struct feed_query *query)
{
    query->hold = false;
    return slice_equal(value, slice_text("0")) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
}

static enum error read_room(struct slice value, struct feed_query *query)
{
    query->rooms = true;
    return header_length(value, &query->room) ? ERROR_NONE : ERROR_INPUT_BAD_VALUE;
}

static const struct argument {
    const char *name;
    enum error (*read)(struct slice value, struct feed_query *query);
} arguments[] = {
    {"topics", read_topics}, {"epoch", read_epoch}, {"wait", read_wait}, {"room", read_room}};
enum { ARGUMENTS = sizeof arguments / sizeof arguments[0] };

static size_t find_argument(struct slice name)
{
    size_t at = 0;
    while (at < ARGUMENTS && !slice_equal(name, slice_text(arguments[at].name))) {
        at++;
    }
    return at;
}

enum error feed_query_parse(struct slice text, struct feed_query *query, const char **field)
{
    bool seen[ARGUMENTS] = {false};
    query->epoch[0] = '\0';
    query->count = 0;
    query->hold = true;
    query->rooms = false;
    query->room = 0;
    while (text.size > 0) {
        struct slice value = cut(&text, '&');
        size_t at = find_argument(cut(&value, '='));
        if (at == ARGUMENTS) {
            *field = "query";
            return ERROR_INPUT_UNKNOWN_FIELD;
        }
        *field = arguments[at].name;
        enum error error = seen[at] ? ERROR_INPUT_BAD_VALUE : arguments[at].read(value, query);
        if (error != ERROR_NONE) {
            return error;
        }
        seen[at] = true;
    }
    *field = query->count == 0 ? "topics" : NULL;
    return query->count == 0 ? ERROR_INPUT_MISSING_FIELD : ERROR_NONE;
}
