// Parts of generated types that several files name.
import type { Decision } from "../generated/api";

export type Result = Decision["result"];
