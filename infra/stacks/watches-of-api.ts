import type { Province } from "#shared/province/province.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ComplaintsApi } from "../constructs/complaints-api.ts";
import type { ServiceFunction } from "../constructs/service-function.ts";
import type { ApiStack } from "./api.ts";
import { minutes, type Watches } from "./watch.ts";

/** The API, and who tries its doors. */
export function watchesOfTheApi(stack: ApiStack, { edge }: Pick<Province, "edge">): Watches {
  const { api, readPage } = stack;
  return {
    ...watchesOfRequests(api),
    ...watchesOfRefusals(api),
    ...(edge?.demanded ? watchesOfTheEdge(api) : {}),
    ...watchesOfIdentities(stack),
    ...watchesOfReaders(readPage),
  };
}

function watchesOfRequests(api: ComplaintsApi): Watches {
  return {
    RequestsFail: {
      metric: api.answered("5*", { route: "*/v1/*" }),
      threshold: 5,
      impact:
        "Front ends, agencies or citizens are told to come back later; a request sent again with its key is safe.",
      firstStep:
        "see in the gateway's log which route answers 5xx, and in its function's log what \"request failed\" names.",
    },
  };
}

/** Whoever comes around the edge is refused, and everybody where the edge sends a key that does not hold. */
function watchesOfTheEdge(api: ComplaintsApi): Watches {
  return {
    EdgeRefuses: {
      metric: api.answered(403),
      threshold: 300,
      impact: "Everybody may be refused, if the edge's key does not hold; or somebody calls around the edge.",
      firstStep: "see whether the edge answers the catalog; where that is 403 not-through-the-edge, demand it no more.",
    },
  };
}

function watchesOfIdentities({ readIdentity, readCallbacks }: ApiStack): Watches {
  // Both add to one metric of their stack.
  readCallbacks.logged(logEvents.identitiesReadTooMany);
  return {
    IdentitiesReadTooMany: {
      metric: readIdentity.logged(logEvents.identitiesReadTooMany),
      threshold: 1,
      impact:
        "An inspector asked for more identities, or the call centre for more phones, than anybody needs in a day, and reads no more.",
      firstStep: "ask them why; GET /v1/admin/identity-limits lists them, DELETE lets one go on.",
    },
  };
}

/** More people than the page's own share of the province serves. */
function watchesOfReaders(readPage: ServiceFunction): Watches {
  return {
    PageRefused: {
      metric: readPage.lambda.metricThrottles(minutes(5)),
      threshold: 50,
      impact: "Readers of the public page are refused; front ends, agencies and citizens notice nothing of it.",
      firstStep: "if it is real interest, put an edge in front of the page (docs/page.md); it needs nothing of us.",
    },
  };
}

/**
 * More refusals than mistakes make. An answer 429 counts for three, since genuine filings may be among the calls that are
 * refused so.
 */
function watchesOfRefusals(api: ComplaintsApi): Watches {
  const metricName = "callers refused";
  const metric = api.answered(401, { metricName });
  api.answered(404, { metricName, route: "*/v1/complaints/{id}*" });
  api.answered(429, { metricName, route: "*/v1/*", times: 3 });
  return {
    CallersRefused: {
      metric,
      threshold: 300,
      impact:
        "A client's tokens are no longer taken, somebody guesses at citizens' secrets, or callers come too often.",
      firstStep: "see in the gateway's log which status was answered, on which routes and since when.",
    },
  };
}
