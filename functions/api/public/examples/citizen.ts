import { times } from "./cast.ts";
import { deadlinesExample } from "./deadlines.ts";
import type { RouteExample } from "./told.ts";
import { answeredStanding, citizenViewOf, closed, disputedStanding } from "./views.ts";
import { told, type Words } from "./words.ts";

const ended = (words: Words, { closure, ...last }: { type: string; closure: string } & Record<string, unknown>) =>
  citizenViewOf({
    words,
    standing: closed(answeredStanding, closure),
    last: { at: times.ended, by: "citizen", ...last },
  });

export const citizenExamples: Record<string, RouteExample> = {
  "GET /v1/complaints/{id}": { answer: told((words) => citizenViewOf({ words, standing: answeredStanding })) },
  "GET /v1/complaints/{id}/deadlines": { answer: deadlinesExample },
  "POST /v1/complaints/{id}/acceptance": {
    body: told(({ comment }) => ({ rating: 5, comment })),
    answer: told((words) =>
      ended(words, { type: "accepted", closure: "confirmed", rating: 5, comment: words.comment }),
    ),
  },
  "POST /v1/complaints/{id}/dispute": {
    body: told(({ dispute }) => ({ reason: dispute, rating: 2 })),
    answer: told((words) => citizenViewOf({ words, standing: disputedStanding })),
  },
  "POST /v1/complaints/{id}/withdrawal": {
    body: told(({ withdrawal }) => ({ reason: withdrawal })),
    answer: told((words) => ended(words, { type: "withdrawn", closure: "withdrawn", reason: words.withdrawal })),
  },
};
