import { expect, test } from "vitest";
import { spellingDigest } from "#shared/identities/address-mark.ts";
import { tehranTime } from "#shared/wording/tehran-time.ts";
import { createUniqueIdentity, needlesFound } from "../../support/canaries.ts";
import { addressKeyOf, mailsAbout, putMessage } from "../../support/mailbox.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const unit = "inspection@social-security.qazvin.example";
const addressees = (mails: { to: string[] }[]) => mails.flatMap(({ to }) => to).sort();

async function mailed(id: string) {
  await cloud.quiet();
  return mailsAbout(cloud.endpoints, id);
}

test("a filing is told to the agency's inspection unit and to the citizen who left an address, in words that give nobody away", async () => {
  const { citizen, identity, word } = createUniqueIdentity();
  const [narrative, employee] = [word(), word()];
  const description = `متصدی باجه گفت فردا بیایید. ${narrative} ${citizen.name}`;
  const receipt = await cloud.file({ citizen, description, employee: { name: employee } });
  const mails = await mailed(receipt.id);
  expect(addressees(mails)).toEqual([citizen.email, unit].sort());
  for (const { from, configurationSet, text, html } of mails) {
    expect(from).toBe("foad@qazvin.example");
    expect(configurationSet).toBeTruthy();
    for (const body of [text, html]) {
      expect(body).toContain(receipt.id);
      expect(body).toContain(tehranTime(receipt.acknowledgeBy, "fa"));
      expect(body).toContain(tehranTime(receipt.answerBy, "fa"));
    }
  }
  const needles = [narrative, employee, receipt.secret, receipt.secret.replace("-", ""), ...Object.values(identity)];
  const bodies = mails.map(({ subject, text, html }) => subject + text + html).join();
  expect(needlesFound(needles, bodies)).toEqual([]);
  expect(needlesFound([citizen.email, ...needles], bodies)).toEqual([]);
});

test("an anonymous filing is told to the agency alone", async () => {
  const { id } = await cloud.file();
  expect(addressees(await mailed(id))).toEqual([unit]);
});

test("whoever files in English is written to in English, step by step", async () => {
  const email = "reader@mail.example";
  const { id, secret } = await cloud.file({ language: "en", citizen: { email } });
  const officer = { name: "مریم رستمی" };
  const as = "agency-social-security";
  const path = `/v1/agency/complaints/${id}`;
  await cloud.call({ as, method: "POST", path: `${path}/acknowledgement`, body: { officer } });
  const answer = { officer, finding: "founded", cause: "none", text: "انجام شد و پوزش می‌خواهیم." };
  await cloud.call({ as, method: "POST", path: `${path}/answer`, body: answer });
  await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/acceptance`, body: {} });
  const theirs = (await mailed(id)).filter(({ to }) => to.includes(email));
  expect(new Set(theirs.map(({ subject }) => subject))).toEqual(new Set([`FOAD 128: notice about case ${id}`]));
  const statuses = theirs.map(({ text }) => /Status: (.*)/.exec(text)?.[1]);
  expect(statuses.sort()).toEqual(["answered", "closed", "in progress", "registered"]);
  for (const { text, html } of theirs) expect(needlesFound(["رستمی", "پوزش"], text + html)).toEqual([]);
});

test("a message that comes again sends no second mail", async () => {
  const { id } = await cloud.file();
  const once = await mailed(id);
  await putMessage(cloud.endpoints, "NotifierNotificationsQueue", {
    complaintId: id,
    version: 1,
    role: "inspection-unit",
  });
  expect(await mailed(id)).toEqual(once);
});

test("an address that bounced is not mailed any more, and everybody else is", async () => {
  const email = "gone@mail.example";
  await putMessage(cloud.endpoints, "NotifierBouncesQueue", {
    addressDigest: spellingDigest(addressKeyOf(cloud), email),
  });
  await cloud.quiet();
  const { id } = await cloud.file({ citizen: { email } });
  expect(addressees(await mailed(id))).toEqual([unit]);
});

test("a complaint that nobody acknowledges is told to the agency's head and then to the governor of its county", async () => {
  // An agency of its own: complaints of one agency that are late within an hour are mailed together.
  const { id, acknowledgeBy } = await cloud.file({ agencyId: "gas", countyId: "abyek" });
  await cloud.clock.advance(Date.parse(acknowledgeBy) - cloud.clock.now() + 60_000);
  expect(addressees(await mailed(id))).toEqual(
    ["head", "inspection", "inspection"].map((box) => `${box}@gas.qazvin.example`),
  );
  const governor = "governor.abyek@qazvin.example";
  // Three hours of open offices later: within days, or after the holidays.
  for (let days = 0; days < 14 && !addressees(await mailed(id)).includes(governor); days++)
    await cloud.clock.advance(24 * 60 * 60_000);
  expect(addressees(await mailed(id))).toContain(governor);
});
