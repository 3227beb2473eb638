// What is counted, for whom, and that nobody who does nothing wrong is ever refused.
//
// A proxy on the loopback is trusted, so that a test says with X-Forwarded-For which address it comes from.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pngOf } from "../harness/files.ts";
import { openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import {
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
  post,
  request,
  tokenOf,
} from "../harness/people.ts";
import {
  endServer,
  initFolder,
  refilled,
  Server,
  serveNew,
  slowness,
  stopwatch,
} from "../harness/program.ts";
import { Device, yes } from "../harness/record.ts";
import { type Answer, type Data, httpRequest } from "../harness/wire.ts";

const daily = ["--reports-per-day", "2", "--uploads-per-day", "4", "--upload-mib-per-day", "1"];
const server = await serveNew({ more: ["--trusted-proxy", "127.0.0.1", ...daily] });
const { facilitator, members } = await newHall(server, 4);
const [mia, noe, lou] = members as [Person, Person, Person];
const idea = await newProposal(mia);

const from = (address: string) => ({ "x-forwarded-for": address });
const errorOf = (answer: Answer): Data => JSON.parse(answer.text).error?.data ?? {};
const isLimited = (answer: Data) => answer.error?.data?.reason === "rate.limited";

/** Runs them all, `width` at a time. */
async function all<T>(list: T[], width: number, each: (item: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await each(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Fresh links for this many new people, made by the operator. */
async function linksFor(count: number, at: Server = server): Promise<string[]> {
  const batch = Array.from({ length: count }, (_, n) =>
    request("member.invite", {
      ...{ id: newId(), command: newId(), name: `Invitée ${n}`, class: "members" },
    }),
  );
  const answers: Data[] = JSON.parse((await at.operatorRaw(batch)).text);
  return answers.map((answer) => tokenOf(answer.result.link));
}
/** As small as it can be: a body has 64 KiB. */
const small = (method: string, params: Data = {}) => ({ jsonrpc: "2.0", id: 1, method, params });
const joining = (token: string) =>
  request("session.join", { token, language: "fr", command: newId() });

test("T-S12 a hall: 500 people look at their links and sign in from one address, as fast as they can; none is refused", async () => {
  const tokens = await linksFor(500);
  const cookies = new Set<string>();
  await all(tokens, 25, async (token) => {
    const looked = await post(server, "", request("session.look", { token }), from("192.0.2.1"));
    assert.equal(JSON.parse(looked.text).result?.newcomer, true, looked.text);
    const joined = await post(server, "", joining(token), from("192.0.2.1"));
    assert.ok(JSON.parse(joined.text).result?.member, joined.text);
    cookies.add(String(joined.headers["set-cookie"]));
  });
  assert.equal(cookies.size, 500);
});

test("T-S8 100,000 guesses of links from one address: all but a few are not even looked at, and the door stays open", async () => {
  const [token = ""] = await linksFor(1);
  const each = 500;
  const back = refilled(600);
  let [tried, limited, let_in] = [0, 0, 0];
  await all(
    Array.from({ length: 100_000 / each }, (_, n) => n),
    4,
    async () => {
      const batch = Array.from({ length: each }, () =>
        small("session.look", { token: randomBytes(16).toString("base64url") }),
      );
      const answer = await post(server, "", batch, from("192.0.2.2"));
      for (const one of JSON.parse(answer.text) as Data[]) {
        if (isLimited(one)) {
          assert.ok(one.error.data.retry_after_ms > 0 && one.error.data.retry_after_ms < 1000);
          limited++;
        } else if (one.error?.data?.reason === "invite.unknown") tried++;
        else let_in++;
      }
    },
  );
  const most = 1500 + back();
  assert.equal(tried + limited, 100_000);
  assert.equal(let_in, 0);
  assert.ok(tried >= 1500 && tried <= most, `${tried} were looked at`);
  // Somebody else is not touched; somebody at the same address waits a moment and gets in.
  const guess = small("session.look", { token: "A".repeat(22) });
  assert.equal(errorOf(await post(server, "", guess, from("192.0.2.3"))).reason, "invite.unknown");
  let answer = await post(server, "", joining(token), from("192.0.2.2"));
  for (let n = 0; n < 50 && errorOf(answer).reason === "rate.limited"; n++) {
    await sleep(errorOf(answer).retry_after_ms);
    answer = await post(server, "", joining(token), from("192.0.2.2"));
  }
  assert.ok(JSON.parse(answer.text).result?.member, answer.text);
});

test("an address's rubbish has a bucket of its own and keeps nobody from signing in", async () => {
  const [token = ""] = await linksFor(1);
  const batch = Array.from({ length: 700 }, () => small("session.get"));
  const back = refilled(3000);
  const answer = await post(server, "", batch, from("192.0.2.4"));
  const limited = (JSON.parse(answer.text) as Data[]).filter(isLimited).length;
  assert.ok(limited <= 100 && limited >= 100 - back(), `${limited} of 700`);
  const joined = await post(server, "", joining(token), from("192.0.2.4"));
  assert.ok(JSON.parse(joined.text).result?.member, joined.text);
});

test("an IPv6 address counts by its /64, IPv4 the same in either form", async () => {
  const drain = async (address: string) => {
    const batch = Array.from({ length: 700 }, () => small("session.get"));
    const answer = await post(server, "", batch, from(address));
    return (JSON.parse(answer.text) as Data[]).filter((one) => !isLimited(one)).length;
  };
  let back = refilled(3000);
  assert.ok((await drain("2001:db8:1:1::1")) >= 600);
  assert.ok((await drain("[2001:db8:1:1:2::9]:4711")) <= back());
  assert.ok((await drain("2001:db8:1:2::1")) >= 600);
  back = refilled(3000);
  assert.ok((await drain("192.0.2.5")) >= 600);
  assert.ok((await drain("::ffff:192.0.2.5")) <= back());
  assert.ok((await drain("198.51.100.7, 192.0.2.5")) <= back(), "the right-most hop counts");
});

test("a header from a peer that is not trusted is not believed", async () => {
  // Two, and the next a minute later.
  const plain = new Server(await initFolder(), { more: ["--sign-in-rate", "1"] });
  after(() => endServer(plain));
  await plain.start();
  const look = (n: number) =>
    post(plain, "", request("session.look", { token: "A".repeat(22) }), from(`192.0.2.${n}`));
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(errorOf(await look(n)).reason);
  const [unknown, limited] = ["invite.unknown", "rate.limited"];
  assert.deepEqual(answers, [unknown, unknown, limited, limited, limited, limited]);
});

test("T-N8 a flood on one session: 30 pass, then 100 a minute; ballots and drafts have their own buckets; nobody else waits", async () => {
  const poll = await openPoll(facilitator, [(await newProposal(facilitator, "Le four")).id], {
    kind: "straw",
  });
  await Promise.all([noe.enrol(), lou.enrol()]);
  await noe.enterAgain();
  const socket = await noe.socket();
  const back = refilled(100);
  const flood = await Promise.all(Array.from({ length: 600 }, () => socket.ask("session.get")));
  const passed = flood.filter((one) => one.result).length;
  assert.ok(passed >= 30 && passed <= 30 + back(), `${passed} of 600`);
  for (const one of flood.filter((answer) => answer.error)) assert.ok(isLimited(one));

  // The flood goes on while ballots are cast and another member works.
  let flooding = true;
  let sent = 0;
  const more = (async () => {
    for (; flooding || sent < 100; sent += 20)
      await Promise.all(Array.from({ length: 20 }, () => socket.ask("session.get")));
  })();
  const waits: number[] = [];
  for (let n = 0; n < 20; n++) {
    const elapsed = stopwatch(server);
    const { params } = noe.sign(poll, { choice: yes, counter: n + 1 });
    const cast = await socket.ask("ballot.cast", params);
    assert.ok(cast.result?.receipt, JSON.stringify(cast));
    if (n < 10) assert.ok((await post(server, lou.cookie, request("session.ping"))).status === 200);
    waits.push(elapsed());
  }
  const draft = { object: idea.id, field: "text", text: "Un brouillon", command: newId() };
  assert.ok((await socket.ask("draft.save", draft)).result);
  await lou.vote(poll, yes);
  flooding = false;
  await more;
  socket.close();
  const worst = waits.toSorted((a, b) => a - b).at(-2) ?? 0;
  assert.ok(worst < 1000 * slowness, `${worst} ms`);
});

test("after a flood the wait that was named is enough", async () => {
  const eve = await newPerson(server, "Ève");
  let answer: Answer;
  do answer = await post(server, eve.cookie, request("session.get"));
  while (errorOf(answer).reason !== "rate.limited");
  const since = performance.now();
  const { retry_after_ms: wait } = errorOf(answer);
  assert.ok(wait > 0 && wait <= 600, `${wait} ms`);
  // A timer may come a moment too early.
  while (performance.now() < since + wait) await sleep(1);
  assert.ok(JSON.parse((await post(server, eve.cookie, request("session.get"))).text).result);
});

test("more sessions buy a member five times as much, and no more; another member has lost nothing", async () => {
  const zoe = await newPerson(server, "Zoé");
  const cookies = [zoe.cookie];
  for (let n = 1; n < 9; n++) {
    await zoe.enterAgain();
    cookies.push(zoe.cookie);
  }
  const back = refilled(500);
  let passed = 0;
  for (const cookie of cookies) {
    const batch = Array.from({ length: 40 }, () => request("session.get"));
    const answer = await post(server, cookie, batch);
    passed += (JSON.parse(answer.text) as Data[]).filter((one) => one.result).length;
  }
  assert.ok(passed >= 150 && passed <= 150 + back(), `${passed} of 360`);
  const ida = await newPerson(server, "Ida");
  assert.ok(JSON.parse((await post(server, ida.cookie, request("session.get"))).text).result);
});

test("uploads are counted by member and day, in files and in bytes: 429 with Retry-After", async () => {
  const send = async (who: Person, body: Buffer) => {
    const own = { host: new URL(server.origin).host, origin: server.origin, cookie: who.cookie };
    const headers = { ...own, "x-palabre-csrf": "1", "content-type": "application/octet-stream" };
    return httpRequest({ port: server.port, path: "/files", method: "POST", headers, body });
  };
  const ana = await newPerson(server, "Ana");
  for (let n = 0; n < 4; n++) assert.equal((await send(ana, pngOf(1000 + n))).status, 200);
  await ana.enterAgain();
  const fifth = await send(ana, pngOf(2000));
  assert.equal(fifth.status, 429);
  const { reason, retry_after_ms: wait } = errorOf(fifth);
  assert.equal(reason, "rate.limited");
  assert.ok(wait > 6 * 3600e3 - 60e3 && wait <= 6 * 3600e3 + 2000, `${wait} ms`);
  assert.equal(Number(fifth.headers["retry-after"]), Math.ceil(wait / 1000));

  const bob = await newPerson(server, "Bob");
  assert.equal((await send(bob, pngOf(900 << 10))).status, 200);
  assert.equal((await send(bob, pngOf(200 << 10))).status, 429);
  assert.equal((await send(bob, pngOf(100 << 10))).status, 200);
});

test("whoever has used up all else can still come to a vote: checking in, a device, its definition, the ballot, its proof", async () => {
  const led = await startMeeting(await planMeeting(facilitator, ["Comptes"]));
  const ada = await newPerson(server, "Ada");
  const open = () => openInMeeting(led);
  const say = async (method: string, params: Data) =>
    errorOf(await post(server, ada.cookie, request(method, params))).reason ?? "";
  const enter = { meeting: led.id, code: led.code };
  await ada.act("attendance.enter", enter);
  const poll = await open();
  /** Again before each: something comes back every 600 ms. */
  const useUp = async () => {
    while ((await say("decision.list", { limit: 1 })) !== "rate.limited");
  };
  const device = new Device();
  for (const [method, params] of [
    ["attendance.enter", { command: newId(), ...enter }],
    ["device.enrol", device.enrolment(ada.org, ada.id)],
    ["poll.get", { id: poll.poll }],
    ["ballot.mine", { poll: poll.poll }],
    ["ballot.cast", ada.sign(poll, { choice: yes }, device).params],
    ["log.proof", { from: 1, to: 2 }],
  ] as const) {
    await useUp();
    assert.equal(await say(method, params), "", method);
  }
});

test("reports are counted by member and day", async () => {
  const on = { kind: "proposal", id: idea.id };
  const say = (text: string) => mia.create("comment.post", { language: "fr", on, text });
  const said = [await say("Un"), await say("Deux"), await say("Trois")];
  const report = (who: Person, id: string) =>
    post(
      server,
      who.cookie,
      request("report.make", { command: newId(), on: { kind: "comment", id }, reason: "Dur" }),
    ).then((answer) => errorOf(answer).reason ?? "");
  const tom = await newPerson(server, "Tom");
  const outcomes = [];
  for (const { id } of said) outcomes.push(await report(tom, id));
  assert.deepEqual(outcomes, ["", "", "rate.limited"]);
  await tom.enterAgain();
  assert.equal(await report(tom, said[2]?.id), "rate.limited");
  assert.equal(await report(await newPerson(server, "Éva"), said[2]?.id), "");
});

test("everybody is told of a meeting that is called: calls are counted by member and day", async () => {
  const ann = await newPerson(server, "Ann");
  const outcomes = [];
  for (let n = 0; n < 3; n++) {
    const work = { id: newId(), kind: "work_session", title: { fr: "Venez" }, minutes: 60 };
    await ann.act("meeting.plan", { ...work, starts: Date.now() + 9e6 });
    const call = request("meeting.call", { command: newId(), id: work.id });
    outcomes.push(errorOf(await post(server, ann.cookie, call)).reason ?? "");
  }
  assert.deepEqual(outcomes, ["", "", "rate.limited"]);
});

test("the code of a hall cannot be guessed: tries are counted by member and day", async () => {
  const meeting = newId();
  await facilitator.act("meeting.plan", {
    ...{ id: meeting, kind: "board", title: { fr: "Conseil" }, starts: Date.now(), minutes: 60 },
  });
  const guess = (who: Person, code: string) =>
    post(server, who.cookie, request("attendance.enter", { command: newId(), meeting, code })).then(
      (answer) => errorOf(answer).reason ?? "",
    );
  const zed = await newPerson(server, "Zed");
  const outcomes = [];
  // A 1 stands in no code.
  for (const code of ["122222", "122223", "122224"]) outcomes.push(await guess(zed, code));
  assert.deepEqual(outcomes, ["attendance.bad_code", "attendance.bad_code", "rate.limited"]);
  await zed.enterAgain();
  assert.equal(await guess(zed, "122225"), "rate.limited");
  assert.equal(await guess(await newPerson(server, "Yve"), "122222"), "attendance.bad_code");
});
