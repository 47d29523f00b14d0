import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { statuses } from "#shared/wording/names.ts";
import { DateInput, isWholeDay } from "../forms/dates.tsx";
import { DueText, Failed } from "../forms/parts.tsx";
import { issueWords } from "../issues/words-of-issues.ts";
import { go } from "../session/address.ts";
import { type Failure, failureOf, type Schemas } from "../session/api.ts";
import { type Desk, optionsOf, useDesk } from "../session/desk.ts";
import { useLoaded } from "../session/loading.ts";
import { dateTime, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

export type Row = Schemas["InboxItem"] | Schemas["WorkQueueItem"];
export type RowPage = { items: Row[]; nextCursor?: string | undefined };

/** The part of a query that asks for a page of 50 complaints with their details, as the lists of complaints show them. */
export const complaintPage = (cursor: string | undefined) => ({
  details: "true" as const,
  limit: 50,
  ...(cursor && { cursor }),
});

type Listing = {
  /** Names the list among all that is remembered: with its filter. */
  name: string;
  load: (cursor?: string) => Promise<RowPage>;
  href: (row: Row) => string;
  everyMs?: number;
  /** The first page is read anew when this changes. */
  version?: number;
};

/** Complaints, page by page. All pages that are shown are read anew every `everyMs`. */
export function CaseList(listing: Listing): JSX.Element {
  return <Pages key={listing.name} {...listing} />;
}

function Pages({ name, load, href, everyMs, version = 0 }: Listing): JSX.Element {
  const shown = useRef(1);
  const { value, failure, reload, put } = useLoaded<RowPage[]>(
    name,
    async () => {
      const pages = [await load()];
      for (let cursor = pages[0]?.nextCursor; cursor && pages.length < shown.current; cursor = pages.at(-1)?.nextCursor)
        pages.push(await load(cursor));
      return pages;
    },
    everyMs,
  );
  shown.current = Math.max(shown.current, value?.length ?? 1);
  useEffect(() => {
    if (version > 0) void reload();
  }, [version, reload]);
  const [failed, fail] = useState<Failure>();
  const next = value?.at(-1)?.nextCursor;
  const more = async () => {
    try {
      put([...(value ?? []), await load(next)]);
      fail(undefined);
    } catch (error) {
      fail(failureOf(error));
    }
  };
  if (!value) return failure ? <Failed failure={failure} retry={reload} /> : <p>{text(labels.loading)}</p>;
  const rows = [...new Map(value.flatMap(({ items }) => items).map((row) => [row.id, row])).values()];
  return (
    <>
      <Failed failure={failure ?? failed} retry={reload} />
      {rows.length === 0 && <p>{text(labels.none)}</p>}
      <ol class="cases">
        {rows.map((row) => (
          <CaseRow key={row.id} row={row} href={href(row)} />
        ))}
      </ol>
      {next && (
        <p>
          <button type="button" class="quiet" onClick={() => void more()}>
            {text(labels.more)}
          </button>
        </p>
      )}
    </>
  );
}

function CaseRow({ row, href }: { row: Row; href: string }): JSX.Element {
  const { names = {}, excerpt, newMessages, awaitingReplySince } = row;
  // An officer's list is of one agency.
  const agency = "agencyId" in row ? names.agency : undefined;
  const places = [agency, names.county, names.office].flatMap((name) => (name ? [text(name)] : []));
  const officer = "officer" in row ? row.officer?.name : undefined;
  return (
    <li>
      <a href={href}>
        <span class="row-due">
          {row.status === "closed" ? (
            <span>{row.closure && text(labels.closures[row.closure])}</span>
          ) : (
            <DueText {...row} isOfficers={!("agencyId" in row)} />
          )}
        </span>
        <span class="row-what">
          <b>{names.category ? text(names.category) : row.category}</b>{" "}
          <span class="status">{text(statuses[row.status])}</span>{" "}
          {newMessages > 0 && <span class="mark">{filled(labels.due.newMessages, { count: newMessages })}</span>}{" "}
          {"promisesSince" in row && row.promisesSince && (
            <span class="awaiting">{filled(issueWords.promises.since, { when: dateTime(row.promisesSince) })}</span>
          )}{" "}
          {awaitingReplySince && <span class="awaiting">{text(labels.due.awaitingReply)}</span>}
        </span>
        <span class="row-where">
          {places.join("، ")}
          {officer && (
            <>
              {" "}
              · <bdi>{officer}</bdi>
            </>
          )}{" "}
          · <bdi class="id">{row.id}</bdi>
        </span>
        {excerpt && (
          <span class="row-excerpt" dir="auto">
            {excerpt}
          </span>
        )}
      </a>
    </li>
  );
}

export type Filter = Partial<Record<keyof typeof filterLabels, string>>;
const filterLabels = {
  status: labels.filters.status,
  agencyId: labels.filters.agency,
  countyId: labels.filters.county,
  category: labels.filters.category,
  officer: labels.filters.officer,
  id: labels.filters.id,
  from: labels.filters.from,
  to: labels.filters.to,
  late: labels.filters.lateOnly,
  dueSoon: labels.filters.dueSoonOnly,
};
type FilterName = keyof typeof filterLabels;

/** The filter that an address names. */
export function filterIn(query: URLSearchParams): Filter {
  const names = Object.keys(filterLabels) as FilterName[];
  return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])));
}

/** `base`: what a search adds to the address. `isClosed`: the address is of a number above, and not of a search. */
type FilterProps = { names: FilterName[]; query: URLSearchParams; base?: Record<string, string>; isClosed: boolean };

/** The search form. What is searched for stands in the address, so that the back button leads back to the search. */
export function FilterForm({ names, query, base = {}, isClosed }: FilterProps): JSX.Element {
  const desk = useDesk();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const next = new URLSearchParams(query);
    for (const name of names) next.delete(name);
    for (const [name, value] of Object.entries(base)) next.set(name, value);
    for (const [name, value] of new FormData(event.target as HTMLFormElement))
      if (typeof value === "string" && value.trim() !== "") next.set(name, value.trim());
    go(`${location.pathname}?${next}`);
  };
  const isUsed = names.some((name) => query.has(name));
  return (
    <details class="filters" open={isUsed && !isClosed}>
      <summary>{text(labels.filters.title)}</summary>
      <form onSubmit={submit} key={String(query)} autocomplete="off">
        {names.map((name) => (
          <FilterInput key={name} name={name} value={query.get(name) ?? ""} desk={desk} />
        ))}
        <p class="buttons">
          <button type="submit">{text(labels.filters.apply)}</button>
          {isUsed && <a href={location.pathname}>{text(labels.filters.clear)}</a>}
        </p>
      </form>
    </details>
  );
}

function FilterInput({ name, value, desk }: { name: FilterName; value: string; desk: Desk }): JSX.Element {
  const label = text(filterLabels[name]);
  const options = optionsFor(name, desk);
  if (name === "late" || name === "dueSoon")
    return (
      <label class="check">
        <input type="checkbox" name={name} value="true" defaultChecked={value === "true"} /> {label}
      </label>
    );
  if (name === "from" || name === "to") return <DateFilter name={name} label={label} value={value} />;
  if (!options)
    return (
      <label>
        {label} <input type="text" name={name} defaultValue={value} dir="auto" />
      </label>
    );
  return (
    <label>
      {label}{" "}
      <select name={name}>
        <option value="">{text(name === "status" ? labels.filters.allOpen : labels.filters.all)}</option>
        {options.map(([option, shown]) => (
          <option key={option} value={option} selected={option === value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  );
}

function DateFilter({ name, label, value }: { name: string; label: string; value: string }): JSX.Element {
  const [date, set] = useState(value);
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <DateInput value={date} change={set} />
      <input type="hidden" name={name} value={isWholeDay(date) ? date : ""} />
    </fieldset>
  );
}

function optionsFor(name: FilterName, desk: Desk): [string, string][] | undefined {
  switch (name) {
    case "status":
      return Object.entries(statuses).map(([status, label]): [string, string] => [status, text(label)]);
    case "agencyId":
      return optionsOf(desk, "agencies");
    case "countyId":
      return optionsOf(desk, "counties");
    case "category":
      return optionsOf(desk, "categories");
    default:
      return undefined;
  }
}
