import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { liftHours } from "#shared/domain/time/hours-change.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { changeHours } from "#shared/store/hours/office-hours.ts";
import { DayHours, DayPath, dayReply, mustBeCounty } from "./day.ts";

const Query = z.strictObject({ countyId: Slug.optional() });

/** DELETE /v1/admin/office-hours/{date}: takes back what was set for a day, from now on; running deadlines follow. */
export const removeOfficeHours = route({
  caller: "admin",
  summary: {
    en: "Take back what was set for a day, from now on",
    fa: "لغو ساعت کاری تعیین‌شده برای یک روز، از این لحظه به بعد",
  },
  path: DayPath,
  query: Query,
  answer: { status: 200, schema: DayHours },
  problems: ["unknown-county"],
  async run({ principal, path: { date }, query: { countyId }, now }) {
    mustBeCounty(countyId);
    const hours = await changeHours({
      date,
      countyId,
      now,
      by: principal,
      decide: (current) => liftHours({ date, countyId }, { ...current, now }),
    });
    return dayReply(date, hours);
  },
});
