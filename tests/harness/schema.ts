// JSON Schema as the OpenRPC document uses it: checking values, and making the smallest valid ones.
import { randomUUID } from "node:crypto";
import type { Data } from "./wire.ts";

/** What is wrong with a value, as "path: why"; empty = valid. */
export function faults(schema: Data, value: Data, path = "$"): string[] {
  if (schema.anyOf) {
    const each = schema.anyOf.map((one: Data) => faults(one, value, path)) as string[][];
    return each.some((list) => list.length === 0) ? [] : (each[0] ?? []);
  }
  if ("const" in schema) return value === schema.const ? [] : [`${path}: not ${schema.const}`];
  switch (schema.type) {
    case "object":
      return objectFaults(schema, value, path);
    case "array":
      if (!Array.isArray(value)) return [`${path}: not an array`];
      if (schema.maxItems && value.length > schema.maxItems) return [`${path}: too many items`];
      if (value.length < (schema.minItems ?? 0)) return [`${path}: too few items`];
      return value.flatMap((item, index) => faults(schema.items, item, `${path}[${index}]`));
    case "string":
      return stringFaults(schema, value, path);
    case "integer":
      if (!Number.isSafeInteger(value)) return [`${path}: not an integer`];
      if (value < (schema.minimum ?? -Infinity)) return [`${path}: below ${schema.minimum}`];
      return value > (schema.maximum ?? Infinity) ? [`${path}: above ${schema.maximum}`] : [];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${path}: not a boolean`];
    case "null":
      return value === null ? [] : [`${path}: not null`];
    default:
      return [];
  }
}

function objectFaults(schema: Data, value: Data, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path}: not an object`];
  const found: string[] = [];
  for (const name of schema.required ?? [])
    if (!(name in value)) found.push(`${path}.${name}: missing`);
  for (const [name, item] of Object.entries(value)) {
    const own = schema.properties?.[name];
    if (own) found.push(...faults(own, item, `${path}.${name}`));
    else if (schema.additionalProperties === false) found.push(`${path}.${name}: unknown`);
    else if (schema.additionalProperties)
      found.push(...faults(schema.additionalProperties, item, `${path}.${name}`));
  }
  return found;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function stringFaults(schema: Data, value: Data, path: string): string[] {
  if (typeof value !== "string") return [`${path}: not a string`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${value} is not listed`];
  if (schema.format === "uuid" && !uuid.test(value)) return [`${path}: not a UUID`];
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${path}: pattern`];
  const length = [...value].length;
  if (schema.maxLength && length > schema.maxLength) return [`${path}: too long`];
  return length < (schema.minLength ?? 0) ? [`${path}: too short`] : [];
}

/** The smallest value that fits a schema; references point at nothing. */
export function smallest(schema: Data): Data {
  if (schema.anyOf) return smallest(schema.anyOf[0]);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      if (schema["x-keys"] === "language") return { fr: "x", nl: "x", en: "x" };
      return Object.fromEntries(
        (schema.required ?? []).map((name: string) => [name, smallest(schema.properties[name])]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items));
    case "integer":
      return Math.max(schema.minimum ?? 0, 0);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return smallestString(schema);
  }
}

function smallestString(schema: Data): string {
  if (schema.format === "uuid" || schema.format === "reference") return randomUUID();
  if (schema.format === "base64url")
    return Buffer.alloc(Math.max(1, schema["x-min-bytes"] ?? 1)).toString("base64url");
  if (schema.pattern) return "fr";
  return "x".repeat(Math.max(1, schema.minLength ?? 1));
}

/** Required parameters of a method, smallest values. */
export function smallestParams(method: Data): Data {
  return Object.fromEntries(
    method.params
      .filter((param: Data) => param.required)
      .map((param: Data) => [param.name, smallest(param.schema)]),
  );
}

/** The parameters of a method as one schema. */
export function paramsSchema(method: Data): Data {
  const params = method.params as Data[];
  return {
    type: "object",
    properties: Object.fromEntries(params.map((param) => [param.name, param.schema])),
    required: params.filter((param) => param.required).map((param) => param.name),
    additionalProperties: false,
  };
}
