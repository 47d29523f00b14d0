import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const provinceFile = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../infra/provinces/qazvin.json"), "utf8"),
);
const dayMs = 86_400_000;

/** Everything in which an agency and a county's governor could notice a report of retaliation. */
const places = [
  ["agency-social-security", "/v1/agency/complaints?limit=100&details=true"],
  ["agency-social-security", "/v1/agency/complaints?limit=100&dueSoon=true"],
  ["agency-social-security", "/v1/agency/complaints?limit=100&late=true"],
  ["agency-social-security", "/v1/agency/complaints?limit=100&status=closed"],
  ["agency-social-security", "/v1/agency/summary"],
  ["agency-social-security", "/v1/agency/events?limit=100"],
  ["governor-qazvin", "/v1/overseer/complaints?limit=100&details=true"],
  ["governor-qazvin", "/v1/overseer/complaints?limit=100&late=true"],
  ["governor-qazvin", "/v1/overseer/complaints?limit=100&status=closed"],
  ["governor-qazvin", "/v1/overseer/summary"],
  ["call-centre-128", "/v1/front-end/events?limit=100"],
] as const;

/** The addresses of all agencies and of the governors of all counties. */
const outsiders = ["agencies", "counties"].flatMap(
  (list) => JSON.stringify(provinceFile[list]).match(/[\w.+-]+@[\w.-]+/g) ?? [],
);

/** What each place answers, without the instant at which numbers were counted. */
async function seen(): Promise<Record<string, string>> {
  const answers: [string, string][] = [];
  for (const [as, path] of places) {
    const { status, text } = await cloud.call({ as, path });
    expect(status, text).toBe(200);
    answers.push([`${as} ${path}`, text.replace(/"countedAt":"[^"]*"/, "")]);
  }
  return Object.fromEntries(answers);
}

test("agencies and governors of counties read the same bytes before and after a report of retaliation, and once its review is late", async () => {
  const filed = await cloud.file();
  await cloud.clock.advance(10 * dayMs);
  const before = await seen();
  const report = await cloud.reportRetaliation(filed);
  await cloud.clock.advance(60_000);
  const { [`call-centre-128 ${places[10][1]}`]: ownFeed, ...after } = await seen();
  const { [`call-centre-128 ${places[10][1]}`]: _, ...expected } = before;
  expect(after).toEqual(expected);
  // The front end that filed the report knows of it.
  expect(ownFeed).toContain(report.id);
  await cloud.clock.advance(4 * dayMs);
  const later = await seen();
  for (const [place, text] of Object.entries(later))
    if (!place.startsWith("call-centre")) expect(text).not.toContain(report.id);
  const { body } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${report.id}` });
  expect(body).toMatchObject({ level: expect.any(Number) });
  const Mails = z.array(z.object({ to: z.array(z.string()), text: z.string() }));
  const mails = Mails.parse(await (await fetch(cloud.endpoints.mail)).json());
  const readers = mails.filter(({ text }) => text.includes(report.id)).flatMap(({ to }) => to);
  expect(readers.length).toBeGreaterThan(0);
  expect(readers.filter((address) => outsiders.includes(address))).toEqual([]);
});
