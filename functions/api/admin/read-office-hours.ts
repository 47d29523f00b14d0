import { route } from "#functions/pipelines/route.ts";
import { readDay } from "#shared/store/hours/office-hours.ts";
import { DayHours, DayPath, dayReply } from "./day.ts";

/** GET /v1/admin/office-hours/{date}: what holds that day, in the province and in each county of its own hours, and why. */
export const readOfficeHours = route({
  caller: "admin",
  summary: { en: "Read the office hours of a day", fa: "مشاهدهٔ ساعت کاری یک روز" },
  path: DayPath,
  answer: { status: 200, schema: DayHours },
  run: async ({ path: { date } }) => dayReply(date, await readDay(date)),
});
