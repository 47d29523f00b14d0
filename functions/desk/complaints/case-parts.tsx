import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { authorities, statuses } from "#shared/wording/names.ts";
import { FactList } from "../forms/parts.tsx";
import { failureOf, fetchFile, type Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { dateTime, day, digits, filled, isoDuration, localPhone, nearTime, number, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

export type CaseView = Schemas["AgencyView"] | Schemas["InspectorView"] | Schemas["OverseerView"];
type Entry = CaseView["history"][number];
type Clock = Schemas["ExplainedClock"];

/** What the case is: state, place, time, and what the citizen wrote. */
export function CaseFacts({
  view,
  withoutCitizen,
}: {
  view: CaseView;
  withoutCitizen?: string | undefined;
}): JSX.Element {
  const desk = useDesk();
  const office = desk.catalog.agencies
    .find(({ id }) => id === view.agencyId)
    ?.offices.find(({ id }) => id === view.officeId);
  const employee = "employee" in view ? view.employee : undefined;
  const facts: [label: { fa: string; en: string }, value: string | undefined][] = [
    [labels.filters.status, text(statuses[view.status])],
    [labels.caseParts.closure, view.closure && text(labels.closures[view.closure])],
    [labels.caseParts.filed, dateTime(view.filedAt)],
    [labels.filters.agency, nameOf(desk, "agencies", view.agencyId)],
    [labels.caseParts.office, office && text(office.name)],
    [labels.filters.county, nameOf(desk, "counties", view.countyId)],
    [labels.caseParts.level, view.level > 0 ? number(view.level) : undefined],
  ];
  return (
    <>
      <FactList facts={facts} name={text(labels.caseParts.facts)} />
      <section aria-labelledby="description">
        <h2 id="description">{text(labels.caseParts.description)}</h2>
        <p class="typed" dir="auto">
          {view.description}
        </p>
        {"occurredAt" in view && view.occurredAt && (
          <p>
            {text(labels.caseParts.occurredAt)}: {dateTime(view.occurredAt)}
          </p>
        )}
        {employee && (
          <p>
            {text(labels.caseParts.employee)}: <bdi>{Object.values(employee).join("، ")}</bdi>
          </p>
        )}
      </section>
      {"citizen" in view && view.citizen ? (
        <Citizen identity={view.citizen} note={text(labels.caseParts.byConsent)} />
      ) : (
        withoutCitizen && <p class="note no-print">{withoutCitizen}</p>
      )}
    </>
  );
}

/** Numbers are written with the digits of the language; a Persian page has a phone number as people in Iran dial it. */
const shownAs: Record<keyof Schemas["Identity"], (value: string) => string> = {
  name: (name) => name,
  nationalId: digits,
  phone: (phone) => digits(localPhone(phone)),
  email: (email) => email,
};

/** Who the citizen is. It is never printed. */
export function Citizen({ identity, note }: { identity: Schemas["Identity"]; note?: string }): JSX.Element {
  const fields = Object.entries(labels.caseParts.citizenFields) as [
    keyof Schemas["Identity"],
    { fa: string; en: string },
  ][];
  return (
    <section class="citizen" aria-labelledby="citizen">
      <h2 id="citizen">{text(labels.caseParts.citizen)}</h2>
      {note && <p class="note">{note}</p>}
      <dl>
        {fields.map(([name, label]) =>
          identity[name] ? (
            <div key={name}>
              <dt>{text(label)}</dt>
              <dd>
                <bdi>{shownAs[name](identity[name])}</bdi>
              </dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}

/** Each deadline in a short sentence, and below how it was counted and which days did not count. */
export function Deadlines({ clocks }: { clocks: Clock[] }): JSX.Element {
  return (
    <section aria-labelledby="deadlines">
      <h2 id="deadlines">{text(labels.caseParts.deadlines)}</h2>
      <ul class="sentences">
        {clocks.map((clock) => (
          <li key={clock.step + clock.startedAt}>
            {clockSentence(clock)}
            {!clock.metAt && <small>{countingOf(clock)}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function clockSentence({ step, dueAt, metAt, breached }: Clock): string {
  const state = metAt ? (breached ? "metLate" : "met") : breached ? "overdue" : "due";
  const when = metAt ? dateTime(metAt) : nearTime(dueAt);
  return `${filled(labels.clock[state], { step: text(labels.due.steps[step]), when })}.`;
}

/** How a deadline came about. */
function countingOf({ clock, startedAt, duration, skipped, cappedBy }: Clock): string {
  const from = dateTime(startedAt);
  const counted = clock === "office-hours" ? labels.clock.officeHours : labels.clock.elapsed;
  const days = skipped
    .filter(({ dayType }) => dayType !== "outside-hours")
    .map(({ date, reason }) => (reason ? `${day(date)} (${text(reason)})` : day(date)));
  const parts = [
    duration ? filled(counted, { duration: isoDuration(duration), from }) : filled(labels.clock.since, { from }),
    ...(cappedBy ? [text(labels.clock.capped)] : []),
    ...(days.length > 0 ? [filled(labels.clock.skipped, { days: days.join("، ") })] : []),
  ];
  return `${parts.join(text({ fa: "؛ ", en: "; " }))}.`;
}

type Fetch = (attachmentId: string) => Promise<Schemas["Download"]>;

/** A kept file. The files of a notice have no size in its view. */
type KeptFile = Pick<Schemas["Attachment"], "attachmentId" | "fileName"> & { size?: number };

/** The files of the case. Each is shown in its place, from the memory of the page. */
export function Attachments({ files, fetchLink }: { files: KeptFile[]; fetchLink: Fetch }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <section aria-labelledby="attachments">
      <h2 id="attachments">{text(labels.caseParts.attachments)}</h2>
      {files.map((file) => (
        <AttachedFile key={file.attachmentId} file={file} fetchLink={fetchLink} />
      ))}
    </section>
  );
}

type Shown = { url: string; contentType: string };

function AttachedFile({ file, fetchLink }: { file: KeptFile; fetchLink: Fetch }): JSX.Element {
  const [shown, show] = useState<Shown>();
  const [failed, fail] = useState("");
  useEffect(() => () => shown && URL.revokeObjectURL(shown.url), [shown]);
  const open = async () => {
    fail("");
    try {
      const link = await fetchLink(file.attachmentId);
      show({ url: await fetchFile(link), contentType: link.contentType });
    } catch (error) {
      fail(failureOf(error).message);
    }
  };
  const toggle = () => (shown ? show(undefined) : void open());
  return (
    <div class="file">
      <p>
        <bdi>{file.fileName}</bdi>{" "}
        {file.size && <small>{filled(labels.caseParts.size, { size: Math.ceil(file.size / 1_024) })} </small>}
        <button type="button" class="quiet" aria-expanded={shown !== undefined} onClick={toggle}>
          {text(shown ? labels.caseParts.hide : labels.caseParts.show)}
        </button>{" "}
        {shown && (
          <a href={shown.url} download={file.fileName}>
            {text(labels.caseParts.save)}
          </a>
        )}
      </p>
      {failed && <p class="failure">{failed}</p>}
      {shown && <FileView file={file} shown={shown} />}
    </div>
  );
}

function FileView({ file, shown: { url, contentType } }: { file: KeptFile; shown: Shown }): JSX.Element {
  if (contentType.startsWith("image/")) return <img src={url} alt={file.fileName} />;
  // biome-ignore lint/a11y/useMediaCaption: a citizen's recording has no captions.
  if (contentType.startsWith("audio/")) return <audio src={url} controls />;
  // biome-ignore lint/a11y/useMediaCaption: a citizen's recording has no captions.
  if (contentType.startsWith("video/")) return <video src={url} controls />;
  return <iframe src={url} title={file.fileName} />;
}

/** The entries after the first `seen` ones that this reader may see. */
export const newsIn = (view: CaseView, seen: number): Entry[] =>
  view.history.slice(seen).filter(({ type }) => type !== "internal");

/** What these entries are, in a line. */
export const titlesOf = (view: CaseView, seen: number): string =>
  newsIn(view, seen)
    .map(entryTitle)
    .join(text({ fa: "، ", en: ", " }));

/** `seen`: how many entries are left out at the beginning. */
type TimelineProps = { view: CaseView; seen?: number; heading?: string; id?: string };

/** Everything that happened, the newest last, with who did it. */
export function Timeline({ view, seen = 0, heading, id = "timeline" }: TimelineProps): JSX.Element {
  const entries = newsIn(view, seen);
  return (
    <section class="timeline" aria-labelledby={id}>
      <h2 id={id}>{heading ?? text(labels.caseParts.timeline)}</h2>
      <ol>
        {entries.map((entry, index) => (
          // Entries are only ever added at the end.
          <TimelineEntry key={`${entry.at}${index}`} entry={entry} view={view} />
        ))}
      </ol>
    </section>
  );
}

export function TimelineEntry({ entry, view }: { entry: Entry; view: CaseView }): JSX.Element {
  const desk = useDesk();
  return (
    <li>
      <p class="entry-head">
        <b>{entryTitle(entry)}</b> <small>{byWhom(entry, view)}</small>{" "}
        <time dateTime={entry.at}>{dateTime(entry.at)}</time>
      </p>
      {details(entry, desk).map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {textsOf(entry).map((typed) => (
        <p class="typed" dir="auto" key={typed}>
          {typed}
        </p>
      ))}
      {"actions" in entry && entry.actions.length > 0 && <Actions actions={entry.actions} />}
    </li>
  );
}

function Actions({ actions }: { actions: Schemas["PromisedAction"][] }): JSX.Element {
  return (
    <ul class="actions">
      {actions.map(({ text: action, dueOn }) => (
        <li key={action}>
          {text(labels.fields.action)}: <span dir="auto">{action}</span>
          {dueOn && (
            <small>
              {" "}
              {text(labels.fields.dueOn)} {day(dueOn)}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What happened, in a few words. */
export function entryTitle(entry: Entry): string {
  const known = labels.events as Record<string, { fa: string; en: string }>;
  return filled(known[entry.type] ?? labels.events.other, {
    authority: "authority" in entry ? text(authorities[entry.authority]) : "",
    fileName: "fileName" in entry ? entry.fileName : "",
    plannedAt: "plannedAt" in entry && entry.plannedAt ? dateTime(entry.plannedAt) : "",
    reportBy: "reportBy" in entry ? dateTime(entry.reportBy) : "",
    issueId: "issueId" in entry ? entry.issueId : "",
  });
}

/** Who did it: the kind of actor, and the officer or the person where this reader may know them. */
function byWhom(entry: Entry, view: CaseView): string {
  if (!("by" in entry)) return "";
  const actor = text(labels.actors[entry.by]);
  const officer = "officer" in entry ? entry.officer?.name : undefined;
  const person = "person" in entry && entry.person !== undefined ? entry.person : undefined;
  const people = "people" in view ? view.people : undefined;
  const name = officer ?? (person && (people?.[person] ?? person));
  return name ? `${actor} · ${name}` : actor;
}

/** What an entry says in fixed words: findings, causes, places and times. */
function details(entry: Entry, desk: Desk): string[] {
  const found: (string | false | undefined)[] = [
    "finding" in entry && `${text(labels.fields.finding)}: ${text(labels.findings[entry.finding])}`,
    "cause" in entry && entry.cause && `${text(labels.fields.cause)}: ${nameOf(desk, "causes", entry.cause)}`,
    "upholdsAnswer" in entry &&
      entry.upholdsAnswer !== undefined &&
      text(entry.upholdsAnswer ? labels.fields.upheld : labels.fields.notUpheld),
    "toAgencyId" in entry && `${text(labels.fields.toAgencyId)}: ${nameOf(desk, "agencies", entry.toAgencyId)}`,
    "visitResult" in entry && text(labels.visitResults[entry.visitResult]),
    "arrivedAt" in entry && `${text(labels.fields.arrivedAt)}: ${dateTime(entry.arrivedAt)}`,
    "employee" in entry && Object.values(entry.employee).join("، "),
    entry.type === "rejected" && text(labels.rejections[entry.reason]),
  ];
  return found.filter((one): one is string => Boolean(one));
}

/** What people typed. */
function textsOf(entry: Entry): string[] {
  const reason = "reason" in entry && entry.type !== "rejected" ? entry.reason : undefined;
  return ["text" in entry ? entry.text : undefined, reason].filter((one): one is string => Boolean(one));
}
