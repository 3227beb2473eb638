/* Methods of the wire itself: the description of all methods, and the subscriptions that a WebSocket carries. The latter are
 * declared here so that they are checked, published and typed like all others; server/net/feed.c answers them. */
#include "assembly/registry.h"

static enum error discover(struct request *request)
{
    request->result = openrpc_document();
    return ERROR_NONE;
}

static const struct field position = {
    .name = "since", .type = FIELD_INTEGER, .min = 0, .max = INT64_C(9007199254740991)};
static const struct field topic_name_field = {
    .name = "topic", .type = FIELD_LINE, .min = 1, .max = 80};
static const struct field any_document = {.name = "document", .type = FIELD_ANY};
static const struct field reference_fields[] = {
    {.name = "kind", .type = FIELD_LINE, .max = 32},
    {.name = "id", .type = FIELD_ID},
    {0},
};
static const struct field reference = {
    .name = "reference", .type = FIELD_OBJECT, .fields = reference_fields};
static const struct field subscribed_fields[] = {
    {.name = "topic", .type = FIELD_LINE, .max = 80},
    {.name = "asked",
     .type = FIELD_LINE,
     .max = 80,
     .optional = true,
     .summary = "the name subscribed with, when it is another one"},
    {.name = "seq", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991), .nullable = true},
    {.name = "full", .type = FIELD_FLAG},
    {.name = "docs", .type = FIELD_LIST, .item = &any_document, .max = 100000},
    {.name = "gone", .type = FIELD_LIST, .item = &reference, .max = 100000},
    {0},
};
static const struct field subscribed = {
    .name = "topic", .type = FIELD_OBJECT, .fields = subscribed_fields};

static const struct field subscribe_params[] = {
    {.name = "topics",
     .type = FIELD_MAP,
     .min = 1,
     .max = 64,
     .item = &position,
     .summary = "topic name to the position already held; 0 for none"},
    {.name = "epoch",
     .type = FIELD_LINE,
     .max = 64,
     .optional = true,
     .summary = "epoch of these positions"},
    {0},
};
static const struct field subscribe_result[] = {
    {.name = "epoch", .type = FIELD_LINE, .max = 64},
    {.name = "topics", .type = FIELD_LIST, .item = &subscribed, .max = 64},
    {0},
};
static const struct field unsubscribe_params[] = {
    {.name = "topics", .type = FIELD_LIST, .min = 1, .max = 64, .item = &topic_name_field},
    {0},
};
static const struct field discover_result[] = {
    {.name = "openrpc", .type = FIELD_LINE, .max = 16},
    {0},
};
static const struct field no_params[] = {{0}};

static const enum error subscribe_errors[] = {ERROR_TOPIC_UNKNOWN, ERROR_NONE};

enum { WHO_SUBSCRIBERS = (WHO_READERS | WHO_SCREEN) & ~(unsigned)WHO_OPERATOR };
static const struct command commands[] = {
    {.method = "feed.subscribe",
     .who = WHO_SUBSCRIBERS,
     .flags = COMMAND_READ,
     .params = subscribe_params,
     .result = subscribe_result,
     .errors = subscribe_errors,
     .summary = "Watch topics: their documents now, then every change (WebSocket only)",
     .example = "{\"topics\":{\"org\":0,\"proposals\":0}}"},
    {.method = "feed.unsubscribe",
     .who = WHO_SUBSCRIBERS,
     .flags = COMMAND_READ,
     .params = unsubscribe_params,
     .result = no_params,
     .summary = "Stop watching topics (WebSocket only)",
     .example = "{\"topics\":[\"proposals\"]}"},
    {.method = "rpc.discover",
     .who = WHO_NOBODY_NEEDED | WHO_READERS,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = discover_result,
     .handle = discover,
     .summary = "This description",
     .example = "{}"},
    {0},
};

const struct concept concept_wire = {.name = "wire", .commands = commands};
