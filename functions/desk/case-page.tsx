import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Failure, Schemas } from "./api.ts";
import { Attachments, CaseFacts, type CaseView, Deadlines, Timeline } from "./case-parts.tsx";
import { nameOf, useDesk } from "./desk.ts";
import { dropDraft, useLeftDrafts } from "./drafts.ts";
import { FormContext } from "./form.tsx";
import { filled, text } from "./format.ts";
import { useLoaded } from "./loading.ts";
import { Failed, Page } from "./parts.tsx";
import { labels } from "./words.ts";

/** How often an open case is read again, to see what somebody else did with it. */
const refreshMs = 20_000;

type CasePageProps<V extends CaseView> = {
  id: string;
  listHref: string;
  load: () => Promise<V>;
  loadDeadlines?: () => Promise<Schemas["Deadlines"]>;
  fetchLink?: (attachmentId: string) => Promise<Schemas["Download"]>;
  /** What may be done with the case now. `show` puts in the case after a change. */
  acts: (view: V, show: (view?: V) => void) => ComponentChildren;
};

/**
 * A case with everything that happened to it. What somebody else does with it meanwhile is shown above the forms, and the forms
 * stay as they are.
 */
export function CasePage<V extends CaseView>(props: CasePageProps<V>): JSX.Element {
  const { id, listHref, load, loadDeadlines, fetchLink, acts } = props;
  const { value: view, failure, reload, put } = useLoaded(`case ${listHref} ${id}`, load, refreshMs);
  const clocks = useLoaded(`deadlines ${listHref} ${id}`, async () => (await loadDeadlines?.())?.clocks ?? []);
  // The number of entries that the person has seen, or that the person's own change has added.
  const [seen, see] = useState<number>();
  const own = useRef(false);
  useEffect(() => {
    if (!view || (seen !== undefined && !own.current)) return;
    own.current = false;
    see(view.history.length);
  }, [view, seen]);
  const version = view?.version;
  useEffect(() => {
    if (version !== undefined) void clocks.reload();
  }, [version, clocks.reload]);
  const { done, status, onSend, onDone } = useDone();
  const show = (changed?: V) => {
    own.current = true;
    if (changed) put(changed);
    else void reload();
  };
  const onRefusal = ({ code }: Failure) => {
    if (code === "version-outdated" || code === "wrong-state") void reload();
  };
  const isGone = failure?.code === "not-found" && view !== undefined;
  const isChanged = view !== undefined && seen !== undefined && view.history.length > seen && !own.current;
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
            <CaseFacts view={view} />
            {fetchLink && <Attachments files={view.attachments} fetchLink={fetchLink} />}
            {clocks.value && clocks.value.length > 0 && <Deadlines clocks={clocks.value} />}
            <Timeline view={view} />
          </div>
          <aside id="acts" class="no-print" aria-label={text(labels.caseParts.act)}>
            <p role="status" class="done" tabIndex={-1} ref={status}>
              {done && !isChanged && <b>{filled(labels.done, done)}</b>}
            </p>
            <LeftDrafts id={id} />
            {isChanged && <Changed view={view} seen={seen} see={() => see(view.history.length)} />}
            <FormContext.Provider value={{ onSend, onRefusal, onDone }}>{acts(view, show)}</FormContext.Provider>
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

/** What was done last, until another form is sent. It is brought into sight: the page may have become shorter by what was done. */
function useDone() {
  const [done, set] = useState<{ what: string }>();
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!done) return;
    status.current?.focus({ preventScroll: true });
    status.current?.scrollIntoView({ block: "center" });
  }, [done]);
  return { done, status, onSend: () => set(undefined), onDone: (what: string) => set({ what }) };
}

/** Texts whose form is gone, because somebody else was faster: to copy and to discard. */
function LeftDrafts({ id }: { id: string }): JSX.Element {
  const left = useLeftDrafts(id);
  return (
    <>
      {left.map(({ name, texts }) => (
        <section key={name} class="changed">
          <h2>{text(labels.caseParts.unsent)}</h2>
          {texts.map((typed) => (
            <p class="typed" dir="auto" key={typed}>
              {typed}
            </p>
          ))}
          <button type="button" class="quiet" onClick={() => dropDraft(name)}>
            {text(labels.caseParts.discard)}
          </button>
        </section>
      ))}
    </>
  );
}

function Changed({ view, seen, see }: { view: CaseView; seen: number; see: () => void }): JSX.Element {
  return (
    <div class="changed" role="status">
      <Timeline view={view} seen={seen} heading={text(labels.caseParts.changed)} id="changed" />
      <button type="button" class="quiet" onClick={see}>
        {text(labels.caseParts.seen)}
      </button>
    </div>
  );
}
