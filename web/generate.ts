// Writes the TypeScript types of commands and documents from the program's own description.
//
//   node --import tsx web/generate.ts openrpc.json web/src/generated
//
// The input is an OpenRPC document: `methods` with JSON Schemas of parameters and results, and
// `components.schemas` with one schema for each kind of document. The output is one file, api.ts:
// an interface for each document, a table `Methods` from method name to its parameters and answer,
// a table `Documents` from kind to interface, and the list of reasons a command can be refused for.
// settings.ts: the table of the organisation's settings.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  nullable?: boolean;
  description?: string;
};
type Content = { name: string; required?: boolean; summary?: string; schema: Schema };
type Method = { name: string; summary?: string; params: Content[]; result?: Content };
type OpenRpc = {
  methods: Method[];
  components?: { schemas?: Record<string, Schema> };
  "x-errors"?: { reason: string }[];
  "x-settings"?: { name: string }[];
};

/** "proposal_card" → "ProposalCard" */
const typeName = (name: string): string =>
  name.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_all, _sep, letter: string) =>
    letter.toUpperCase(),
  );
const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));
const union = (parts: string[]): string => [...new Set(parts)].join(" | ") || "never";

function objectType(schema: Schema): string {
  const extra = schema.additionalProperties;
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) {
    if (extra && extra !== true) return `Record<string, ${typeOf(extra)}>`;
    return extra === false ? "Record<string, never>" : "Record<string, unknown>";
  }
  const fields = names.map((name) => {
    const field = schema.properties?.[name] ?? {};
    const needed = schema.required?.includes(name);
    return `${key(name)}${needed ? "" : "?"}: ${typeOf(field)}${needed ? "" : " | undefined"};`;
  });
  return `{ ${fields.join(" ")} }`;
}

function plainType(type: string, schema: Schema): string {
  switch (type) {
    case "object":
      return objectType(schema);
    case "array":
      return `(${typeOf(schema.items ?? {})})[]`;
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return type;
    default:
      return "unknown";
  }
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return typeName(schema.$ref.split("/").at(-1) ?? "");
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return union(choices.map(typeOf));
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length === 0) return schema.properties ? objectType(schema) : "unknown";
  const all = types.map((type) => plainType(type, schema));
  return union(schema.nullable ? [...all, "null"] : all);
}

function paramsType(method: Method): string {
  if (method.params.length === 0) return "Record<string, never>";
  const fields = method.params.map((param) => {
    const optional = param.required ? "" : "?";
    const or = param.required ? "" : " | undefined";
    return `${key(param.name)}${optional}: ${typeOf(param.schema)}${or};`;
  });
  return `{ ${fields.join(" ")} }`;
}

function comment(text: string | undefined): string {
  return text ? `/** ${text.replace(/\*\//g, "* /")} */\n` : "";
}

function generate(api: OpenRpc): string {
  const schemas = api.components?.schemas ?? {};
  const isDocument = (schema: Schema) => schema.properties?.kind && schema.properties.rev;
  const kinds = Object.keys(schemas).filter((name) => isDocument(schemas[name] ?? {}));
  const parts = [
    "// Written by web/generate.ts from the program's OpenRPC document. Do not edit.\n",
    ...Object.entries(schemas).map(
      ([name, schema]) =>
        `${comment(schema.description)}export type ${typeName(name)} = ${typeOf(schema)};\n`,
    ),
    `export interface Documents {\n${kinds.map((kind) => `  ${key(kind)}: ${typeName(kind)};`).join("\n")}\n}\n`,
    `export interface Methods {\n${api.methods
      .map(
        (method) =>
          `  ${comment(method.summary)}  ${key(method.name)}: { params: ${paramsType(method)}; result: ${method.result ? typeOf(method.result.schema) : "null"} };`,
      )
      .join("\n")}\n}\n`,
  ];
  return parts.join("\n");
}

/** The organisation's settings with bounds and defaults: a file of its own, so that only their page carries it. */
function settings(list: unknown[]): string {
  return [
    "// Written by web/generate.ts from the program's OpenRPC document. Do not edit.\n",
    "export interface Setting { name: string; type: string; min?: number; max?: number; words?: readonly string[]; default: number | boolean | string; unit: string; summary: string }",
    `export const settings = ${JSON.stringify(list, null, 2)} as const satisfies readonly Setting[];\n`,
  ].join("\n");
}

const [input, folder] = process.argv.slice(2);
if (!input || !folder) {
  console.error("usage: generate.ts OPENRPC_JSON FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const api: OpenRpc = JSON.parse(readFileSync(input, "utf8"));
writeFileSync(join(folder, "api.ts"), generate(api));
writeFileSync(join(folder, "settings.ts"), settings(api["x-settings"] ?? []));
