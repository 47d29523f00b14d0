import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { guideFollower } from "../support/followed-guide.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("alborz");
const { follow } = guideFollower(cloud);
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.each([
  ["typescript", true],
  ["python", hasPython],
] as const)("who follows the guide of webhooks in %s", (way, isHere) => {
  test.skipIf(!isHere)(
    "receives what was filed, after a validation where it is the first, and keeps what it has told",
    async () => {
      // It may have been told before: each way has a folder, and so a receiver, of its own.
      const resume = { as: "agency-tax-affairs", method: "POST", path: "/v1/agency/deliveries/resume" } as const;
      await cloud.clock.advance(60_000);
      expect((await cloud.call({ ...resume, body: {} })).status).toBe(200);
      // Somebody has begun another secret: the guide asks for the present one, whichever that is.
      const path = "/v1/admin/deliveries/agency:tax-affairs/secret";
      const begun = await cloud.call({ as: "admin", method: "PUT", path, body: { generation: 2 } });
      expect(begun.status).toBe(200);
      const { out, home } = await follow("webhooks.md", "here", way);
      const told = [...out.matchAll(/^ir\.foad\.(\S+) (\S+)$/gm)].map(([, type = "", id = ""]) => ({ type, id }));
      expect(told.map(({ type }) => type)).toEqual(["webhook.validation.v1", "complaint.filed.v1"]);
      const kept = readFileSync(join(home, "events.jsonl"), "utf8").trim().split("\n");
      expect(kept.map((line) => JSON.parse(line).id)).toEqual(told.map(({ id }) => id));
      expect(out).toContain(`"id":"${told[1]?.id.split("/")[0]}"`);
    },
    120_000,
  );
});
