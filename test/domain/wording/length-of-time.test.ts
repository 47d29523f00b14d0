import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "#shared/time/duration.ts";
import { lengthOfTime } from "#shared/wording/length-of-time.ts";

test.each([
  [0, "۱ دقیقه", "1 minute"],
  [59_999, "۱ دقیقه", "1 minute"],
  [2 * minuteMs, "۲ دقیقه", "2 minutes"],
  [hourMs, "۱ ساعت", "1 hour"],
  [2 * hourMs + 10 * minuteMs, "۲ ساعت و ۱۰ دقیقه", "2 hours 10 minutes"],
  [dayMs + 3 * minuteMs, "۱ روز", "1 day"],
  [12 * dayMs + 5 * hourMs + 59 * minuteMs, "۱۲ روز و ۵ ساعت", "12 days 5 hours"],
])("%i milliseconds in words", (ms, fa, en) => {
  expect([lengthOfTime(ms, "fa"), lengthOfTime(ms, "en")]).toEqual([fa, en]);
});
