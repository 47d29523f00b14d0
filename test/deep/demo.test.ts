import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { assemblyOf } from "../support/synthesized.ts";
import { isDeep } from "../support/trial-size.ts";

const root = join(import.meta.dirname, "../..");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

type Played = { status: number | string | null | undefined; out: string; err: string };

function play(state: string): Promise<Played> {
  const env = { ...process.env, FOAD_STATE_FOLDER: state };
  return new Promise((resolve) => {
    execFile(process.execPath, ["infra/programs/demo/demo.ts"], { cwd: root, env }, (error, out, err) =>
      resolve({ status: error ? error.code : 0, out, err }),
    );
  });
}

function start(province: string, state: string): Promise<LocalCloud> {
  const provinceFile = join(root, "infra", "provinces", `${province}.json`);
  return startLocalCloud({ assembly: assemblyOf(province), provinceFile, state, port: 0, inMemory: true });
}

test("with nothing running it says in one line what to do first", async () => {
  const { status, out, err } = await play(join(folder, "nowhere"));
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(
    /^No province is running .*run "npm start" in another terminal first\. If it runs with a FOAD_STATE_FOLDER, set the same here\.\n$/,
  );
});

const provinces = isDeep ? ["qazvin", "alborz"] : ["qazvin"];

test.each(provinces)(
  "the story is played to its end in %s, and played again; after a stop it says so",
  async (province) => {
    const state = join(folder, province);
    const cloud = await start(province, state);
    try {
      const { status, out, err } = await play(state);
      expect({ status, err }, out).toEqual({ status: 0, err: "" });
      expect(out).toMatch(/id +[A-Z]{2}-\w{4}-\w{4}-\w /);
      expect(out).toMatch(/secret +\w{4}-\w{4} /);
      expect(out).toMatch(/answer by +\w{3}, \d+ \w{3} \d{4}, \d\d:\d\d in Tehran\n +\u2068[^\n]+ ساعت [۰-۹:]+\u2069/);
      expect(out).toContain("ir.foad.complaint.filed.v1");
      expect(out).toMatch(/\n +\u2068[^\n]*█████ █████ هستم، شمارهٔ من █████ است/);
      expect(out).toMatch(/GET \/v1\/complaints\/\S+ {3}404/);
      expect(out).toMatch(/status +closed, accepted/);
      expect(out).toMatch(/1 filed .*\n.*2 acknowledged .*\n.*3 answered .*\n.*– opinion-given .*\n.*4 accepted/);
      expect(out).toContain("in this order: acknowledged.v1, answered.v1, accepted.v1");
      expect(out).toMatch(/level 1 +agency-head.*\n.*level 2 +county-governor.*\n.*level 3 +inspection-centre/);
      expect(out).toMatch(/level 4 +governor-general.*\n.*level 5 +national-organization/);
      expectDispute(out);
      expectConfidence(out);
      expect(out).toMatch(/What to try next.*\n +in the browser +http:\/\/127\.0\.0\.1:\d+\/v1\/docs/);
      // Neither a colour where no terminal is, nor more than a person would scroll through.
      expect(out).not.toContain("\u001b[");
      // Where a webhook is shown too, that has a page's foot to itself.
      const [push = ""] = /\nPush\n[\s\S]*(?=\nWhat to try next)/.exec(out) ?? [];
      expect(push.split("\n").length).toBeLessThan(17);
      expect(out.replace(push, "").split("\n").length).toBeLessThan(220);
      expect((await play(state)).status).toBe(0);
    } finally {
      await cloud.stop();
    }
    expect(await play(state)).toMatchObject({ status: 1 });
  },
);

/** Somebody anonymous is seen through to the inspector's word. */
function expectDispute(out: string) {
  expect(out).toMatch(/the citizen ▸ POST http:\S+ {3}204\n/);
  expect(out).toContain("filed.v1, attachment-added.v1");
  expect(out).toMatch(
    /attachments\/\w{6}… {3}200\n +sent +[1-9]\d+ bytes, .+\n +served +[1-9]\d+ bytes made anew, .+\n +saved as +[0-9a-f]{32}\.jpg/,
  );
  expect(out).toMatch(/▸ GET \S+\/identity {3}200\n +identity +\{\}\n/);
  expect(out).toMatch(
    /the agency reads +filed, attachment-added, message-posted, message-posted, answered, disputed\n/,
  );
  expect(out).toMatch(/– visit-ordered .* in private, by the inspector\n.*7 visit-reported .*\n.*8 decided /);
  expect(out).toMatch(/disputed\.v1,\s+visit-reported\.v1,\s+decided\.v1/);
  expect(out).toMatch(/status +closed, decided/);
}

/** What is masked for the agency is told to the inspector, and that is told to the citizen. */
function expectConfidence(out: string) {
  expect(out).toMatch(/یادم رفت بگویم: █████ █████ هستم/);
  expect(out).toMatch(/\/identity {3}200\n +\u2068سارا رضایی\u2069\n +phone +\+989120000000\n/);
  expect(out).toMatch(
    /read by +\u2068?[\u0600-\u06ff ]+\u2069?, .* in Tehran\n +the agency reads +filed, message-posted\n/,
  );
}

test("an answer it did not expect is told with the step, what came, and where to look", async () => {
  const cloud = await start("alborz", join(folder, "refusing"));
  const mistaken = join(folder, "mistaken");
  const { clients } = cloud.endpoints;
  const forgotten = Object.entries(clients).map(([name, client]) => [
    name,
    client.agencyId ? { ...client, clientSecret: "forgotten" } : client,
  ]);
  await mkdir(mistaken);
  const endpoints = { ...cloud.endpoints, clients: Object.fromEntries(forgotten) };
  await writeFile(join(mistaken, "endpoints.json"), JSON.stringify(endpoints));
  const { status, err } = await play(mistaken).finally(cloud.stop);
  expect(status).toBe(1);
  expect(err).toMatch(/Step 3 failed \(The agency reads it/);
  expect(err).toMatch(/expected +a token for agency-\S+ from .*\n +got +401 .*\n +look at +.*logs/);
});
