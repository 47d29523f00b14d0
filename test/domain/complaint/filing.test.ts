import { describe, expect, test } from "vitest";
import { file, refuseFiling } from "#shared/complaints/filing.ts";
import { aFiling, aNewComplaint, callCentrePrincipal, morning } from "../../support/a-complaint.ts";

const directory = {
  counties: [{ id: "qazvin" }, { id: "avaj" }],
  agencies: [
    {
      id: "social-security",
      countyIds: ["qazvin", "abolished"],
      offices: [
        { id: "social-security-qazvin-1", countyId: "qazvin" },
        { id: "social-security-qazvin-2", countyId: "qazvin" },
        { id: "social-security-takestan-1", countyId: "takestan" },
      ],
    },
  ],
  categories: [{ id: "postponed-without-reason" }, { id: "disrespect" }],
  causes: [],
};

test("a filing of what the province has is taken", () => {
  const filing = aFiling({ officeId: "social-security-qazvin-1" });
  expect(refuseFiling(filing, { by: callCentrePrincipal, directory, now: morning })).toBeUndefined();
});

test.each([
  ["an agency that is not there", { agencyId: "moon" }, "unknown-agency"],
  ["a county the agency is not in", { countyId: "avaj" }, "unknown-county"],
  ["a county that is not there", { countyId: "moon" }, "unknown-county"],
  ["a county that only the agency still has", { countyId: "abolished" }, "unknown-county"],
  ["an office that is not the agency's", { officeId: "gas-qazvin-1" }, "unknown-office"],
  ["an office in another county", { officeId: "social-security-takestan-1" }, "unknown-office"],
  ["a category that is not there", { category: "weather" }, "unknown-category"],
  ["a channel of another front end", { channel: "kiosk" }, "channel-not-allowed"],
])("a filing with %s is refused, and told which", (_, fields, code) => {
  expect(refuseFiling(aFiling(fields), { by: callCentrePrincipal, directory, now: morning })).toMatchObject({
    code,
    values: fields,
  });
});

test("what is complained of has happened, though a front end's clock may be five minutes ahead", () => {
  const filed = (occurredAt: string) =>
    refuseFiling(aFiling({ occurredAt }), { by: callCentrePrincipal, directory, now: morning });
  expect(filed("2026-11-24T06:15:00.000Z")).toBeUndefined();
  const errors = [{ path: "occurredAt", rule: "in-the-future" }];
  expect(filed("2026-11-24T06:15:00.001Z")).toMatchObject({ code: "invalid", errors });
});

test("a front end that the agency runs cannot file against it", () => {
  const by = { ...callCentrePrincipal, operatedBy: "social-security" };
  expect(refuseFiling(aFiling(), { by, directory, now: morning })).toMatchObject({ code: "not-allowed" });
});

test("a front end that some agency runs cannot file a retaliation report, or that agency would see it there", () => {
  const by = { ...callCentrePrincipal, operatedBy: "gas" };
  const filing = aFiling({ retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } });
  expect(refuseFiling(filing, { by, directory, now: morning })).toMatchObject({ code: "not-allowed" });
  expect(refuseFiling(aFiling(), { by, directory, now: morning })).toBeUndefined();
});

test("who complains stands nowhere in the case", () => {
  const citizen = { name: "زهرا محمدی", nationalId: "0084575948", phone: "09122002580", email: "z@mail.example" };
  const { identity, complaint, event } = aNewComplaint({ citizen });
  expect(identity).toEqual({ ...citizen, phone: "+989122002580" });
  const written = JSON.stringify([complaint, event]);
  for (const secret of ["84575948", "22002580", "mail.example", "زهرا"]) expect(written).not.toContain(secret);
});

test("a complaint without a citizen is anonymous", () => {
  expect(aNewComplaint()).not.toHaveProperty("identity");
  expect(aNewComplaint({ citizen: { shareWithAgency: true } })).not.toHaveProperty("identity");
});

test("a masked text stands beside what names the citizen, shared or not", () => {
  const description = "من زهرا محمدی هستم و کارم انجام نشد";
  const hidden = aNewComplaint({ description, citizen: { name: "زهرا محمدی" } });
  const shared = aNewComplaint({ description, citizen: { name: "زهرا محمدی", shareWithAgency: true } });
  expect(hidden.narrative.maskedTexts?.description).toBe("من █████ █████ هستم و کارم انجام نشد");
  // Overseers may not know the citizen either way.
  expect(shared.narrative.maskedTexts?.description).toBe(hidden.narrative.maskedTexts?.description);
});

test("the employee's name is shown but for the citizen's numbers in it, whoever shares the name", () => {
  const employee = { name: "محمدی 09122002580", counter: "3" };
  const { narrative } = aNewComplaint({ employee, citizen: { name: "زهرا محمدی", phone: "09122002580" } });
  expect(narrative.maskedTexts?.employee).toEqual({ name: "محمدی █████", counter: "3" });
});

test.each([
  ["a phone as a personnel id", { personnelId: "09122002580" }, { personnelId: "█████" }],
  ["the citizen's foreign phone as a personnel id", { personnelId: "15112345678" }, { personnelId: "█████" }],
  ["the citizen's address as a name", { name: "محمدی z@mail.example" }, { name: "محمدی █████" }],
])("an employee is not shown with %s", (_, employee, shown) => {
  const citizen = { name: "زهرا محمدی", phone: "+4915112345678", email: "z@mail.example" };
  const { narrative } = aNewComplaint({ employee, citizen });
  expect(narrative.maskedTexts?.employee).toEqual(shown);
});

test("an employee is found by a personnel id of letters and figures", () => {
  const employee = { name: "محمدی", personnelId: "QZ-1405-12" };
  expect(aNewComplaint({ employee, citizen: { name: "زهرا محمدی" } }).narrative).not.toHaveProperty(
    "maskedTexts.employee",
  );
});

test("an employee is not shown with the citizen's name at the counter", () => {
  const employee = { name: "محمدی", counter: "باجهٔ زهرا" };
  const { narrative } = aNewComplaint({ employee, citizen: { name: "زهرا محمدی" } });
  expect(narrative.maskedTexts?.employee).toEqual({ name: "محمدی", counter: "باجهٔ █████" });
});

test("an employee in whom nothing is the citizen's stands once, though the description is masked", () => {
  const description = "من زهرا محمدی هستم و کارم انجام نشد";
  const { narrative } = aNewComplaint({ description, employee: { counter: "3" }, citizen: { name: "زهرا محمدی" } });
  expect(narrative.employee).toEqual({ counter: "3" });
  expect(narrative.maskedTexts?.employee).toBeUndefined();
});

test("a new complaint stands at the beginning of everything", () => {
  const { complaint, event } = aNewComplaint({ employee: { name: "رضا كريمي", personnelId: "۷" } });
  expect(complaint).toMatchObject({
    status: "filed",
    version: 1,
    level: 0,
    transferCount: 0,
    identityDigests: [],
    filedBy: "call-centre-128",
    filedAt: morning,
    lastEventAt: morning,
    acknowledgeFrom: morning,
    accused: { name: "رضاکریمی", personnelId: "7" },
  });
  expect(complaint.citizenIsMailed).toBeUndefined();
  expect(event).toMatchObject({ type: "filed", version: 1, at: morning, by: "citizen", channel: "phone" });
  expect(event.after).toMatchObject({ status: "filed", agencyId: "social-security" });
  expect(event.after.retaliation).toBeUndefined();
});

test("a complaint of nobody in particular accuses nobody", () => {
  expect(aNewComplaint().complaint.accused).toBeUndefined();
});

test("that the citizen left an address is known of the case", () => {
  expect(aNewComplaint({ citizen: { email: "z@mail.example" } }).complaint.citizenIsMailed).toBe(true);
});

describe("consent at filing", () => {
  const citizen = { name: "زهرا محمدی", email: "z@mail.example" };
  const agreed = { ...citizen, shareWithAgency: true };

  test("is a confidential entry, to the agency that is named, by the front end it came through", () => {
    const { consentEntry, event } = aNewComplaint({ citizen: agreed });
    expect(consentEntry).toEqual({
      type: "consent-given",
      agencyId: "social-security",
      transferCount: 0,
      by: "citizen",
      clientId: "call-centre-128",
      at: morning,
      after: event.after,
    });
  });

  test.each([
    ["who did not tick it", citizen],
    ["who gave nothing to be known by", { shareWithAgency: true }],
    ["of whom nothing is said", undefined],
  ])("is none of a citizen %s", (_, somebody) => {
    expect(aNewComplaint({ citizen: somebody })).not.toHaveProperty("consentEntry");
  });

  test("stands nowhere in the case, its first event and its texts", () => {
    const { consentEntry: _, ...told } = aNewComplaint({ citizen: agreed });
    expect(told).toEqual(aNewComplaint({ citizen }));
  });
});

test("a retaliation report starts with its review, owes nothing else and is shared with no agency", () => {
  const citizen = { name: "زهرا محمدی", shareWithAgency: true };
  const reviewBy = "2026-11-26T06:10:00.000Z";
  const filed = file(aFiling({ citizen }), {
    id: "QZ-7K3M-9XPT-Q",
    by: callCentrePrincipal,
    now: morning,
    identityDigest: String,
    digitsMac: String,
    mayMail: true,
    deadlines: { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-24T12:10:00.000Z" },
    retaliation: { retaliationFor: "QZ-0000-0000-0", reviewBy },
  });
  const owed = { status: "disputed", acknowledgeBy: reviewBy, answerBy: reviewBy };
  expect(filed.complaint).toMatchObject({ ...owed, reviewBy, retaliationFor: "QZ-0000-0000-0" });
  expect(filed.event.after).toMatchObject({ ...owed, retaliation: true });
  expect(filed).toHaveProperty("identity");
  expect(filed).not.toHaveProperty("consentEntry");
});
