import { folders } from "#shared/runtime/keys.ts";
import { cast, times } from "./cast.ts";
import { deadlinesExample } from "./deadlines.ts";
import { downloadNamed, photo } from "./download.ts";
import type { RouteExample } from "./route-example.ts";
import { acknowledgedStanding, after, answeredStanding, citizenViewOf, disputedStanding } from "./views.ts";
import { told, type Words } from "./words.ts";

const { id, attachmentId } = cast;

type Ending = { type: string; closure: string } & Record<string, unknown>;

function ended(words: Words, { closure, ...last }: Ending) {
  const standing = after(answeredStanding, { status: "closed", closure });
  return citizenViewOf({ words, standing, last: { at: times.ended, by: "citizen", ...last } });
}

const opinionOf = ({ comment }: Words) => ({ solved: "yes", handling: 5, pressed: false, comment });

/** The form by which a browser sends the file. */
const upload = {
  attachmentId,
  url: "https://attachments.foad.example/",
  fields: {
    key: `${folders.uploads}${id}/${attachmentId}`,
    "Content-Type": "image/jpeg",
    policy: "eyJleHBpcmF0aW9uIjoi…",
  },
  expiresAt: "2026-11-25T07:30:00.000Z",
};

export const citizenExamples: Record<string, RouteExample> = {
  "GET /v1/complaints/{id}": { answer: told((words) => citizenViewOf({ words, standing: answeredStanding })) },
  "GET /v1/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/complaints/{id}/export": {
    answer: told((words) => ({
      exportedAt: times.ended,
      complaint: citizenViewOf({ words, standing: answeredStanding }),
      filing: {
        officeId: cast.officeId,
        occurredAt: times.occurred,
        employee: { name: words.employee, desk: words.desk },
        language: words.language,
      },
      identityKept: true,
      ...deadlinesExample.fa,
    })),
  },
  "POST /v1/complaints/{id}/messages": {
    body: told(({ message }) => ({ text: message })),
    answer: told((words) =>
      citizenViewOf({
        words,
        standing: after(acknowledgedStanding),
        last: { type: "message-posted", at: times.answered, by: "citizen", text: words.message },
      }),
    ),
  },
  "POST /v1/complaints/{id}/attachments": {
    body: told(({ fileName }) => ({ fileName, ...photo })),
    answer: told(() => upload),
  },
  "GET /v1/complaints/{id}/attachments/{attachmentId}": { answer: told(downloadNamed) },
  "POST /v1/complaints/{id}/acceptance": {
    body: told(() => ({})),
    answer: told((words) => ended(words, { type: "accepted", closure: "confirmed" })),
  },
  "POST /v1/complaints/{id}/opinion": {
    body: told(opinionOf),
    answer: told((words) => {
      const noted = { type: "opinion-given", at: times.ended, by: "citizen", ...opinionOf(words) };
      const view = citizenViewOf({ words, standing: answeredStanding, noted });
      return { ...view, opinion: { ...opinionOf(words), at: times.ended } };
    }),
  },
  "POST /v1/complaints/{id}/dispute": {
    body: told(({ dispute }) => ({ reason: dispute })),
    answer: told((words) => citizenViewOf({ words, standing: disputedStanding })),
  },
  "POST /v1/complaints/{id}/consent": {
    body: told(() => ({ shareWithAgency: true })),
    answer: told((words) => {
      const { agencyId } = acknowledgedStanding;
      const noted = { type: "consent-given", at: times.ended, by: "citizen", agencyId, transfers: 0 };
      return citizenViewOf({ words, standing: acknowledgedStanding, noted });
    }),
  },
  "DELETE /v1/complaints/{id}/identity": {
    answer: told((words) => {
      const noted = { type: "identity-erased", at: times.ended, by: "citizen" };
      return citizenViewOf({ words, standing: acknowledgedStanding, noted });
    }),
  },
  "POST /v1/complaints/{id}/withdrawal": {
    body: told(({ withdrawal }) => ({ reason: withdrawal })),
    answer: told((words) => ended(words, { type: "withdrawn", closure: "withdrawn", reason: words.withdrawal })),
  },
};
