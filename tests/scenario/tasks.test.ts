// To-dos over the real program: two who take at once, the date that passes by itself and moves, ticks that reach others,
// pages of a list without gaps, what is recorded for somebody, and who is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, newHall, newId, newProposal, type Person } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";
import { type Data, reasonOf } from "../harness/wire.ts";

const server = await serveNew();
const { facilitator, members } = await newHall(server, 4);
const [maker, first, second, third] = members as [Person, Person, Person, Person];
const proposal = await newProposal(maker, "Un préau");
const from = { kind: "proposal", id: proposal.id };

function newTask(more: Data = {}): Promise<Data> {
  const words = { language: "fr", title: "Compter les tuiles", result: "Un nombre" };
  return maker.create("task.create", { ...words, from, ...more });
}
const read = async (id: string): Promise<Data> => (await maker.call("task.get", { id })).doc;
const told = async (who: Person): Promise<string[]> =>
  (await who.call("notification.list", {})).items.map((one: Data) => one.what);

// One that was done before its date, however slow the machine is, and one that gets a date, not an earlier one, when it is
// taken: both dates come while other tests run.
let done: Data = {};
for (let ms = 1000; !(done.done_ms < done.due_ms); ms *= 2) {
  const { id } = await newTask({ due: Date.now() + ms });
  await first.act("task.take", { id });
  await first.act("task.mark", { id, state: "done" });
  done = await read(id);
}
const dated = await newTask();
await first.act("task.take", { id: dated.id });
const soon: number = done.due_ms;
await first.act("task.update", { id: dated.id, due: soon });

test("two who take at once: one has it, the other learns that somebody was quicker", async () => {
  const { id } = await newTask();
  const reasons = await Promise.all(
    [first, second].map((one) => reasonOf(one.act("task.take", { id }))),
  );
  assert.deepEqual(reasons.toSorted(), ["", "task.bad_state"]);
  assert.equal((await read(id)).assignees.length, 1);
});

test("a tick reaches whoever watches; each line keeps its own", async () => {
  const lines = ["Monter", "Compter", "Descendre"].map((text) => ({ id: newId(), text }));
  const { id } = await newTask({ checklist: lines });
  await first.act("task.take", { id });
  const socket = await second.socket();
  await socket.subscribe({ [`task/${id}`]: 0 });
  await first.act("task.check", { id, line: lines[1]?.id, on: true });
  const task = await eventually("the tick", async () => {
    const doc = (await second.call("task.get", { id })).doc;
    return doc.checklist[1].done && doc;
  });
  socket.close();
  assert.deepEqual(
    task.checklist.map((line: Data) => [line.text, line.done]),
    [
      ["Monter", false],
      ["Compter", true],
      ["Descendre", false],
    ],
  );
  const many = Array.from({ length: 31 }, (_, at) => ({ id: newId(), text: `Ligne ${at}` }));
  assert.equal(await reasonOf(newTask({ checklist: many })), "input.bad_value");
});

test("pages of a list follow each other without gaps or repeats", async () => {
  for (let n = 0; n < 7; n++) await newTask({ title: `Tuile ${n}` });
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const page: Data = await third.call("task.list", { free: true, limit: 3, after });
    assert.ok(page.items.length <= 3);
    seen.push(...page.items.map((task: Data) => task.number));
    after = page.next ?? undefined;
  } while (after);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => b - a),
  );
  assert.ok(seen.length >= 7);
  const made = await maker.call("task.list", { made: true, limit: 200 });
  assert.ok(made.items.length > seen.length);
  assert.equal((await third.call("task.list", { archive: true })).items.length, 0);
});

test("recorded for somebody without a device: everybody sees by whom", async () => {
  const { id } = await newTask();
  assert.equal(await reasonOf(second.act("task.take", { id, for: third.id })), "right.missing");
  await facilitator.act("task.take", { id, for: third.id });
  const [assignee] = (await read(id)).assignees;
  assert.equal(assignee.name, third.name);
  assert.equal(assignee.recorded_by.name, facilitator.name);
});

test("asked, handed over, thanked: those concerned are told, nobody else", async () => {
  const { id } = await newTask({ assignees: [second.id] });
  await second.act("task.answer", { id, yes: true });
  await second.act("task.ask", { id, members: [third.id], hand_over: true });
  await third.act("task.answer", { id, yes: true });
  assert.deepEqual(
    (await read(id)).assignees.map((person: Data) => person.id),
    [third.id],
  );
  await third.act("task.mark", { id, state: "done" });
  await first.act("task.thank", { id, text: "Bien compté" });
  assert.ok((await told(second)).includes("task_asked"));
  assert.ok((await told(third)).includes("task_thanked"));
  assert.ok(!(await told(second)).includes("task_thanked"));
  assert.ok((await told(maker)).includes("task_done"));
});

test("the date passes by itself, once; moved, it passes again; done, never", async () => {
  const { id } = dated;
  const late = await eventually("the date passes", async () => {
    const task = await read(id);
    return task.overdue_ms === soon && task;
  });
  assert.deepEqual(
    late.history.map((step: Data) => step.what),
    ["taken", "updated", "overdue"],
  );
  assert.ok((await told(first)).includes("task_due"));
  const later = Date.now() + 300;
  await first.act("task.update", { id, due: later });
  await eventually("the new date passes", async () => (await read(id)).overdue_ms === later);
  assert.equal((await read(done.id)).overdue_ms, undefined);
  const { items } = await second.call("task.list", { overdue: true });
  assert.deepEqual(
    items.map((task: Data) => task.id),
    [id],
  );
});
