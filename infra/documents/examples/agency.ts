import { provinceId } from "#shared/province/slices.static.ts";
import { resumedWebhook, stoppedWebhook } from "./admin.ts";
import { cast, times } from "./cast.ts";
import { deadlinesExample } from "./deadlines.ts";
import { download } from "./download.ts";
import type { RouteExample } from "./route-example.ts";
import {
  acknowledgedStanding,
  after,
  agencyViewOf,
  answeredStanding,
  answerOf,
  cursor,
  filedStanding,
  officerOf,
} from "./views.ts";
import { told, type Words } from "./words.ts";

const { id, otherAgencyId, officeId, countyId, category } = cast;
const { agencyId: _ownAgency, ...listed } = filedStanding;

function extended(words: Words) {
  const standing = after(acknowledgedStanding, { answerBy: times.extendedAnswerBy });
  const last = { type: "extended", at: times.answered, by: "agency", reason: words.extension, was: times.answerBy };
  return agencyViewOf({ words, standing, last });
}

function written(words: Words, last: { type: string } & Record<string, unknown>) {
  const standing = after(acknowledgedStanding);
  return agencyViewOf({ words, standing, last: { at: times.answered, by: "agency", ...last } });
}

/** The first event of a complaint, as queue and feed carry it. */
const filedEvent = {
  specversion: "1.0",
  id: `${id}/1`,
  source: `foad/${provinceId}`,
  type: "ir.foad.complaint.filed.v1",
  subject: id,
  time: times.filed,
  datacontenttype: "application/json",
  data: {
    complaintId: id,
    version: 1,
    status: "filed",
    category,
    countyId,
    acknowledgeBy: times.acknowledgeBy,
    answerBy: times.answerBy,
    level: 0,
  },
};

export const agencyExamples: Record<string, RouteExample> = {
  "GET /v1/agency/complaints": {
    answer: told(({ language }) => ({ items: [{ ...listed, officeId, language }], nextCursor: cursor })),
  },
  "GET /v1/agency/complaints/{id}": { answer: told((words) => agencyViewOf({ words, standing: filedStanding })) },
  "GET /v1/agency/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": { answer: told(download) },
  "POST /v1/agency/complaints/{id}/acknowledgement": {
    body: told((words) => ({ officer: officerOf(words) })),
    answer: told((words) => agencyViewOf({ words, standing: acknowledgedStanding })),
  },
  "POST /v1/agency/complaints/{id}/transfer": {
    body: told(({ transfer }) => ({ toAgencyId: otherAgencyId, reason: transfer })),
    answer: told(() => ({ id, agencyId: otherAgencyId, status: "filed", version: 2 })),
  },
  "POST /v1/agency/complaints/{id}/extension": {
    body: told(({ extension }) => ({ reason: extension })),
    answer: told(extended),
  },
  "POST /v1/agency/complaints/{id}/answer": {
    body: told((words) => ({ officer: officerOf(words), ...answerOf(words) })),
    answer: told((words) => agencyViewOf({ words, standing: answeredStanding })),
  },
  "POST /v1/agency/complaints/{id}/messages": {
    body: told((words) => ({ officer: officerOf(words), text: words.reply })),
    answer: told((words) => written(words, { type: "message-posted", text: words.reply, officer: officerOf(words) })),
  },
  "POST /v1/agency/complaints/{id}/statement": {
    body: told(({ employee, statement }) => ({ employee: { name: employee }, text: statement })),
    answer: told((words) =>
      written(words, { type: "statement-added", employee: { name: words.employee }, text: words.statement }),
    ),
  },
  "GET /v1/agency/deliveries": { answer: told(() => ({ host: "foad.office.example", ...stoppedWebhook })) },
  "POST /v1/agency/deliveries/resume": {
    body: told(() => ({})),
    answer: told(() => ({ host: "foad.office.example", ...resumedWebhook })),
  },
  "GET /v1/agency/events": { answer: told(() => ({ items: [filedEvent], nextCursor: `${id}/1` })) },
};
