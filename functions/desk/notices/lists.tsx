import type { JSX } from "preact";
import { Form, typed } from "../forms/form.tsx";
import { Failed, Page } from "../forms/parts.tsx";
import { go } from "../session/address.ts";
import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { firstPages, useLoaded } from "../session/loading.ts";
import { dateTime, duration, filled, serverNow, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { noticeWords } from "./words-of-notices.ts";

const refreshMs = 60_000;
type Row = Schemas["NoticeRow"];
type PageOfRows = { items: Row[]; nextCursor?: string | undefined };

/** The notices that are not over, the next deadline first. */
export function NoticeList(): JSX.Element {
  const { api } = useDesk();
  return (
    <Notices
      title={text(noticeWords.list)}
      hint={text(noticeWords.listHint)}
      root="/desk/notices"
      turn="inspector"
      load={(cursor) => api.get("/v1/inspector/notices", { params: { query: { limit: 100, ...cursor } } })}
    />
  );
}

/** What employees contest, and the reviewer has not judged; and the way to the notice of an employee who comes with the letter. */
export function ContestList(): JSX.Element {
  const { api } = useDesk();
  const { title, find, open } = noticeWords.handOver;
  return (
    <Notices
      title={text(noticeWords.contests)}
      root="/desk/contests"
      turn="reviewer"
      load={(cursor) => api.get("/v1/reviewer/notices", { params: { query: { limit: 100, ...cursor } } })}
      below={
        <Form
          name="find notice"
          title={text(title)}
          fields={[{ kind: "code", name: "noticeId", label: text(find), max: 30 }]}
          button={text(open)}
          send={async (values) => go(`/desk/contests/${(typed(values, "noticeId") ?? "").toUpperCase()}`)}
        />
      }
    />
  );
}

type ListProps = {
  title: string;
  hint?: string;
  root: string;
  /** Whose list it is. */
  turn: NonNullable<Row["waitsFor"]>;
  load: (cursor: { cursor?: string }) => Promise<PageOfRows>;
  below?: JSX.Element;
};

function Notices({ title, hint, root, turn, load, below }: ListProps): JSX.Element {
  const desk = useDesk();
  const { value, failure, reload } = useLoaded(
    root,
    async () => (await firstPages(load)).flatMap(({ items }) => items),
    refreshMs,
  );
  return (
    <Page title={title}>
      {hint && <p class="note">{hint}</p>}
      <Failed failure={failure} retry={reload} />
      {!value && !failure && <p>{text(labels.loading)}</p>}
      {value?.length === 0 && <p>{text(labels.none)}</p>}
      <ol class="cases">
        {value?.map((row) => (
          <li key={row.id}>
            <a href={`${root}/${row.id}`}>
              <span class="row-due">
                {row.nextDeadline && <Deadline at={row.nextDeadline} isOurs={row.waitsFor === turn} />}
              </span>
              <span class="row-what">
                <b>{text(noticeWords.statuses[row.status])}</b>{" "}
                {row.waitsFor && (
                  <span class={row.waitsFor === turn ? "mark" : "status"}>{text(noticeWords.turns[row.waitsFor])}</span>
                )}
              </span>
              <span class="row-where">
                {placeOf(row, desk)} · <bdi class="id">{row.id}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ol>
      {below}
    </Page>
  );
}

/** A deadline of the reader's own has a countdown. */
function Deadline({ at, isOurs }: { at: string; isOurs: boolean }): JSX.Element {
  const until = filled(noticeWords.until, { when: dateTime(at) });
  if (!isOurs) return <span>{until}</span>;
  return (
    <span>
      {filled(labels.due.left, { time: duration(Math.max(0, Date.parse(at) - serverNow())) })} <small>{until}</small>
    </span>
  );
}

/** The agency and the office of the employee. */
export function placeOf({ agencyId, officeId }: Pick<Row, "agencyId" | "officeId">, desk: Desk): string {
  const agency = desk.catalog.agencies.find(({ id }) => id === agencyId);
  const office = agency?.offices.find(({ id }) => id === officeId);
  return [nameOf(desk, "agencies", agencyId), office && text(office.name)].filter(Boolean).join("، ");
}
