import type { JSX } from "preact";
import { authorities } from "#shared/wording/names.ts";
import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { dateTime, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { issueWords } from "./words-of-issues.ts";

export type IssueView = Schemas["IssueView"] | Schemas["InspectorIssueView"];
type Event = IssueView["history"][number];
type InspectorsView = Schemas["InspectorIssueView"];
type Visit = InspectorsView["visits"][number];

/** Everything that happened to an issue, the newest last, with who did it where the reader may know. */
export function IssueTimeline({ view }: { view: IssueView }): JSX.Element {
  const desk = useDesk();
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{text(labels.caseParts.timeline)}</h2>
      <ol>
        {view.history.map((event) => (
          <li key={event.number}>
            <p class="entry-head">
              <b>{titleOf(event)}</b> <small>{byWhom(event, { view, desk })}</small>{" "}
              <time dateTime={event.at}>{dateTime(event.at)}</time>
            </p>
            {detailsOf(event, desk).map((detail) => (
              <p key={detail}>{detail}</p>
            ))}
            {textsOf(event).map((typed) => (
              <p class="typed" dir="auto" key={typed}>
                {typed}
              </p>
            ))}
          </li>
        ))}
        {"visits" in view &&
          view.visits.map((visit) => <VisitEntry key={visit.reportedAt} visit={visit} view={view} />)}
      </ol>
    </section>
  );
}

/** A visit that found the issue mended. Only inspectors read it, so it stands below what others read too. */
function VisitEntry({ visit, view }: { visit: Visit; view: InspectorsView }): JSX.Element {
  const { title, arrivedAt, published } = issueWords.visit;
  return (
    <li>
      <p class="entry-head">
        <b>{text(title)}</b> <small>{view.people[visit.person] ?? text(labels.actors.inspector)}</small>{" "}
        <time dateTime={visit.reportedAt}>{dateTime(visit.reportedAt)}</time>
      </p>
      <p>{filled(arrivedAt, { when: dateTime(visit.arrivedAt) })}</p>
      <p>{filled(published, { when: dateTime(visit.publishAt) })}</p>
      <p class="typed" dir="auto">
        {visit.text}
      </p>
    </li>
  );
}

function titleOf(event: Event): string {
  const known: Record<string, { fa: string; en: string }> = issueWords.events;
  const authority = event.type === "escalated" ? text(authorities[event.authority]) : "";
  return filled(known[event.type] ?? issueWords.events.other, { authority });
}

/** Who did it. What the token issuer calls somebody is no name. */
function byWhom(event: Event, { view, desk: { person } }: { view: IssueView; desk: Desk }): string {
  if (event.type === "internal") return "";
  const actor = text(labels.actors[event.by]);
  const people: Record<string, string | undefined> = "people" in view ? view.people : { [person.sub]: person.name };
  const officer = event.type === "answers-ordered" ? event.officer.name : undefined;
  const name = officer ?? (event.person && people[event.person]);
  return name ? `${actor} · ${name}` : actor;
}

/** What an event says in fixed words. */
function detailsOf(event: Event, desk: Desk): string[] {
  const { parts, steps, until } = issueWords;
  switch (event.type) {
    case "opened":
    case "recurred":
      return [filled(until, { step: text(steps.plan), when: dateTime(event.planBy) })];
    case "planned":
      return [
        filled(parts.responsible, { who: event.responsible }),
        filled(parts.promisedBy, { when: dateTime(event.promisedBy) }),
      ];
    case "promise-moved":
      return [filled(parts.moved, { from: dateTime(event.previously), to: dateTime(event.promisedBy) })];
    case "answers-ordered":
      return [
        `${text(labels.fields.finding)}: ${text(labels.findings[event.finding])}`,
        `${text(labels.fields.cause)}: ${nameOf(desk, "causes", event.cause)}`,
      ];
    case "answers-given": {
      const { answered, skipped } = event;
      return answered === undefined || skipped === undefined ? [] : [filled(parts.answered, { answered, skipped })];
    }
    default:
      return [];
  }
}

/** What people typed. The summary of the opening stands above. */
function textsOf(event: Event): string[] {
  const found = [
    "what" in event ? event.what : undefined,
    "text" in event ? event.text : undefined,
    "reason" in event ? event.reason : undefined,
  ];
  return found.filter((one): one is string => Boolean(one));
}
