import { addMilliseconds, dayMs, hourMs } from "#shared/domain/time/duration.ts";
import { advanceNotice, listUnsettledNotices } from "#shared/persistence/notices/clock.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, scheduled } from "../triggers/schedule.ts";

/**
 * Every hour: ends notices to employees whose time is over, reminds the head of the centre, and tells citizens of service and outcome.
 * Readers never wait for it: every view lets time pass by itself.
 */
export const handler = scheduled({
  async run({ now }) {
    const notices = await listUnsettledNotices();
    let advanced = 0;
    await processConcurrently(notices, {
      message: logEvents.noticeNotAdvanced,
      async processOne({ id }) {
        if (await advanceNotice(id, now)) advanced++;
      },
    });
    if (advanced > 0) log.info("notices advanced", { advanced });
    return addMilliseconds(now, notices.length > 0 ? hourMs : dayMs);
  },
});
