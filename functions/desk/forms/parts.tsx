import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Failure, Schemas } from "../session/api.ts";
import { dateTime, duration, filled, number, serverNow, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

/** `heading`: where it says more than the title of the window. */
type PageProps = { title: string; heading?: ComponentChildren; children: ComponentChildren };

/** A page with its heading, which gets the focus when the page is opened. The title of the window says no more than the heading. */
export function Page({ title, heading, children }: PageProps): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    setWindowTitle(title);
    head.current?.focus();
  }, [title]);
  return (
    <>
      <h1 ref={head} tabIndex={-1}>
        {heading ?? title}
      </h1>
      {children}
    </>
  );
}

type Facts = readonly [label: { fa: string; en: string }, value: ComponentChildren][];

/** Labels with their values. A fact without a value is left away. */
export function FactList({ facts, name }: { facts: Facts; name?: string }): JSX.Element {
  return (
    <dl class="facts" aria-label={name}>
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label.en}>
              <dt>{text(label)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

let announced = 0;
let title = "";

function setWindowTitle(page = title): void {
  title = page;
  document.title = `${announced > 0 ? `(${number(announced)}) ` : ""}${title} · ${text(labels.desk)}`;
}

/** Writes the number of new complaints before the title of the window. */
export function announceInTitle(count: number): void {
  announced = count;
  setWindowTitle();
}

export function Failed({ failure, retry }: { failure: Failure | undefined; retry?: () => void }): JSX.Element | null {
  if (!failure) return null;
  return (
    <p class="failure" role="alert">
      {failure.message}{" "}
      {retry && (
        <button type="button" class="quiet" onClick={retry}>
          {text(labels.tryAgain)}
        </button>
      )}
    </p>
  );
}

type Due = Pick<Schemas["InboxItem"], "next" | "lateSince">;

/**
 * How long is left until the next deadline, or how late it is. Late is said in words and by a triangle, never by colour alone.
 * A deadline that binds somebody else has no countdown: it says whose turn it is. `isOfficers`: whether an officer reads it.
 */
export function DueText({ next, lateSince, isOfficers }: Due & { isOfficers: boolean }): JSX.Element {
  useEveryMinute();
  const hasPassed = next && next.step !== "confirm" && Date.parse(next.by) < serverNow();
  const since = lateSince ?? (hasPassed ? next.by : undefined);
  const step = next ? text(labels.due.steps[next.step]) : "";
  if (since)
    return (
      <strong class="late">
        {filled(labels.due.late, { time: duration(serverNow() - Date.parse(since)) })} <small>{step}</small>
      </strong>
    );
  if (!next) return <span>{text(labels.notSet)}</span>;
  if (next.step === "confirm" || (next.step === "review" && isOfficers))
    return (
      <span>
        {text(labels.due.turns[next.step])}{" "}
        <small>
          {next.step === "confirm"
            ? filled(labels.due.confirmUntil, { when: dateTime(next.by) })
            : filled(labels.due.until, { step, when: dateTime(next.by) })}
        </small>
      </span>
    );
  return (
    <span>
      {filled(labels.due.left, { time: duration(Date.parse(next.by) - serverNow()) })}{" "}
      <small>{filled(labels.due.until, { step, when: dateTime(next.by) })}</small>
    </span>
  );
}

function useEveryMinute(): void {
  const [, redraw] = useState({});
  useEffect(() => {
    const timer = setInterval(() => redraw({}), 60_000);
    return () => clearInterval(timer);
  }, []);
}

type Counts = Omit<Record<keyof typeof labels.counts, number>, "waiting"> & { waiting?: number };

const numbers = ["open", "late", "dueSoon", "answered", "disputed"] as const;
/** First what waits for the agency, last the way back to everything. */
const officersNumbers = ["waiting", "late", "dueSoon", "answered", "disputed", "open"] as const;

/** The numbers of today, each a link to the complaints that it counts. `here`: the address, whose number is marked. */
export function CountsRow({
  counts,
  links,
  here,
}: {
  counts: Counts;
  links: Partial<Record<keyof Counts, string>>;
  here: string;
}): JSX.Element {
  const names = counts.waiting === undefined ? numbers : officersNumbers;
  return (
    <>
      <ul class="counts">
        {names.map((name) => {
          const content = (
            <>
              <b>{number(counts[name] ?? 0)}</b> {text(labels.counts[name])}
            </>
          );
          const link = links[name];
          return (
            <li key={name}>
              {link ? (
                <a href={link} aria-current={link === here ? "page" : undefined}>
                  {content}
                </a>
              ) : (
                <span>{content}</span>
              )}
            </li>
          );
        })}
      </ul>
      {counts.dueSoon > 0 && <p class="note">{text(labels.dueSoonNote)}</p>}
    </>
  );
}

/** A button that asks once more before it does something that is seen or not easily undone. */
export function SureButton({
  label,
  question,
  act,
}: {
  label: string;
  question: string;
  act: () => Promise<void>;
}): JSX.Element {
  const [isAsked, ask] = useState(false);
  const isBusy = useRef(false);
  const wasAsked = useRef(false);
  const first = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  // A held Enter must not confirm by itself, and the focus comes back to where the question was asked.
  useLayoutEffect(() => {
    if (isAsked) no.current?.focus();
    else if (wasAsked.current) first.current?.focus();
    wasAsked.current = isAsked;
  }, [isAsked]);
  const confirm = async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    await act();
    isBusy.current = false;
    ask(false);
  };
  if (!isAsked)
    return (
      <button type="button" class="quiet" ref={first} onClick={() => ask(true)}>
        {label}
      </button>
    );
  return (
    <span class="sure">
      {question}{" "}
      <button type="button" onClick={() => void confirm()}>
        {text(labels.yes)}
      </button>{" "}
      <button type="button" class="quiet" ref={no} onClick={() => ask(false)}>
        {text(labels.cancel)}
      </button>
    </span>
  );
}
