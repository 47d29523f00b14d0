import { expect, test } from "vitest";
import { mustBeFilable } from "#shared/domain/complaint/filing.ts";
import { aFiling, aNewComplaint, theCallCentre } from "../support/a-complaint.ts";

const directory = {
  counties: [{ id: "qazvin" }, { id: "avaj" }],
  agencies: [
    {
      id: "social-security",
      countyIds: ["qazvin"],
      offices: [{ id: "social-security-qazvin-1", countyId: "qazvin" }],
    },
  ],
  categories: [{ id: "delay" }],
};

test("a filing of what the province has is taken", () => {
  const filing = aFiling({ officeId: "social-security-qazvin-1" });
  expect(() => mustBeFilable(filing, { by: theCallCentre, directory })).not.toThrow();
});

test.each([
  ["an agency that is not there", { agencyId: "moon" }, "unknown-agency"],
  ["a county the agency is not in", { countyId: "avaj" }, "unknown-county"],
  ["a county that is not there", { countyId: "moon" }, "unknown-county"],
  ["an office that is not the agency's", { officeId: "gas-qazvin-1" }, "unknown-office"],
  ["a category that is not there", { category: "weather" }, "unknown-category"],
  ["a channel of another front end", { channel: "kiosk" }, "channel-not-allowed"],
])("a filing with %s is refused", (_, fields, code) => {
  expect(() => mustBeFilable(aFiling(fields), { by: theCallCentre, directory })).toThrow(
    expect.objectContaining({ code }),
  );
});

test("a front end that the agency runs cannot file against it", () => {
  const by = { ...theCallCentre, operatedBy: "social-security" };
  expect(() => mustBeFilable(aFiling(), { by, directory })).toThrow(expect.objectContaining({ code: "not-allowed" }));
});

test("a front end that some agency runs cannot file a retaliation report, or that agency would see it there", () => {
  const by = { ...theCallCentre, operatedBy: "gas" };
  const filing = aFiling({ retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } });
  expect(() => mustBeFilable(filing, { by, directory })).toThrow(expect.objectContaining({ code: "not-allowed" }));
  expect(() => mustBeFilable(aFiling(), { by, directory })).not.toThrow();
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
  expect(hidden.narrative.masked?.description).toBe("من █████ █████ هستم و کارم انجام نشد");
  // Overseers may not know the citizen either way.
  expect(shared.narrative.masked?.description).toBe(hidden.narrative.masked?.description);
});

test("the employee's name is shown but for the citizen's numbers in it, whoever shares the name", () => {
  const employee = { name: "محمدی 09122002580", desk: "3" };
  const { narrative } = aNewComplaint({ employee, citizen: { name: "زهرا محمدی", phone: "09122002580" } });
  expect(narrative.masked?.employee).toEqual({ name: "محمدی █████", desk: "3" });
});

test.each([
  ["a phone as a personnel id", { personnelId: "09122002580" }, { personnelId: "█████" }],
  ["the citizen's foreign phone as a personnel id", { personnelId: "15112345678" }, { personnelId: "█████" }],
  ["the citizen's address as a name", { name: "محمدی z@mail.example" }, { name: "محمدی █████" }],
])("an employee is not shown with %s", (_, employee, shown) => {
  const citizen = { name: "زهرا محمدی", phone: "+4915112345678", email: "z@mail.example" };
  const { narrative } = aNewComplaint({ employee, citizen });
  expect(narrative.masked?.employee).toEqual(shown);
});

test("an employee is found by a personnel id of letters and figures", () => {
  const employee = { name: "محمدی", personnelId: "QZ-1405-12" };
  expect(aNewComplaint({ employee, citizen: { name: "زهرا محمدی" } }).narrative).not.toHaveProperty("masked.employee");
});
