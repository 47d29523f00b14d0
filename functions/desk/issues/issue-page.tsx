import type { ComponentChildren, JSX } from "preact";
import { useDone } from "../forms/done.ts";
import { FormContext } from "../forms/form.tsx";
import { LeftDrafts } from "../forms/left-drafts.tsx";
import { FactList, Failed, Page } from "../forms/parts.tsx";
import type { Failure, Schemas } from "../session/api.ts";
import { nameOf, useDesk } from "../session/desk.ts";
import { useLoaded } from "../session/loading.ts";
import { dateTime, filled, number, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { AgencyActs } from "./agency-acts.tsx";
import { InspectorActs } from "./inspector-acts.tsx";
import { LinkedComplaints, useLinks } from "./links.tsx";
import { countiesOf, OwedText } from "./lists.tsx";
import { IssueTimeline, type IssueView } from "./timeline.tsx";
import { issueWords } from "./words-of-issues.ts";

/** An open issue is read again this often: the agency and other inspectors act on it too. */
const refreshMs = 60_000;

/** One issue, with what an inspector may do now and its complaints. */
export function InspectorIssue({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const links = useLinks(id);
  return (
    <IssuePage
      id={id}
      listHref="/desk/issues"
      load={() => api.get("/v1/inspector/issues/{issueId}", { params: { path: { issueId: id } } })}
      below={<LinkedComplaints id={id} links={links} />}
      acts={(view, reload) => <InspectorActs view={view} reload={reload} links={links} />}
    />
  );
}

/** One issue of the officer's agency. */
export function AgencyIssue({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  return (
    <IssuePage
      id={id}
      isOurs
      listHref="/desk/agency-issues"
      load={() => api.get("/v1/agency/issues/{issueId}", { params: { path: { issueId: id } } })}
      acts={(view, reload) => <AgencyActs view={view} reload={reload} />}
    />
  );
}

/** One issue that has reached the overseer. */
export function OverseerIssue({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  return (
    <IssuePage
      id={id}
      listHref="/desk/overseer-issues"
      load={() => api.get("/v1/overseer/issues/{issueId}", { params: { path: { issueId: id } } })}
    />
  );
}

type IssuePageProps<V extends IssueView> = {
  id: string;
  listHref: string;
  /** Whether the reader is of the agency that has to mend it. */
  isOurs?: boolean;
  load: () => Promise<V>;
  below?: ComponentChildren;
  /** What the reader may do; absent for those who only read. */
  acts?: (view: V, reload: () => Promise<void>) => ComponentChildren;
};

/** An issue with everything that happened to it. */
function IssuePage<V extends IssueView>(props: IssuePageProps<V>): JSX.Element {
  const { id, listHref, isOurs = false, load, below, acts } = props;
  const { value: view, failure, reload } = useLoaded(`issue ${listHref} ${id}`, load, refreshMs);
  const { done, status, onSend, onDone } = useDone();
  const onRefusal = ({ code }: Failure) => {
    if (code === "issue-state" || code === "version-outdated") void reload();
  };
  return (
    <Page title={filled(issueWords.issue, { id })} heading={view && <Subject view={view} />}>
      <p class="no-print links">
        <a href={listHref}>{text(labels.back)}</a>
        {acts && (
          <a class="to-acts" href="#acts">
            {text(labels.caseParts.act)}
          </a>
        )}
        <button type="button" class="quiet" onClick={() => print()}>
          {text(labels.print)}
        </button>
      </p>
      <Failed failure={failure} retry={reload} />
      {!view && !failure && <p>{text(labels.loading)}</p>}
      {view && (
        <div class={acts ? "case" : undefined}>
          <div class="case-main">
            <IssueFacts view={view} isOurs={isOurs} />
            {below}
            <IssueTimeline view={view} />
          </div>
          {acts && (
            <aside id="acts" class="no-print" aria-label={text(labels.caseParts.act)}>
              <p role="status" class="done" tabIndex={-1} ref={status}>
                {done && <b>{done.what}</b>}
              </p>
              <LeftDrafts id={id} />
              <FormContext.Provider value={{ onSend, onRefusal, onDone }}>{acts(view, reload)}</FormContext.Provider>
            </aside>
          )}
        </div>
      )}
    </Page>
  );
}

function Subject({ view: { title, id } }: { view: IssueView }): JSX.Element {
  return (
    <>
      <bdi>{title}</bdi> <bdi class="id">{id}</bdi>
    </>
  );
}

function IssueFacts({ view, isOurs }: { view: IssueView; isOurs: boolean }): JSX.Element {
  const desk = useDesk();
  const { parts, statuses } = issueWords;
  const offices = desk.catalog.agencies
    .find(({ id }) => id === view.agencyId)
    ?.offices.filter(({ id }) => view.officeIds?.includes(id))
    .map(({ name }) => text(name));
  const owed = OwedText({ issue: view, isOurs });
  const facts: [label: { fa: string; en: string }, value: ComponentChildren][] = [
    [parts.status, text(statuses[view.status])],
    [parts.due, owed],
    [parts.readBy, "unread" in view && view.unread && readingOf(view.unread)],
    [parts.kind, view.outage && text(issueWords.outage)],
    [labels.filters.agency, nameOf(desk, "agencies", view.agencyId)],
    [labels.filters.category, nameOf(desk, "categories", view.category)],
    [labels.fields.cause, view.cause && nameOf(desk, "causes", view.cause)],
    [parts.counties, countiesOf(view, desk)],
    [parts.offices, offices?.join("، ")],
    [parts.opened, dateTime(view.openedAt)],
    [labels.caseParts.level, view.level > 0 ? number(view.level) : undefined],
  ];
  return (
    <>
      <FactList facts={facts} />
      <section aria-labelledby="summary">
        <h2 id="summary">{text(parts.summary)}</h2>
        <p class="typed" dir="auto">
          {view.summary}
        </p>
        <p class="note no-print">{text(parts.isPublic)}</p>
      </section>
    </>
  );
}

function readingOf({ readBy, overdue }: NonNullable<Schemas["InspectorIssueRow"]["unread"]>): string {
  return filled(overdue ? issueWords.parts.readOverdue : issueWords.parts.readUntil, { when: dateTime(readBy) });
}
