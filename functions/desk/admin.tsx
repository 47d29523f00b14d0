import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { authorities } from "#shared/wording/names.ts";
import { Act } from "./forms/act.tsx";
import { DateInput, isWholeDay } from "./forms/dates.tsx";
import type { Values } from "./forms/drafts.ts";
import { type Field, Form, typed } from "./forms/form.tsx";
import { Failed, Page, SureButton } from "./forms/parts.tsx";
import { PersonForm } from "./people/person-form.tsx";
import { go, useAddress } from "./session/address.ts";
import { failureOf, type Schemas } from "./session/api.ts";
import { type Desk, nameOf, optionsOf, useDesk } from "./session/desk.ts";
import { firstPages, useLoaded } from "./session/loading.ts";
import { dateInTehran, dateTime, day, digits, filled, number, text } from "./words/format.ts";
import { labels } from "./words/words.ts";

type Person = Schemas["Person"];
type AuditEntry = Schemas["AuditEntry"];

/** Every registered official, with a form to register, change and remove. */
export function People(): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const { value, failure, reload } = useLoaded("people", async () => {
    const all: Person[] = [];
    for await (const person of api.all("/v1/admin/people", { params: { query: { limit: 100 } } })) all.push(person);
    return all;
  });
  const edited = value?.find(({ sub }) => sub === query.get("sub"));
  const close = () => {
    go("/desk/people", { replace: true });
    void reload();
  };
  return (
    <Page title={text(labels.deskOf.people)}>
      <Failed failure={failure} retry={reload} />
      {edited ? (
        <PersonForm key={edited.sub} person={edited} onClose={close} />
      ) : (
        <Act title={text(labels.admin.add)}>
          <PersonForm key="new" onClose={close} />
        </Act>
      )}
      {!value && !failure && <p>{text(labels.loading)}</p>}
      <ul class="people">
        {value?.map((person) => (
          <PersonRow key={person.sub} person={person} onRemoved={reload} />
        ))}
      </ul>
    </Page>
  );
}

function PersonRow({ person, onRemoved }: { person: Person; onRemoved: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const { sub, name, roles } = person;
  const [failed, fail] = useState("");
  const remove = async () => {
    try {
      await desk.api.delete("/v1/admin/people/{sub}", { params: { path: { sub } } });
      await onRemoved();
    } catch (error) {
      fail(failureOf(error).message);
    }
  };
  return (
    <li class="person">
      <span>
        <b>{name || text(labels.admin.noName)}</b> <bdi class="id">{sub}</bdi>
      </span>
      <span>{roles.map((role) => roleText(role, desk)).join("، ")}</span>
      <a href={`/desk/people?sub=${encodeURIComponent(sub)}`}>{text(labels.admin.edit)}</a>{" "}
      <SureButton label={text(labels.admin.remove)} question={filled(labels.admin.removeSure, { name })} act={remove} />
      {failed && <p class="failure">{failed}</p>}
    </li>
  );
}

function roleText(role: Person["roles"][number], desk: Desk): string {
  const name = text(labels.roles[role.role]);
  if ("agencyId" in role) return `${name} · ${nameOf(desk, "agencies", role.agencyId)}`;
  if (role.role !== "overseer") return name;
  const counties = role.countyIds?.map((id) => nameOf(desk, "counties", id)).join("، ");
  return `${name} · ${text(authorities[role.authority])}${counties ? ` · ${counties}` : ""}`;
}

const showHoursOf = (chosen: string) => isWholeDay(chosen) && go(`/desk/hours?date=${chosen}`, { replace: true });

/** The office hours of one day, and other hours for it. */
export function Hours(): JSX.Element {
  const desk = useDesk();
  const { query } = useAddress();
  const asked = query.get("date") ?? "";
  const date = /^20\d\d-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : dateInTehran();
  const path = { date };
  const { value, failure, reload } = useLoaded(`hours ${date}`, () =>
    desk.api.get("/v1/admin/office-hours/{date}", { params: { path } }),
  );
  const places: [string, string][] = optionsOf(desk, "counties");
  const placeField: Field = {
    kind: "select",
    name: "countyId",
    label: text(labels.fields.place),
    isOptional: true,
    hint: text(labels.fields.wholeProvince),
    options: places,
  };
  return (
    <Page title={text(labels.deskOf.hours)}>
      <fieldset class="field">
        <legend>{text(labels.fields.date)}</legend>
        <DateInput value={date} change={showHoursOf} />
      </fieldset>
      <Failed failure={failure} retry={reload} />
      {value && <DayTable hours={value} />}
      <Act title={text(labels.admin.setHours)}>
        <Form
          key={date}
          name={`hours ${date}`}
          fields={[
            placeField,
            { kind: "check", name: "closed", label: text(labels.fields.closed) },
            { kind: "time", name: "intervals", label: text(labels.fields.from), isOptional: true },
            { kind: "time", name: "until", label: text(labels.fields.to), isOptional: true },
            { kind: "line", name: "reason", label: text(labels.fields.reason), max: 500 },
          ]}
          send={async (values) => {
            await desk.api.put("/v1/admin/office-hours/{date}", { params: { path }, body: hoursBody(values) });
            await reload();
          }}
        />
      </Act>
      <Act title={text(labels.admin.revert)}>
        <Form
          key={date}
          name={`revert ${date}`}
          fields={[placeField]}
          button={text(labels.admin.revert)}
          send={async (values) => {
            const countyId = typed(values, "countyId");
            await desk.api.delete("/v1/admin/office-hours/{date}", {
              params: { path, query: countyId ? { countyId } : {} },
            });
            await reload();
          }}
        />
      </Act>
    </Page>
  );
}

function hoursBody(values: Values) {
  const [countyId, from, to] = ["countyId", "intervals", "until"].map((name) => typed(values, name));
  const hours = values.closed === true ? { closed: true } : from && to ? { intervals: [{ from, to }] } : {};
  return { ...(countyId && { countyId }), ...hours, reason: typed(values, "reason") ?? "" };
}

function DayTable({ hours }: { hours: Schemas["DayHours"] }): JSX.Element {
  const desk = useDesk();
  const rows = [
    { place: text(labels.fields.wholeProvince), ...hours.province },
    ...hours.counties.map((county) => ({ place: nameOf(desk, "counties", county.countyId), ...county })),
  ];
  return (
    <>
      {hours.deadlinesPending && <p role="status">{text(labels.admin.pendingDeadlines)}</p>}
      <table>
        <tbody>
          {rows.map(({ place, intervals, reason }) => (
            <tr key={place}>
              <th scope="row">{place}</th>
              <td>
                {intervals.length === 0
                  ? text(labels.admin.closedDay)
                  : intervals.map(({ from, to }) => `${digits(from)}–${digits(to)}`).join("، ")}
              </td>
              <td>{reason ? text({ fa: reason.fa ?? "", en: reason.en }) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Events that did not reach an agency, and the webhooks. */
export function Deliveries(): JSX.Element {
  const desk = useDesk();
  const { value, failure, reload } = useLoaded("deliveries", async () => {
    const pages = await firstPages((cursor) =>
      desk.api.get("/v1/admin/deliveries", { params: { query: { limit: 100, ...cursor } } }),
    );
    return { items: pages.flatMap(({ items }) => items), webhooks: pages[0]?.webhooks ?? [] };
  });
  return (
    <Page title={text(labels.deskOf.deliveries)}>
      <Failed failure={failure} retry={reload} />
      {value?.items.length === 0 && <p>{text(labels.none)}</p>}
      <ul class="people">
        {value?.items.map(({ eventId, agencyIds, failedAt }) => (
          <li key={eventId}>
            <bdi class="id">{eventId}</bdi> {agencyIds.map((id) => nameOf(desk, "agencies", id)).join("، ")} ·{" "}
            {filled(labels.admin.failedAt, { when: dateTime(failedAt) })}
            <Form
              name={`redrive ${eventId}`}
              fields={[]}
              button={text(labels.admin.redrive)}
              send={async (_, key) => {
                const params = { header: { "Idempotency-Key": key } };
                await desk.api.post("/v1/admin/deliveries/redrive", { params, body: { eventIds: [eventId] } });
                await reload();
              }}
            />
          </li>
        ))}
      </ul>
      {value && value.webhooks.length > 0 && (
        <section>
          <h2>{text(labels.admin.webhooks)}</h2>
          <ul class="people">
            {value.webhooks.map(({ subscriber, state, consecutiveFailures, url }) => (
              <li key={subscriber}>
                <bdi>{subscriber}</bdi> <b>{state}</b> {number(consecutiveFailures)} <bdi>{url}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

/** What a registration changed: the roles, and the name if it was another. Of a removal, the roles that the person had. */
function changeOf(entry: AuditEntry, desk: Desk): string {
  if (entry.type !== "person-registered" && entry.type !== "person-removed") return "";
  const listed = (roles: readonly unknown[]) =>
    (roles as Person["roles"]).map((role) => roleText(role, desk)).join("، ");
  const before = entry.rolesBefore && listed(entry.rolesBefore);
  if (entry.type === "person-removed") return before ?? "";
  const [now, renamed] = [listed(entry.roles), entry.nameBefore];
  return [
    before && before !== now ? filled(labels.admin.roleChanged, { before, now }) : now,
    ...(renamed ? [filled(labels.admin.nameChanged, { before: renamed })] : []),
  ].join(text({ fa: "؛ ", en: "; " }));
}

/** What officials did that is audited, the newest first. */
export function Audit(): JSX.Element {
  const desk = useDesk();
  const { api } = desk;
  const { value, failure, reload } = useLoaded("audit", async () => {
    const pages = await firstPages((cursor) =>
      api.get("/v1/admin/audit", { params: { query: { limit: 100, ...cursor } } }),
    );
    return pages.flatMap(({ items }) => items);
  });
  return (
    <Page title={text(labels.deskOf.audit)}>
      <Failed failure={failure} retry={reload} />
      {!value && !failure && <p>{text(labels.loading)}</p>}
      {value?.length === 0 && <p>{text(labels.none)}</p>}
      <ul class="people">
        {value?.map((entry) => (
          <li key={`${entry.at}${entry.type}`}>
            <time dateTime={entry.at}>{dateTime(entry.at)}</time> <b>{text(labels.admin.auditTypes[entry.type])}</b>{" "}
            <bdi>{entry.names?.[entry.person] ?? entry.person}</bdi>
            {"complaintId" in entry && <bdi class="id"> {entry.complaintId}</bdi>}
            {"noticeId" in entry && <bdi class="id"> {entry.noticeId}</bdi>}
            {"agencyId" in entry && <span> {nameOf(desk, "agencies", entry.agencyId)}</span>}
            {"employment" in entry && <bdi> {Object.values(entry.employment).join("، ")}</bdi>}
            {"sub" in entry && (
              <bdi> {entry.names?.[entry.sub] ? `${entry.names[entry.sub]} (${entry.sub})` : entry.sub}</bdi>
            )}
            <span> {changeOf(entry, desk)}</span>
            {"date" in entry && <span> {day(entry.date)}</span>}
            {"subscriber" in entry && <bdi> {entry.subscriber}</bdi>}
            {"reason" in entry && <span dir="auto"> {entry.reason}</span>}
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A case that must not be erased: found by its id, held and let go with a reason. */
export function Holds(): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const id = query.get("id") ?? "";
  return (
    <Page title={text(labels.deskOf.holds)}>
      <Form
        name="find hold"
        fields={[{ kind: "line", name: "id", label: text(labels.filters.id), max: 40 }]}
        start={{ id }}
        button={text(labels.admin.find)}
        send={async (values) => {
          const found = await api.get("/v1/admin/holds/{id}", { params: { path: { id: typed(values, "id") ?? "-" } } });
          go(`/desk/holds?id=${encodeURIComponent(found.id)}`);
        }}
      />
      {id && <HoldOf key={id} id={id} />}
    </Page>
  );
}

function HoldOf({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const params = { path: { id } };
  const { value, failure, reload, put } = useLoaded(`hold ${id}`, () => api.get("/v1/admin/holds/{id}", { params }));
  const isHeld = value?.held === true;
  return (
    <section>
      <h2>
        <bdi>{id}</bdi>
      </h2>
      <Failed failure={failure} retry={reload} />
      {value && (
        <p>
          {isHeld
            ? filled(labels.admin.isHeld, { since: dateTime(value.since ?? ""), reason: value.reason ?? "" })
            : text(labels.admin.notHeld)}
        </p>
      )}
      {value && (
        <Form
          name={`hold ${id} ${isHeld}`}
          fields={[{ kind: "area", name: "reason", label: text(labels.fields.reason), max: 1_000 }]}
          button={text(isHeld ? labels.admin.lift : labels.admin.hold)}
          send={async (values) => {
            const body = { reason: typed(values, "reason") ?? "" };
            put(
              isHeld
                ? await api.delete("/v1/admin/holds/{id}", { params, body })
                : await api.put("/v1/admin/holds/{id}", { params, body }),
            );
          }}
        />
      )}
    </section>
  );
}
