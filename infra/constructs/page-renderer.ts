import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import { scheduleRuns } from "./schedule-runs.ts";
import { ServiceFunction } from "./service-function.ts";
import type { SiteBucket } from "./site-bucket.ts";

type RendererProps = { complaints: ComplaintsTable; site: SiteBucket; bundle: string };

/** Makes the public page of what is published, and of today's office hours. It sees no complaint. */
export class PageRenderer extends Construct {
  readonly renderPage: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, site, bundle }: RendererProps) {
    super(scope, id);
    this.renderPage = new ServiceFunction(this, "render-page", {
      bundle,
      description: "Makes the public page anew where what it shows has changed",
      // One whole processor: it draws and compresses.
      memorySize: 1_769,
      timeout: Duration.minutes(15),
      // Two at once would exchange each other's site.
      reservedConcurrentExecutions: 1,
    });
    complaints.publishedReadBy(this.renderPage);
    complaints.waitingReadBy(this.renderPage);
    complaints.hoursReadBy(this.renderPage);
    site.renderedBy(this.renderPage);
    const description = "The public page, every five minutes";
    scheduleRuns(this, { runs: this.renderPage, description, every: Duration.minutes(5) });
  }
}
