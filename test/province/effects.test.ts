import { describe, expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { describeEffects } from "#shared/province/changes/effects.ts";
import { type Agency, type Province, ProvinceFile } from "#shared/province/schema.ts";
import { aCounty, anAgency, aProvince, someOfficeHours } from "../support/a-province.ts";

const name = { fa: "نام", en: "New" };
const day = { clock: "elapsed" as const, duration: "PT24H" };
const gas = anAgency({ id: "gas" });
const water = anAgency({ id: "water" });
const overseer = { clientId: "governor", name, authority: "county-governor" as const };
const base = aProvince({ agencies: [gas, water], overseers: [overseer], corsOrigins: ["https://foad.semnan.example"] });
const [category] = base.categories;
const [cause] = base.causes;
const [frontEnd] = base.frontEnds;
const [firstLevel, secondLevel] = base.escalationLevels;
if (!category || !cause || !frontEnd || !firstLevel || !secondLevel) throw new Error("it is not so small");

function lines(change: Partial<Province>, was: Partial<Province> = {}): string[] {
  const { effects } = describeEffects({ content: { ...base, ...was }, calendar: undefined }, { ...base, ...change });
  return effects.map(({ path, message }) => `${toDotPath(path)}: ${message}`);
}

const withGas = (change: Partial<Agency>): Partial<Province> => ({ agencies: [{ ...gas, ...change }, water] });
const withCategory = (change: Partial<typeof category>) => ({ categories: [{ ...category, ...change }] });
const withFrontEnd = (change: Partial<typeof frontEnd>) => ({ frontEnds: [{ ...frontEnd, ...change }] });
const withOverseer = (change: Partial<Province["overseers"][number]>) => ({ overseers: [{ ...overseer, ...change }] });
const consumer = { account: "000000000001", principalArn: "arn:aws:iam::000000000001:role/consumer" };
const holiday = { date: "2026-12-21", name, source: ["made up"], certain: true };

const arnOf = (region: string) => `arn:aws:acm:${region}:012345678901:certificate/1`;
const edge = {
  domain: "foad.semnan.example",
  certificateArn: arnOf("us-east-1"),
  activeKey: "a" as const,
  required: true,
};

const sms: NonNullable<Province["sms"]> = {
  providers: [{ kind: "kavenegar", line: "10008663" }],
  address: "foad.semnan.example",
};

/** A row for every field of the schema that may change. */
const rows: [what: string, change: Partial<Province>, ...lines: (string | RegExp)[]][] = [
  [
    "who calls citizens back",
    { callCentre: { clientId: "call-centre-128" } },
    'callCentre: "call-centre-128" lists whom to call from the deployment on, also of what was filed before',
  ],
  [
    "notices to employees",
    { records: true },
    "records: inspectors may open notices to employees; the API has routes for them",
  ],
  [
    "where programs are tried",
    { sandbox: { clients: [{ clientId: "trial", name }] } },
    /^sandbox: trial may file to the agency "sandbox" and act as it, .*foad\/front-end and foad\/agency/,
  ],
  ["a name", { name }, /^name: is called so in the catalog/],
  ["an account", { account: "000000000001" }, /^account: is 000000000001 from now on/],
  ["a region", { region: "me-central-1" }, /^region: is me-central-1 from now on/],
  [
    "a domain of the gateway's own",
    { api: { domain: "gateway.semnan.example", certificateArn: arnOf("me-central-1") } },
    /^api: the gateway is reached as gateway\.semnan\.example, .* answers nobody from the deployment on/,
  ],
  ["an edge", { edge }, /^edge: functions refuse what does not come through foad\.semnan\.example/],
  [
    "an edge that is not required yet",
    { edge: { ...edge, required: false } },
    /^edge: stands beside the gateway, and functions answer/,
  ],
  [
    "what a month may cost",
    { operations: { alarmEmails: ["operations@semnan.example"], monthlyBudgetUsd: 50 } },
    "operations.monthlyBudgetUsd: the addresses of alarms get a mail when a month costs more than 50 dollars",
  ],
  [
    "messages to citizens",
    { sms },
    "sms: citizens may agree to messages (SMS) from the deployment on; they are sent once the keys of the providers are in the secret that the Data stack makes",
  ],
  [
    "an agency that carries messages",
    withGas({ carriesSms: true }),
    'agencies[0].carriesSms: agency "gas": citizens get no message (SMS) about its complaints from the deployment on',
  ],
  [
    "the phone of an agency's head",
    withGas({ head: { ...gas.head, phone: "+989121234567" } }),
    /^agencies\[0\]\.head\.phone: agency "gas": messages \(SMS\) of late complaints go to \+989121234567/,
  ],
  [
    "a front end's messages",
    withFrontEnd({ smsPerMonth: 500 }),
    /smsPerMonth: .*500 messages \(SMS\) a month may go to citizens whose complaints it filed/,
  ],
  ["the sources", { sources: ["seen"] }, "sources: changes nothing that runs"],
  [
    "a county more",
    { counties: [aCounty({ id: "garmsar" }), aCounty()] },
    /^counties\[0\]: county "garmsar": new; filings may/,
  ],
  [
    "a governor's address",
    { counties: [aCounty({ governor: { name, email: "new@semnan.example" } })] },
    /^counties\[0\]\.governor\.name: county "semnan": changes nothing/,
    /^counties\[0\]\.governor\.email: county "semnan": mails .* go to new@semnan\.example, not to governor\.semnan@semnan\.example/,
  ],
  [
    "where a county lies",
    { counties: [aCounty({ tile: { column: 2, row: 1 } })] },
    /^counties\[0\]\.tile: county "semnan": stands elsewhere on the public page's map/,
  ],
  [
    "a county that retires",
    { counties: [aCounty({ retiredFrom: "2027-03-21" })] },
    /"semnan": retires on 2027-03-21, .* refused as retired/,
  ],
  [
    "a peer group more",
    { peerGroups: [{ id: "banks", name }] },
    /^peerGroups\[0\]: peer group "banks": new; agencies may name it/,
  ],
  [
    "an agency more",
    { agencies: [gas, anAgency({ id: "power", queueStack: 2 }), water] },
    /^agencies\[1\]: agency "power": new; gets the queue foad-semnan-agency-power\.fifo in stack Foad-semnan-Agencies-2, .*agency-power may call/,
  ],
  ["agencies in another order", { agencies: [water, gas] }],
  [
    "an agency that retires",
    withGas({ retiredFrom: "2027-03-21", successorId: "water" }),
    /^agencies\[0\]\.retiredFrom: agency "gas": retires on 2027-03-21, or with the deployment .* its queue, feed and clients go on/,
    /^agencies\[0\]\.successorId: agency "gas": is succeeded by "water"/,
  ],
  [
    "an agency's counties",
    withGas({ countyIds: ["garmsar"] }),
    /county "garmsar": served too/,
    /county "semnan": served no more; .* what is open there stays/,
  ],
  [
    "an office more",
    withGas({ offices: [...gas.offices, { id: "gas-2", name, countyId: "semnan" }] }),
    /^agencies\[0\]\.offices\[1\]: agency "gas": office "gas-2": new; filings in "semnan"/,
  ],
  [
    "an agency's addresses",
    withGas({ head: { email: "a@gas.example" }, inspectionUnit: { email: "b@gas.example" } }),
    /inspectionUnit.*go to b@gas\.example/,
    /head.*go to a@gas\.example/,
  ],
  [
    "a reader of the queue",
    withGas({ consumer }),
    'agencies[0].consumer: agency "gas": arn:aws:iam::000000000001:role/consumer may read the queue from the deployment on',
  ],
  [
    "an agency's webhook",
    withGas({ webhook: { url: "https://gas.semnan.example/foad" } }),
    /^agencies\[0\]\.webhook: agency "gas": its events are posted to https:\/\/gas\.semnan\.example\/foad, those that happen from/,
  ],
  [
    "an agency's client more",
    withGas({ clientIds: ["agency-gas", "gas-desk"] }),
    /^agencies\[0\]\.clientIds\[1\]: agency "gas": client "gas-desk": new; may call for the agency/,
  ],
  [
    "an agency's peers",
    withGas({ peerGroup: "utilities" }),
    /figures are held beside those of "utilities", from the next four quarters to close on$/,
  ],
  [
    "a category more",
    { categories: [category, { ...category, id: "conduct" }] },
    /^categories\[1\]: category "conduct": new/,
  ],
  [
    "a category's time to acknowledge",
    withCategory({ acknowledge: day }),
    /acknowledge: category "postponed-without-reason": complaints filed from the deployment on have PT24H of elapsed time, not PT3H of office hours; running deadlines stay.*after a transfer/,
  ],
  [
    "a category's time to answer",
    withCategory({ answer: day }),
    /answer: .*have PT24H of elapsed time, not PT48H of elapsed time; running deadlines stay/,
  ],
  [
    "a category's extension",
    withCategory({ extension: day }),
    /extension: .*adds PT24H .*also to complaints that are open/,
  ],
  [
    "a category that retires",
    withCategory({ retiredFrom: "2027-03-21" }),
    /filings under it are refused as retired; complaints under it keep their deadlines/,
  ],
  ["a cause more", { causes: [cause, { ...cause, id: "conduct" }] }, /^causes\[1\]: cause "conduct": new; answers/],
  [
    "a cause that retires",
    { causes: [{ ...cause, retiredFrom: "2027-03-21" }] },
    /answers and decisions that name it are refused as retired; those that stand keep it/,
  ],
  [
    "a front end more",
    { frontEnds: [frontEnd, { ...frontEnd, clientId: "kiosk" }] },
    /front end "kiosk": new; may file 600 complaints a minute that came in by phone/,
  ],
  [
    "a front end's channels",
    withFrontEnd({ channels: ["web"] }),
    /channel "web": new/,
    /channel "phone": gone; .* refused/,
  ],
  [
    "a front end's limit",
    withFrontEnd({ filingsPerMinute: 60 }),
    /may file 60 complaints a minute, not 600; more are refused with 429/,
  ],
  [
    "where citizens find a front end",
    withFrontEnd({ address: "https://foad.semnan.example/", phone: "128" }),
    /address: .*: the public page tells citizens to find it at https:/,
    /phone: .*: the public page tells citizens to find it at 128/,
  ],
  [
    "a front end's operator",
    withFrontEnd({ operatedBy: "gas" }),
    /is run by "gas": files nothing about it and no retaliation report/,
  ],
  [
    "a front end's webhook",
    withFrontEnd({ webhook: { url: "https://new.semnan.example/foad" } }),
    /events are posted to https:\/\/new\.semnan\.example\/foad/,
  ],
  [
    "a front end that retires",
    withFrontEnd({ retiredFrom: "2027-03-21" }),
    /files nothing new; what it filed goes on, and so does its feed/,
  ],
  [
    "an overseer's level",
    withOverseer({ authority: "governor-general" }),
    /is "governor-general" now: sees nothing, since there is no such escalation level/,
  ],
  ["an overseer's counties", withOverseer({ countyIds: ["semnan"] }), /sees complaints of semnan from/],
  [
    "an overseer more",
    { overseers: [overseer, { ...overseer, clientId: "second" }] },
    /overseer "second": new; sees complaints that were escalated to level 2/,
  ],
  [
    "an admin more",
    { admins: ["admin", "second"] },
    /^admins\[1\]: admin "second": new; is an admin from the deployment on/,
  ],
  [
    "a client of people less",
    { tokens: { ...base.tokens, peopleClients: [] } },
    /people who sign in through it are answered 403/,
  ],
  [
    "what is kept",
    { retention: { identity: "P90D", texts: "P1825D", events: "P3650D" } },
    /^retention\.identity: who complained is forgotten P90D after the case was closed, not P730D/,
  ],
  [
    "how long what was written is kept",
    { retention: { identity: "P730D", texts: "P800D", events: "P3650D" } },
    /^retention\.texts: what was written and sent is forgotten P800D after the case was closed, not P1825D/,
  ],
  [
    "a restored table",
    { tables: { complaints: { name: "Restored", streamLabel: "2026-11-26T08:00:00.000" } } },
    /^tables: another table serves from the deployment on/,
  ],
  [
    "an instant that was restored",
    { restorePoints: ["2026-11-26T08:00:00.000Z"] },
    /^restorePoints: events after the last of these instants have a source of their own/,
  ],
  ["reads of identities", { identityReadsPerDay: 20 }, /may read 20 identities a day, not 100/],
  [
    "a level's wait",
    { escalationLevels: [firstLevel, { ...secondLevel, after: day }] },
    /^escalationLevels\[1\]\.after: waits PT24H of elapsed time .* keeps its time/,
  ],
  [
    "visits",
    { escalationLevels: [{ ...firstLevel, ordersVisit: true }, secondLevel] },
    /^escalationLevels\[0\]\.ordersVisit: orders a visit/,
  ],
  [
    "a level more",
    { escalationLevels: [firstLevel, secondLevel, { authority: "governor-general", after: day }] },
    /^escalationLevels\[2\]: "governor-general" is a new level: .* reached level 2 already .* next changed/,
  ],
  [
    "the time for a visit",
    { visits: day },
    /^visits: visits that are ordered from the deployment on must be reported after PT24H .* keep their deadline/,
  ],
  ["the review", { review: day }, /^review: disputes .* are due after PT24H .*running deadlines stay/],
  [
    "the confirmation",
    { confirmation: day },
    /^confirmation: answers .* may be disputed for PT24H .*running deadlines stay/,
  ],
  [
    "the centre's address",
    { inspectionCentre: { ...base.inspectionCentre, email: "c@semnan.example" } },
    /^inspectionCentre\.email: mails .* go to c@semnan\.example/,
  ],
  [
    "the governor-general's",
    { governorGeneral: { ...base.governorGeneral, email: "g@semnan.example" } },
    /^governorGeneral\.email/,
  ],
  [
    "the organization's",
    { nationalOrganization: { ...base.nationalOrganization, email: "o@n.example" } },
    /^nationalOrganization\.email/,
  ],
  [
    "hours",
    {
      officeHours: someOfficeHours({
        holidays: [holiday],
        overrides: [
          { date: "2026-12-22", intervals: [], reason: "Snow", countyId: "semnan", source: ["seen"], certain: true },
        ],
      }),
    },
    /^officeHours: .*running deadlines stay where they are.*an admin sets the day's hours/,
    /^officeHours\.holidays\[0\]: holiday "2026-12-21": new; the offices are closed/,
    /^officeHours\.overrides\[0\]: day of other hours "2026-12-22 in semnan": new, unless an admin/,
  ],
  [
    "the issuer",
    { tokens: { ...base.tokens, issuer: "https://new.example/" } },
    /^tokens\.issuer: every token of https:\/\/login\.semnan\.example\/ is answered 401 .* keep their sub/,
  ],
  [
    "the audience",
    { tokens: { ...base.tokens, audience: "foad" } },
    /^tokens\.audience: every token for foad-semnan is answered 401/,
  ],
  [
    "the token endpoint",
    { tokens: { ...base.tokens, tokenEndpoint: "https://sign-in.example/token" } },
    "tokens.tokenEndpoint: the desk fetches tokens at https://sign-in.example/token",
  ],
  [
    "the sender",
    { mail: { sender: "128@semnan.example" } },
    "mail.sender: mails come from 128@semnan.example, not from foad@semnan.example",
  ],
  [
    "the sender's domain",
    { mail: { sender: "foad@new.example" } },
    /^mail\.sender: .*SES must have verified new\.example/,
  ],
  [
    "the address",
    { publicUrl: "https://new.example" },
    /^publicUrl: .*those sent before lead to https:\/\/api\.foad\.semnan\.example, which must go on answering/,
  ],
  [
    "the scan",
    { attachments: { ...base.attachments, malwareScan: true } },
    /^attachments\.malwareScan: uploads are scanned before/,
  ],
  [
    "another bucket",
    { attachments: { ...base.attachments, bucketNumber: 2 } },
    /^attachments\.bucketNumber: a new bucket serves files from the deployment on, empty until/,
  ],
  [
    "pictures",
    { attachments: { ...base.attachments, pictures: { quality: 70, largestSide: 3_000 } } },
    /^attachments\.pictures: .* copies that stand are kept/,
  ],
  [
    "who is woken",
    { operations: { alarmEmails: ["new@semnan.example"], alarmEndpoint: "https://alarms.semnan.example" } },
    /^operations\.alarmEmails.*"new@semnan\.example": new; alarms reach it once somebody follows the link/,
    'operations.alarmEmails: address "operations@semnan.example": gone; no alarm is mailed to it from the deployment on',
    "operations.alarmEndpoint: alarms are posted to https://alarms.semnan.example once it has confirmed its subscription",
  ],
  [
    "nobody being woken any more",
    { operations: undefined },
    /^operations\.alarmEmails.*"operations@semnan\.example": gone/,
  ],
  [
    "origins",
    { corsOrigins: ["https://new.example"] },
    /origin "https:\/\/new\.example": new/,
    /origin "https:\/\/foad\.semnan\.example": gone/,
  ],
];

describe("What a change does is said", () => {
  test.each(rows)("of %s", (_, change, ...said) => {
    expect(lines(change)).toEqual(said.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))));
  });

  test("of a retirement that is put off or taken back", () => {
    const was = withGas({ retiredFrom: "2027-03-21" });
    expect(lines(withGas({ retiredFrom: "2028-03-20" }), was)).toEqual([
      expect.stringMatching(/retires on 2028-03-20 instead of 2027-03-21/),
    ]);
    expect(lines({}, was)).toEqual([
      expect.stringMatching(/is not retired any more: .* it takes filings and transfers again/),
    ]);
  });

  test("of an edge that is taken away, loudly where functions still demand it", () => {
    expect(lines({}, { edge })).toEqual([
      expect.stringMatching(/^edge: functions REFUSE EVERYBODY .*"required": false before/),
    ]);
    expect(lines({}, { edge: { ...edge, required: false } })).toEqual([
      expect.stringMatching(/^edge: functions answer every caller; its keys go/),
    ]);
  });

  test("of a sandbox client that comes or goes, by its name and no other", () => {
    const [one, other] = [
      { clientId: "one", name },
      { clientId: "other", name },
    ];
    const [both, alone] = [{ sandbox: { clients: [one, other] } }, { sandbox: { clients: [one] } }];
    expect(lines(both, alone)).toEqual([
      expect.stringMatching(/^sandbox\.clients\[1\]: client "other": new; may file to .* once the token issuer has it/),
    ]);
    expect(lines(alone, both)).toEqual([
      'sandbox.clients: client "other": gone; may neither file to the agency "sandbox" nor act as it from the deployment on',
    ]);
  });

  test("of a canary, with its alarm and its secret", () => {
    const withCanary = (canary?: string) => ({
      sandbox: { clients: ["one", "other"].map((clientId) => ({ clientId, name })), canary },
    });
    const goes = "every hour any more, and the alarm CanaryFailed goes; the secret leaves the Data stack and stays in";
    expect(lines(withCanary("one"), withCanary())).toEqual([
      expect.stringMatching(
        /^sandbox\.canary: one takes a complaint .* every hour, once its secret .* CanaryFailed tells/,
      ),
    ]);
    expect(lines(withCanary("other"), withCanary("one"))).toEqual([
      expect.stringMatching(/^sandbox\.canary: other takes a complaint .*, and one no more: its secret must be put/),
    ]);
    expect(lines(withCanary(), withCanary("one"))).toEqual([
      expect.stringMatching(`^sandbox.canary: no complaint .* ${goes}`),
    ]);
    expect(lines({}, withCanary("one"))).toEqual([
      expect.stringMatching(`^sandbox: one, other may neither .* ${goes}`),
    ]);
    expect(lines({}, withCanary())).toEqual([expect.stringMatching(/^sandbox: one, other .*, and its queue is kept$/)]);
  });

  test("of a reader that loses the queue", () => {
    expect(lines({}, withGas({ consumer }))).toEqual([
      expect.stringMatching(
        /nobody may read the queue .*, and arn:aws:iam::000000000001:role\/consumer no more: .* 14 days/,
      ),
    ]);
  });

  test("of a file of an older schema as far as it can be read, and what cannot be is named", () => {
    const { peerGroups: _, ...older } = base;
    const { effects, unread } = describeEffects(
      { content: { ...older, mail: "foad@semnan.example" }, calendar: undefined },
      { ...base, name },
    );
    expect(effects.map(({ path }) => path)).toEqual([["name"]]);
    expect(unread).toEqual(["peerGroups", "mail"]);
  });
});

test("hours are compared as they hold: a country's holiday that is new is one of the province", () => {
  const { timeZone, national, holidays, holidaysUntil } = someOfficeHours();
  const content = { ...base, officeHours: { provincial: [], holidays: [], removedHolidays: [], overrides: [] } };
  const calendar = { timeZone, national, holidays, holidaysUntil };
  expect(describeEffects({ content, calendar }, base)).toEqual({ effects: [], unread: [] });
  const later = { ...base, officeHours: someOfficeHours({ holidays: [holiday] }) };
  expect(describeEffects({ content, calendar }, later).effects.map(({ path }) => path)).toEqual([
    ["officeHours"],
    ["officeHours", "holidays", 0],
  ]);
});

test("nothing is said where nothing changes", () => {
  expect(lines({})).toEqual([]);
});

test("a row is there for every field that may change", () => {
  const cannot = ["id", "idPrefix", "phonePrefix"];
  const asked = new Set([...rows.flatMap(([, change]) => Object.keys(change)), ...cannot]);
  expect(Object.keys(ProvinceFile.shape).filter((field) => !asked.has(field))).toEqual([]);
});
