import { cast, times } from "./cast.ts";
import { deadlinesExample } from "./deadlines.ts";
import type { RouteExample } from "./told.ts";
import { acknowledgedStanding, agencyViewOf, answeredStanding, answerOf, filedStanding, officerOf } from "./views.ts";
import { told, type Words } from "./words.ts";

const { id, otherAgencyId } = cast;
const { agencyId: _ownAgency, ...listed } = filedStanding;

const extended = (words: Words) =>
  agencyViewOf({
    words,
    standing: { ...acknowledgedStanding, version: 3, answerBy: times.extendedAnswerBy },
    last: { type: "extended", at: times.answered, by: "agency", reason: words.extension, was: times.answerBy },
  });

export const agencyExamples: Record<string, RouteExample> = {
  "GET /v1/agency/complaints": {
    answer: told(({ language }) => ({
      items: [{ ...listed, officeId: cast.officeId, language }],
      nextCursor: "WyI4ZDQ1YzE1ZjYwNTcwYjFhIix7fV0",
    })),
  },
  "GET /v1/agency/complaints/{id}": { answer: told((words) => agencyViewOf({ words, standing: filedStanding })) },
  "GET /v1/agency/complaints/{id}/deadlines": { answer: deadlinesExample },
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
};
