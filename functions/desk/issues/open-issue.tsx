import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Values } from "../forms/drafts.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import { Page } from "../forms/parts.tsx";
import { publicationSummary } from "../forms/summaries.ts";
import { go, useAddress } from "../session/address.ts";
import { type Desk, nameOf, optionsOf, useDesk } from "../session/desk.ts";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { issueWords } from "./words-of-issues.ts";

const { open } = issueWords;
const here = "/desk/issues/new";

/** Opens an issue. The agency comes first, since its counties and offices follow from it. */
export function OpenIssue(): JSX.Element {
  const desk = useDesk();
  const { query } = useAddress();
  const agencyId = query.get("agencyId") ?? "";
  const isKnown = desk.catalog.agencies.some(({ id }) => id === agencyId);
  return (
    <Page title={text(open.title)}>
      <p class="links">
        <a href="/desk/issues">{text(labels.back)}</a>
        {isKnown && <a href={here}>{text(open.otherAgency)}</a>}
      </p>
      {isKnown ? <IssueForm key={String(query)} agencyId={agencyId} query={query} /> : <AgencyChoice />}
    </Page>
  );
}

function AgencyChoice(): JSX.Element {
  const desk = useDesk();
  const [chosen, choose] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (chosen) go(`${here}?agencyId=${chosen}`);
  };
  return (
    <form class="form" onSubmit={submit} autocomplete="off">
      <p class="field select">
        <label for="agency">{text(open.agency)}</label>
        <select id="agency" required value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{text(labels.choose)}</option>
          {optionsOf(desk, "agencies").map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p class="buttons">
        <button type="submit">{text(open.next)}</button>
      </p>
    </form>
  );
}

type FormProps = { agencyId: string; query: URLSearchParams };

function IssueForm({ agencyId, query }: FormProps): JSX.Element {
  const desk = useDesk();
  const asked = (name: string) => query.get(name) ?? "";
  return (
    <>
      <p>
        {text(labels.filters.agency)}: <b>{nameOf(desk, "agencies", agencyId)}</b>
      </p>
      <Form
        name={`new issue ${query}`}
        fields={fieldsOf(agencyId, desk)}
        start={{ category: asked("category"), countyIds: asked("countyId"), cause: asked("cause") }}
        button={text(open.button)}
        warning={text(open.warning)}
        secondLook={publicationSummary}
        send={async (values, key) => {
          const params = { header: { "Idempotency-Key": key } };
          const { id } = await desk.api.post("/v1/inspector/issues", { params, body: bodyOf(agencyId, values) });
          go(`/desk/issues/${id}`, { replace: true });
        }}
      />
    </>
  );
}

const listIn = (values: Values, name: string) => (typed(values, name) ?? "").split(",").filter(Boolean);

function bodyOf(agencyId: string, values: Values) {
  const cause = typed(values, "cause");
  const officeIds = listIn(values, "officeIds");
  return {
    agencyId,
    category: typed(values, "category") ?? "",
    ...(cause && { cause }),
    countyIds: listIn(values, "countyIds"),
    ...(officeIds.length > 0 && { officeIds }),
    title: typed(values, "title") ?? "",
    summary: typed(values, "summary") ?? "",
    outage: values.outage === true,
  };
}

function fieldsOf(agencyId: string, desk: Desk): Field[] {
  const agency = desk.catalog.agencies.find(({ id }) => id === agencyId);
  const counties = optionsOf(desk, "counties").filter(([id]) => agency?.countyIds.includes(id));
  const offices = (agency?.offices ?? []).map(({ id, name }): [string, string] => [id, text(name)]);
  return [
    { kind: "line", name: "title", label: text(open.issueTitle), max: 1_000 },
    { kind: "area", name: "summary", label: text(open.summary), hint: text(open.summaryHint), max: 4_000 },
    { kind: "select", name: "category", label: text(labels.filters.category), options: optionsOf(desk, "categories") },
    {
      kind: "select",
      name: "cause",
      label: `${text(open.cause)} ${text(labels.optional)}`,
      options: causesOfNobody(desk),
    },
    { kind: "several", name: "countyIds", label: text(issueWords.parts.counties), options: counties },
    ...(offices.length > 0
      ? [{ kind: "several", name: "officeIds", label: text(open.offices), isOptional: true, options: offices } as const]
      : []),
    { kind: "check", name: "outage", label: text(open.outage) },
  ];
}

/** The causes that judge no person: an issue is read by everybody. */
export function causesOfNobody(desk: Desk): [string, string][] {
  const personal = new Set(desk.catalog.causes.filter((one) => one.personal).map(({ id }) => id));
  return optionsOf(desk, "causes").filter(([id]) => !personal.has(id));
}
