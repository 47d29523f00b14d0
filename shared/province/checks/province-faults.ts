import type * as z from "zod";
import { calendarEndState, calendarKnownUntil } from "#shared/domain/time/office-hours.ts";
import { NationalCalendar, type Province, ProvinceFile } from "../schema.ts";
import { durationFaults, retentionFaults } from "./durations.ts";
import { faultsOfIssues, type ProvinceFault, zodErrorText } from "./fault-texts.ts";
import { calendarConsistencyFaults, provincialHoursFaults } from "./hours.ts";
import { LooseProvince } from "./lenient-file.ts";
import { duplicateFaults, nameFaults, reservedIds } from "./names.ts";
import { successionFaults, unknownReferenceFaults } from "./references.ts";
import { callbackFaults, sandboxFaults, vacancyFaults } from "./roles.ts";

export type { ProvinceFault } from "./fault-texts.ts";

/** Faults between parts of a file, each found whatever else is wrong with it. */
const crossChecks = [
  duplicateFaults,
  reservedIds,
  unknownReferenceFaults,
  successionFaults,
  durationFaults,
  retentionFaults,
  vacancyFaults,
  callbackFaults,
  sandboxFaults,
];

/** Everything that is wrong with the content of a province file, beside its calendar; an empty list where nothing is. */
export function provinceFaults(content: unknown, calendar: unknown): ProvinceFault[] {
  const { data: skeleton } = LooseProvince.safeParse(content);
  return [
    ...schemaFaults(ProvinceFile, content),
    ...(skeleton ? crossChecks.flatMap((check) => check(skeleton)) : []),
    ...provincialHoursFaults(content, calendar),
    ...nameFaults(content),
  ];
}

/** The same of the national calendar. */
export function calendarFaults(content: unknown): ProvinceFault[] {
  return [...schemaFaults(NationalCalendar, content), ...calendarConsistencyFaults(content), ...nameFaults(content)];
}

function schemaFaults(schema: z.ZodType, content: unknown): ProvinceFault[] {
  return faultsOfIssues(schema.safeParse(content, { error: zodErrorText, reportInput: true }).error?.issues ?? []);
}

/** What to do about a national calendar that has ended, or ends within 90 days; undefined where it goes on for longer. */
export function calendarWarning({ officeHours }: Province, now: string): string | undefined {
  const until = calendarKnownUntil(officeHours);
  const { ended, endsSoon } = calendarEndState(until, now);
  if (!endsSoon) return undefined;
  const last = officeHours.national.at(-1)?.to;
  return `The national calendar ${ended ? "ended" : "ends"} on ${until} (weekly hours on ${last}, holidays on ${officeHours.holidaysUntil}): after that the last week repeats, without holidays. Add the next year to calendar/national.json.`;
}

/** What is wrong with an instant of `restores` that has not come yet; undefined where all are past, as what is restored is. */
export function restoreWarning({ restores }: Province, now: string): string | undefined {
  const n = restores.findIndex((to) => to > now);
  if (n === -1) return undefined;
  return `restores[${n}]: ${restores[n]} has not come yet, and nothing is restored to it: write the instant in UTC; a clock in Tehran is three and a half hours ahead of that.`;
}
