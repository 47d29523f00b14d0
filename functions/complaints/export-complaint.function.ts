import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecordForView } from "#shared/complaints/confidential-log.store.ts";
import { exportTexts } from "#shared/complaints/event-texts.ts";
import { idPrefixes, names, retention } from "#shared/province/slices.static.ts";
import { authenticateBySecret } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { htmlReply } from "../http/readable-page.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { readCitizenNotices } from "../notices/notices.store.ts";
import { explainClocks } from "./deadlines.api.ts";
import { ComplaintExport, complaintExport, exportPage } from "./export.ts";

const style = `main{max-width:46rem;margin:2rem auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.5rem 0}
dt{color:#595959}
dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
p{white-space:pre-wrap;overflow-wrap:anywhere}
h2{margin:2rem 0 .5rem;font-size:1.2rem}
h3{margin:1rem 0 0;font-size:1.05rem}
section{border-top:1px solid #ddd}`;

/**
 * GET /v1/complaints/{id}/export: a full copy of the complaint for the citizen to keep. It holds the filing, the history and
 * the deadlines, as JSON or as a page to read and print. This function cannot read the citizen's identity.
 */
export const exportComplaint = route({
  caller: "citizen",
  summary: { en: "Take out everything about one's own complaint", fa: "دریافت رونوشت کامل پروندهٔ خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: ComplaintExport, alsoAs: "html" },
  async run({ principal: { complaintId }, now, language, answerForm }) {
    const [complaintRecord, { confidentialLog }] = await Promise.all([
      readComplaintRecord(complaintId),
      readConfidentialRecordForView(complaintId),
    ]);
    const { clocks } = await explainClocks(complaintRecord, now);
    const document = complaintExport(complaintRecord, {
      confidentialLog,
      clocks,
      now,
      retention,
      idPrefixes,
      employeeNotices: await readCitizenNotices(confidentialLog, now),
    });
    if (answerForm === "json") return { status: 200, body: document, headers: { vary: "accept" } };
    const page = htmlReply({
      title: exportTexts.title,
      language,
      content: exportPage(document, { language, names }),
      style,
    });
    return { ...page, headers: { ...page.headers, vary: "accept, accept-language" } };
  },
});

/**
 * A function of its own: unlike the citizens' other routes it writes nothing, and its bundle holds all names of the
 * province.
 */
export const routes = { "GET /v1/complaints/{id}/export": exportComplaint };
export const handler = serve({ routes, authenticate: authenticateBySecret });
