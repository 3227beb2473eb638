// What a person is writing survives a reload and a change of device: kept in this browser at once, and on
// the server, for that person alone, after a pause of two seconds. The later of the two wins when the page
// opens; what is being typed here is never overwritten by what is typed elsewhere. Sent away or emptied,
// it goes from both. Not through the outbox: only the newest words matter, and they are kept here already.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { me } from "../app/session";
import type { Draft as Document } from "../generated/api";
import { useTopic, type Watched } from "../sync/feed";
import { newId } from "../sync/rpc";
import { call, serverNow } from "../sync/socket";

const prefix = "palabre-draft/";
const pauseMs = 2_000;
/** The server keeps at most 100 and drops the oldest: near that, what is gone there is kept here. */
const manyDrafts = 80;

interface Kept {
  text: string;
  atMs: number;
  /** The server had these words. */
  saved: boolean;
}
const nothing: Kept = { text: "", atMs: 0, saved: false };

function read(place: string): Kept {
  try {
    const kept = localStorage.getItem(prefix + place) ?? "";
    const [, at, saved, text] = /^(\d+)(s?)\n(.*)$/s.exec(kept) ?? [];
    return text ? { text, atMs: Number(at), saved: saved === "s" } : nothing;
  } catch {
    return nothing;
  }
}

function write(place: string, { text, atMs, saved }: Kept): void {
  try {
    if (text) localStorage.setItem(prefix + place, `${atMs}${saved ? "s" : ""}\n${text}`);
    else localStorage.removeItem(prefix + place);
  } catch {
    // Without storage the text lives as long as the page, and on the server.
  }
}

/** Everything that was being written on this device. */
export function forgetDrafts(): void {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // Without storage there is nothing to remove.
  }
}

/** Where the words are: nowhere yet, on this device, on the server too. */
export type Where = "" | "device" | "saved";

export interface Draft {
  text: Signal<string>;
  where: ReadonlySignal<Where>;
  /** Words from another device, later than those being typed here. */
  other: ReadonlySignal<string>;
  takeOther(): void;
  set(text: string): void;
  /** Sent, or given up: nothing is kept. */
  clear(): void;
}

class Keeper implements Draft {
  readonly text: Signal<string>;
  readonly where = signal<Where>("");
  readonly other = signal("");
  private kept: Kept;
  /** Typed in since the page opened. */
  private touched = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;
  /** The server has a text of this place, as far as is known. */
  private there = false;
  private readonly place: string;

  constructor(
    name: string,
    private readonly object: string,
    private readonly field: string,
    private readonly initial: string,
  ) {
    this.place = `${me.peek().id}/${name}`;
    this.kept = read(this.place);
    this.there = this.kept.saved;
    this.text = signal(this.kept.text || initial);
    this.show();
  }

  private show(): void {
    const { text, saved } = this.kept;
    this.where.value = text === "" ? "" : saved ? "saved" : "device";
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    write(this.place, kept);
    this.show();
  }

  set(text: string): void {
    this.touched = true;
    this.text.value = text;
    // What the field opened with is no draft.
    this.keep({ text: text === this.initial ? "" : text, atMs: serverNow(), saved: false });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pauseMs);
  }

  clear(): void {
    this.touched = false;
    this.text.value = "";
    this.other.value = "";
    this.keep({ text: "", atMs: serverNow(), saved: false });
    this.save();
  }

  takeOther(): void {
    if (this.other.peek()) this.set(this.other.peek());
    this.other.value = "";
  }

  /** One save at a time, always of the newest words. */
  async save(): Promise<void> {
    clearTimeout(this.timer);
    const { text, atMs, saved } = this.kept;
    if (this.sending || saved || (text === "" && !this.there)) return;
    this.sending = true;
    this.there = text !== "";
    const params = { object: this.object, field: this.field, text: text.normalize("NFC") };
    try {
      await call("draft.save", { ...params, at_ms: Math.round(atMs), command: newId() });
      if (this.kept.atMs === atMs) this.keep({ text, atMs, saved: true });
    } catch {
      // Refused: too long, or not a member any more. It stays on this device.
      return;
    } finally {
      this.sending = false;
    }
    if (this.kept.atMs !== atMs) await this.save();
  }

  /** What the server has, each time it changes, once everything personal is here. */
  compare(all: Document[]): void {
    const found = all.find((one) => one.object === this.object && one.field === this.field);
    if (!found) {
      const gone = this.kept.saved && !this.touched && all.length < manyDrafts;
      if (gone && this.kept.text) {
        this.keep(nothing);
        this.text.value = this.initial;
      }
      return;
    }
    this.there = true;
    if (found.text === this.kept.text.normalize("NFC")) {
      this.other.value = "";
      if (!this.kept.saved) this.keep({ ...this.kept, saved: true });
    } else if (found.at_ms <= this.kept.atMs) this.save();
    else if (this.touched) this.other.value = found.text;
    else {
      this.keep({ text: found.text, atMs: found.at_ms, saved: true });
      this.text.value = found.text;
    }
  }
}

function useServerCopy(keeper: Keeper, watched: Watched): void {
  const drafts = computed(() =>
    watched.state.value === "complete" ? watched.all("draft") : undefined,
  );
  useEffect(
    () =>
      drafts.subscribe((all) => {
        if (all) keeper.compare(all);
      }),
    [keeper, watched],
  );
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === "hidden") keeper.save();
    };
    document.addEventListener("visibilitychange", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      keeper.save();
    };
  }, [keeper]);
}

/**
 * The words of one place: "comment/<id>" is the field `comment` of that thing, "proposal-text" a field of
 * something new. `initial` is what the field shows without a draft.
 */
export function useDraft(name: string, initial = ""): Draft {
  const watched = useTopic("personal");
  const keeper = useMemo(() => {
    const [, field = name, object = "new"] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
    return new Keeper(name, object, field, initial);
  }, [name]);
  useServerCopy(keeper, watched);
  return keeper;
}
