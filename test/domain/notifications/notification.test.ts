import { describe, expect, test } from "vitest";
import { officialAddress, recipientsOf } from "#functions/messages/recipients.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { type MailRole, type MailTrigger, rolesToMail } from "#shared/complaints/event-rules.ts";
import { contactsOf } from "#shared/province/clients.ts";
import type { Authority } from "#shared/vocabulary.ts";
import { aComplaint } from "../../support/a-complaint.ts";
import { aCounty, anAgency, aProvince } from "../../support/a-province.ts";

const contacts = contactsOf(
  aProvince({
    counties: [aCounty(), aCounty({ id: "shahrud" })],
    agencies: [anAgency(), anAgency({ id: "power", countyIds: ["shahrud"] })],
  }),
);

type Given = {
  type: MailTrigger["type"];
  by?: MailTrigger["by"];
  authority?: Authority;
  complaint?: Partial<Complaint>;
};
type Report = { retaliation?: true };

function anEvent({ type, by = "system", authority, complaint = {}, retaliation }: Given & Report): MailTrigger {
  const after = { ...aComplaint({ countyId: "semnan", citizenIsMailed: true, ...complaint }), retaliation };
  return { type, at: "2026-11-24T06:10:00.000Z", by, after, ...(authority && { authority }) };
}

/** Where each recipient of an event is mailed. */
function mailedTo(given: Given): [MailRole, string | undefined][] {
  return recipientsOf(anEvent(given), { language: "fa" }).map(({ role, address }) => [
    role,
    address.of === "citizen" ? "what the citizen left" : officialAddress(address, contacts),
  ]);
}

const told: Record<MailTrigger["type"], MailRole[]> = {
  filed: ["citizen", "inspection-unit"],
  acknowledged: ["citizen"],
  answered: ["citizen"],
  extended: ["citizen"],
  accepted: ["citizen"],
  transferred: ["citizen", "inspection-unit"],
  disputed: ["citizen", "inspection-centre"],
  withdrawn: ["citizen", "inspection-unit"],
  expired: ["citizen"],
  escalated: ["citizen", "inspection-unit", "county-governor"],
  decided: ["citizen", "inspection-unit"],
  rejected: ["citizen", "inspection-unit"],
  "message-posted": ["citizen", "inspection-unit"],
  "directive-given": ["citizen", "inspection-unit"],
  "promise-reminded": ["inspection-unit"],
  "promise-reported": ["citizen"],
  "promise-objected": ["citizen", "inspection-centre"],
  "promise-judged": ["citizen", "inspection-unit"],
  "attachment-added": [],
  "visit-ordered": [],
  "visit-planned": [],
  "visit-cancelled": [],
  "visit-overdue": ["inspection-centre"],
  "visit-reported": ["citizen", "inspection-unit"],
  "statement-added": [],
  "issue-linked": [],
  "issue-unlinked": [],
  "identity-read": ["citizen"],
  "renewal-requested": [],
  "secret-renewed": ["citizen"],
  "opinion-given": [],
  "call-consent-given": [],
  "call-consent-withdrawn": [],
  "sms-consent-given": [],
  "sms-consent-withdrawn": [],
  "hold-set": [],
  "hold-lifted": [],
  "phone-read": [],
  "notice-call-recorded": [],
  "issue-call-recorded": [],
  "read-to-citizen": [],
  "call-recorded": [],
  "call-digits-chosen": [],
  "call-opened": [],
  "call-digits-wrong": [],
  "notice-opened": ["citizen"],
  "notice-agreed": [],
  "notice-disagreed": [],
  "notice-served": ["citizen"],
  "notice-ended": ["citizen"],
  "notice-due": ["inspection-centre"],
  "dispute-lodged-by-phone": [],
  "consent-given": ["citizen"],
  "consent-withdrawn": ["citizen"],
  "identity-erased": [],
  "texts-erased": [],
  "deadlines-changed": ["citizen", "inspection-unit"],
};

test.each(Object.keys(told) as MailTrigger["type"][])("%s is told to whom it concerns and to nobody else", (type) => {
  const event = anEvent({ type, authority: "county-governor" });
  expect(rolesToMail(event)).toEqual(told[type]);
  expect(recipientsOf(event, { language: "en" }).map(({ role }) => role)).toEqual(told[type]);
});

describe("a late complaint", () => {
  test.each<[Authority, string]>([
    ["agency-head", "head@power.semnan.example"],
    ["county-governor", "governor.shahrud@semnan.example"],
    ["inspection-centre", "inspection-centre@semnan.example"],
    ["governor-general", "governor-general@semnan.example"],
    ["national-organization", "foad@national-organization.example"],
  ])("raised to the %s is told to that one, of its own agency and county", (authority, address) => {
    expect(mailedTo({ type: "escalated", authority, complaint: { agencyId: "power", countyId: "shahrud" } })).toEqual([
      ["citizen", "what the citizen left"],
      ["inspection-unit", "inspection@power.semnan.example"],
      [authority, address],
    ]);
  });
});

test("a citizen who left no address is not told, and everybody else is", () => {
  const event = anEvent({ type: "escalated", authority: "agency-head", complaint: { citizenIsMailed: undefined } });
  expect(rolesToMail(event)).toEqual(["inspection-unit", "agency-head"]);
});

describe("a retaliation report", () => {
  test("is told to the citizen and the centre when it is filed", () => {
    expect(rolesToMail(anEvent({ type: "filed", retaliation: true }))).toEqual(["citizen", "inspection-centre"]);
  });

  test.each(Object.keys(told) as MailTrigger["type"][])("is never told to anybody of the agency: %s", (type) => {
    const heard = rolesToMail(anEvent({ type, authority: "agency-head", retaliation: true }));
    expect(heard).not.toContain("inspection-unit");
    expect(heard).not.toContain("agency-head");
    if (told[type].includes("citizen")) expect(heard).toContain("citizen");
  });

  test("that is late is told to the governor-general", () => {
    const late = anEvent({ type: "escalated", authority: "governor-general", retaliation: true });
    expect(rolesToMail(late)).toEqual(["citizen", "governor-general"]);
  });

  test("is told to no governor of a county, whichever levels the province has", () => {
    const late = anEvent({ type: "escalated", authority: "county-governor", retaliation: true });
    expect(rolesToMail(late)).not.toContain("county-governor");
  });
});

test("a late review is told to the centre that is late, and not to the agency, which can do nothing about it", () => {
  const late = anEvent({ type: "escalated", authority: "governor-general", complaint: { status: "disputed" } });
  expect(rolesToMail(late)).toEqual(["citizen", "inspection-centre", "governor-general"]);
});

test.each<[MailTrigger["by"], MailRole[]]>([
  ["citizen", ["inspection-unit"]],
  ["agency", ["citizen"]],
  ["inspector", ["citizen", "inspection-unit"]],
])("a message is told to everybody but its writer: the %s", (by, roles) => {
  expect(rolesToMail(anEvent({ type: "message-posted", by }))).toEqual(roles);
});

test("what somebody did who also hears of it is told to them, but for a message", () => {
  expect(rolesToMail(anEvent({ type: "withdrawn", by: "citizen" }))).toEqual(["citizen", "inspection-unit"]);
});

test("a transferred complaint is told to the agency that it went to", () => {
  const [, unit] = mailedTo({ type: "transferred", complaint: { agencyId: "power" } });
  expect(unit).toEqual(["inspection-unit", "inspection@power.semnan.example"]);
});

test.each(["closed-down", "constructor"])(
  "an agency or county that the province does not have has no address: %s",
  (id) => {
    expect(mailedTo({ type: "filed", complaint: { agencyId: id } })).toContainEqual(["inspection-unit", undefined]);
    expect(mailedTo({ type: "escalated", authority: "county-governor", complaint: { countyId: id } })).toContainEqual([
      "county-governor",
      undefined,
    ]);
  },
);

test("the citizen is written to in the language of the complaint, officials in Persian", () => {
  const recipients = recipientsOf(anEvent({ type: "escalated", authority: "agency-head" }), { language: "en" });
  expect(recipients.map(({ language }) => language)).toEqual(["en", "fa", "fa"]);
});

test.each<[Authority, object]>([
  ["agency-head", { of: "agency", agencyId: "social-security", unit: "head" }],
  ["county-governor", { of: "county", countyId: "semnan" }],
  ["inspection-centre", { of: "province", office: "inspectionCentre" }],
  ["governor-general", { of: "province", office: "governorGeneral" }],
  ["national-organization", { of: "province", office: "nationalOrganization" }],
])("the address of the %s says whose it is", (authority, address) => {
  const recipients = recipientsOf(anEvent({ type: "escalated", authority }), { language: "fa" });
  expect(recipients.map((recipient) => recipient.address)).toEqual([
    { of: "citizen" },
    { of: "agency", agencyId: "social-security", unit: "inspectionUnit" },
    address,
  ]);
});

test("every address that is an agency's can be told from the others", () => {
  const all = recipientsOf(anEvent({ type: "escalated", authority: "agency-head" }), { language: "fa" });
  expect(all.filter(({ address }) => address.of !== "agency").map(({ role }) => role)).toEqual(["citizen"]);
});
