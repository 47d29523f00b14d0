import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { nothingPending, processConcurrently, scheduled } from "../triggers/schedule.ts";
import { advanceNotice, listUnsettledNotices } from "./notice-clock.store.ts";
import { nextSettlingAt } from "./notice-settling.ts";

/**
 * Every hour: ends notices to employees whose time is over, reminds the head of the centre, and announces service and outcome to citizens.
 * Views do not depend on this run: each view computes the present state from the time.
 */
export const handler = scheduled({
  async run({ now }) {
    let advanced = 0;
    await processConcurrently(await listUnsettledNotices(), {
      message: logEvents.noticeNotAdvanced,
      async processOne({ id }) {
        if (await advanceNotice(id, now)) advanced++;
      },
    });
    if (advanced > 0) log.info("notices advanced", { advanced });
    const due = (await listUnsettledNotices()).map((notice) => nextSettlingAt(notice, now));
    return due.toSorted()[0] ?? nothingPending;
  },
});
