import type { JSX } from "preact";
import { Failed, Page } from "../forms/parts.tsx";
import { useAddress } from "../session/address.ts";
import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { firstPages, useLoaded } from "../session/loading.ts";
import { dateTime, duration, filled, serverNow, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { FoundByArithmetic } from "./proposals.tsx";
import { issueWords } from "./words-of-issues.ts";

const refreshMs = 120_000;

type Row = Schemas["IssueRow"] | Schemas["InspectorIssueRow"];
type PageOfRows = { items: Row[]; nextCursor?: string | undefined };
type Reader = "inspector" | "agency" | "overseer";
type Tab = keyof typeof issueWords.tabs;
type Asked = { limit: number; cursor?: string; late?: "true" | "false"; unread?: "true" };

/** The issues of all agencies, and what arithmetic found. */
export function InspectorIssues(): JSX.Element {
  const { api } = useDesk();
  return (
    <Issues
      reader="inspector"
      root="/desk/issues"
      tabs={["all", "late", "unread", "found"]}
      load={(query) => api.get("/v1/inspector/issues", { params: { query } })}
    />
  );
}

/** The issues that the officer's agency has to mend. */
export function AgencyIssues(): JSX.Element {
  const { api } = useDesk();
  return (
    <Issues
      reader="agency"
      root="/desk/agency-issues"
      tabs={["all", "late"]}
      load={(query) => api.get("/v1/agency/issues", { params: { query } })}
    />
  );
}

/** The issues that have reached the overseer's level. */
export function OverseerIssues(): JSX.Element {
  const { api } = useDesk();
  return (
    <Issues
      reader="overseer"
      root="/desk/overseer-issues"
      tabs={["late", "all"]}
      load={(query) => api.get("/v1/overseer/issues", { params: { query } })}
    />
  );
}

type IssuesProps = { reader: Reader; root: string; tabs: Tab[]; load: (query: Asked) => Promise<PageOfRows> };

/** The first of the tabs is shown where the address names none. */
function Issues({ reader, root, tabs, load }: IssuesProps): JSX.Element {
  const { query } = useAddress();
  const tab = tabs.find((one) => one === query.get("show")) ?? tabs[0] ?? "all";
  return (
    <Page title={text(issueWords.list)}>
      <p class="note">{text(issueWords.listHints[reader])}</p>
      {reader === "inspector" && (
        <p>
          <a href={`${root}/new`}>{text(issueWords.open.title)}</a>
        </p>
      )}
      <nav class="tabs" aria-label={text(issueWords.list)}>
        {tabs.map((one) => (
          <a key={one} href={`${root}?show=${one}`} aria-current={one === tab ? "page" : undefined}>
            {text(issueWords.tabs[one])}
          </a>
        ))}
      </nav>
      {tab === "found" ? (
        <FoundByArithmetic />
      ) : (
        <IssueRows key={tab} name={`${root} ${tab}`} root={root} reader={reader} load={() => rowsOf(tab, load)} />
      )}
    </Page>
  );
}

/** The rows of a tab, the late ones first. */
async function rowsOf(tab: Tab, load: IssuesProps["load"]): Promise<Row[]> {
  const all = async (filter: Omit<Asked, "limit">) =>
    (await firstPages((cursor) => load({ limit: 100, ...filter, ...cursor }))).flatMap(({ items }): Row[] => items);
  if (tab === "late") return (await all({ late: "true" })).sort(byLateness);
  if (tab === "unread") return all({ unread: "true" });
  const [late, others] = await Promise.all([all({ late: "true" }), all({ late: "false" })]);
  return [...late.sort(byLateness), ...others];
}

const byLateness = (one: Row, other: Row) => ((one.lateSince ?? "") < (other.lateSince ?? "") ? -1 : 1);

type RowsProps = { name: string; root: string; reader: Reader; load: () => Promise<Row[]> };

function IssueRows({ name, root, reader, load }: RowsProps): JSX.Element {
  const desk = useDesk();
  const { value, failure, reload } = useLoaded(name, load, refreshMs);
  return (
    <>
      <Failed failure={failure} retry={reload} />
      {!value && !failure && <p>{text(labels.loading)}</p>}
      {value?.length === 0 && <p>{text(labels.none)}</p>}
      <ol class="cases">
        {value?.map((row) => (
          <li key={row.id}>
            <a href={`${root}/${row.id}`}>
              <span class="row-due">
                <OwedText issue={row} isOurs={reader === "agency"} />
              </span>
              <span class="row-what">
                <b>{row.title}</b> <span class="status">{text(issueWords.statuses[row.status])}</span>{" "}
                {row.outage && <span class="mark">{text(issueWords.outage)}</span>}{" "}
                {"unread" in row && row.unread && <span class="mark">{text(issueWords.unread)}</span>}
              </span>
              <span class="row-where">
                {reader !== "agency" && `${nameOf(desk, "agencies", row.agencyId)} · `}
                {countiesOf(row, desk)} · <bdi class="id">{row.id}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}

type Owing = Pick<Row, "status" | "planBy" | "promisedBy" | "lateSince">;

/** The step that the agency owes, and its deadline; undefined if it owes none. */
function owedStep({ status, planBy, promisedBy }: Owing): { step: "plan" | "proof"; by: string } | undefined {
  if (status === "open" || status === "recurred") return { step: "plan", by: planBy };
  return status === "planned" && promisedBy ? { step: "proof", by: promisedBy } : undefined;
}

/** What the agency owes, and how late it is. Only its own officers see a countdown. */
export function OwedText({ issue, isOurs }: { issue: Owing; isOurs: boolean }): JSX.Element | null {
  const owed = owedStep(issue);
  if (!owed) return null;
  const step = text(issueWords.steps[owed.step]);
  const since = issue.lateSince ?? (Date.parse(owed.by) <= serverNow() ? owed.by : undefined);
  const until = filled(issueWords.until, { step, when: dateTime(owed.by) });
  if (since)
    return (
      <strong class="late">
        {filled(issueWords.lateFor, { time: duration(serverNow() - Date.parse(since)) })} <small>{until}</small>
      </strong>
    );
  if (!isOurs) return <span>{until}</span>;
  return (
    <span>
      {filled(labels.due.left, { time: duration(Date.parse(owed.by) - serverNow()) })} <small>{until}</small>
    </span>
  );
}

export const countiesOf = ({ countyIds }: Pick<Row, "countyIds">, desk: Desk): string =>
  countyIds.map((id) => nameOf(desk, "counties", id)).join("، ");
