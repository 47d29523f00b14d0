import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";

const host = "files.s3.me-central-1.amazonaws.com";
const order = { at: "2026-05-04T07:08:09.010Z", id: "QZ-7K3M-9XPT-Q", type: "hold-set" } as const;
const Key = `retention-orders/${order.at}/${order.id}/${order.type}`;

beforeEach(() => {
  vi.stubEnv("AWS_REGION", "me-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "a-key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "a secret for tests");
  vi.stubEnv("ATTACHMENTS_URL", `https://${host}`);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test("an order is put under its name and signed as S3's own client signs that name", async () => {
  const fetched = vi.fn(async (_url: string, _sent: { headers: Record<string, string> }) => new Response());
  vi.stubGlobal("fetch", fetched);
  await saveRetentionOrder(order);
  const [url = "", { headers } = { headers: {} }] = fetched.mock.calls[0] ?? [];
  const { path, signed } = await asTheClientSigns(headers);
  expect(url).toBe(`https://${host}${path}`);
  expect(headers.authorization).toBe(signed);
});

test.each([
  ["refuses it", async () => new Response(undefined, { status: 503 })],
  ["does not answer", async () => Promise.reject(new TypeError("fetch failed"))],
])("an order is unavailable where S3 %s, and the cause is kept", async (_, answer) => {
  vi.stubGlobal("fetch", answer);
  await expect(saveRetentionOrder(order)).rejects.toMatchObject({ code: "unavailable", cause: expect.any(Error) });
});

test("an order that is stored already is stored", async () => {
  vi.stubGlobal("fetch", async () => new Response(undefined, { status: 412 }));
  await expect(saveRetentionOrder(order)).resolves.toBeUndefined();
});

/** The path that the client asks for, and what it would authorize a request with these headers by. */
async function asTheClientSigns({ authorization: _, ...headers }: Record<string, string>) {
  const asked: { path: string }[] = [];
  const client = new S3Client({
    requestHandler: {
      async handle(request: { path: string }) {
        asked.push(request);
        throw new Error("not sent");
      },
    },
  });
  await client.send(new PutObjectCommand({ Bucket: "files", Key, Body: new Uint8Array() })).catch(() => undefined);
  const path = asked[0]?.path.replace("?x-id=PutObject", "") ?? "";
  const signer = await client.config.signer({
    name: "sigv4",
    signingName: "s3",
    signingRegion: "me-central-1",
    properties: {},
  });
  const date = String(headers["x-amz-date"]).replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5");
  const request = { method: "PUT", protocol: "https:", hostname: host, path, headers, query: {} };
  const { headers: again } = await signer.sign(request, { signingDate: new Date(date) });
  return { path, signed: again.authorization };
}
