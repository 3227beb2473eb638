// Every way of counting, written down a second time from its rules, as plainly as can be: paper by paper with one paper for each
// vote of weight, fractions as BigInt, ties by trying everything. Slow on purpose; it shares nothing with src/tally.
import { createHash } from "node:crypto";

/** Form of what a paper holds: an answer, an option, options, grades (-1 = none), points or ranks (0 = unranked). */
export type Choice = "blank" | "abstain" | number[];
export type Election = {
  method: string;
  options: number;
  seats: number;
  opt: number;
  grades: number;
  /** 1 not adopted, 2 chair, 3 lot, 4 reported. */
  tie: number;
  /** 64 hex digits, or null: nothing was drawn. */
  seed: string | null;
  withdrawn: boolean[];
  ballots: { weight: number; choice: Choice }[];
};
export type Tie = { stage: number; for: string; tied: number[]; how: string; chosen: number[] };
export type Stage = {
  action: string;
  option?: number;
  votes: number[];
  states: string[];
  exhausted: number;
  lost: number;
};
export type Counted = {
  scores: number[];
  elected: number[];
  stages?: Stage[];
  quota?: number;
  scale?: number;
  pairwise?: number[][];
  ranks?: number[];
  condorcet_winner?: number;
  graders?: number[];
};
export type Answer = Counted & { winners: number[]; decided: number; ties: Tie[] };

type Paper = number[];
const ascending = (a: number, b: number) => a - b;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const at = <T>(list: T[], index: number): T => list[index] as T;
const sum = (list: number[]) => list.reduce((all, one) => all + one, 0);

// ---- ties ----

/** The options in the order of favour. */
function favour({ seed, options }: Election): number[] {
  if (seed === null) return range(options);
  const key = (option: number) =>
    createHash("sha256")
      .update("palabre/v1/lot-order\0")
      .update(Buffer.from(seed, "hex"))
      .update(Buffer.from([option >> 8, option & 255]))
      .digest("hex");
  const keys = range(options).map(key);
  return range(options).sort((a, b) => (at(keys, a) < at(keys, b) ? -1 : 1));
}

function subsets(list: number[], size: number): number[][] {
  if (size === 0) return [[]];
  return list.flatMap((first, i) =>
    subsets(list.slice(i + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

/** Drawn once for each election. */
const orders = new WeakMap<Election, number[]>();

type Met = Tie & { ways: number[][]; tried: boolean };

/** Answers what a count asks about ties: the given ways first, then the first one of each; or, at one tie, nothing. */
class Asked {
  readonly ties: (Tie | Met)[] = [];
  readonly #order: number[];
  readonly #given: number[];
  readonly #standing: number;
  /** Whether ties that cannot matter are recognised without trying. */
  readonly shortcut: boolean;
  #met = 0;

  constructor(election: Election, given: number[], standing: number, shortcut: boolean) {
    const order = orders.get(election) ?? favour(election);
    orders.set(election, order);
    this.#order = order;
    this.#given = given;
    this.#standing = standing;
    this.shortcut = shortcut;
  }

  get met(): Met[] {
    return this.ties.filter((tie): tie is Met => "ways" in tie);
  }

  #choose(stage: number, what: string, tied: number[], ways: number[][], tried: boolean): number[] {
    const index = this.#met++;
    const chosen = index === this.#standing ? [] : at(ways, this.#given[index] ?? 0);
    this.ties.push({ stage, for: what, tied, how: "", chosen, ways, tried });
    return chosen;
  }

  #sorted(tied: number[], what: string): number[] {
    const order = this.#order.filter((option) => tied.includes(option));
    return what === "exclusion" ? order.reverse() : order;
  }

  places(stage: number, tied: number[], places: number): number[] {
    const ways = subsets(this.#sorted(tied, "place"), places);
    return this.#choose(stage, "place", tied, ways, false);
  }

  /** Which one is taken; undefined = the tie stands. */
  one(stage: number, what: string, tied: number[]): number | undefined {
    const ways = this.#sorted(tied, what).map((option) => [option]);
    return this.#choose(stage, what, tied, ways, true)[0];
  }

  alike(stage: number, what: string, tied: number[]): number {
    const one = at(this.#sorted(tied, what), 0);
    this.ties.push({ stage, for: what, tied, how: "no_difference", chosen: [one] });
    return one;
  }

  byStages(stages: Stage[], what: string, tied: number[]): number | undefined {
    const now = stages.length - 1;
    let left = tied;
    for (const stage of stages.slice(0, -1).reverse()) {
      const votes = left.map((option) => at(stage.votes, option));
      const best = what === "exclusion" ? Math.min(...votes) : Math.max(...votes);
      left = left.filter((option) => stage.votes[option] === best);
      if (left.length === 1) break;
    }
    if (left.length < tied.length)
      this.ties.push({ stage: now, for: what, tied, how: "earlier_stage", chosen: left });
    return left.length === 1 ? left[0] : this.one(now, what, left);
  }
}

// ---- the methods ----

type Method = (election: Election, papers: Paper[], asked: Asked) => Counted;

const running = ({ options, withdrawn }: Election) =>
  range(options).filter((option) => !withdrawn[option]);

/** The best get the places; equal ones across the cut are a tie. better > 0: a is better. */
function seatTheBest(
  election: Election,
  asked: Asked,
  better: (a: number, b: number) => number,
  mayWin: (option: number) => boolean,
): { elected: number[]; ranks: number[] } {
  const list = running(election).sort((a, b) => better(b, a) || a - b);
  const can = list.filter(mayWin);
  const ahead = (option: number) => list.filter((other) => better(other, option) > 0).length;
  const ranks = range(election.options).map((o) => (election.withdrawn[o] ? 0 : ahead(o) + 1));
  if (can.length <= election.seats) return { elected: can, ranks };
  const last = at(can, election.seats - 1);
  const tied = can.filter((option) => better(option, last) === 0).sort(ascending);
  const sure = can.filter((option) => better(option, last) > 0);
  const left = election.seats - sure.length;
  if (tied.length === left) return { elected: can.slice(0, election.seats), ranks };
  return { elected: [...sure, ...asked.places(0, tied, left)], ranks };
}

function byScore(election: Election, scores: number[], asked: Asked): Counted {
  const better = (a: number, b: number) => at(scores, a) - at(scores, b);
  const { elected } = seatTheBest(election, asked, better, (option) => at(scores, option) > 0);
  return { scores, elected };
}

const answers =
  (n: number): Method =>
  (_, papers) => ({
    scores: range(n).map((i) => papers.filter((paper) => paper[0] === i + 1).length),
    elected: [],
  });

const single: Method = (election, papers, asked) =>
  byScore(
    election,
    range(election.options).map((option) => papers.filter((paper) => paper[0] === option).length),
    asked,
  );

const approval: Method = (election, papers, asked) =>
  byScore(
    election,
    range(election.options).map(
      (option) => papers.filter((paper) => paper.includes(option)).length,
    ),
    asked,
  );

const dots: Method = (election, papers, asked) =>
  byScore(
    election,
    range(election.options).map((option) => sum(papers.map((paper) => at(paper, option)))),
    asked,
  );

const score: Method = (election, papers, asked) => {
  const given = range(election.options).map((option) =>
    papers.map((paper) => at(paper, option)).filter((grade) => grade >= 0),
  );
  const scores = given.map(sum);
  const graders = given.map((list) => list.length);
  if (!(election.opt & 1)) return { ...byScore(election, scores, asked), graders };
  const better = (a: number, b: number) => {
    const left = BigInt(at(scores, a)) * BigInt(at(graders, b) || 1);
    const right = BigInt(at(scores, b)) * BigInt(at(graders, a) || 1);
    return left > right ? 1 : left < right ? -1 : 0;
  };
  const seated = seatTheBest(election, asked, better, (option) => at(scores, option) > 0);
  return { scores, graders, ...seated };
};

/** The lower middle grade, then without that ballot the next, and so on. */
function middles(grades: number[]): number[] {
  const left = [...grades].sort(ascending);
  const list: number[] = [];
  while (left.length > 0) {
    const middle = Math.floor((left.length - 1) / 2);
    list.push(at(left, middle));
    left.splice(middle, 1);
  }
  return list;
}

const majorityJudgment: Method = (election, papers, asked) => {
  const none = election.opt & 1;
  const given = range(election.options).map((option) =>
    papers
      .map((paper) => at(paper, option))
      .map((grade) => (grade < 0 && !none ? 0 : grade))
      .filter((grade) => grade >= 0),
  );
  const scores = given.flatMap((list) =>
    range(election.grades).map((grade) => list.filter((one) => one === grade).length),
  );
  const better = (a: number, b: number) => {
    const [left, right] = [at(given, a), at(given, b)];
    if (left.length === 0 || right.length === 0)
      return Math.sign(left.length) - Math.sign(right.length);
    // As many ballots of both: each as often as the other option has ballots.
    const same = left.length === right.length;
    const of = (list: number[], times: number) =>
      middles(list.flatMap((grade) => Array<number>(same ? 1 : times).fill(grade)));
    const ofLeft = of(left, right.length);
    const ofRight = of(right, left.length);
    const differ = ofLeft.findIndex((grade, i) => grade !== ofRight[i]);
    return differ < 0 ? 0 : at(ofLeft, differ) - at(ofRight, differ);
  };
  const seated = seatTheBest(election, asked, better, (option) => at(given, option).length > 0);
  return { scores, ...seated };
};

/** The options of a paper in their order, as far as each rank is one option's. */
function orderOf(ranks: Paper): number[] {
  const order: number[] = [];
  for (let rank = 1; ; rank++) {
    const here = range(ranks.length).filter((option) => ranks[option] === rank);
    if (here.length !== 1) return order;
    order.push(...here);
  }
}

const firsts = (election: Election, papers: Paper[]) =>
  range(election.options).map((option) => papers.filter((ranks) => ranks[option] === 1).length);

/** What a count by stages keeps: each paper with its order and what it is worth. */
class Stages {
  readonly list: Stage[] = [];
  readonly states: string[];
  readonly votes: bigint[];
  readonly papers: { order: number[]; worth: bigint; holder: number | null }[];
  exhausted = 0n;
  lost = 0n;

  constructor(election: Election, papers: Paper[], scale: bigint) {
    this.states = election.withdrawn.map((gone) => (gone ? "withdrawn" : "continuing"));
    this.votes = election.withdrawn.map(() => 0n);
    this.papers = papers.map((ranks) => ({ order: orderOf(ranks), worth: scale, holder: null }));
    for (const paper of this.papers) this.pass(paper);
    this.keep("begin");
  }

  get continuing(): number[] {
    return range(this.states.length).filter((option) => this.states[option] === "continuing");
  }

  pass(paper: Stages["papers"][number]): void {
    const to = paper.order.find((option) => this.states[option] === "continuing");
    paper.holder = to ?? null;
    if (to === undefined) this.exhausted += paper.worth;
    else this.votes[to] = at(this.votes, to) + paper.worth;
  }

  of(option: number) {
    return this.papers.filter((paper) => paper.holder === option);
  }

  keep(action: string, option?: number): void {
    this.list.push({
      action,
      ...(option === undefined ? {} : { option }),
      votes: this.votes.map(Number),
      states: [...this.states],
      exhausted: Number(this.exhausted),
      lost: Number(this.lost),
    });
  }

  mark(option: number): void {
    this.states[option] = "elected";
    at(this.list, this.list.length - 1).states = [...this.states];
  }

  exclude(option: number): void {
    const papers = this.of(option);
    this.states[option] = "excluded";
    this.votes[option] = 0n;
    for (const paper of papers) this.pass(paper);
    this.keep("exclusion", option);
  }

  /** Who is excluded next; undefined: a tie stands. */
  lowest(asked: Asked, places: number): number | undefined {
    const least = this.continuing.map((o) => at(this.votes, o)).reduce((a, b) => (b < a ? b : a));
    const tied = this.continuing.filter((option) => this.votes[option] === least);
    if (tied.length === 1) return tied[0];
    const allGo = least === 0n && this.continuing.length - tied.length >= places;
    return allGo && asked.shortcut
      ? asked.alike(this.list.length - 1, "exclusion", tied)
      : asked.byStages(this.list, "exclusion", tied);
  }
}

const irv: Method = (election, papers, asked) => {
  const count = new Stages(election, papers, 1n);
  const scores = firsts(election, papers);
  const done = (elected: number[]) => {
    for (const option of elected) count.mark(option);
    return { scores, elected, stages: count.list, scale: 1 };
  };
  const valid = BigInt(papers.length);
  if (count.exhausted === valid) return done([]);
  for (;;) {
    const base = election.opt & 1 ? valid : valid - count.exhausted;
    const winner = count.continuing.find((option) => at(count.votes, option) * 2n > base);
    if (winner !== undefined) return done([winner]);
    if (count.continuing.length <= 2) {
      if (election.opt & 1) return done([]);
      return done(asked.places(count.list.length - 1, count.continuing, 1));
    }
    const option = count.lowest(asked, 1);
    if (option === undefined) return done([]);
    count.exclude(option);
  }
};

const stvScottish: Method = (election, papers, asked) => {
  const scale = 100_000n;
  const count = new Stages(election, papers, scale);
  const valid = BigInt(papers.length) - count.exhausted / scale;
  const quota = (valid / BigInt(election.seats + 1) + 1n) * scale;
  const elected: number[] = [];
  const surpluses = new Set<number>();
  const done = () => ({
    scores: firsts(election, papers),
    elected,
    stages: count.list,
    scale: Number(scale),
    quota: Number(quota),
  });
  const before = (a: number, b: number) => {
    const stage = [...count.list].reverse().find(({ votes }) => votes[a] !== votes[b]);
    return stage ? at(stage.votes, b) - at(stage.votes, a) : a - b;
  };
  const elect = (options: number[]) => {
    for (const option of options.sort(before)) {
      elected.push(option);
      surpluses.add(option);
      count.mark(option);
    }
  };
  if (valid === 0n) return done();
  for (;;) {
    elect(count.continuing.filter((option) => at(count.votes, option) >= quota));
    const places = election.seats - elected.length;
    if (places === 0) return done();
    if (count.continuing.length <= places) {
      if (count.continuing.length > 0) {
        const rest = count.continuing.sort(before);
        count.keep("fill");
        elect(rest);
      }
      return done();
    }
    if (surpluses.size > 0) {
      const waiting = [...surpluses].sort(ascending);
      const most = waiting.map((o) => at(count.votes, o)).reduce((a, b) => (b > a ? b : a));
      const tied = waiting.filter((option) => count.votes[option] === most);
      const option =
        tied.length === 1
          ? tied[0]
          : most === quota && asked.shortcut
            ? asked.alike(count.list.length - 1, "surplus", tied)
            : asked.byStages(count.list, "surplus", tied);
      if (option === undefined) return done();
      const surplus = most - quota;
      surpluses.delete(option);
      count.votes[option] = quota;
      if (surplus > 0n) {
        let passed = 0n;
        for (const paper of count.of(option)) {
          paper.worth = (surplus * paper.worth) / most;
          passed += paper.worth;
          count.pass(paper);
        }
        count.lost += surplus - passed;
      }
      count.keep("surplus", option);
    } else {
      const option = count.lowest(asked, places);
      if (option === undefined) return done();
      count.exclude(option);
    }
  }
};

/** The strength of a duel or chain: a is stronger than b. */
const stronger = (a: number[], b: number[]) =>
  at(a, 0) > at(b, 0) || (a[0] === b[0] && at(a, 1) < at(b, 1));

const schulze: Method = (election, papers, asked) => {
  const n = election.options;
  const above = (ranks: Paper, a: number, b: number) =>
    at(ranks, a) > 0 && (ranks[b] === 0 || at(ranks, a) < at(ranks, b));
  const pairwise = range(n).map((a) =>
    range(n).map((b) => (a === b ? 0 : papers.filter((ranks) => above(ranks, a, b)).length)),
  );
  const d = (a: number, b: number) => at(at(pairwise, a), b);
  const scores = firsts(election, papers);
  if (papers.length === 0) return { scores, elected: [], pairwise };
  // The strongest chain is found link by link until nothing grows any more.
  const none = [0, Number.POSITIVE_INFINITY];
  const chains = range(n).map((a) =>
    range(n).map((b) => (d(a, b) > d(b, a) ? [d(a, b), d(b, a)] : none)),
  );
  for (let grows = true; grows; ) {
    grows = false;
    for (const a of range(n))
      for (const b of range(n))
        for (const c of range(n)) {
          const [first, second] = [at(at(chains, a), b), at(at(chains, b), c)];
          const weaker = stronger(first, second) ? second : first;
          if (a !== c && stronger(weaker, at(at(chains, a), c))) {
            at(chains, a)[c] = weaker;
            grows = true;
          }
        }
  }
  const beats = (a: number, b: number) => stronger(at(at(chains, a), b), at(at(chains, b), a));
  const tier = new Map<number, number>();
  for (let number = 1; tier.size < running(election).length; number++) {
    const left = running(election).filter((option) => !tier.has(option));
    const best = left.filter((a) => !left.some((b) => beats(b, a)));
    for (const option of best) tier.set(option, number);
  }
  const better = (a: number, b: number) => (tier.get(b) ?? 0) - (tier.get(a) ?? 0);
  const winner = running(election).find((a) =>
    running(election).every((b) => a === b || d(a, b) > d(b, a)),
  );
  return {
    scores,
    pairwise,
    ...seatTheBest(election, asked, better, () => true),
    ...(winner === undefined ? {} : { condorcet_winner: winner }),
  };
};

export const methods: Record<string, { number: number; form: number; count: Method }> = {
  "yes-no": { number: 1, form: 2, count: answers(2) },
  consent: { number: 2, form: 3, count: answers(3) },
  single: { number: 3, form: 4, count: single },
  approval: { number: 4, form: 5, count: approval },
  score: { number: 5, form: 6, count: score },
  dots: { number: 6, form: 7, count: dots },
  "majority-judgment": { number: 7, form: 6, count: majorityJudgment },
  irv: { number: 8, form: 8, count: irv },
  schulze: { number: 9, form: 8, count: schulze },
  "stv-scottish": { number: 12, form: 8, count: stvScottish },
};

// ---- trying, and judging ties ----

const triesMax = 64;
type Run = { counted: Counted; asked: Asked };

function run(election: Election, given: number[], standing = -1, shortcut = true): Run {
  const papers = election.ballots.flatMap(({ weight, choice }) =>
    typeof choice === "string" ? [] : Array<Paper>(weight).fill(choice),
  );
  const asked = new Asked(election, given, standing, shortcut);
  const method = methods[election.method];
  if (!method) throw new Error(`no such method: ${election.method}`);
  return { counted: method.count(election, papers, asked), asked };
}

const setOf = ({ counted }: Run) => [...counted.elected].sort(ascending).join(" ");

/** Remembered by the ways they begin with: most are asked for more than once. */
const tries = new WeakMap<Election, Map<string, Run[] | null>>();

/** Every count that begins with the given ways; null = more than can be tried. */
function everyWay(election: Election, given: number[], shortcut: boolean): Run[] | null {
  const key = `${shortcut} ${given}`;
  const known = tries.get(election) ?? new Map<string, Run[] | null>();
  tries.set(election, known);
  const runs = known.get(key);
  if (runs !== undefined) return runs;
  const found = tryEveryWay(election, given, shortcut);
  known.set(key, found);
  return found;
}

function tryEveryWay(election: Election, given: number[], shortcut: boolean): Run[] | null {
  const first = run(election, given, -1, shortcut);
  const next = first.asked.met[given.length];
  if (!next) return [first];
  const all: Run[] = [];
  for (const way of range(next.ways.length)) {
    const runs = everyWay(election, [...given, way], shortcut);
    if (!runs || all.length + runs.length > triesMax) return null;
    all.push(...runs);
  }
  return all;
}

/** The sets of winners that are possible, whatever is chosen; null = more than can be tried. */
export function possible(election: Election, shortcut = true): string[] | null {
  const runs = everyWay(election, [], shortcut);
  return runs && [...new Set(runs.map(setOf))].sort();
}

/** Whether the way taken at this tie of the first count changes what is possible. */
function matters(election: Election, index: number, tie: Met): boolean {
  if (!tie.tried) return true;
  const before = Array<number>(index).fill(0);
  if (!everyWay(election, before, true)) return true;
  const results = tie.ways.map((_, way) => {
    const runs = everyWay(election, [...before, way], true) ?? [];
    return [...new Set(runs.map(setOf))].sort().join("|");
  });
  return new Set(results).size > 1;
}

/** Who wins in every count that begins so, and who only in some; null = more than can be tried. */
function sureAndSome(election: Election, index: number): { sure: number[]; some: number[] } | null {
  const runs = everyWay(election, Array<number>(index).fill(0), true);
  if (!runs) return null;
  const wins = (option: number) => runs.filter(({ counted }) => counted.elected.includes(option));
  const all = range(election.options);
  return {
    sure: all.filter((option) => wins(option).length === runs.length),
    some: all.filter((option) => wins(option).length > 0 && wins(option).length < runs.length),
  };
}

export function count(election: Election): Answer {
  const drawn = election.tie === 3 && election.seed !== null;
  const how = drawn ? "lot" : election.tie === 1 ? "status_quo" : "open";
  let result = run(election, []);
  const judged = result.asked.met.map((tie, index) => matters(election, index, tie));
  const stands = drawn ? -1 : judged.indexOf(true);
  if (stands >= 0) result = run(election, Array<number>(stands).fill(0), stands);
  const { counted, asked } = result;
  let index = 0;
  const ties = asked.ties.map((tie): Tie => {
    const { stage, for: what, tied, chosen } = tie;
    const word = "ways" in tie ? (judged[index++] ? how : "no_difference") : tie.how;
    return { stage, for: what, tied, how: word, chosen };
  });
  const standing = asked.met[stands];
  if (standing?.tried) {
    const known = sureAndSome(election, stands);
    const last = counted.stages?.at(-1);
    const left = range(election.options).filter((o) => last?.states[o] === "continuing");
    const tied = known ? known.some : left;
    for (const option of known?.sure ?? [])
      if (!counted.elected.includes(option)) counted.elected.push(option);
    ties.push({ stage: standing.stage, for: "place", tied, how, chosen: [] });
  }
  const open = ties.some((tie) => tie.how === "open");
  const lot = ties.some((tie) => tie.how === "lot");
  return {
    ...counted,
    winners: [...counted.elected].sort(ascending),
    decided: open ? 3 : lot ? 1 : 0,
    ties,
  };
}
