import { describe, expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { fileFaults } from "#infra/provinces/province-files.ts";
import { mostAgenciesPerStack } from "#infra/provinces/service-limits.ts";
import { type Edit, editProvince, written } from "../support/province-files.ts";

const { qazvin, alborz, calendar } = written;
const others = [{ id: "alborz", content: alborz }];

function linesAbout(content: unknown, beside = others): string[] {
  const faults = fileFaults({ id: "qazvin", content, calendar, others: beside });
  return faults.map(({ path, message }) => `${toDotPath(path) || "(top)"}: ${message}`);
}

const name = { fa: "نام", en: "Name" };
const made = { source: ["made up"], certain: true };
const office = (duration: string) => ({ clock: "office-hours", duration });
const week = { saturday: [], sunday: [], monday: [], tuesday: [], wednesday: [], thursday: [], friday: [] };
const open = { ...week, saturday: [{ from: "08:00", to: "13:00" }] };
const range = { id: "snow", from: "2027-01-01", to: "2027-01-31", weekly: open, ...made };
const dayOff = { date: "2027-01-05", name, ...made };
const closed = { date: "2027-01-05", intervals: [], reason: "برف", ...made };
const retired = (successorId?: string) => ({ retiredFrom: "2027-03-21", ...(successorId && { successorId }) });
const agency = (id: string, more = {}) => ({
  id,
  name: { fa: "اداره", en: id },
  countyIds: ["qazvin"],
  offices: [],
  inspectionUnit: { email: `inspection@${id}.example` },
  head: { email: `head@${id}.example` },
  queueStack: 2,
  clientIds: [`agency-${id}`],
  ...more,
});
const cause = (id: string, en: string) => ({ id, name: { fa: "علت", en } });
const retiredList = (list: unknown) => (Array.isArray(list) ? list.map((one) => ({ ...one, ...retired() })) : []);
const { frontEnds, categories } = qazvin as Record<string, unknown>;

/** Each one edit of a good file, and the only line that is said of it. */
const faulty: [what: string, edit: Edit, line: string][] = [
  // Who sees too much
  [
    "a governor without counties",
    ["overseers.0.countyIds", undefined],
    "overseers[0].countyIds: is missing: name the counties of this governor",
  ],
  // What its events would be posted to
  ...[
    "http://post.qazvin.example/foad",
    "https://post.qazvin.example:8443/foad",
    "https://me:secret@post.qazvin.example/foad",
    "https://10.0.0.1/foad",
    "https://2130706433/foad",
    "https://[::1]/foad",
    "https://localhost/foad",
    "https://post.qazvin.example/foad?key=1",
  ].map((url): [string, Edit, string] => [
    `a webhook at ${url}`,
    ["agencies.0.webhook", { url }],
    "agencies[0].webhook.url: must be an https address with a host's name, such as https://office.example/events: no port, no name or password, and nothing after the path",
  ]),
  // What it is known by
  [
    "a copied file with the other's id",
    ["id", "karaj"],
    'id: is "karaj" in the file qazvin.json: a file is named after its id',
  ],
  [
    "a prefix that is read as digits",
    ["idPrefix", "QI"],
    "idPrefix: must be two capital letters, none of I, L, O, U, which are read as digits",
  ],
  ["another province's prefix", ["idPrefix", "AB"], 'idPrefix: "AB" is the id prefix of alborz: choose another'],
  [
    "a prefix for keypads that is an area code with its zero",
    ["phonePrefix", "028"],
    "phonePrefix: must be two digits in quotes, such as the province's area code without its 0",
  ],
  [
    "another province's prefix for keypads",
    ["phonePrefix", "26"],
    'phonePrefix: "26" is the phone prefix of alborz: choose another',
  ],
  [
    "another province's audience",
    ["tokens.audience", "foad-alborz"],
    'tokens.audience: "foad-alborz" is the audience of alborz: choose another',
  ],
  [
    "no audience, and more clients than the gateway takes in its place",
    ["tokens.audience", undefined],
    "tokens.audience: without it the gateway goes by the ids of clients, of which it takes 50, and there are 58: name an audience, and an issuer that writes it",
  ],
  [
    "another province's address",
    ["publicUrl", "https://api.foad.alborz.example"],
    'publicUrl: "https://api.foad.alborz.example" is the address of alborz: choose another',
  ],
  [
    "another province's domain",
    ["mail.sender", "qazvin@Alborz.example"],
    'mail.sender: "alborz.example" is the domain of mails of alborz: choose another',
  ],
  [
    "a restored table by a name that none can have",
    ["tables.identities", "I2"],
    "tables.identities: must be a table's name: 3 to 255 letters, digits, dots, hyphens or underscores",
  ],
  ["nobody to wake", ["operations.alarmEmails", []], "operations.alarmEmails: must have at least one entry"],
  [
    "an alarm that is mailed to no address",
    ["operations.alarmEmails.0", "night watch"],
    "operations.alarmEmails[0]: must be an e-mail address, like inspection@office.example",
  ],
  [
    "more who are mailed than may be",
    ["operations.alarmEmails", Array.from({ length: 11 }, (_, n) => `watch-${n}@qazvin.example`)],
    "operations.alarmEmails: must have 10 entries or fewer",
  ],
  [
    "an alarm that is mailed twice",
    ["operations.alarmEmails.1", "operations@qazvin.example"],
    'operations.alarmEmails[1]: "operations@qazvin.example" is used twice: change it, or take this one out',
  ],
  [
    "an alarm that is posted in the clear",
    ["operations.alarmEndpoint", "http://alarms.qazvin.example"],
    "operations.alarmEndpoint: must be an https address, like https://login.example/",
  ],
  ["an account without its zeros", ["account", 101], "account: must be a text in double quotes"],
  ["an account that is too short", ["account", "101"], "account: must be the 12 digits of an AWS account, in quotes"],
  ["a region that is none", ["region", "Frankfurt"], "region: must be an AWS region, like me-central-1"],
  [
    "a misspelt region",
    ["region", "us-esat-1"],
    'region: "us-esat-1" is no region of AWS: write one that the account may use',
  ],
  // Fields
  ["a field that is missing", ["publicUrl", undefined], "publicUrl: is missing: add a text in double quotes"],
  ["a part that is missing", ["tokens", undefined], "tokens: is missing: add an object in { }"],
  [
    "a misspelt field",
    ["agencies.0.peerGruop", "banks"],
    'agencies[0].peerGruop: is no field here: take it out; did you mean "peerGroup"?',
  ],
  ["a field of another time", ["mail.colour", "green"], "mail.colour: is no field here: take it out"],
  ["a list that is none", ["agencies.0.countyIds", "qazvin"], "agencies[0].countyIds: must be a list in [ ]"],
  ["a number in quotes", ["identityReadsPerDay", "100"], "identityReadsPerDay: must be a number without quotes"],
  ["a number that is none", ["agencies.0.queueStack", 0], "agencies[0].queueStack: must be 1 or more"],
  ["a limit that limits nothing", ["identityReadsPerDay", 1_000_000], "identityReadsPerDay: must be 10000 or less"],
  [
    "yes for true",
    ["attachments.malwareScan", "yes"],
    "attachments.malwareScan: must be true or false, without quotes",
  ],
  ["a blank", ["counties.0.governor.name.fa", ""], "counties[0].governor.name.fa: is blank: fill it in"],
  [
    "an id in capitals",
    ["peerGroups.4", { id: "Post Banks", name }],
    "peerGroups[4].id: must be lower-case letters, digits and single hyphens, like social-security",
  ],
  [
    "no e-mail address",
    ["agencies.0.head.email", "head"],
    "agencies[0].head.email: must be an e-mail address, like inspection@office.example",
  ],
  [
    "a channel that is none",
    ["frontEnds.0.channels.0", "phones"],
    'frontEnds[0].channels[0]: must be one of phone, web, mobile, kiosk, in-person, messenger; did you mean "phone"?',
  ],
  [
    "a front end's address that is no https one",
    ["frontEnds.0.address", "http://foad.example"],
    "frontEnds[0].address: must be an https address, like https://login.example/",
  ],
  [
    "a front end's number that nobody can dial",
    ["frontEnds.0.phone", "one-two-eight"],
    "frontEnds[0].phone: must be a number as people dial it, like 128 or 028 3333 3333",
  ],
  [
    "a name in the other's place",
    ["counties.0.name.fa", "Qazvin"],
    "counties[0].name.fa: is the Persian name, and has no Persian letter: write it in Persian",
  ],
  ...[
    ["a name without a letter", "\u200b", "has U+200B in it, which no reader sees: take it out"],
    ["a name of joiners alone", "\u200c\u200d", "has nothing in it that a reader sees: fill it in"],
    ["a name that turns around", "\u202eنام", "has U+202E in it, which no reader sees: take it out"],
    ["a name of two lines", "نام\nدیگر", "has a line's end or a tab in it: write it on one line"],
  ].map(([what = "", text, said]): [string, Edit, string] => [
    what,
    ["counties.0.name.fa", text],
    `counties[0].name.fa: ${said}`,
  ]),
  // Addresses
  [
    "an origin with a path",
    ["corsOrigins.0", "https://foad.qazvin.example/app"],
    "corsOrigins[0]: must be an origin like https://foad.example: a scheme and a host, without a path or a slash at the end",
  ],
  [
    "an origin with a slash",
    ["corsOrigins.0", "https://foad.qazvin.example/"],
    "corsOrigins[0]: must be an origin like https://foad.example: a scheme and a host, without a path or a slash at the end",
  ],
  [
    "every origin",
    ["corsOrigins", ["*"]],
    "corsOrigins[0]: must be an origin like https://foad.example: a scheme and a host, without a path or a slash at the end",
  ],
  [
    "an issuer without encryption",
    ["tokens.issuer", "http://login.example/"],
    "tokens.issuer: must be an https address, like https://login.example/",
  ],
  ...[
    "http://api.example",
    "https://api.example/",
    "https://api.example/foad",
    "https://api.example?foad",
    "https://me:secret@api.example",
    "https://api.EXAMPLE",
    "https://فوریت.example",
  ].map((address): [string, Edit, string] => [
    `${address} as the address of the API`,
    ["publicUrl", address],
    "publicUrl: must be an https address of a host alone, such as https://api.foad.example: no name or password, no path or slash after it, and a Persian host in its ASCII form (xn--…)",
  ]),
  // What is kept
  [
    "texts that go too early",
    ["retention", { identity: "P60D", texts: "P119D" }],
    "retention.texts: must be days, 120 at the least, like P1825D",
  ],
  [
    "events that figures need",
    ["retention", { identity: "P60D", texts: "P120D", events: "P449D" }],
    "retention.events: must be days, 450 at the least, like P3650D",
  ],
  [
    "texts that go before who wrote them",
    ["retention", { identity: "P1826D" }],
    "retention.texts: P1825D is less than `identity`, which goes before: write P1826D or more",
  ],
  [
    "a case that goes before its texts",
    ["retention", { identity: "P60D", texts: "P500D", events: "P499D" }],
    "retention.events: P499D is less than `texts`, which goes before: write P500D or more",
  ],
  ...["2026-11-27T06:00:00Z", "2026-11-27T09:30:00.000+03:30", "2026-11-27"].map((instant): [string, Edit, string] => [
    `a restored instant as ${instant}`,
    ["restorePoints", [instant]],
    "restorePoints[0]: must be an instant in UTC with milliseconds, like 2026-11-27T06:00:00.000Z",
  ]),
  // Times
  ["no time at all", ["review.duration", "PT0H"], "review.duration: PT0H is too short to be kept: write PT5M or more"],
  [
    "a time without end",
    ["confirmation.duration", "P9999D"],
    "confirmation.duration: P9999D is too long: write P180D or less",
  ],
  [
    "years of office hours",
    ["categories.2.answer.duration", "P90D"],
    "categories[2].answer.duration: P90D is too long: write PT800H or less",
  ],
  [
    "a duration in months",
    ["confirmation.duration", "P1M"],
    "confirmation.duration: must be an ISO 8601 duration of days, hours and minutes, like PT3H",
  ],
  [
    "longer to acknowledge than to answer",
    ["categories.2.acknowledge.duration", "PT4H"],
    "categories[2].acknowledge.duration: PT4H to acknowledge is longer than the PT3H to answer: shorten it",
  ],
  [
    "the same on two clocks",
    ["categories.0.acknowledge", office("PT49H")],
    "categories[0].acknowledge.duration: PT49H to acknowledge is longer than the PT48H to answer: shorten it",
  ],
  [
    "an extension on another clock",
    ["categories.0.extension", office("PT24H")],
    'categories[0].extension.clock: an extension is counted on the answer\'s clock: write "elapsed"',
  ],
  [
    "a clock that is none",
    ["categories.0.answer.clock", "office"],
    "categories[0].answer.clock: must be one of office-hours, elapsed",
  ],
  [
    "a wait on the first level",
    ["escalationLevels.0.after", office("PT3H")],
    "escalationLevels[0].after: the first level is raised at the breach and has no wait: take it out",
  ],
  [
    "no wait on another",
    ["escalationLevels.1.after", undefined],
    "escalationLevels[1].after: is missing: say how long after the level before",
  ],
  [
    "a level that leads down",
    ["escalationLevels.2.authority", "agency-head"],
    "escalationLevels[2].authority: must stand higher than the level before; the order is agency-head, county-governor, inspection-centre, governor-general, national-organization",
  ],
  // Twice
  [
    "a client id that stands twice",
    ["tokens.peopleClients.0", "call-centre-128"],
    'tokens.peopleClients[0]: "call-centre-128" is used twice: change it, or take this one out',
  ],
  [
    "an office whose id every object has as a property",
    ["agencies.0.offices.0.id", "constructor"],
    'agencies[0].offices[0].id: "constructor" is a word of JavaScript: choose another id',
  ],
  [
    "a cause with such an id",
    ["causes", [cause("constructor", "Too few people")]],
    'causes[0].id: "constructor" is a word of JavaScript: choose another id',
  ],
  [
    "a client with such an id",
    ["overseers.0.clientId", "__proto__"],
    'overseers[0].clientId: "__proto__" is a word of JavaScript: choose another id',
  ],
  [
    "a county twice in one agency",
    ["agencies.0.countyIds.6", "qazvin"],
    'agencies[0].countyIds[6]: "qazvin" is used twice: change it, or take this one out',
  ],
  [
    "a kind of agencies twice",
    ["peerGroups.4", { id: "banks", name }],
    'peerGroups[4].id: "banks" is used twice: change it, or take this one out',
  ],
  [
    "a cause that was copied",
    ["causes", [cause("capacity", "Too few people"), cause("crowd", "Too few people")]],
    'causes[1].name: "علت / Too few people" is used twice: change it, or take this one out',
  ],
  [
    "two counties at one place of the map",
    ["counties.1.tile", { column: 2, row: 1 }],
    'counties[1].tile: "column 2, row 1" is used twice: change it, or take this one out',
  ],
  [
    "a county that was copied",
    ["counties.1.name", { fa: "قزوین", en: "Qazvin" }],
    'counties[1].name: "قزوین / Qazvin" is used twice: change it, or take this one out',
  ],
  [
    "an origin twice",
    ["corsOrigins.1", "https://foad.qazvin.example"],
    'corsOrigins[1]: "https://foad.qazvin.example" is used twice: change it, or take this one out',
  ],
  // References
  [
    "a county that does not exist",
    ["agencies.0.countyIds.6", "takestn"],
    'agencies[0].countyIds[6]: there is no county "takestn": add it, or name another; did you mean "takestan"?',
  ],
  [
    "an office outside its agency's counties",
    ["agencies.0.offices.0.countyId", "karaj"],
    'agencies[0].offices[0].countyId: "karaj" is not one of the agency\'s counties: name one, or add it to its countyIds',
  ],
  [
    "a kind of agencies that is not declared",
    ["agencies.0.peerGroup", "schools"],
    'agencies[0].peerGroup: there is no peer group "schools": add it, or name another',
  ],
  [
    "a front end of an agency that does not exist",
    ["frontEnds.4.operatedBy", "bank-meli"],
    'frontEnds[4].operatedBy: there is no agency "bank-meli": add it, or name another; did you mean "bank-melli"?',
  ],
  [
    "an agency that would be taken for the sandbox",
    ["agencies.0.id", "sandbox"],
    'agencies[0].id: "sandbox" is where programs are tried: give it another id',
  ],
  [
    "a canary that is no client of the sandbox",
    ["sandbox.canary", "web-portal"],
    'sandbox.canary: "web-portal" is none of the sandbox\'s clients: add it to them',
  ],
  [
    "a program on trial that is a front end too",
    ["sandbox", { clients: [{ clientId: "web-portal", name: { fa: "آزمون", en: "Trial" } }] }],
    'sandbox.clients[0].clientId: "web-portal" is used twice: change it, or take this one out',
  ],
  [
    "a caller that is no front end",
    ["callCentre", { clientId: "call-center-128" }],
    'callCentre.clientId: there is no front end "call-center-128": add it, or name another; did you mean "call-centre-128"?',
  ],
  [
    "a caller that an agency runs",
    ["callCentre", { clientId: "bank-melli-app" }],
    'callCentre.clientId: "bank-melli-app" is run by "bank-melli": name one that no agency runs, or leave callCentre out',
  ],
  [
    "a caller that retires",
    ["frontEnds.0.retiredFrom", "2030-01-01"],
    'callCentre.clientId: "call-centre-128" retires: name one that goes on, or leave callCentre out',
  ],
  [
    "an overseer of a county that does not exist",
    ["overseers.0.countyIds", ["karaj"]],
    'overseers[0].countyIds[0]: there is no county "karaj": add it, or name another',
  ],
  // Nobody there
  [
    "a county without agencies",
    ["counties.6", { id: "alamut", name, governor: { name, email: "a@b.example" } }],
    'counties[6]: no agency goes on in "alamut": add it to an agency\'s countyIds, or retire the county',
  ],
  ["no admin", ["admins", []], "admins: must have at least one entry"],
  [
    "no category that goes on",
    ["categories", retiredList(categories)],
    "categories: all of them retire, so nothing more could be filed: let one go on, or add one",
  ],
  [
    "no cause that goes on",
    ["causes", retiredList([cause("capacity", "Too few people")])],
    "causes: all of them retire, so nothing more could be answered or decided: let one go on, or add one",
  ],
  ["no cause at all", ["causes", []], "causes: must have at least one entry"],
  [
    "no front end that goes on",
    ["frontEnds", retiredList(frontEnds)],
    "frontEnds: all of them retire, so nothing more could be filed: let one go on, or add one",
  ],
  // Retirement
  [
    "a successor of what goes on",
    ["agencies.0.successorId", "tax-affairs"],
    "agencies[0].successorId: only what retires has a successor: add retiredFrom, or take successorId out",
  ],
  [
    "a successor that does not exist",
    ["agencies.40", agency("old", retired("tax-affair"))],
    'agencies[40].successorId: there is no agency "tax-affair": add it, or name another; did you mean "tax-affairs"?',
  ],
  [
    "a successor of another kind",
    ["agencies.40", agency("old", retired("takestan"))],
    'agencies[40].successorId: "takestan" is of another kind: county, not agency',
  ],
  [
    "a cause's successor that does not exist",
    ["causes", [cause("none", "No cause found"), { ...cause("capacity", "Too few people"), ...retired("nothing") }]],
    'causes[1].successorId: there is no cause "nothing": add it, or name another',
  ],
  [
    "its own successor",
    ["agencies.40", agency("old", retired("old"))],
    "agencies[40].successorId: names itself: name what takes its place, or take it out",
  ],
  [
    "a successor that is not where it is",
    ["agencies.40", agency("old", { countyIds: ["qazvin", "avaj"], ...retired("bank-maskan") })],
    'agencies[40].successorId: "bank-maskan" does not serve avaj, as this one does: add that to its countyIds, or name another',
  ],
  [
    "an agency in no county",
    ["agencies.40", agency("new", { countyIds: [] })],
    "agencies[40].countyIds: must have at least one entry",
  ],
  [
    "a day that does not exist",
    ["counties.0.retiredFrom", "2027-02-30"],
    "counties[0].retiredFrom: must be a day of the Gregorian calendar, like 2026-11-24",
  ],
  [
    "a day of the Jalali calendar",
    ["frontEnds.1.retiredFrom", "1406-01-01"],
    "frontEnds[1].retiredFrom: must be of the Gregorian calendar, like 2026-11-24",
  ],
  // Hours
  [
    "hours that end before they begin",
    ["officeHours.provincial.0.weekly.saturday.0.from", "16:00"],
    "officeHours.provincial[0].weekly.saturday[0].to: must end after it starts",
  ],
  [
    "an hour that is none",
    ["officeHours.provincial.0.weekly.saturday.0.from", "7:00"],
    "officeHours.provincial[0].weekly.saturday[0].from: must be a time like 08:00",
  ],
  [
    "a day that is misspelt",
    ["officeHours.provincial.0.weekly.saterday", []],
    'officeHours.provincial[0].weekly.saterday: is no field here: take it out; did you mean "saturday"?',
  ],
  [
    "a day that is missing",
    ["officeHours.provincial.0.weekly.friday", undefined],
    "officeHours.provincial[0].weekly.friday: is missing: add a list in [ ]",
  ],
  [
    "ranges that overlap",
    ["officeHours.provincial.1.from", "2025-12-21"],
    "officeHours.provincial: must be in order and not overlap",
  ],
  [
    "a week without an open day",
    ["officeHours.provincial.2", { ...range, weekly: week }],
    "officeHours.provincial[2].weekly: opens on no day of the week: close single days by overrides instead",
  ],
  [
    "a holiday twice",
    ["officeHours.holidays", [dayOff, dayOff]],
    'officeHours.holidays[1].date: "2027-01-05" is used twice: change it, or take this one out',
  ],
  [
    "a national holiday once more",
    ["officeHours.holidays", [{ ...dayOff, date: "2027-03-21" }]],
    "officeHours.holidays[0].date: 2027-03-21 is a national holiday already: take it out",
  ],
  [
    "no national holiday to remove",
    ["officeHours.removedHolidays", ["2026-11-26"]],
    "officeHours.removedHolidays[0]: 2026-11-26 is no national holiday: take it out",
  ],
  [
    "two overrides of one day",
    ["officeHours.overrides", [closed, closed]],
    'officeHours.overrides[1].date: "2027-01-05 in the whole province" is used twice: change it, or take this one out',
  ],
  [
    "the nation's hours in a province's file",
    ["officeHours.national", []],
    "officeHours.national: is no field here: take it out",
  ],
  // What only the cloud would refuse
  [
    "an agency named like a dead-letter queue",
    ["agencies.40", agency("gas-dlq")],
    'agencies[40].id: "gas-dlq" would have the queue of another\'s dead letters',
  ],
  [
    "a queue name that is too long",
    ["agencies.40", agency("w".repeat(60), { clientIds: ["agency-long"] })],
    `agencies[40].id: the queue name foad-qazvin-agency-${"w".repeat(60)}-dlq.fifo has 88 characters, SQS allows 80`,
  ],
  [
    "a consumer of another account",
    ["agencies.0.consumer.account", "000000000009"],
    "agencies[0].consumer.principalArn: must be of the consumer's account",
  ],
];

/** Good files, each unusual in one way. */
const unusual: [what: string, ...edits: Edit[]][] = [
  ["causes of its own", ["causes", [cause("none", "No cause found"), cause("queue", "Too long a queue")]]],
  ["one escalation level", ["escalationLevels", [{ authority: "agency-head" }]]],
  ["nobody who oversees", ["overseers", []]],
  [
    "an issuer whose tokens name no audience, and fewer than fifty clients",
    ["tokens.audience", undefined],
    ["overseers", []],
  ],
  ["a name with a half-space, and space around it", ["counties.0.name.fa", " می\u200cخواهم\n"]],
  [
    "the domain of mails of another province, which SES has already",
    ["mail.sender", "qazvin@Alborz.example"],
    ["mail.senderIdentity", "existing"],
  ],
  ["an agency that has no office", ["agencies.0.offices", []]],
  ["no page that calls", ["corsOrigins", []]],
  [
    "an agency that left a county, and whose office there retired",
    ["agencies.0.countyIds", ["qazvin", "takestan", "abyek", "buin-zahra", "alborz"]],
    ["agencies.0.offices.5.retiredFrom", "2027-03-21"],
  ],
  ["a page on a port of this machine", ["corsOrigins.0", "http://localhost:3000"]],
  ["as long to acknowledge as to answer", ["categories.2.acknowledge.duration", "PT3H"]],
  ["an account and a region", ["account", "012345678901"], ["region", "me-central-1"]],
  ["a national holiday on which it works", ["officeHours.removedHolidays", ["2027-03-21"]]],
  [
    "a national holiday of another name",
    ["officeHours.removedHolidays", ["2027-03-21"]],
    ["officeHours.holidays", [{ ...dayOff, date: "2027-03-21" }]],
  ],
  [
    "a day that one county and the province have otherwise",
    ["officeHours.overrides", [closed, { ...closed, countyId: "avaj" }]],
  ],
  [
    "agencies that were joined, and joined again",
    ["agencies.40", agency("one", { retiredFrom: "2026-01-01", successorId: "two" })],
    ["agencies.41", agency("two", retired("education"))],
  ],
  [
    "an agency that was joined to one outside a county that is no more",
    ["counties.6", { id: "alamut", name, governor: { name, email: "a@b.example" }, ...retired("qazvin") }],
    ["agencies.40", agency("joined", { countyIds: ["qazvin", "alamut"], ...retired("education") })],
  ],
  ["an agency that closed for good", ["agencies.40", agency("closed", retired())]],
  [
    "a county that became another's, with the agency that was there alone",
    ["counties.6", { id: "alamut", name, governor: { name, email: "a@b.example" }, ...retired("qazvin") }],
    ["agencies.40", agency("alamut-road", { countyIds: ["alamut"], ...retired() })],
  ],
];

describe("A province file", () => {
  test("is accepted as it is", () => {
    expect(linesAbout(qazvin)).toEqual([]);
  });

  test.each(faulty)("is refused for %s, with its path and what to do", (_, edit, line) => {
    expect(linesAbout(editProvince(qazvin, [edit]))).toEqual([line]);
  });

  test.each(unusual)("is accepted with %s", (_, ...edits) => {
    expect(linesAbout(editProvince(qazvin, edits))).toEqual([]);
  });

  test("is told all its faults at once", () => {
    const apart = faulty.filter(([, [path]], n) => faulty.findIndex(([, [other]]) => root(other) === root(path)) === n);
    const lines = linesAbout(
      editProvince(
        qazvin,
        apart.map(([, edit]) => edit),
      ),
    );
    expect(apart.length).toBeGreaterThan(10);
    expect(lines).toEqual(expect.arrayContaining(apart.map(([, , line]) => line)));
  });

  test("says where successors lead in a circle, or retire before what they take over", () => {
    const three = ["one", "two", "three"].map((id, n, all) => agency(id, retired(all[(n + 1) % 3])));
    const circle = three.map((one, n): Edit => [`agencies.${40 + n}`, one]);
    expect(linesAbout(editProvince(qazvin, circle))).toEqual(
      [40, 41, 42].map(
        (n) => `agencies[${n}].successorId: leads in a circle back to itself: name what goes on in the end`,
      ),
    );
    const early: Edit[] = [
      ["agencies.40", agency("one", retired("two"))],
      ["agencies.41", agency("two", { retiredFrom: "2026-01-01" })],
    ];
    expect(linesAbout(editProvince(qazvin, early))).toEqual([
      'agencies[40].successorId: "two" retires no later than this: name what goes on after 2027-03-21',
    ]);
  });

  test("says where whoever takes over in the end is not where the first was, whoever came between", () => {
    const three = (last: string[]): Edit[] => [
      ["agencies.40", agency("one", { countyIds: ["qazvin", "avaj"], retiredFrom: "2026-01-01", successorId: "two" })],
      ["agencies.41", agency("two", retired("three"))],
      ["agencies.42", agency("three", { countyIds: last })],
    ];
    expect(linesAbout(editProvince(qazvin, three(["qazvin", "avaj"])))).toEqual([]);
    expect(linesAbout(editProvince(qazvin, three(["qazvin"])))).toEqual([
      'agencies[40].successorId: "three" does not serve avaj, as this one does: add that to its countyIds, or name another',
    ]);
  });

  test.each([
    ["the gateway's", "api", "api.example"],
    ["the edge's", "edge", "foad.qazvin.example"],
  ])("says that %s domain is another province's", (what, door, domain) => {
    const doors: Edit[] = [
      ["region", "me-central-1"],
      ["publicUrl", "https://foad.qazvin.example"],
      ["api", { domain: "api.example", certificateArn: "arn:aws:acm:me-central-1:012345678901:certificate/1" }],
      ["edge", { domain: "foad.qazvin.example", certificateArn: "arn:aws:acm:us-east-1:012345678901:certificate/1" }],
    ];
    const own = editProvince(qazvin, doors);
    expect(linesAbout(own)).toEqual([]);
    const beside = [{ id: "alborz", content: editProvince(alborz, [[door, { domain }]]) }];
    const name = what.replace("'s", "");
    expect(linesAbout(own, beside)).toEqual([
      `${door}.domain: "${domain}" is the domain of ${name} of alborz: choose another`,
    ]);
  });

  test("that leaves out the audience shares no client with another that does, of one issuer", () => {
    const own = editProvince(qazvin, [
      ["tokens", { issuer: "https://login.example/", peopleClients: ["desk"] }],
      ["overseers", []],
    ]);
    const beside = (issuer: string, ...edits: Edit[]) => {
      const content = editProvince(alborz, [
        ["tokens", { issuer }],
        ["agencies", []],
        ["sandbox", undefined],
        ...edits,
      ]);
      return linesAbout(own, [{ id: "alborz", content }]);
    };
    expect(beside("https://login.example/")).toEqual([
      "tokens.audience: is left out, as in alborz, whose issuer and clients call-centre-128, web-portal are the same: its tokens would be taken here; name an audience, or other clients",
    ]);
    expect(beside("https://login.alborz.example/")).toEqual([]);
    expect(beside("https://login.example/", ["tokens.audience", "foad-alborz"])).toEqual([]);
    expect(beside("https://login.example/", ["frontEnds", []])).toEqual([]);
  });

  test("may hold as many agencies in one stack as fit, and not one more", () => {
    const fit = mostAgenciesPerStack;
    const crowd = Array.from({ length: fit + 1 }, (_, n): Edit => [`agencies.${40 + n}`, agency(`office-${n}`)]);
    expect(linesAbout(editProvince(qazvin, crowd.slice(1)))).toEqual([]);
    expect(linesAbout(editProvince(qazvin, crowd))).toEqual([
      expect.stringContaining(`stack 2 holds ${fit + 1} agencies`),
    ]);
  });

  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["a text", "semnan"],
  ])("is refused if it is %s", (_, content) => {
    expect(linesAbout(content)).toContainEqual(expect.stringMatching(/^\(top\): /));
  });
});

const root = (path: string) => path.split(".")[0];
