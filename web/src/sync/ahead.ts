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

/** Of what the opening itself asks for. */
export const openingId = 0;
/** A head has room for it beside the cookie. */
const queryMax = 4_000;

export interface Subscription {
  topics: Record<string, number>;
  epoch: string | undefined;
}

/** A socket that subscribes with its opening, and what it has asked so; nothing when that would not fit. */
export function openSocket(params: Subscription | undefined): {
  socket: WebSocket;
  asked: Asked[];
} {
  const { topics = {}, epoch } = params ?? {};
  const names = Object.entries(topics).map(([name, position]) => `${name}:${position}`);
  const query = `?topics=${names.join()}${epoch ? `&epoch=${epoch}` : ""}`;
  const fits = params !== undefined && names.length > 0 && query.length < queryMax;
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
  return {
    socket: new WebSocket(fits ? address + query : address, "palabre.v1"),
    asked: fits ? [{ id: openingId, method: "feed.subscribe", params }] : [],
  };
}

export const sameQuestion = (a: Question, b: Question): boolean =>
  a.method === b.method && JSON.stringify(a.params) === JSON.stringify(b.params);

export interface Position {
  name: string;
  position: number;
}

/** The parameters of feed.subscribe. */
export function asked(topics: Position[], epoch: string | undefined): Subscription {
  return {
    topics: Object.fromEntries(topics.map(({ name, position }) => [name, position])),
    epoch,
  };
}
