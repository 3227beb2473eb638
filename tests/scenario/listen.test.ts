// Where the program listens: on what it was told, or not at all.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build, freePort, initFolder, palabre, scratch, serveNew } from "../harness/program.ts";

/** A library that makes getifaddrs fail, as it does for a service that may not use AF_NETLINK. */
function withoutInterfaces(): string {
  const folder = scratch();
  const source = join(folder, "none.c");
  writeFileSync(
    source,
    "#include <errno.h>\nint getifaddrs(void **l) { (void)l; errno = EAFNOSUPPORT; return -1; }\n",
  );
  const library = join(folder, "none.so");
  execFileSync("gcc", ["-shared", "-fPIC", "-o", library, source]);
  return library;
}

test("guard other_address: asked for one address, it does not listen on all of them", async () => {
  const folder = await initFolder();
  const release = join(build, "release/palabre");
  const env = [`LD_PRELOAD=${withoutInterfaces()}`, release, "serve", folder];
  const one = `127.0.0.1:${await freePort()}`;
  for (const listen of [
    ["--listen", one],
    ["--listen", "0.0.0.0:0", "--admin-listen", one],
  ]) {
    const { status, stderr } = spawnSync("env", [...env, ...listen], { timeout: 20_000 });
    assert.equal(status, 1, String(stderr));
    assert.ok(String(stderr).includes(`cannot listen on ${one} alone`), String(stderr));
  }
});

test("an address that is not this machine's is refused", async () => {
  const folder = await initFolder();
  const { code, err } = await palabre("serve", folder, "--listen", "192.0.2.1:8080");
  assert.equal(code, 1, err);
  assert.match(err, /cannot listen on 192\.0\.2\.1:8080: Cannot assign requested address/);
});

test("why an address cannot be listened on is said: taken, or its folder is missing", async () => {
  const other = await serveNew();
  const folder = await initFolder();
  const taken = new URL(other.origin).host;
  for (const [option, address, why] of [
    ["--listen", taken, "Address already in use"],
    ["--admin-listen", taken, "Address already in use"],
    ["--listen", `unix:${scratch()}/none/socket`, "No such file or directory"],
  ] as const) {
    const { code, err } = await palabre("serve", folder, option, address);
    assert.equal(code, 1, err);
    assert.ok(err.includes(`cannot listen on ${address}: ${why}`), err);
  }
});

test("a key of another record is named as such", async () => {
  const folder = await initFolder();
  copyFileSync(join(await initFolder(), "ledger.key"), join(folder, "ledger.key"));
  const { code, err } = await palabre("serve", folder);
  assert.equal(code, 1, err);
  assert.match(err, /ledger\.key: not the key that sealed this record/);
});
