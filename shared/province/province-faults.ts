import type * as z from "zod";
import { callerFaults } from "./faults/callers.ts";
import { duplicates, reservedIds } from "./faults/duplicates.ts";
import { durationFaults } from "./faults/durations.ts";
import type { ProvinceFault } from "./faults/fault.ts";
import { calendarCrossFaults, provincialHoursFaults } from "./faults/hours.ts";
import { nameFaults } from "./faults/names.ts";
import { danglers } from "./faults/references.ts";
import { retentionFaults } from "./faults/retention.ts";
import { sandboxFaults } from "./faults/sandbox.ts";
import { Skeleton } from "./faults/skeleton.ts";
import { successionFaults } from "./faults/successions.ts";
import { vacancies } from "./faults/vacancies.ts";
import { faultsOf, wording } from "./faults/wording.ts";
import { NationalCalendar } from "./national-calendar.ts";
import { ProvinceFile } from "./province.ts";

export type { ProvinceFault } from "./faults/fault.ts";

/** Faults between parts of a file, each found whatever else is wrong with it. */
const crossChecks = [
  duplicates,
  reservedIds,
  danglers,
  successionFaults,
  durationFaults,
  retentionFaults,
  vacancies,
  callerFaults,
  sandboxFaults,
];

/** Everything that is wrong with the content of a province file, beside its calendar; an empty list where nothing is. */
export function provinceFaults(content: unknown, calendar: unknown): ProvinceFault[] {
  const { data: skeleton } = Skeleton.safeParse(content);
  return [
    ...schemaFaults(ProvinceFile, content),
    ...(skeleton ? crossChecks.flatMap((check) => check(skeleton)) : []),
    ...provincialHoursFaults(content, calendar),
    ...nameFaults(content),
  ];
}

/** The same of the national calendar. */
export function calendarFaults(content: unknown): ProvinceFault[] {
  return [...schemaFaults(NationalCalendar, content), ...calendarCrossFaults(content), ...nameFaults(content)];
}

function schemaFaults(schema: z.ZodType, content: unknown): ProvinceFault[] {
  return faultsOf(schema.safeParse(content, { error: wording, reportInput: true }).error?.issues ?? []);
}
