import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { statuses } from "#shared/wording/names.ts";
import { Act } from "../forms/act.tsx";
import { keepDraft, type Values } from "../forms/drafts.ts";
import { type Field, Form, FormContext, typed } from "../forms/form.tsx";
import { Failed, SureButton } from "../forms/parts.tsx";
import { type Failure, failureOf, type Schemas } from "../session/api.ts";
import { type Desk, nameOf, useDesk } from "../session/desk.ts";
import { firstPages, type Loaded, useLoaded } from "../session/loading.ts";
import { day, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { issueWords } from "./words-of-issues.ts";

type LinkRow = Schemas["IssueLinkRow"];
type Found = Schemas["WorkQueueItem"];
export type Links = Loaded<LinkRow[]>;

const words = issueWords.links;
/** The API links so many at once. */
const mostAtOnce = 100;

/** The complaints that are linked to an issue now. */
export function useLinks(id: string): Links {
  const { api } = useDesk();
  return useLoaded(`links of ${id}`, async () => {
    const pages = await firstPages((cursor) => {
      const params = { path: { issueId: id }, query: { limit: mostAtOnce, ...cursor } };
      return api.get("/v1/inspector/issues/{issueId}/links", { params });
    });
    return pages.flatMap(({ items }) => items);
  });
}

/** The linked complaints, each with a way to end its link. */
export function LinkedComplaints({ id, links }: { id: string; links: Links }): JSX.Element {
  const { api } = useDesk();
  const [failed, fail] = useState<Failure>();
  const unlink = async (complaintId: string) => {
    try {
      const params = { path: { issueId: id } };
      await api.delete("/v1/inspector/issues/{issueId}/links", { params, body: { complaintIds: [complaintId] } });
      fail(undefined);
    } catch (error) {
      fail(failureOf(error));
    }
    await links.reload();
  };
  return (
    <section aria-labelledby="links">
      <h2 id="links">{text(words.linked)}</h2>
      <Failed failure={links.failure ?? failed} retry={links.reload} />
      {links.value?.length === 0 && <p>{text(words.none)}</p>}
      <ul class="linked">
        {links.value?.map(({ complaintId, status, filedAt }) => (
          <li key={complaintId}>
            <a href={`/desk/inspector/${complaintId}`}>
              <bdi class="id">{complaintId}</bdi>
            </a>{" "}
            <span class="status">{text(statuses[status])}</span> <small>{day(filedAt)}</small>{" "}
            <span class="no-print">
              <SureButton
                label={text(words.unlink)}
                question={text(words.unlinkSure)}
                act={() => unlink(complaintId)}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type LinkFormsProps = { view: Schemas["InspectorIssueView"]; links: Links };

/** A search among the complaints that the issue may be about, and a form that links what was found. */
export function LinkForms({ view, links }: LinkFormsProps): JSX.Element {
  const desk = useDesk();
  const [asked, ask] = useState<Values>({});
  const [found, setFound] = useState<Found[]>();
  const linked = new Set(links.value?.map(({ complaintId }) => complaintId));
  const unlinked = found?.filter(({ id }) => !linked.has(id)).slice(0, mostAtOnce);
  return (
    <Act title={text(words.title)}>
      <FormContext.Provider value={quiet}>
        <Form
          name={`${view.id} search`}
          hint={text(words.hint)}
          fields={searchFields(view, desk)}
          start={asked}
          button={text(words.search)}
          send={async (values) => {
            setFound(await search(view, { values, desk }));
            ask(values);
          }}
        />
      </FormContext.Provider>
      <p role="status">{unlinked && foundIn(unlinked.length)}</p>
      {unlinked && unlinked.length > 0 && <LinkForm view={view} links={links} found={unlinked} />}
    </Act>
  );
}

/** A search changes nothing: it is not named as done above the forms. */
const quiet = { onSend: () => {}, onRefusal: () => {}, onDone: () => {} };

const foundIn = (count: number) => (count > 0 ? filled(words.found, { count }) : text(words.nothingFound));

function searchFields({ countyIds }: LinkFormsProps["view"], desk: Desk): Field[] {
  const counties = countyIds.map((id): [string, string] => [id, nameOf(desk, "counties", id)]);
  const options = Object.entries(statuses).map(([one, label]): [string, string] => [one, text(label)]);
  const county: Field[] =
    counties.length > 1
      ? [{ kind: "select", name: "countyId", label: text(labels.filters.county), isOptional: true, options: counties }]
      : [];
  return [
    { kind: "select", name: "status", label: text(words.openOnes), options },
    ...county,
    { kind: "date", name: "from", label: text(labels.filters.from), isOptional: true },
    { kind: "date", name: "to", label: text(labels.filters.to), isOptional: true },
  ];
}

/** The complaints of the issue's agency, category and counties that match the search. */
async function search(
  { agencyId, category, countyIds }: LinkFormsProps["view"],
  { values, desk: { api } }: { values: Values; desk: Desk },
): Promise<Found[]> {
  const countyId = typed(values, "countyId") ?? (countyIds.length === 1 ? countyIds[0] : undefined);
  const [status, from, to] = ["status", "from", "to"].map((name) => typed(values, name));
  const filter = {
    agencyId,
    category,
    ...(countyId && { countyId }),
    ...(status && { status: status as Found["status"] }),
    ...(from && { from }),
    ...(to && { to }),
  };
  const pages = await firstPages((cursor) => {
    const query = { ...filter, details: "true" as const, limit: mostAtOnce, ...cursor };
    return api.get("/v1/inspector/complaints", { params: { query } });
  });
  const found = pages.flatMap(({ items }) => items);
  return found.filter((one) => countyIds.includes(one.countyId));
}

type LinkFormProps = LinkFormsProps & { found: Found[] };

function LinkForm({ view, links, found }: LinkFormProps): JSX.Element {
  const { api } = useDesk();
  const [refused, refuse] = useState<Schemas["IssueLinks"]["refused"]>([]);
  const name = `${view.id} link`;
  const options = found.map((one): [string, string] => [one.id, sentenceOf(one)]);
  const chooseAll = () => keepDraft(name, { complaintIds: found.map(({ id }) => id).join(",") }, "complaintIds");
  return (
    <>
      <p class="buttons">
        <button type="button" class="quiet" onClick={chooseAll}>
          {text(words.all)}
        </button>
      </p>
      <Form
        name={name}
        fields={[{ kind: "several", name: "complaintIds", label: text(words.choose), options }]}
        button={text(words.button)}
        done={text(words.done)}
        send={async (values, key) => {
          const complaintIds = (typed(values, "complaintIds") ?? "").split(",").filter(Boolean);
          const params = { path: { issueId: view.id }, header: { "Idempotency-Key": key } };
          const outcome = await api.post("/v1/inspector/issues/{issueId}/links", { params, body: { complaintIds } });
          refuse(outcome.refused);
          await links.reload();
        }}
      />
      {refused.length > 0 && (
        <div class="failure" role="alert">
          <p>{text(words.refused)}</p>
          <ul>
            {refused.map(({ complaintId, refusal }) => (
              <li key={complaintId}>
                <bdi class="id">{complaintId}</bdi>: {text(words.refusals[refusal])}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** A found complaint in a line: when, in what state, and how its text begins. */
function sentenceOf({ id, filedAt, status, excerpt }: Found): string {
  const when = `${day(filedAt)}، ${text(statuses[status])}`;
  return [id, when, excerpt].filter(Boolean).join(" · ");
}
