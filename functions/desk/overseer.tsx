import type { JSX } from "preact";
import { CasePage } from "./complaints/case-page.tsx";
import { CaseList, complaintPage, FilterForm, filterIn } from "./complaints/lists.tsx";
import { headersFor, textField } from "./forms/fields.ts";
import { Form, typed } from "./forms/form.tsx";
import { CountsRow, Failed, Page } from "./forms/parts.tsx";
import { useAddress } from "./session/address.ts";
import type { Schemas } from "./session/api.ts";
import { nameOf, useDesk } from "./session/desk.ts";
import { useSummary } from "./session/loading.ts";
import { day, filled, number, text } from "./words/format.ts";
import { labels } from "./words/words.ts";

const root = "/desk/overseer";
const refreshMs = 120_000;

const numberLinks = { open: root, late: `${root}?late=true`, dueSoon: `${root}?dueSoon=true` };

/** One screen for a phone and ten minutes: what is late and where, the last closed week, and the cases. */
export function OverseerPage(): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const here = query.size > 0 ? `${root}?${query}` : root;
  const filter = filterIn(query) as Record<string, never>;
  const summary = useSummary("overseer summary", () => api.get("/v1/overseer/summary"), refreshMs);
  return (
    <Page title={text(labels.deskOf.overseer)}>
      <Failed failure={summary.failure} retry={summary.reload} />
      {summary.value && <Numbers summary={summary.value} here={here} />}
      <h2>{text(labels.overseer.cases)}</h2>
      <FilterForm
        names={["agencyId", "countyId", "category", "id", "late", "dueSoon"]}
        query={query}
        isClosed={Object.values(numberLinks).includes(here)}
      />
      <CaseList
        name={`overseer ${query}`}
        everyMs={refreshMs}
        href={({ id }) => `${root}/${id}`}
        load={(cursor) =>
          api.get("/v1/overseer/complaints", { params: { query: { ...filter, ...complaintPage(cursor) } } })
        }
      />
    </Page>
  );
}

function Numbers({ summary, here }: { summary: Schemas["OverseerSummary"]; here: string }): JSX.Element {
  const desk = useDesk();
  const late = summary.agencies.filter((one) => one.late > 0).sort((a, b) => b.late - a.late);
  const [week] = summary.weeks;
  return (
    <>
      <CountsRow counts={summary} links={numberLinks} here={here} />
      <section>
        <h2>{text(labels.overseer.byAgency)}</h2>
        {late.length === 0 && <p>{text(labels.none)}</p>}
        <ul class="bars">
          {late.map(({ id, late: count }) => (
            <li key={id}>
              <a href={`${root}?agencyId=${id}&late=true`}>{nameOf(desk, "agencies", id)}</a>{" "}
              <progress max={late[0]?.late ?? 1} value={count} aria-hidden="true" /> <b>{number(count)}</b>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>
          {week
            ? filled(labels.overseer.week, { from: day(week.firstDay), to: day(week.lastDay) })
            : text(labels.overseer.noWeek)}
        </h2>
        {week && <WeekTable week={week} />}
      </section>
    </>
  );
}

function WeekTable({ week }: { week: Schemas["OverseerSummary"]["weeks"][number] }): JSX.Element {
  const desk = useDesk();
  const rows = week.agencies.filter(({ filed }) => filed > 0).sort((a, b) => b.filed - a.filed);
  if (rows.length === 0) return <p>{text(labels.none)}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text(labels.filters.agency)}</th>
          <th scope="col">{text(labels.overseer.filed)}</th>
          <th scope="col">{text(labels.overseer.inTime)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, filed, answeredInTime }) => (
          <tr key={id}>
            <th scope="row">{nameOf(desk, "agencies", id)}</th>
            <td>{number(filed)}</td>
            <td>{number(answeredInTime)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One late complaint, and the directive that the overseer may give. */
export function OverseerCase({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  return (
    <CasePage
      id={id}
      listHref={root}
      load={() => api.get("/v1/overseer/complaints/{id}", { params: { path: { id } } })}
      acts={(view, show) => (
        <Form
          name={`${id} directive`}
          title={text(labels.moves.directive)}
          fields={[textField()]}
          done={text(labels.moved.directive)}
          send={async (values, key) => {
            const params = { path: { id }, header: headersFor(view, key) };
            const body = { text: typed(values, "text") ?? "" };
            show(await api.post("/v1/overseer/complaints/{id}/directives", { params, body }));
          }}
        />
      )}
    />
  );
}
