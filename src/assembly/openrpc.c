/* The description of the protocol, made from the tables that the program itself obeys: methods with their parameters,
 * answers, rights and refusals; documents; errors. OpenRPC 1.3 with JSON Schema; palabre's own facts under "x-…".
 * The client's types are generated from it. Start at openrpc_document(). */
#include "assembly/member.h"
#include "assembly/registry.h"
#include "assembly/settings.h"
#include "assembly/shape.h"

#include <stdio.h>

static json_t *schema_of(const struct field *field);

static json_t *text(const char *value)
{
    return json_text(slice_text(value));
}

static json_t *typed(const char *type)
{
    json_t *schema = json_object();
    json_put(schema, "type", text(type));
    return schema;
}

static json_t *schema_of_fields(const struct field *fields)
{
    json_t *schema = typed("object"), *properties = json_object(), *required = json_array();
    for (; fields != NULL && fields->name != NULL; fields++) {
        json_put(properties, fields->name, schema_of(fields));
        if (!fields->optional) {
            json_array_append_new(required, text(fields->name));
        }
    }
    json_put(schema, "properties", properties);
    json_put(schema, "required", required);
    json_put(schema, "additionalProperties", json_false());
    return schema;
}

static json_t *schema_of_words(const char *const *words)
{
    json_t *schema = typed("string"), *list = json_array();
    for (; *words != NULL; words++) {
        json_array_append_new(list, text(*words));
    }
    json_put(schema, "enum", list);
    return schema;
}

static json_t *schema_of_string(const struct field *field)
{
    json_t *schema = typed("string");
    switch (field->type) {
    case FIELD_ID:
        json_put(schema, "format", text("uuid"));
        break;
    case FIELD_REF:
        json_put(schema, "format", text("reference"));
        break;
    case FIELD_BYTES:
        json_put(schema, "format", text("base64url"));
        json_put(schema, "x-min-bytes", json_integer(field->min));
        json_put(schema, "x-max-bytes", json_integer(field->max));
        break;
    case FIELD_TEXT:
        json_put(schema, "x-max-bytes", json_integer(field->max));
        break;
    case FIELD_LANGUAGE:
        json_put(schema, "pattern", text("^[a-z0-9-]{2,35}$"));
        break;
    default:
        json_put(schema, "minLength", json_integer(1));
        json_put(schema, "maxLength", json_integer(field->max));
        break;
    }
    return schema;
}

static json_t *schema_of_integer(const struct field *field)
{
    json_t *schema = typed("integer");
    bool time = field->type == FIELD_TIME;
    json_put(schema, "minimum", json_integer(time ? 0 : field->min));
    json_put(schema, "maximum", json_integer(time ? INT64_C(9007199254740991) : field->max));
    if (time) {
        json_put(schema, "x-unit", text("Unix ms"));
    }
    return schema;
}

static json_t *schema_of_keys(json_t *values, const char *kind)
{
    json_t *schema = typed("object");
    json_put(schema, "additionalProperties", values);
    json_put(schema, "x-keys", text(kind));
    return schema;
}

static json_t *schema_of_list(const struct field *field)
{
    json_t *schema = typed("array");
    json_put(schema, "items", schema_of(field->item));
    json_put(schema, "minItems", json_integer(field->min));
    json_put(schema, "maxItems", json_integer(field->max));
    return schema;
}

static json_t *schema_of_by(void)
{
    static const char *const words[] = {"system", "operator", NULL};
    json_t *schema = json_object(), *either = json_array();
    json_array_append_new(either, schema_of_fields(shape_person_fields));
    json_array_append_new(either, schema_of_words(words));
    json_put(schema, "anyOf", either);
    return schema;
}

/* A reference to the document's own schema; {} for anything. */
static json_t *schema_of_document(uint8_t code)
{
    char path[96];
    json_t *schema = json_object();
    const struct document_shape *shape = registry_document(code);
    if (shape != NULL) {
        snprintf(path, sizeof path, "#/components/schemas/%s", shape->name);
        json_put(schema, "$ref", text(path));
    }
    return schema;
}

static json_t *schema_by_type(const struct field *field)
{
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_TIME:
        return schema_of_integer(field);
    case FIELD_FLAG:
        return typed("boolean");
    case FIELD_WORD:
        return schema_of_words(field->words);
    case FIELD_LABELS:
    case FIELD_TEXTS:
        return schema_of_keys(typed("string"), "language");
    case FIELD_OBJECT:
        return schema_of_fields(field->fields);
    case FIELD_LIST:
        return schema_of_list(field);
    case FIELD_MAP:
        return schema_of_keys(schema_of(field->item), "any");
    case FIELD_BY:
        return schema_of_by();
    case FIELD_ANY:
        return schema_of_document(field->document);
    default:
        return schema_of_string(field);
    }
}

static json_t *schema_of(const struct field *field)
{
    json_t *schema = schema_by_type(field);
    if (field->nullable) {
        json_t *either = json_array(), *whole = json_object();
        json_array_append_new(either, schema);
        json_array_append_new(either, typed("null"));
        json_put(whole, "anyOf", either);
        schema = whole;
    }
    if (field->summary != NULL) {
        json_put(schema, "description", text(field->summary));
    }
    return schema;
}

/* ---- methods ---- */

static void append_param(json_t *params, const struct field *field)
{
    json_t *param = json_object();
    json_put(param, "name", text(field->name));
    json_put(param, "required", json_boolean(!field->optional));
    json_put(param, "schema", schema_of(field));
    json_array_append_new(params, param);
}

static json_t *params_of(const struct command *command)
{
    json_t *params = json_array();
    for (const struct field *field = command->params; field != NULL && field->name != NULL;
         field++) {
        append_param(params, field);
    }
    if (shape_takes_command(command)) {
        append_param(params, &shape_command_field);
    }
    return params;
}

static void add_property(json_t *schema, const struct field *field)
{
    json_put(json_object_get(schema, "properties"), field->name, schema_of(field));
    if (!field->optional) {
        json_array_append_new(json_object_get(schema, "required"), text(field->name));
    }
}

static json_t *result_of(const struct command *command)
{
    static const struct field id = {.name = "id", .type = FIELD_ID};
    static const struct field seq = {.name = "seq",
                                     .type = FIELD_INTEGER,
                                     .max = INT64_C(9007199254740991),
                                     .summary = "place in the record"};
    static const struct field number = {
        .name = "number", .type = FIELD_ANY, .optional = true, .summary = "number people see"};
    json_t *result = json_object(), *schema = schema_of_fields(command->result);
    if ((command->flags & COMMAND_CREATES) != 0) {
        add_property(schema, &id);
        add_property(schema, &number);
    }
    if ((command->flags & COMMAND_WRITE) != 0 && (command->flags & COMMAND_SESSION) == 0) {
        add_property(schema, &seq);
    }
    json_put(result, "name", text("result"));
    json_put(result, "schema", schema);
    return result;
}

static json_t *who_of(const struct command *command)
{
    static const struct {
        unsigned who;
        const char *name;
    } names[] = {
        {WHO_NOBODY_NEEDED, "anyone"},
        {WHO_MEMBER, "member"},
        {WHO_OBSERVER, "observer"},
        {WHO_AUDITOR, "auditor"},
        {WHO_FACILITATOR, "facilitator"},
        {WHO_SECRETARY, "secretary"},
        {WHO_ADMIN, "admin"},
        {WHO_OPERATOR, "operator"},
        {WHO_SYSTEM, "system"},
        {WHO_SCREEN, "screen"},
    };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((command->who & names[i].who) != 0) {
            json_array_append_new(list, text(names[i].name));
        }
    }
    return list;
}

static json_t *error_of(enum error error)
{
    json_t *object = json_object(), *data = json_object();
    json_put(object, "code", json_integer(-32000));
    json_put(object, "message", text(error_sentence(error)));
    json_put(data, "reason", text(error_reason(error)));
    json_put(object, "data", data);
    return object;
}

static json_t *errors_of(const struct command *command)
{
    json_t *list = json_array();
    for (const enum error *error = command->errors; error != NULL && *error != ERROR_NONE;
         error++) {
        json_array_append_new(list, error_of(*error));
    }
    return list;
}

/* An example is complete: it carries a command id where the method takes one, a different one for each method. */
static json_t *examples_of(const struct command *command)
{
    json_t *list = json_array();
    if (command->example == NULL) {
        return list;
    }
    json_t *example = json_parse_own(slice_text(command->example));
    if (shape_takes_command(command) && json_object_get(example, "command") == NULL) {
        struct slice method = slice_text(command->method);
        json_put(example, "command",
                 json_id(id_from_hash(crypto_hash_tagged("example", &method, 1))));
    }
    json_array_append_new(list, example);
    return list;
}

static json_t *method_of(const struct command *command)
{
    json_t *method = json_object();
    json_put(method, "name", text(command->method));
    json_put(method, "summary", text(command->summary));
    json_put(method, "paramStructure", text("by-name"));
    json_put(method, "params", params_of(command));
    json_put(method, "result", result_of(command));
    json_put(method, "errors", errors_of(command));
    json_put(method, "x-who", who_of(command));
    json_put(method, "x-write", json_boolean((command->flags & COMMAND_WRITE) != 0));
    const char *scope = token_scope_of(command);
    json_put(method, "x-token", scope == NULL ? json_null() : text(scope));
    json_put(method, "x-examples", examples_of(command));
    return method;
}

/* ---- the whole ---- */

static json_t *document_schema(const struct document_shape *shape)
{
    json_t *schema = schema_of_fields(shape->fields), *properties = json_object(), *own,
           *required = json_array();
    json_t *kind = json_object();
    json_put(kind, "const", text(shape->name));
    json_put(properties, "kind", kind);
    json_put(properties, "id", typed("string"));
    json_put(properties, "rev", typed("integer"));
    own = json_object_get(schema, "properties");
    json_object_update(properties, own);
    json_array_append_new(required, text("kind"));
    json_array_append_new(required, text("id"));
    json_array_append_new(required, text("rev"));
    json_array_extend(required, json_object_get(schema, "required"));
    json_put(schema, "properties", properties);
    json_put(schema, "required", required);
    return schema;
}

static json_t *topic_entry(const struct topic_shape *shape)
{
    struct command who = {.who = shape->readers};
    json_t *topic = json_object();
    json_put(topic, "name", text(shape->name));
    json_put(topic, "takes_id", json_boolean(shape->has_id));
    json_put(topic, "windowed", json_boolean(shape->windowed));
    json_put(topic, "x-who", who_of(&who));
    return topic;
}

static void add_concept(const struct concept *concept, json_t *methods, json_t *documents,
                        json_t *topics)
{
    for (const struct command *command = concept->commands;
         command != NULL && command->method != NULL; command++) {
        json_array_append_new(methods, method_of(command));
    }
    for (const struct document_shape *shape = concept->documents; shape != NULL && shape->code != 0;
         shape++) {
        json_put(documents, shape->name, document_schema(shape));
    }
    for (const struct topic_shape *shape = concept->topics; shape != NULL && shape->code != 0;
         shape++) {
        json_array_append_new(topics, topic_entry(shape));
    }
}

json_t *openrpc_document(void)
{
    json_t *whole = json_object(), *info = json_object(), *components = json_object();
    json_t *methods = json_array(), *documents = json_object(), *topics = json_array(),
           *reasons = json_object();
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        add_concept(*concept, methods, documents, topics);
    }
    for (int error = 1; error < ERROR_COUNT; error++) {
        json_put(reasons, error_reason((enum error)error), text(error_sentence((enum error)error)));
    }
    json_put(info, "title", text("Palabre"));
    json_put(info, "version", text("1"));
    json_put(info, "description",
             text("Commands and documents of a Palabre server: JSON-RPC 2.0 over /ws and /rpc"));
    json_put(whole, "openrpc", text("1.3.2"));
    json_put(whole, "info", info);
    json_put(whole, "methods", methods);
    json_put(components, "schemas", documents);
    json_put(whole, "components", components);
    json_put(whole, "x-topics", topics);
    json_put(whole, "x-reasons", reasons);
    json_put(whole, "x-settings", settings_published());
    return whole;
}
