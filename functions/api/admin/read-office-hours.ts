import { route } from "#functions/pipelines/route.ts";
import { readDay } from "#shared/store/hours/office-hours.ts";
import { DayHours, DayPath, dayReply } from "./day.ts";

/**
 * GET /v1/admin/office-hours/{date}: a day's hours, and why: of the province, and of counties with hours of their own.
 */
export const readOfficeHours = route({
  caller: "admin",
  summary: { en: "Read the office hours of a day", fa: "مشاهدهٔ ساعت کاری یک روز" },
  path: DayPath,
  answer: { status: 200, schema: DayHours },
  run: async ({ path: { date } }) => dayReply(date, await readDay(date)),
});
