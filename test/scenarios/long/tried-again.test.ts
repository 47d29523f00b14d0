import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { assemblyWithFaults, logicalIdIn, processingFunction } from "../../support/planted-assembly.ts";
import { someFiles } from "../../support/sample-files.ts";
import { sharedTableEngine } from "../../support/table-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-tried-again-"));
const plight = join(folder, "plight");
/** What becomes of whatever opens a file; the thread that does has the function's own code. */
const befalls = (what: "nothing" | "a throw" | "a death") => writeFileSync(plight, what);
const planted = `if (!require("node:worker_threads").isMainThread) {
  const plight = require("node:fs").readFileSync(${JSON.stringify(plight)}, "utf8");
  if (plight === "a death") process.kill(process.pid, "SIGKILL");
  if (plight === "a throw") throw new Error("a codec is missing");
}
`;
const cleaner = processingFunction("Cleanercleanfile");
const Bucket = `foad-qazvin-data-${logicalIdIn("Data", { of: "AttachmentsBucket", type: "Bucket" })}`.toLowerCase();
const content = someFiles["image/png"];
let cloud: LocalCloud;
let s3: S3Client;

beforeAll(async () => {
  befalls("nothing");
  const assembly = assemblyWithFaults(folder, []);
  const [codec = ""] = globSync("asset.*/libheif.wasm", { cwd: assembly });
  const bundle = join(assembly, dirname(codec), "index.js");
  writeFileSync(bundle, planted + readFileSync(bundle, "utf8"));
  const provinceFile = new URL("../../../infra/provinces/qazvin.json", import.meta.url).pathname;
  cloud = await startLocalCloud({
    assembly,
    provinceFile,
    state: join(folder, "state"),
    port: 0,
    engine: sharedTableEngine(),
  });
  s3 = new S3Client({ ...clientSettings, endpoint: cloud.environment.AWS_ENDPOINT_URL_S3 ?? "", forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(cloud.access.refused, "what the deployed policies do not allow").toEqual([]);
});

/** Sends a file, of which the queue tells once by itself; told again, it is as after the six minutes of each wait. */
async function sent(digit: string) {
  const place = `QZ-${digit.repeat(5)}-${digit.repeat(5)}/${digit.repeat(32)}`;
  const key = `${bucketFolders.uploads}${place}`;
  const put = { Bucket, Key: key, Body: content, ContentType: "image/png" };
  const { ETag: etag } = await s3.send(new PutObjectCommand(put));
  await cloud.clock.advance(1);
  const again = async (receives: number) => {
    const attributes = { ApproximateReceiveCount: String(receives) };
    const record = { messageId: "one", attributes, body: JSON.stringify({ key, etag }) };
    await cloud.invoke(cleaner, { Records: [record] }).catch(() => undefined);
  };
  const verdict = async () => {
    const found = await s3
      .send(new GetObjectCommand({ Bucket, Key: `${bucketFolders.cleaningResults}${place}` }))
      .catch(() => undefined);
    return found && JSON.parse((await found.Body?.transformToString()) ?? "");
  };
  return { again, verdict };
}

test.each([
  ["told once more", "2", 9],
  ["moved back from the dead letters", "3", 1],
])(
  "a file that could not be opened eight times, which was no fault of it, is clean once it can be: %s",
  async (_, digit, last) => {
    befalls("a throw");
    const { again, verdict } = await sent(digit);
    for (let receives = 2; receives <= 8; receives++) await again(receives);
    expect(await verdict()).toBeUndefined();
    befalls("nothing");
    await again(last);
    expect(await verdict()).toEqual({ size: content.length, contentType: "image/png" });
  },
);

test.each([
  ["nothing", "4", 0],
  ["what is no fault of it", "5", 2],
])(
  "a file that ended its cleaner five times is refused, where between these happened %s",
  async (_, digit, between) => {
    befalls("a death");
    const { again, verdict } = await sent(digit);
    for (let death = 2; death <= 5; death++) {
      befalls("a throw");
      for (let time = 0; time < between; time++) await again(death);
      befalls("a death");
      await again(death);
    }
    expect(await verdict()).toBeUndefined();
    await again(10);
    expect(await verdict()).toMatchObject({ reason: "processing-timeout" });
  },
);
