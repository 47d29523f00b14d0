import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { belowOne, hours, orZero, type Watches } from "./watch.ts";

/** The public figures, and the page that shows them. */
export function watchesOfFigures({ statistician, page }: ProcessingStack): Watches {
  return {
    FiguresNotPublished: {
      metric: statistician.closePeriods.logged(logEvents.figuresNotPublished).with(hours(1)),
      threshold: 1,
      impact: "A month closed three days ago and its figures are not published; nothing is lost, and none are wrong.",
      firstStep: "read in the log of close-periods what it fails on; it goes on every hour where it stopped.",
    },
    PageIsOld: {
      metric: orZero(page.renderPage.logged(logEvents.pageRendered).with(hours(24))),
      ...belowOne,
      impact:
        "The public page shows another day's office hours, and maybe an earlier month's figures; what it shows is whole.",
      firstStep: "see whether the schedule of render-page is enabled, then read its log.",
    },
  };
}
