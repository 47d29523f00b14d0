import * as z from "zod";
import { OfficeHours } from "#shared/time/calendar.ts";
import { NationalCalendar, officeHoursOf, type Province, ProvinceFile, ProvincialHours } from "../schema.ts";
import { agencies, counties, sandbox } from "./agency-effects.ts";
import { admins, api, callCentre, edge, frontEnds, operations, overseers, tokens } from "./client-effects.ts";
import { categories, confirmation, escalationLevels, officeHours, review, visits } from "./clock-effects.ts";
import {
  type BeforeAndAfter,
  type ChangeEffect,
  contactChange,
  type DescribeChange,
  describeAs,
  describedNowhere,
  describeEntries,
  describeFields,
  describeOptional,
  describeWords,
  type FieldDescriptions,
  nameChange,
  noEffectOnRunning,
  retirementChange,
  successorChange,
} from "./describe-change.ts";
import { readParts } from "./release.ts";

const mail = describeFields<Province["mail"]>({
  sender: describeAs(({ oldValue, newValue }) =>
    domainOf(oldValue) === domainOf(newValue)
      ? `mails come from ${newValue}, not from ${oldValue}`
      : `mails come from ${newValue}: SES must have verified ${domainOf(newValue)} by its DKIM records; until then mails fail, are tried for some six hours, and are dead letters then`,
  ),
  senderIdentity: describeAs(({ newValue }) =>
    newValue === "existing"
      ? "the domain that mails come from leaves the stack and stays in SES as it is"
      : "the stack makes the domain that mails come from: the deployment fails where SES has it already",
  ),
});
const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

const sms = describeOptional<NonNullable<Province["sms"]>>({
  added: () =>
    "citizens may agree to messages (SMS) from the deployment on; they are sent once the keys of the providers are in the secret that the Data stack makes",
  removed: () =>
    "no message (SMS) is sent any more, and nobody can agree to get any; who agreed gets them again once it is back",
  each: describeFields<NonNullable<Province["sms"]>>({
    providers: describeAs(({ newValue }) => `messages go by ${newValue.map(({ kind }) => kind).join(", then ")}`),
    address: describeAs(({ newValue }) => `messages tell citizens to ask at ${newValue}`),
  }),
});

const attachments: DescribeChange<Province["attachments"]> = describeFields({
  malwareScan: describeAs(
    ({ newValue }) =>
      `${newValue ? "uploads are scanned before they are opened" : "uploads are opened without a scan"} from the deployment on; one that is sent during the deployment may have to be sent again`,
  ),
  pictures: describeAs("pictures that are made anew from the deployment on are made so; copies that stand are kept"),
  bucketNumber: describeAs(
    "a new bucket serves files from the deployment on, empty until `npm run restore:files` has filled it from the backup",
  ),
});

/** `data`: the kind of data with its verb, as the start of the sentence. */
const retentionChange = (data: string) =>
  describeAs<string>(
    ({ oldValue, newValue }) =>
      `${data} forgotten ${newValue} after the case was closed, not ${oldValue}; what is forgotten does not come back`,
  );
const retention: DescribeChange<Province["retention"]> = describeFields({
  identity: retentionChange("who complained is"),
  texts: retentionChange("what was written and sent is"),
  events: retentionChange("that the case was, with its opinions, is"),
});

const causes: DescribeChange<Province["causes"]> = describeEntries({
  noun: "cause",
  key: ({ id }) => id,
  added: () => "new; answers and decisions may name it",
  each: describeFields<Province["causes"][number]>({
    id: describedNowhere,
    name: nameChange,
    retiredFrom: retirementChange({
      retired: "answers and decisions that name it are refused as retired; those that stand keep it",
      back: "answers and decisions may name it again",
    }),
    successorId: successorChange,
    personal: describeAs(({ newValue }) =>
      newValue
        ? "is a person's conduct: notices may be opened on it"
        : "no longer has notices; those that are open go on",
    ),
  }),
});

/** An account or region may be added. `removalFaults` refuses any other change of it. */
function place({ oldValue, newValue }: BeforeAndAfter<string | undefined>): ChangeEffect[] {
  if (oldValue !== undefined) return [];
  const message = `is ${newValue} from now on, where it must have been deployed: CDK refuses any other`;
  return [{ path: [], message }];
}

/** The effects of a change of each part of a province's file on complaints, queues, clients and figures. */
const provinceDescriptions: FieldDescriptions<Province> = {
  id: describedNowhere,
  name: nameChange,
  idPrefix: describedNowhere,
  phonePrefix: describedNowhere,
  account: place,
  region: place,
  sources: noEffectOnRunning,
  counties,
  peerGroups: describeEntries({
    noun: "peer group",
    key: ({ id }) => id,
    added: () => "new; agencies may name it",
    each: describeFields({ id: describedNowhere, name: nameChange }),
  }),
  agencies,
  categories,
  causes,
  frontEnds,
  callCentre,
  sandbox,
  overseers,
  admins,
  identityReadsPerDay: describeAs(
    ({ oldValue, newValue }) =>
      `an inspector may read ${newValue} identities a day, not ${oldValue}; whom an admin must let go on stays stopped`,
  ),
  escalationLevels,
  review,
  records: describeAs(({ newValue }) =>
    newValue
      ? "inspectors may open notices to employees; the API has routes for them"
      : "the API has no routes for notices any more; open ones end by time alone",
  ),
  confirmation,
  visits,
  inspectionCentre: contactChange,
  governorGeneral: contactChange,
  nationalOrganization: contactChange,
  officeHours,
  tokens,
  mail,
  sms,
  publicUrl: describeAs(
    ({ oldValue, newValue }) =>
      `mails sent from the deployment on lead to ${newValue}; those sent before lead to ${oldValue}, which must go on answering`,
  ),
  api,
  edge,
  operations,
  attachments,
  retention,
  tables: describeAs("another table serves from the deployment on; `npm run restore` must have made it ready before"),
  restorePoints: describeAs(
    "events after the last of these instants have a source of their own from the deployment on",
  ),
  corsOrigins: describeWords({
    noun: "origin",
    added: () => "new; its pages may call from a browser",
    removed: () => "gone; its pages are refused by browsers from the deployment on",
  }),
};

const ProvinceWithHours = z.object({ ...ProvinceFile.shape, officeHours: OfficeHours });

/** The earlier contents of a province's file and of the national calendar beside it. */
type EarlierFiles = { content: unknown; calendar: unknown };

/**
 * Describes the effects of all changes from an earlier version of a province's file to a later one. `unread`: the parts of
 * the earlier file that the present schema cannot read; their changes are not described.
 */
export function describeEffects(earlier: EarlierFiles, later: Province): { effects: ChangeEffect[]; unread: string[] } {
  const { read, unread } = readParts(ProvinceWithHours, { content: withHours(earlier), otherwise: later });
  return { effects: describeFields(provinceDescriptions)({ oldValue: read, newValue: later }, later), unread };
}

/**
 * The earlier file with the office hours that were valid in the province. Unchanged if the file or the calendar cannot be
 * read, or if the file is from before there was a calendar.
 */
function withHours({ content, calendar }: EarlierFiles): unknown {
  const file = z.looseObject({ officeHours: ProvincialHours }).safeParse(content);
  const national = NationalCalendar.safeParse(calendar);
  if (!file.success || !national.success) return content;
  return { ...file.data, officeHours: officeHoursOf(national.data, file.data.officeHours) };
}
