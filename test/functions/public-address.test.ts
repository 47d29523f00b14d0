import type { LookupAddress } from "node:dns";
import { describe, expect, test } from "vitest";
import { isPublic, publicLookup } from "#functions/deliveries/public-address.job.ts";
import { openWebhookClient } from "#functions/deliveries/webhook-post.job.ts";

const sent = { headers: { "webhook-id": "QZ-7K3M-9XPT-Q/1" }, body: '{"متن": 1}' };

/** Answers every question for a name with these addresses. */
const leadingTo = (...addresses: string[]) => {
  const all: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return publicLookup((_host, _options, found) => found(null, all));
};

const closed = `
  127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1
  169.254.169.254 169.254.170.2 100.64.0.1 100.127.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7
  203.0.113.9 192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:a9fe:a9fe
  ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 fe80::1 fe80::1%lo fc00::1 fd00:ec2::254 ff02::1 100::1 2001::7f00:1
  2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::1 3fff::1 5f00::1 nonsense
`
  .trim()
  .split(/\s+/);
const literals = `
  https://127.0.0.1/ https://2130706433/ https://0x7f.1/ https://0177.0.0.1/ https://[::1]/
  https://[::ffff:169.254.169.254]/ https://[fd00:ec2::254]/ https://169.254.169.254/latest/meta-data
  https://example.org:8443/ https://example.org:9001/2018-06-01/runtime https://me@example.org/
  http://example.org/
`
  .trim()
  .split(/\s+/);

describe("nothing is sent to", () => {
  test.each(closed)("a name that leads to %s", async (address) => {
    const line = openWebhookClient("https://office.example/events", { lookup: leadingTo(address) });
    expect(await line.post(sent)).toEqual({ failure: "non-public-address" });
    line.close();
  });

  test.each(literals)("%s", async (url) => {
    const line = openWebhookClient(url, { lookup: leadingTo("192.0.2.1") });
    expect(await line.post(sent)).toEqual({ failure: "non-public-address" });
    line.close();
  });
});

test("public addresses are public", () => {
  for (const address of ["1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a01:4f8::1"])
    expect([address, isPublic(address)]).toEqual([address, true]);
});

test("of a name's addresses only the public ones are connected to, and it is asked for once", async () => {
  let asked = 0;
  const lookup = publicLookup((_host, _options, found) => {
    asked += 1;
    found(null, [
      { address: "127.0.0.1", family: 4 },
      { address: "1.1.1.1", family: 4 },
    ]);
  });
  const given = await new Promise((resolve) =>
    lookup("office.example", { all: true }, (_error, addresses) => resolve(addresses)),
  );
  expect([given, asked]).toEqual([[{ address: "1.1.1.1", family: 4 }], 1]);
});
