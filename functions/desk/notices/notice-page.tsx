import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Attachments } from "../complaints/case-parts.tsx";
import { useDone } from "../forms/done.ts";
import { FormContext } from "../forms/form.tsx";
import { LeftDrafts } from "../forms/left-drafts.tsx";
import { FactList, Failed, Page } from "../forms/parts.tsx";
import type { Failure, Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { useLoaded } from "../session/loading.ts";
import { dateTime, day, digits, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { LetterToPrint } from "./letter.tsx";
import { placeOf } from "./lists.tsx";
import { NoticeActs, ReviewerActs } from "./notice-acts.tsx";
import { NoticeTimeline } from "./timeline.tsx";
import type { NoticeView } from "./view.ts";
import { noticeWords } from "./words-of-notices.ts";

/** One notice, with what an inspector may do now. */
export function InspectorNotice({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const [letter, setLetter] = useState<Schemas["NoticeLetter"]>();
  const path = { noticeId: id };
  if (letter) return <LetterToPrint letter={letter} close={() => setLetter(undefined)} />;
  return (
    <NoticePage
      id={id}
      listHref="/desk/notices"
      complaintHref={(complaintId) => `/desk/inspector/${complaintId}`}
      load={() => api.get("/v1/inspector/notices/{noticeId}", { params: { path } })}
      fetchLink={(attachmentId) =>
        api.get("/v1/inspector/notices/{noticeId}/attachments/{attachmentId}", {
          params: { path: { noticeId: id, attachmentId } },
        })
      }
      acts={(view, reload) => <NoticeActs view={view} reload={reload} showLetter={setLetter} />}
    />
  );
}

/** One notice on which the reviewer judges, or whose employee the reviewer lets in. */
export function ReviewerNotice({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const [letter, setLetter] = useState<Schemas["NoticeLetter"]>();
  const path = { noticeId: id };
  if (letter) return <LetterToPrint letter={letter} close={() => setLetter(undefined)} />;
  return (
    <NoticePage
      id={id}
      listHref="/desk/contests"
      load={() => api.get("/v1/reviewer/notices/{noticeId}", { params: { path } })}
      fetchLink={(attachmentId) =>
        api.get("/v1/reviewer/notices/{noticeId}/attachments/{attachmentId}", {
          params: { path: { noticeId: id, attachmentId } },
        })
      }
      acts={(view, reload) => <ReviewerActs view={view} reload={reload} showLetter={setLetter} />}
    />
  );
}

type NoticePageProps = {
  id: string;
  listHref: string;
  complaintHref?: (id: string) => string;
  load: () => Promise<NoticeView>;
  fetchLink: (attachmentId: string) => Promise<Schemas["Download"]>;
  acts: (view: NoticeView, reload: () => Promise<void>) => ComponentChildren;
};

/** A notice with everything that happened to it. It is read when it is opened and after each act: the audit has each reading. */
function NoticePage({ id, listHref, complaintHref, load, fetchLink, acts }: NoticePageProps): JSX.Element {
  const { value: view, failure, reload } = useLoaded(`notice ${listHref} ${id}`, load);
  const { done, status, onSend, onDone } = useDone();
  const onRefusal = ({ code }: Failure) => {
    if (["notice-state", "conflict-of-interest", "version-outdated"].includes(code)) void reload();
  };
  return (
    <Page title={filled(noticeWords.notice, { id })}>
      <p class="no-print links">
        <a href={listHref}>{text(labels.back)}</a>
        <a class="to-acts" href="#acts">
          {text(labels.caseParts.act)}
        </a>
        <button type="button" class="quiet" onClick={() => print()}>
          {text(labels.print)}
        </button>
      </p>
      <Failed failure={failure} retry={reload} />
      {!view && !failure && <p>{text(labels.loading)}</p>}
      {view && (
        <div class="case">
          <div class="case-main">
            <NoticeFacts view={view} complaintHref={complaintHref} />
            <Attachments files={view.files.filter(({ state }) => state === "ready")} fetchLink={fetchLink} />
            <NoticeTimeline view={view} />
          </div>
          <aside id="acts" class="no-print" aria-label={text(labels.caseParts.act)}>
            <p role="status" class="done" tabIndex={-1} ref={status}>
              {done && <b>{done.what}</b>}
            </p>
            <LeftDrafts id={id} />
            <FormContext.Provider value={{ onSend, onRefusal, onDone }}>{acts(view, reload)}</FormContext.Provider>
          </aside>
        </div>
      )}
    </Page>
  );
}

type FactsProps = { view: NoticeView; complaintHref: NoticePageProps["complaintHref"] };

function NoticeFacts({ view, complaintHref }: FactsProps): JSX.Element {
  const desk = useDesk();
  const { parts, statuses, turns, ends } = noticeWords;
  const { status, waitsFor, end, employee, complaintId } = view;
  const deadline = deadlineOf(view);
  const facts: [label: { fa: string; en: string }, value: ComponentChildren][] = [
    [parts.status, text(statuses[status])],
    [parts.turn, waitsFor && text(turns[waitsFor])],
    [parts.end, end && text(ends[end])],
    [parts.employee, <bdi key="name">{employee.name}</bdi>],
    [labels.filters.agency, placeOf(view, desk)],
    [parts.service, view.service && text(noticeWords.ways[view.service.way])],
    [parts.employment, view.service && employmentOf(view.service.employment)],
    [
      parts.complaint,
      complaintHref && (
        <a key="complaint" href={complaintHref(complaintId)}>
          <bdi class="id">{complaintId}</bdi>
        </a>
      ),
    ],
  ];
  return (
    <>
      <FactList facts={facts} />
      {deadline.length > 0 && (
        <section aria-labelledby="deadlines">
          <h2 id="deadlines">{text(parts.deadlines)}</h2>
          <ul class="sentences">
            {deadline.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="allegation">
        <h2 id="allegation">{text(parts.allegation)}</h2>
        <p class="typed" dir="auto">
          {view.allegation}
        </p>
        <h2>{text(parts.grounds)}</h2>
        <p class="typed" dir="auto">
          {view.grounds}
        </p>
      </section>
    </>
  );
}

function employmentOf(employment: NonNullable<NoticeView["service"]>["employment"]): string {
  return "personnelId" in employment
    ? filled(noticeWords.service.employed, { id: digits(employment.personnelId) })
    : filled(noticeWords.service.employedBy, { employer: employment.employer });
}

/** The deadlines that run now, each in a sentence. */
function deadlineOf(view: NoticeView): string[] {
  const { status, answerBy, answeredAt, standsSince, nextDeadline } = view;
  const { deadlines } = noticeWords;
  if (!nextDeadline) return [];
  const when = dateTime(nextDeadline);
  if (status === "standing")
    return [filled(deadlines.standing, { since: day(standsSince ?? ""), when: day(nextDeadline) })];
  if (status !== "served")
    return status === "asked" ||
      status === "open" ||
      status === "decided" ||
      status === "contested" ||
      status === "reheard"
      ? [filled(deadlines[status], { when })]
      : [];
  if (view.openQuestion !== undefined) return [text(deadlines.stopped), filled(deadlines.question, { when })];
  const answer = answerBy && !answeredAt ? [filled(deadlines.answer, { when: dateTime(answerBy) })] : [];
  return [...answer, filled(deadlines.decide, { when })];
}
