import { logEvents } from "#shared/runtime/log-events.ts";
import type { PageRenderer } from "../constructs/page-renderer.ts";
import type { Statistician } from "../constructs/statistician.ts";
import type { ProcessingStack } from "./processing.ts";
import { hours, nothing, notRun, type Watches } from "./watch.ts";

/** The public figures, and the page that shows them. */
export function watchesOfFigures({ statistician, page }: ProcessingStack): Watches {
  return { ...watchesOfPeriods(statistician), ...watchesOfOwnFigures(statistician), ...watchesOfPage(page) };
}

function watchesOfPeriods({ closePeriods }: Statistician): Watches {
  return {
    FiguresNotPublished: {
      metric: closePeriods.logged(logEvents.figuresNotPublished).with(hours(1)),
      threshold: 1,
      impact: "A month closed three days ago and its figures are not published; nothing is lost, and none are wrong.",
      firstStep: "read in the log of close-periods what it fails on; it goes on every hour where it stopped.",
    },
    NothingIsClosed: {
      ...notRun(closePeriods, hours(6)),
      impact: "No period closes, and nobody would be told that its figures are late.",
      firstStep: "see whether the hourly schedule is enabled and its role may invoke close-periods.",
    },
    ClosingCrashes: {
      metric: closePeriods.lambda.metricErrors(hours(6)),
      threshold: 3,
      impact: "The figures of a closing period, or of what waits for an answer, come later; what was counted is kept.",
      firstStep: "read the log of close-periods; an item that it cannot read is named there.",
    },
  };
}

function watchesOfOwnFigures({ countOwnFigures }: Statistician): Watches {
  return {
    NothingIsCounted: {
      ...notRun(countOwnFigures, hours(6)),
      impact: "Agencies do not get their own figures of the last closed month; the public figures are not affected.",
      firstStep: "see whether the hourly schedule is enabled and its role may invoke count-own-figures.",
    },
    OwnFiguresNotMade: {
      metric: countOwnFigures.lambda.metricErrors(hours(6)),
      threshold: 3,
      impact: "Agencies get their own figures of the last closed month later; nothing is lost.",
      firstStep: "read the log of count-own-figures; an event that it cannot read is named there.",
    },
  };
}

function watchesOfPage({ renderPage }: PageRenderer): Watches {
  return {
    PageIsOld: {
      ...nothing(renderPage.logged(logEvents.pageRendered).with(hours(24))),
      impact:
        "The public page shows another day's office hours, and maybe an earlier month's figures; what it shows is whole.",
      firstStep: "see whether the schedule of render-page is enabled, then read its log.",
    },
    PageNotRendered: {
      metric: renderPage.lambda.metricErrors(hours(1)),
      threshold: 3,
      impact: "The public page stands as it was; what was published or changed since is not on it.",
      firstStep: "read the log of render-page; it tries again every five minutes.",
    },
  };
}
