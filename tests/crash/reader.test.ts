// T-R10: a process that reads the folder and is killed in the middle. Until its slot is freed no page it might read can be
// used again, so the file grows with every commit; a running server frees it within seconds, and then it does not.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, newId, newPerson } from "../harness/people.ts";
import { check, crashProgram, serveNew } from "../harness/program.ts";

const commits = 100;
const rounds = Number(process.env.PALABRE_CRASH_READERS ?? 1);

test(`T-R10 a reader that is killed holds the file up no longer (${rounds})`, async (t) => {
  const server = await serveNew();
  const person = await newPerson(server, "Ada");
  const size = () => statSync(join(server.folder, "data.mdb")).size;
  const write = async () => {
    const before = size();
    for (let at = 0; at < commits; at++)
      await server.operator("member.update", {
        id: person.id,
        name: `Ada ${at}`,
        command: newId(),
      });
    return size() - before;
  };
  for (let round = 0; round < rounds; round++) {
    await write();
    const usual = await write();
    const reader = spawn(crashProgram("reader"), [server.folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(reader.stdout);
    await once(reader.stdout, "data");
    // A process that is stopped holds it up as well: that is seen here, and ends with it.
    reader.kill("SIGSTOP");
    const held = await write();
    reader.kill("SIGKILL");
    await once(reader, "exit");
    let growth = held;
    await eventually("its slot is freed", async () => {
      growth = await write();
      return growth < held / 10;
    });
    const again = await write();
    t.diagnostic(
      `figures: ${commits} commits let the file grow by ${usual} bytes, with a reader by ${held}, once it was killed by ${growth}, then ${again}`,
    );
    assert.ok(held > commits * 4096, "the reader held nothing up");
    assert.ok(again < held / 10, `${again} bytes after ${held}`);
  }
  await server.stop();
  await check(server.folder);
});
