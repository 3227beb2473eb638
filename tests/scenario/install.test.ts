// `make install` as a packager runs it (DESTDIR), the program from where it was put, and the units for systemd: each is
// well formed, and as closed as is promised (exposure at most 1.5; `systemd-analyze security --offline`).
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { build, endServer, initFolder, root, Server, scratch } from "../harness/program.ts";

const into = scratch();
const at = (path: string) => join(into, "usr/local", path);
const make = (...words: string[]) =>
  execFileSync("make", ["-s", `B=${build}`, `DESTDIR=${into}`, ...words], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
make("install");
const units = readdirSync(at("lib/systemd/system"));

test("make install puts the program, its client, units and documentation under PREFIX", () => {
  assert.equal(statSync(at("lib/palabre/palabre")).mode & 0o777, 0o755);
  assert.ok(units.includes("palabre@.service"));
  for (const unit of units)
    assert.doesNotMatch(readFileSync(at(`lib/systemd/system/${unit}`), "utf8"), /\bPREFIX\b/, unit);
  assert.match(readFileSync(at("share/doc/palabre/install.md"), "utf8"), /^# Installing/);
  assert.match(readFileSync(at("lib/sysusers.d/palabre.conf"), "utf8"), /^u palabre /m);
});

test("the installed program serves the client that was installed with it", async () => {
  const server = new Server(await initFolder(), { program: at("bin/palabre") });
  after(() => endServer(server));
  await server.start();
  const page = await server.get("/", { accept: "text/html" });
  assert.equal(page.status, 200);
  assert.match(page.text, /<script defer src="\/assets\//);
});

test("the options of the unit are options of the program", () => {
  const unit = readFileSync(at("lib/systemd/system/palabre@.service"), "utf8");
  const started = /^ExecStart=(\S+) serve (\S+) (.*)$/m.exec(unit);
  assert.ok(started);
  const [, program = "", , options = ""] = started;
  assert.equal(program, "/usr/local/lib/palabre/palabre");
  const file = join(scratch(), "garden.conf");
  const words = options.replace("/etc/palabre/%i.conf", file).split(" ");
  const absent = spawnSync(at("bin/palabre"), ["serve", into, ...words, "--check-config"]);
  assert.equal(absent.status, 2, "a file that is named has to be there");
  execFileSync("cp", [join(root, "server/install/example.conf"), file]);
  const good = spawnSync(at("bin/palabre"), ["serve", into, ...words, "--check-config"]);
  assert.equal(good.status, 0, String(good.stderr));
});

const noSystemd =
  spawnSync("systemd-analyze", ["--version"]).status !== 0 && "systemd-analyze is not here";

test("units are well formed", { skip: noSystemd }, () => {
  // What the units call of the system they are installed on.
  const kill = join(into, "bin/kill");
  execFileSync("install", ["-D", "-m", "755", "/bin/kill", kill]);
  for (const unit of units) {
    const instance = unit.replace("@.", "@garden.");
    const { stderr } = spawnSync("systemd-analyze", [
      "verify",
      "--recursive-errors=no",
      "--man=no",
      `--root=${into}`,
      instance,
    ]);
    assert.equal(String(stderr), "", unit);
  }
  rmSync(kill);
});

test("services: exposure at most 1.5", { skip: noSystemd }, () => {
  for (const unit of units.filter((name) => name.endsWith(".service"))) {
    const path = at(`lib/systemd/system/${unit}`);
    const exposure = (threshold: number) =>
      spawnSync("systemd-analyze", [
        "security",
        "--offline=true",
        `--threshold=${threshold}`,
        path,
      ]);
    const { status, stdout } = exposure(15);
    const last = String(stdout).trim().split("\n").at(-1);
    assert.equal(status, 0, `${unit}: ${last}`);
    assert.notEqual(exposure(1).status, 0, "the threshold is looked at");
  }
});

test("make uninstall leaves nothing", () => {
  make("uninstall");
  assert.equal(execFileSync("find", [into, "-type", "f"], { encoding: "utf8" }), "");
});
