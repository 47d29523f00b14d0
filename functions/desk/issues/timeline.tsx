import type { JSX } from "preact";
import { authorities } from "#shared/wording/names.ts";
import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { dateTime, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { issueWords } from "./words-of-issues.ts";

export type IssueView = Schemas["IssueView"] | Schemas["InspectorIssueView"];
type Event = IssueView["history"][number];

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
      </ol>
    </section>
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
    case "verified":
      return [
        text(issueWords.verifiedBy[event.verifiedBy]),
        ...(event.arrivedAt ? [`${text(issueWords.verify.arrivedAt)}: ${dateTime(event.arrivedAt)}`] : []),
      ];
    case "answers-ordered":
      return [
        `${text(labels.fields.finding)}: ${text(labels.findings[event.finding])}`,
        `${text(labels.fields.cause)}: ${nameOf(desk, "causes", event.cause)}`,
      ];
    case "answers-given":
      return [filled(parts.answered, { answered: event.answered, skipped: event.skipped })];
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
