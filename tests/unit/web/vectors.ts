// Where the reference vectors are: in the project, or beside it. null = absent, with the reason to say.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const shared = process.env.PALABRE_SHARED ?? join(root, "../shared");
const places = [
  join(root, "tests/data/vectors"),
  join(root, "tests/data/vectors/palabre"),
  join(shared, "vectors/palabre"),
];

export function vectors<T>(name: string): T | null {
  const place = places.find((folder) => existsSync(join(folder, name)));
  return place ? (JSON.parse(readFileSync(join(place, name), "utf8")) as T) : null;
}

export const sharedVectors = (path: string): string | null => {
  const file = join(shared, "vectors", path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
};

export const absent = (name: string): string => `the reference vectors (${name}) are not here`;
