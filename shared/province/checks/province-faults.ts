import type * as z from "zod";
import { calendarEndState, calendarKnownUntil } from "#shared/hours/office-hours.ts";
import { NationalCalendar, type Province, ProvinceFile } from "../schema.ts";
import { durationFaults, retentionFaults } from "./durations.ts";
import { faultsOfIssues, type ProvinceFault, zodErrorText } from "./fault-texts.ts";
import { calendarConsistencyFaults, provincialHoursFaults } from "./hours.ts";
import { LooseProvince } from "./lenient-file.ts";
import { duplicateFaults, nameFaults, reservedIds } from "./names.ts";
import { successionFaults, unknownReferenceFaults } from "./references.ts";
import { callCentreFaults, sandboxFaults, vacancyFaults } from "./roles.ts";
import { smsFaults } from "./sms.ts";

export type { ProvinceFault } from "./fault-texts.ts";

/** The checks between parts of a file. They run even if the file has other faults. */
const crossChecks = [
  duplicateFaults,
  reservedIds,
  unknownReferenceFaults,
  successionFaults,
  durationFaults,
  retentionFaults,
  vacancyFaults,
  callCentreFaults,
  sandboxFaults,
  smsFaults,
];

/** All faults of a province's file, checked together with the national calendar; an empty list if there are none. */
export function provinceFaults(content: unknown, calendar: unknown): ProvinceFault[] {
  const { data: looseProvince } = LooseProvince.safeParse(content);
  return [
    ...schemaFaults(ProvinceFile, content),
    ...(looseProvince ? crossChecks.flatMap((check) => check(looseProvince)) : []),
    ...provincialHoursFaults(content, calendar),
    ...nameFaults(content),
  ];
}

/** All faults of the national calendar. */
export function calendarFaults(content: unknown): ProvinceFault[] {
  return [...schemaFaults(NationalCalendar, content), ...calendarConsistencyFaults(content), ...nameFaults(content)];
}

function schemaFaults(schema: z.ZodType, content: unknown): ProvinceFault[] {
  return faultsOfIssues(schema.safeParse(content, { error: zodErrorText, reportInput: true }).error?.issues ?? []);
}

/** A warning if the national calendar has ended or ends within 90 days; otherwise undefined. */
export function calendarWarning({ officeHours }: Province, now: string): string | undefined {
  const until = calendarKnownUntil(officeHours);
  const { ended, endsSoon } = calendarEndState(until, now);
  if (!endsSoon) return undefined;
  const last = officeHours.national.at(-1)?.to;
  return `The national calendar ${ended ? "ended" : "ends"} on ${until} (weekly hours on ${last}, holidays on ${officeHours.holidaysUntil}): after that the last week repeats, without holidays. Add the next year to calendar/national.json.`;
}

/** A warning if an instant of `restorePoints` is in the future, where nothing can be restored to; otherwise undefined. */
export function restoreWarning({ restorePoints }: Province, now: string): string | undefined {
  const n = restorePoints.findIndex((to) => to > now);
  if (n === -1) return undefined;
  return `restorePoints[${n}]: ${restorePoints[n]} has not come yet, and nothing is restored to it: write the instant in UTC; a clock in Tehran is three and a half hours ahead of that.`;
}
