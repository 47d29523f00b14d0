import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useDone } from "../forms/done.ts";
import { FormContext } from "../forms/form.tsx";
import { LeftDrafts } from "../forms/left-drafts.tsx";
import { Failed, Page } from "../forms/parts.tsx";
import type { Failure, Schemas } from "../session/api.ts";
import { nameOf, useDesk } from "../session/desk.ts";
import { useLoaded } from "../session/loading.ts";
import { useKeptPlace } from "../session/place.ts";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { Attachments, CaseFacts, type CaseView, Deadlines, newsIn, Timeline, titlesOf } from "./case-parts.tsx";
import { Promises } from "./promises.tsx";

/** How often an open case is read again, to see what somebody else did with it. */
const refreshMs = 20_000;

type CasePageProps<V extends CaseView> = {
  id: string;
  listHref: string;
  load: () => Promise<V>;
  loadDeadlines?: () => Promise<Schemas["Deadlines"]>;
  fetchLink?: (attachmentId: string) => Promise<Schemas["Download"]>;
  /** Where the reader finds issues; absent for readers who see only some of them. */
  issuesHref?: string;
  /** What to say where the view has no citizen. */
  withoutCitizen?: string;
  /**
   * What may be done with the case now. Its `version` is the one that the person has seen. `show` puts in the case after a
   * change.
   */
  acts: (view: V, show: (view?: V) => void) => ComponentChildren;
};

/**
 * A case with everything that happened to it. What somebody else does with it meanwhile is shown in a bar, and the forms stay as
 * they are. A form is sent for the version that the person has seen: the server refuses what was written for an older one, and
 * then the person sees the changes.
 */
export function CasePage<V extends CaseView>(props: CasePageProps<V>): JSX.Element {
  const { id, listHref, load, loadDeadlines, fetchLink, issuesHref, withoutCitizen, acts } = props;
  const { value: view, failure, reload, put } = useLoaded(`case ${listHref} ${id}`, load, refreshMs);
  const clocks = useLoaded(`deadlines ${listHref} ${id}`, async () => (await loadDeadlines?.())?.clocks ?? []);
  const changes = useChanges(view);
  useKeptPlace();
  const version = view?.version;
  useEffect(() => {
    if (version !== undefined) void clocks.reload();
  }, [version, clocks.reload]);
  const { done, status, onSend, onDone } = useDone();
  const show = (changed?: V) => {
    changes.expectOwn();
    if (changed) put(changed);
    else void reload();
  };
  const onRefusal = ({ code }: Failure) => {
    if (code !== "version-outdated" && code !== "wrong-state") return;
    changes.expectLook();
    void reload();
  };
  const isGone = failure?.code === "not-found" && view !== undefined;
  return (
    <Page title={id} heading={view && <Subject view={view} />}>
      <p class="no-print links">
        <a href={listHref}>{text(labels.back)}</a>
        <a class="to-acts" href="#acts">
          {text(labels.caseParts.act)}
        </a>
        <button type="button" class="quiet" onClick={() => print()}>
          {text(labels.print)}
        </button>
      </p>
      {isGone ? (
        <p class="failure" role="alert">
          {text(labels.caseParts.changedGone)}
        </p>
      ) : (
        <Failed failure={failure} retry={reload} />
      )}
      {!view && !failure && <p>{text(labels.loading)}</p>}
      {view && (
        <div class="case">
          <div class="case-main">
            <CaseFacts view={view} withoutCitizen={withoutCitizen} />
            <CauseAndPromises view={view} issuesHref={issuesHref} />
            {fetchLink && <Attachments files={view.attachments} fetchLink={fetchLink} />}
            {clocks.value && clocks.value.length > 0 && <Deadlines clocks={clocks.value} />}
            <Timeline view={view} />
          </div>
          <aside
            id="acts"
            class={`no-print ${changes.isChanged ? "below-bar" : ""}`}
            aria-label={text(labels.caseParts.act)}
          >
            <p role="status" class="done" tabIndex={-1} ref={status}>
              {done && !changes.isChanged && <b>{done.what}</b>}
            </p>
            <LeftDrafts id={id} />
            {changes.isChanged && <Changed view={view} {...changes} />}
            <FormContext.Provider value={{ onSend, onRefusal, onDone }}>
              {acts({ ...view, version: changes.version ?? view.version }, show)}
            </FormContext.Provider>
          </aside>
        </div>
      )}
    </Page>
  );
}

/** What the case is about, and its code. The title of the window has the code alone: it stays in the history of the browser. */
function Subject({ view: { id, category } }: { view: CaseView }): JSX.Element {
  return (
    <>
      {nameOf(useDesk(), "categories", category)} <bdi class="id">{id}</bdi>
    </>
  );
}

type CauseProps = { view: CaseView; issuesHref: string | undefined };

/** The issue that the case is linked to, and what the agency promised. */
function CauseAndPromises({ view, issuesHref }: CauseProps): JSX.Element {
  return (
    <>
      {issuesHref && view.issueId && (
        <p>
          {text(labels.caseParts.issue)}{" "}
          <a href={`${issuesHref}/${view.issueId}`}>
            <bdi class="id">{view.issueId}</bdi>
          </a>
        </p>
      )}
      {"promises" in view && <Promises promises={view.promises} />}
    </>
  );
}

/**
 * What somebody else changed since the person last looked at the case. `version` is the one that the person has seen, which forms
 * send with them. A change is not shown at once: the page says that there is news, and the person asks for it (`see`). There are two
 * exceptions: the person's own act (`expectOwn`), and news because of which the server has refused the person's form (`expectLook`).
 */
function useChanges(view: CaseView | undefined) {
  const [seen, setSeen] = useState(0);
  const [version, setVersion] = useState<number>();
  /** Whether news is on the screen because the server has refused a form. */
  const [isRefused, setRefused] = useState(false);
  const isNextOwn = useRef(false);
  const isNextShown = useRef(false);
  const isChanged = view !== undefined && version !== undefined && newsIn(view, seen).length > 0 && !isNextOwn.current;
  const accept = ({ history, version }: CaseView) => {
    isNextOwn.current = false;
    setSeen(history.length);
    setVersion(version);
    setRefused(false);
  };
  useEffect(() => {
    if (!view) return;
    if (!isChanged) accept(view);
    else if (isNextShown.current) {
      // The changes are on the screen now: who sends again sends for them.
      setVersion(view.version);
      setRefused(true);
    }
    isNextShown.current = false;
  }, [view]);
  return {
    isChanged,
    isRefused,
    seen,
    version,
    see: () => view && accept(view),
    expectOwn() {
      isNextOwn.current = true;
    },
    expectLook() {
      isNextShown.current = true;
    },
  };
}

type ChangedProps = { view: CaseView; seen: number; isRefused: boolean; see: () => void };

/** A bar over the page, so that nothing below it moves: what changed, in a line, and the entries on demand. */
function Changed({ view, seen, isRefused, see }: ChangedProps): JSX.Element {
  return (
    <div class="changed" role="status">
      {isRefused && <p class="not-sent">{text(labels.caseParts.notSent)}</p>}
      <details open={isRefused}>
        <summary>
          {text(labels.caseParts.changed)} <b>{titlesOf(view, seen)}</b>
        </summary>
        <Timeline view={view} seen={seen} heading={text(labels.caseParts.changes)} id="changed" />
      </details>
      <button type="button" class="quiet" onClick={see}>
        {text(labels.caseParts.seen)}
      </button>
    </div>
  );
}
