import { cast, times } from "./cast.ts";
import { deadlinesExample } from "./deadlines.ts";
import { downloadNamed } from "./download.ts";
import type { RouteExample } from "./route-example.ts";
import { after, cursor, decisionOf, deskItem, disputedStanding, filedStanding, inspectorViewOf } from "./views.ts";
import { told, type Words } from "./words.ts";

const { id, visitId, otherAgencyId } = cast;

const claim = { inspector: "inspector-1", at: times.ended, until: times.lapses };

type Happening = {
  sets?: Record<string, unknown>;
  visits?: unknown[];
  last: { type: string } & Record<string, unknown>;
};

const signed = { at: times.ended, by: "inspector", person: "inspector-1" };

/** A disputed complaint after the inspector did something. */
function inspected(words: Words, { sets, visits, last }: Happening) {
  const standing = after(disputedStanding, sets);
  return inspectorViewOf({ words, standing, last: { ...signed, ...last }, ...(visits && { visits }) });
}

const closed = (closure: string) => ({ status: "closed", closure });
const visit = { visitId, orderedAt: times.disputed, plannedAt: times.planned };
const seen = ({ report }: Words) => ({
  arrivedAt: times.planned,
  location: { latitude: 36.2688, longitude: 50.0041 },
  found: "confirmed",
  text: report,
});

function sentOn(words: Words) {
  const { transfer: reason } = words;
  const last = { type: "transferred", at: times.acknowledged, by: "inspector", person: "inspector-1" };
  return inspectorViewOf({
    words,
    standing: after(filedStanding, { agencyId: otherAgencyId }),
    last: { ...last, fromAgencyId: filedStanding.agencyId, toAgencyId: otherAgencyId, reason },
  });
}

const reading: Record<string, RouteExample> = {
  "GET /v1/inspector/complaints": { answer: told(() => ({ items: [{ ...deskItem, claim }], nextCursor: cursor })) },
  "GET /v1/inspector/complaints/{id}": {
    answer: told((words) => inspectorViewOf({ words, standing: disputedStanding })),
  },
  "GET /v1/inspector/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": { answer: told(downloadNamed) },
  "GET /v1/inspector/complaints/{id}/identity": {
    answer: told(({ citizen }) => ({ name: citizen, phone: "+989121234567" })),
  },
};

const writing: Record<string, RouteExample> = {
  "POST /v1/inspector/complaints/{id}/claim": {
    body: told(() => ({})),
    answer: told(() => ({
      id,
      claim,
      takenFrom: { inspector: "inspector-2", at: times.disputed, until: times.lapsed },
    })),
  },
  "DELETE /v1/inspector/complaints/{id}/claim": { answer: told(() => ({ id })) },
  "POST /v1/inspector/complaints/{id}/visits": {
    body: told(() => ({ plannedAt: times.planned })),
    answer: told((words) => {
      const noted = { ...signed, type: "visit-ordered", visitId, plannedAt: times.planned };
      return { ...inspectorViewOf({ words, standing: disputedStanding, noted, visits: [visit] }), visitId };
    }),
  },
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": {
    body: told(seen),
    answer: told((words) => {
      const last = { type: "visit-reported", visitId, ...seen(words) };
      return inspected(words, { last, visits: [{ ...visit, reportedAt: times.ended }] });
    }),
  },
  "POST /v1/inspector/complaints/{id}/decision": {
    body: told(decisionOf),
    answer: told((words) =>
      inspected(words, { sets: closed("decided"), last: { type: "decided", ...decisionOf(words) } }),
    ),
  },
  "POST /v1/inspector/complaints/{id}/rejection": {
    body: told(({ rejection }) => ({ reason: "out-of-scope", text: rejection })),
    answer: told((words) =>
      inspected(words, {
        sets: closed("out-of-scope"),
        last: { type: "rejected", reason: "out-of-scope", text: words.rejection },
      }),
    ),
  },
  "POST /v1/inspector/complaints/{id}/transfer": {
    body: told(({ transfer }) => ({ toAgencyId: otherAgencyId, reason: transfer })),
    answer: told(sentOn),
  },
  "POST /v1/inspector/complaints/{id}/messages": {
    body: told(({ question }) => ({ text: question })),
    answer: told((words) => inspected(words, { last: { type: "message-posted", text: words.question } })),
  },
};

export const inspectorExamples = { ...reading, ...writing };
