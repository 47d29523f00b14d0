import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { instantOf, localOf } from "../forms/dates.tsx";
import { reasonField, textField } from "../forms/fields.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import { Failed, Page } from "../forms/parts.tsx";
import { useAddress } from "../session/address.ts";
import type { Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { firstPages, useLoaded } from "../session/loading.ts";
import { dateInTehran, dateTime, day, filled, serverNow, text, timeOfDay } from "../words/format.ts";
import { labels } from "../words/words.ts";

const root = "/desk/inspector";
const refreshMs = 60_000;

export type InspectorActsProps = {
  view: Schemas["InspectorView"];
  show: (view?: Schemas["InspectorView"]) => void;
};

type Visit = Schemas["InspectorView"]["visits"][number];
const isOver = ({ reportedAt, cancelledAt }: Visit) => reportedAt !== undefined || cancelledAt !== undefined;

/** The visits of a case that are not over, and the order of another. */
export function Visits({ view, show }: InspectorActsProps): JSX.Element {
  const { api, person } = useDesk();
  const { id } = view;
  return (
    <>
      {view.visits
        .filter((visit) => !isOver(visit))
        .map((visit) => (
          <VisitForms key={visit.visitId} visit={visit} view={view} show={show} />
        ))}
      {view.status !== "closed" && (
        <Act title={text(labels.moves.visit)}>
          <Form
            name={`${id} visit`}
            fields={[plannedAtField()]}
            done={text(labels.moved.visit)}
            send={async (values, key) => {
              const body = { plannedAt: instantOf(typed(values, "plannedAt")), inspector: person.sub };
              await api.post("/v1/inspector/complaints/{id}/visits", {
                params: { path: { id }, header: { "Idempotency-Key": key } },
                body,
              });
              show();
            }}
          />
        </Act>
      )}
    </>
  );
}

const plannedAtField = (): Field => ({ kind: "instant", name: "plannedAt", label: text(labels.fields.plannedAt) });

function VisitForms({
  visit: { visitId, plannedAt, reportBy },
  view: { id },
  show,
}: InspectorActsProps & { visit: Visit }): JSX.Element {
  const { api, person } = useDesk();
  const sent = (key: string) => ({ params: { path: { id, visitId }, header: { "Idempotency-Key": key } } });
  const results = Object.entries(labels.visitResults).map(([result, label]): [string, string] => [result, text(label)]);
  return (
    <>
      <p>
        {text(labels.deskOf.visits)}: {plannedAt ? dateTime(plannedAt) : text(labels.visitList.unplanned)}،{" "}
        {filled(labels.visitList.by, { when: dateTime(reportBy) })}
      </p>
      <Act title={text(labels.moves.plan)}>
        <Form
          name={`${id} ${visitId} plan`}
          fields={[plannedAtField()]}
          done={text(labels.moved.plan)}
          send={async (values, key) => {
            const body = { plannedAt: instantOf(typed(values, "plannedAt")), inspector: person.sub };
            show(await api.post("/v1/inspector/complaints/{id}/visits/{visitId}/plan", { ...sent(key), body }));
          }}
        />
      </Act>
      <Act title={text(labels.moves.report)}>
        <Form
          name={`${id} ${visitId} report`}
          start={{ arrivedAt: localOf(serverNow()) }}
          done={text(labels.moved.report)}
          fields={[
            { kind: "instant", name: "arrivedAt", label: text(labels.fields.arrivedAt) },
            { kind: "choice", name: "visitResult", label: text(labels.fields.visitResult), options: results },
            textField(),
          ]}
          send={async (values, key) => {
            const body = {
              arrivedAt: instantOf(typed(values, "arrivedAt")),
              visitResult: typed(values, "visitResult") as Schemas["VisitResult"],
              text: typed(values, "text") ?? "",
            };
            show(await api.post("/v1/inspector/complaints/{id}/visits/{visitId}/report", { ...sent(key), body }));
          }}
        />
      </Act>
      <Act title={text(labels.moves.cancelVisit)}>
        <Form
          name={`${id} ${visitId} cancel`}
          fields={[reasonField()]}
          done={text(labels.moved.cancelVisit)}
          send={async (values, key) => {
            const body = { reason: typed(values, "reason") ?? "" };
            show(await api.post("/v1/inspector/complaints/{id}/visits/{visitId}/cancellation", { ...sent(key), body }));
          }}
        />
      </Act>
    </>
  );
}

/** The visits of the coming and past days, by day and by person. */
export function InspectorVisits(): JSX.Element {
  const { api, person } = useDesk();
  const { query } = useAddress();
  const isMine = query.get("mine") === "true";
  const chosen = isMine ? { inspector: person.sub } : {};
  const { value, failure, reload } = useLoaded(
    `visits ${isMine}`,
    async () => {
      const query = { ...chosen, from: dateInTehran(-7), to: dateInTehran(30), limit: 100 };
      const pages = await firstPages((cursor) =>
        api.get("/v1/inspector/visits", { params: { query: { ...query, ...cursor } } }),
      );
      const people: Record<string, string> = Object.assign({}, ...pages.map((page) => page.people));
      return { items: pages.flatMap(({ items }) => items), people };
    },
    refreshMs,
  );
  const byDay = new Map<string, Schemas["VisitRow"][]>();
  for (const visit of value?.items ?? []) {
    const title = visit.plannedAt ? day(visit.plannedAt) : "";
    byDay.set(title, [...(byDay.get(title) ?? []), visit]);
  }
  return (
    <Page title={text(labels.deskOf.visits)}>
      <nav class="tabs" aria-label={text(labels.deskOf.visits)}>
        <a href={`${root}/visits`} aria-current={isMine ? undefined : "page"}>
          {text(labels.filters.all)}
        </a>
        <a href={`${root}/visits?mine=true`} aria-current={isMine ? "page" : undefined}>
          {text(labels.visitList.mine)}
        </a>
      </nav>
      <Failed failure={failure} retry={reload} />
      {!value && !failure && <p>{text(labels.loading)}</p>}
      {value?.items.length === 0 && <p>{text(labels.none)}</p>}
      {[...byDay].map(([title, visits]) => (
        <section key={title}>
          <h2>{title || text(labels.visitList.unplanned)}</h2>
          <ol class="cases">
            {visits.map((visit) => (
              <VisitRow key={visit.visitId} visit={visit} people={value?.people ?? {}} />
            ))}
          </ol>
        </section>
      ))}
    </Page>
  );
}

function VisitRow({ visit, people }: { visit: Schemas["VisitRow"]; people: Record<string, string> }): JSX.Element {
  const { complaint, plannedAt, reportBy, inspector, reportedAt, cancelledAt } = visit;
  const { names = {} } = complaint;
  const places = [names.agency, names.county, names.office].flatMap((name) => (name ? [text(name)] : []));
  const state = reportedAt ? labels.visitList.reported : cancelledAt ? labels.visitList.cancelled : undefined;
  return (
    <li>
      <a href={`${root}/${complaint.id}`}>
        <span class="row-due">
          {plannedAt ? timeOfDay(plannedAt) : ""}{" "}
          {state
            ? text(state)
            : `${Date.parse(reportBy) < serverNow() ? "▲ " : ""}${filled(labels.visitList.by, { when: dateTime(reportBy) })}`}
        </span>
        <span class="row-what">
          <b>{inspector ? <bdi>{people[inspector] ?? inspector}</bdi> : text(labels.notSet)}</b>
        </span>
        <span class="row-where">
          {places.join("، ")} · <bdi class="id">{complaint.id}</bdi>
        </span>
      </a>
    </li>
  );
}
