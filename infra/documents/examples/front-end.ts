import { filingNotes } from "#functions/api/wording/filing-notes.ts";
import { cast, times } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { told } from "./words.ts";

const { id, secret, agencyId, countyId, officeId, category } = cast;
const { filed: filedAt, acknowledgeBy, answerBy } = times;

export const frontEndExamples: Record<string, RouteExample> = {
  "POST /v1/complaints": {
    body: told(({ language, description, employee, desk, citizen }) => ({
      agencyId,
      countyId,
      officeId,
      category,
      description,
      occurredAt: times.occurred,
      employee: { name: employee, desk },
      channel: "phone",
      language,
      citizen: { name: citizen, phone: "09121234567", shareWithAgency: false },
    })),
    answer: told(() => ({
      id,
      status: "filed",
      version: 1,
      filedAt,
      acknowledgeBy,
      answerBy,
      secret,
      notes: filingNotes,
    })),
  },
  "GET /v1/front-end/events": {
    answer: told(() => ({
      items: [{ id: `${id}/1`, complaintId: id, version: 1, type: "filed", time: filedAt, status: "filed" }],
      nextCursor: `${id}/1`,
    })),
  },
};
