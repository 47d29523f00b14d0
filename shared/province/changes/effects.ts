import * as z from "zod";
import { OfficeHours } from "#shared/domain/time/calendar.ts";
import { NationalCalendar, officeHoursOf, ProvincialHours } from "../national-calendar.ts";
import { type Province, ProvinceFile } from "../province.ts";
import { agencies, counties } from "./agency-effects.ts";
import { type Answer, type Answers, byEntry, byField, byWord, type Effect, refused, saying } from "./answer.ts";
import { contact, nothingRunning, renamed } from "./any-effects.ts";
import { callbacks, frontEnds, operators, overseers, tokens } from "./client-effects.ts";
import { categories, confirmation, ladder, officeHours, review } from "./clock-effects.ts";
import { api, edge, operations } from "./entrance-effects.ts";
import { readParts } from "./readable.ts";
import { retirement, successor } from "./retirement-effects.ts";
import { sandbox } from "./sandbox-effects.ts";

const mail = byField<Province["mail"]>({
  sender: saying(({ was, is }) =>
    domainOf(was) === domainOf(is)
      ? `mails come from ${is}, not from ${was}`
      : `mails come from ${is}: SES must have verified ${domainOf(is)} by its DKIM records; until then mails fail, are tried for some six hours, and are dead letters then`,
  ),
  identity: saying(({ is }) =>
    is === "existing"
      ? "the domain that mails come from leaves the stack and stays in SES as it is"
      : "the stack makes the domain that mails come from: the deployment fails where SES has it already",
  ),
});
const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

const attachments: Answer<Province["attachments"]> = byField({
  malwareScan: saying(
    ({ is }) =>
      `${is ? "uploads are scanned before they are opened" : "uploads are opened without a scan"} from the deployment on; one that is sent during the deployment may have to be sent again`,
  ),
  pictures: saying("pictures that are made anew from the deployment on are made so; copies that stand are kept"),
  bucket: saying(
    "a new bucket serves files from the deployment on, empty until `npm run restore:files` has filled it from the backup",
  ),
});

const forgotten = (what: string) =>
  saying<string>(
    ({ was, is }) =>
      `${what} forgotten ${is} after the case was closed, not ${was}; what is forgotten does not come back`,
  );
const retention: Answer<Province["retention"]> = byField({
  identity: forgotten("who complained is"),
  texts: forgotten("what was written and sent is"),
  events: forgotten("that the case was, with its opinions, is"),
});

const causes: Answer<Province["causes"]> = byEntry({
  noun: "cause",
  key: ({ id }) => id,
  added: () => "new; answers and decisions may name it",
  each: byField<Province["causes"][number]>({
    id: refused,
    name: renamed,
    retiredFrom: retirement({
      retired: "answers and decisions that name it are refused as retired; those that stand keep it",
      back: "answers and decisions may name it again",
    }),
    successorId: successor,
  }),
});

/** One that is changed or taken back is refused. */
const place: Answer<string | undefined> = ({ was, is }, around) =>
  was === undefined
    ? saying(`is ${is} from now on, where it must have been deployed: CDK refuses any other`)({ was, is }, around)
    : [];

/** What a change of each part of a province's file does to complaints, queues, clients and figures. */
const answers: Answers<Province> = {
  id: refused,
  name: renamed,
  idPrefix: refused,
  account: place,
  region: place,
  sources: nothingRunning,
  counties,
  peerGroups: byEntry({
    noun: "peer group",
    key: ({ id }) => id,
    added: () => "new; agencies may name it",
    each: byField({ id: refused, name: renamed }),
  }),
  agencies,
  categories,
  causes,
  frontEnds,
  callbacks,
  sandbox,
  overseers,
  operators,
  identityReadsPerDay: saying(
    ({ was, is }) =>
      `an inspector may read ${is} identities a day, not ${was}; whom an admin must let go on stays stopped`,
  ),
  ladder,
  review,
  confirmation,
  inspectionCentre: contact,
  governorGeneral: contact,
  nationalOrganization: contact,
  officeHours,
  tokens,
  mail,
  publicUrl: saying(
    ({ was, is }) =>
      `mails sent from the deployment on lead to ${is}; those sent before lead to ${was}, which must go on answering`,
  ),
  api,
  edge,
  operations,
  attachments,
  retention,
  tables: saying("another table serves from the deployment on; `npm run restore` must have made it ready before"),
  restores: saying(
    "what happened after the last of these instants is told under a source of its own from the deployment on",
  ),
  corsOrigins: byWord({
    noun: "origin",
    added: () => "new; its pages may call from a browser",
    removed: () => "gone; its pages are refused by browsers from the deployment on",
  }),
};

const Whole = z.object({ ...ProvinceFile.shape, officeHours: OfficeHours });

/** The contents of a province's file and of the national calendar beside it, as they were. */
type Earlier = { content: unknown; calendar: unknown };

/** What a province does that it did not do earlier. `unread`: parts of the earlier file that are of another form. */
export function effectsOf(earlier: Earlier, later: Province): { effects: Effect[]; unread: string[] } {
  const { read, unread } = readParts(Whole, { content: withHours(earlier), otherwise: later });
  return { effects: byField(answers)({ was: read, is: later }, later), unread };
}

/** With the hours that held in the province; as it stands where it is older than the calendar, or cannot be read. */
function withHours({ content, calendar }: Earlier): unknown {
  const file = z.looseObject({ officeHours: ProvincialHours }).safeParse(content);
  const national = NationalCalendar.safeParse(calendar);
  if (!file.success || !national.success) return content;
  return { ...file.data, officeHours: officeHoursOf(national.data, file.data.officeHours) };
}
