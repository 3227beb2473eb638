// The walls, budgets and bans that no compiler knows.
//
//   node tests/lint/walls.mjs        prints "file:line: what is wrong", exits 1 if there is anything
//
// C: who may include which library; includes point downwards only; functions that are never called;
// a guard in each header, an explanation on top of each .c file. Everywhere: at most 800 lines a
// file, and no mark of unfinished work.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const maxLines = 800;
const minIntroduction = 2;

/** A file may include its own layer and those below. @type {Record<string, number>} */
const layers = {
  base: 0,
  store: 1,
  crypto: 1,
  ledger: 2,
  tally: 2,
  rules: 2,
  assembly: 3,
  server: 4,
};
/** The only folder that may include a library. @type {Record<string, RegExp>} */
const walls = {
  "libwebsockets.h": /^server\/net\//,
  "ev.h": /^server\/net\//,
  "lmdb.h": /^src\/store\//,
  "jansson.h": /^src\/base\/json\.[ch]$/,
  "sodium.h": /^src\/crypto\//,
  "utf8proc.h": /^src\/base\/fold\.c$/,
  "libstemmer.h": /^src\/base\/stem\.c$/,
};
/** Layers that see bytes and structs, never JSON. */
const withoutJson = /^src\/(ledger|tally|rules|store)\//;
/** What would give the library a socket, a clock or a thread. */
const notInLibrary =
  /^(pthread|threads|time|sys\/time|sys\/socket|sys\/un|netinet\/.*|poll|signal)\.h$/;
const banned =
  /(?<![.\w>])(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|alloca|rand|srand|localtime|gmtime|asctime|ctime|system|popen|tmpnam|mktemp)\s*\(/;
const unfinished = new RegExp(
  `\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX", "TB" + "D", "lorem " + "ipsum"].join("|")})\\b`,
);
const elsewhere = new RegExp(`(^|[\\s"'\`(=])${"/wo" + "rk/"}`);

/** @type {string[]} */
const problems = [];

/** @param {string} folder @returns {string[]} */
function find(folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));
  } catch {
    return [];
  }
}

/** The code without comments and strings, line by line as it was. @param {string} text */
function bareCode(text) {
  const blank = (/** @type {string} */ part) => part.replace(/[^\n]/g, " ");
  const parts = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
  return text.replace(parts, (part) => (/^["']/.test(part) ? '""' : blank(part)));
}

/** @param {string} path */
const layerOf = (path) =>
  /^(?:src\/)?(base|store|crypto|ledger|tally|rules|assembly|server)\//.exec(path)?.[1];

/** @param {string} path @param {string} text */
function checkIncludes(path, text) {
  const own = layerOf(path) ?? "";
  text.split("\n").forEach((line, at) => {
    const [, system, local] = /^\s*#\s*include\s+(?:<([^>]+)>|"([^"]+)")/.exec(line) ?? [];
    const complain = (/** @type {string} */ what) => problems.push(`${path}:${at + 1}: ${what}`);
    const wall = system && walls[system];
    if (wall && !wall.test(path)) complain(`<${system}> is not included here`);
    const zone = system === "time.h" && path === "src/base/calendar.c"; // conversions, no clock
    if (system && path.startsWith("src/") && notInLibrary.test(system) && !zone)
      complain(`<${system}>: the library has no socket, clock or thread`);
    if (local === "base/json.h" && withoutJson.test(path)) complain("JSON is not known here");
    const other = local && layerOf(local);
    if (!other || other === own) return;
    const [mine = 0, theirs = 0] = [layers[own], layers[other]];
    if (theirs > mine) complain(`${own} does not know ${other}: includes point downwards`);
    if (theirs === mine && mine === 1) complain(`${own} and ${other} do not know each other`);
  });
}

/** @param {string} path @param {string} text */
function checkC(path, text) {
  bareCode(text)
    .split("\n")
    .forEach((line, at) => {
      const call = banned.exec(line);
      if (call) problems.push(`${path}:${at + 1}: ${call[1]}() is never called`);
    });
  if (path.startsWith("tests/")) return;
  checkIncludes(path, text);
  if (path.endsWith(".h") && !/^#pragma once$|^#ifndef \w+\n#define \w+/m.test(text))
    problems.push(`${path}:1: a header needs a guard`);
  if (!path.endsWith(".c")) return;
  const introduction = /^(?:\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n)+)/.exec(text)?.[0] ?? "";
  if (introduction.trimEnd().split("\n").length < minIntroduction)
    problems.push(`${path}:1: the file starts with its idea, its invariant and where to start`);
}

const sources = ["src", "server", "web", "tests"].flatMap(find).filter((path) => {
  return (
    /\.(c|h|ts|tsx|mjs|css|ftl|sh)$/.test(path) &&
    !/^(tests\/data|web\/src\/generated)\//.test(path)
  );
});
for (const path of sources) {
  const text = readFileSync(join(root, path), "utf8");
  const lines = text.split("\n").length - 1;
  if (lines > maxLines && !path.endsWith(".ftl"))
    problems.push(`${path}:${lines}: ${lines} lines, more than ${maxLines}`);
  if (/\.[ch]$/.test(path)) checkC(path, text);
}
const prose = [...find("docs"), ...find(".ci")].filter((path) => !/\.(png|jpg|svg)$/.test(path));
for (const path of [...sources, ...prose, "README.md", "Makefile", "packages.txt"]) {
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  lines.forEach((line, at) => {
    const mark = unfinished.exec(line)?.[1];
    if (mark) problems.push(`${path}:${at + 1}: unfinished: ${mark}`);
    if (elsewhere.test(line)) problems.push(`${path}:${at + 1}: a path of one machine`);
  });
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
