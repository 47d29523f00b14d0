import { beforeAll, describe, expect, test } from "vitest";
import { phoneCheckDigit } from "#shared/identifier.ts";
import { filingBody } from "../support/a-complaint.ts";
import type { Receipt } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
let filed: Receipt;
beforeAll(async () => {
  filed = await cloud.file({ agencyId: "gas" });
});

const inPersianDigits = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);

describe("the codes for a keypad", () => {
  test("stand on the receipt, and on that of a repetition", async () => {
    const key = crypto.randomUUID();
    const first = await cloud.file({}, key);
    expect(first.phoneId).toMatch(/^28\d{3}-\d{5}-\d{6}$/);
    expect(first.phoneSecret).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    expect(await cloud.file({}, key)).toEqual(first);
  });

  test("open the complaint like the others, in each pairing", async () => {
    const { id, phoneId, secret, phoneSecret } = filed;
    for (const [path, proof] of [
      [id, secret],
      [id, phoneSecret],
      [phoneId, secret],
      [phoneId, phoneSecret],
      [inPersianDigits(phoneId.replaceAll("-", " ")), phoneSecret.replaceAll("-", "")],
    ] as const) {
      const { status, body } = await cloud.call({ secret: proof, path: `/v1/complaints/${encodeURIComponent(path)}` });
      expect({ status, body }).toMatchObject({ status: 200, body: { id, phoneId } });
    }
    const message = { method: "POST", path: `/v1/complaints/${phoneId}/messages`, body: { text: "سلام" } } as const;
    expect((await cloud.call({ ...message, secret: phoneSecret })).status).toBe(201);
  });

  test.each([
    ["an agency", "agency-gas", "/v1/agency/complaints"],
    ["an inspector", "inspector-1", "/v1/inspector/complaints"],
  ])("lead %s to the same complaint, in a path and in a search", async (_, as, path) => {
    const { id, phoneId } = filed;
    expect((await cloud.call({ as, path: `${path}/${phoneId}` })).body).toMatchObject({ id });
    expect((await cloud.call({ as, path: `${path}?id=${phoneId}` })).body).toMatchObject({ items: [{ id }] });
    expect((await cloud.call({ as, path: `${path}?id=${phoneId.slice(0, 5)}` })).body).toMatchObject({ items: [] });
  });

  test("prove an earlier complaint in a report of retaliation", async () => {
    const { status } = await cloud.reportRetaliation({ id: filed.phoneId, secret: filed.phoneSecret });
    expect(status).toBe("disputed");
    const body = filingBody({ retaliationFor: { id: filed.phoneId, secret: "0000-0000-0000" } });
    const headers = { "idempotency-key": crypto.randomUUID() };
    const refused = await cloud.call({ as: "call-centre-128", method: "POST", path: "/v1/complaints", body, headers });
    expect(refused).toMatchObject({ status: 422, body: { code: "unknown-earlier-complaint" } });
  });

  test("of another province, or with a wrong digit, are no id", async () => {
    const digits = filed.phoneId.replaceAll("-", "");
    const elsewhere = `26${digits.slice(2, 15)}`;
    const wrong = digits.slice(0, 15) + ((Number(digits.at(15)) + 1) % 10);
    for (const typed of [elsewhere + phoneCheckDigit(elsewhere), wrong])
      expect(await cloud.call({ secret: filed.phoneSecret, path: `/v1/complaints/${typed}` })).toMatchObject({
        status: 400,
        body: { code: "invalid" },
      });
  });
});
