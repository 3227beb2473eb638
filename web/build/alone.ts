// One file of the client built by itself, as a plain script that asks for no other.
import { build, type Rolldown } from "vite";

/** Browsers that the client is made for. */
export const target = ["chrome87", "firefox91", "safari14"];

/** `constants`: names in it that stand for these values. */
export async function compile(source: string, constants: Record<string, unknown>): Promise<string> {
  const define = Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]);
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    define: Object.fromEntries(define),
    build: {
      write: false,
      target,
      rolldownOptions: { input: source, output: { format: "iife" } },
    },
  })) as Rolldown.RolldownOutput;
  return built.output[0].code;
}
