import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { longestHoursReason, mostIntervalsADay } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { Intervals } from "#shared/domain/time/calendar.ts";
import { setHours } from "#shared/domain/time/hours-change.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { changeHours } from "#shared/store/hours/office-hours.ts";
import { DayHours, DayPath, dayReply, mustBeCounty } from "./day.ts";

/** Without `countyId` for the whole province, except counties with hours of their own that day. */
const Body = z
  .strictObject({
    countyId: Slug.optional(),
    closed: z.boolean().optional(),
    intervals: Intervals.min(1).max(mostIntervalsADay).optional(),
    reason: text({ min: 2, max: longestHoursReason }),
  })
  .refine(({ closed, intervals }) => Boolean(closed) !== Boolean(intervals), {
    params: { rule: "closed-or-intervals" },
    path: ["closed"],
  });

/** PUT /v1/admin/office-hours/{date}: closes a day or gives it other hours, from now on; running deadlines follow. */
export const setOfficeHours = route({
  caller: "admin",
  summary: { en: "Set the office hours of a day, from now on", fa: "تعیین ساعت کاری یک روز، از این لحظه به بعد" },
  path: DayPath,
  body: Body,
  answer: { status: 200, schema: DayHours },
  problems: ["unknown-county"],
  async run({ principal, path: { date }, body: { countyId, intervals = [], reason }, now }) {
    mustBeCounty(countyId);
    const hours = await changeHours({
      date,
      countyId,
      now,
      by: principal,
      decide: (current) => setHours({ date, countyId, intervals, reason }, { ...current, now }),
    });
    return dayReply(date, hours);
  },
});
