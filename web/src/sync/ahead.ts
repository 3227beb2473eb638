// What the first file of the page (app/early.ts) did while the code was still on its way: a socket with the first
// questions on it, their answers so far. socket.ts takes all of it over; a question that the page then asks in the
// same words gets the answer that is on its way, whatever else was asked is forgotten.

import type { Kept } from "./kept";

export interface Question {
  method: string;
  params: object;
}
export interface Asked extends Question {
  id: number;
}
export interface Ahead {
  socket: WebSocket;
  asked: Asked[];
  /** Messages as they came. */
  heard: unknown[];
  /** Called for each once the page's code is here. */
  tell?: () => void;
  closed?: number;
  kept: Promise<Kept | undefined>;
}
declare global {
  interface Window {
    palabre?: Ahead;
  }
}

/** Numbers of the page's own calls are smaller. */
export const firstId = 1_000_000_000;

/** In the session's storage: WebSockets did not pass here. */
export const exchangePlace = "palabre-exchange";

export const socketAddress = (): string =>
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;

export const sameQuestion = (a: Question, b: Question): boolean =>
  a.method === b.method && JSON.stringify(a.params) === JSON.stringify(b.params);

export interface Position {
  name: string;
  position: number;
}

/** How topics are asked for on a new connection: together, but for those still waiting for their canonical name. */
export function grouped<T extends Position>(topics: T[], isKnown: (topic: T) => boolean): T[][] {
  const together = topics.filter((topic) => isKnown(topic) || !topic.name.includes("/"));
  const alone = topics.filter((topic) => !together.includes(topic));
  return [...(together.length > 0 ? [together] : []), ...alone.map((topic) => [topic])];
}

/** The parameters of feed.subscribe. */
export function asked(topics: Position[], epoch: string | undefined) {
  return {
    topics: Object.fromEntries(topics.map(({ name, position }) => [name, position])),
    epoch,
  };
}
