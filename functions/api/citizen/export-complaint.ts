import { route } from "#functions/pipelines/route.ts";
import { ComplaintExport, exportOf } from "#shared/domain/telling/export.ts";
import { exportPage } from "#shared/domain/telling/export-page.ts";
import { exportTexts } from "#shared/domain/telling/export-wording.ts";
import { names, retention } from "#shared/province/slices.static.ts";
import { readStory } from "#shared/store/complaints/complaints.ts";
import { readConfidenceToShow } from "#shared/store/complaints/private-series.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { clocksOf } from "../any-caller/explained-deadlines.ts";
import { readablePage } from "../any-caller/readable-page.ts";

const style = `main{max-width:46rem;margin:2rem auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.5rem 0}
dt{color:#595959}
dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
p{white-space:pre-wrap;overflow-wrap:anywhere}
h2{margin:2rem 0 .5rem;font-size:1.2rem}
h3{margin:1rem 0 0;font-size:1.05rem}
section{border-top:1px solid #ddd}`;

/**
 * GET /v1/complaints/{id}/export: all that was said, seen and done, to keep: what the citizen said at filing, and what the
 * view and deadlines say, as JSON or as a page to read and print. Who complains is in no reach of it.
 */
export const exportComplaint = route({
  caller: "citizen",
  summary: { en: "Take out everything about one's own complaint", fa: "دریافت رونوشت کامل پروندهٔ خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: ComplaintExport, alsoAs: "html" },
  async run({ principal: { complaintId }, now, language, answerForm }) {
    const [story, { series }] = await Promise.all([readStory(complaintId), readConfidenceToShow(complaintId)]);
    const { clocks } = await clocksOf(story, now);
    const whole = exportOf(story, { series, clocks, now, retention });
    if (answerForm === "json") return { status: 200, body: whole, headers: { vary: "accept" } };
    const page = readablePage({
      title: exportTexts.title,
      language,
      content: exportPage(whole, { language, names }),
      style,
    });
    return { ...page, headers: { ...page.headers, vary: "accept, accept-language" } };
  },
});
