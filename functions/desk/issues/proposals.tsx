import type { JSX } from "preact";
import { Failed } from "../forms/parts.tsx";
import type { Schemas } from "../session/api.ts";
import { nameOf, useDesk } from "../session/desk.ts";
import { useLoaded } from "../session/loading.ts";
import { day, digits, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { issueWords } from "./words-of-issues.ts";

type Proposal = Schemas["Proposal"];
const { found } = issueWords;

/** Groups of complaints that are larger than chance explains, each with a way to an issue. */
export function FoundByArithmetic(): JSX.Element {
  const { api } = useDesk();
  const { value, failure, reload } = useLoaded("proposals", () => api.get("/v1/inspector/proposals"));
  return (
    <>
      <Failed failure={failure} retry={reload} />
      {!value && !failure && <p>{text(labels.loading)}</p>}
      {value?.morning && <p class="note">{filled(found.hint, { when: day(value.morning) })}</p>}
      {value?.items.length === 0 && <p>{text(found.none)}</p>}
      <ul class="proposals">
        {value?.items.map((one) => (
          <FoundGroup key={subjectOf(one).toString()} proposal={one} />
        ))}
      </ul>
    </>
  );
}

function FoundGroup({ proposal }: { proposal: Proposal }): JSX.Element {
  const desk = useDesk();
  const { agencyId, category, countyId, cause, from, to, count, expected, oneSource, issueId, since } = proposal;
  const subject = subjectOf(proposal);
  const about = [
    category && nameOf(desk, "categories", category),
    cause && filled(found.cause, { cause: nameOf(desk, "causes", cause) }),
  ];
  const places = [nameOf(desk, "agencies", agencyId), countyId && nameOf(desk, "counties", countyId)];
  // The search for complaints knows no cause.
  const search = new URLSearchParams({ queue: "all", ...Object.fromEntries(subject), from, to });
  search.delete("cause");
  return (
    <li>
      <h2>
        {about.filter(Boolean).join("، ")}، {places.filter(Boolean).join("، ")}
      </h2>
      <p>{filled(found.counted, { count, from: day(from), to: day(to), expected: digits(String(expected)) })}</p>
      <p class="note">
        {filled(found.since, { when: day(since) })}
        {oneSource && <> · {filled(found.oneSource, { source: oneSource })}</>}
      </p>
      <p class="links">
        {issueId ? (
          <a href={`/desk/issues/${issueId}`}>{text(found.again)}</a>
        ) : (
          <a href={`/desk/issues/new?${subject}`}>{text(found.open)}</a>
        )}
        <a href={`/desk/inspector?${search}`}>{text(found.look)}</a>
      </p>
    </li>
  );
}

/** What a proposal is about, as the form of a new issue takes it. */
function subjectOf({ agencyId, category, countyId, cause }: Proposal): URLSearchParams {
  const subject = { agencyId, category, countyId, cause };
  return new URLSearchParams(
    Object.entries(subject).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
