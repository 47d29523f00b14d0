import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Field, Form, typed } from "../forms/form.tsx";
import { Page } from "../forms/parts.tsx";
import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, roleOf, useDesk } from "../session/desk.ts";
import { day, digits, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { placeOf } from "./lists.tsx";
import { noticeWords } from "./words-of-notices.ts";

type Found = Schemas["EmployeeRecords"] & { who: string };
type Entry = Found["items"][number];

/**
 * What stands in the record of one person on the agency's staff. What was searched for stands in no address, since that stays in the
 * history of the browser.
 */
export function Records(): JSX.Element {
  const desk = useDesk();
  const { search } = noticeWords;
  const [found, set] = useState<Found>();
  const agencyId = roleOf(desk, "personnel")?.agencyId ?? "";
  const fields: Field[] = [
    { kind: "line", name: "personnelId", label: text(search.personnelId), max: 100 },
    {
      kind: "line",
      name: "employer",
      label: text(search.employer),
      hint: text(search.contract),
      isOptional: true,
      max: 200,
    },
    { kind: "line", name: "name", label: text(search.name), isOptional: true, max: 100 },
  ];
  return (
    <Page
      title={text(noticeWords.records)}
      heading={`${text(noticeWords.records)}، ${nameOf(desk, "agencies", agencyId)}`}
    >
      <div class="no-print">
        <Form
          name="records"
          hint={text(search.hint)}
          fields={fields}
          button={text(search.button)}
          send={async (values) => {
            set(undefined);
            const [personnelId, employer, name] = ["personnelId", "employer", "name"].map((one) => typed(values, one));
            const query = { ...(personnelId && { personnelId }), ...(employer && { employer }), ...(name && { name }) };
            const records = await desk.api.get("/v1/agency/records", { params: { query } });
            set({ ...records, who: [personnelId && digits(personnelId), employer, name].filter(Boolean).join("، ") });
          }}
        />
      </div>
      {found && <Entries found={found} agencyId={agencyId} desk={desk} />}
    </Page>
  );
}

function Entries({ found, agencyId, desk }: { found: Found; agencyId: string; desk: Desk }): JSX.Element {
  return (
    <section aria-labelledby="found" role="status">
      <h2 id="found">{filled(noticeWords.search.of, { who: found.who })}</h2>
      <p>{text(found.about)}</p>
      {found.items.length === 0 && (
        <p>
          <b>{text(noticeWords.search.none)}</b>
        </p>
      )}
      {found.items.map((entry) => (
        <EntryOf
          key={entry.id}
          entry={entry}
          place={placeOf({ agencyId, ...(entry.officeId && { officeId: entry.officeId }) }, desk)}
        />
      ))}
      <p class="no-print">
        <button type="button" class="quiet" onClick={() => print()}>
          {text(labels.print)}
        </button>
      </p>
    </section>
  );
}

function EntryOf({ entry, place }: { entry: Entry; place: string }): JSX.Element {
  const { search, parts } = noticeWords;
  const { standsSince, standsUntil, name, allegation, grounds, answer, reasons, id } = entry;
  const said: [label: { fa: string; en: string }, value: string][] = [
    [parts.allegation, allegation],
    [parts.grounds, grounds],
    [search.answer, answer ?? text(search.noAnswer)],
    [search.reasons, reasons],
  ];
  return (
    <article class="record">
      <h3>{filled(search.stands, { since: day(standsSince), until: day(standsUntil) })}</h3>
      <p>
        <bdi>{name}</bdi> · {place} · <bdi class="id">{id}</bdi>
      </p>
      <dl>
        {said.map(([label, value]) => (
          <div key={label.en}>
            <dt>{text(label)}</dt>
            <dd class="typed" dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
