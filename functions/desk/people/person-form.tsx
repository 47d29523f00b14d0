import type { JSX } from "preact";
import { authorities } from "#shared/wording/names.ts";
import type { Values } from "../forms/drafts.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import type { Schemas } from "../session/api.ts";
import { optionsOf, useDesk } from "../session/desk.ts";
import { type Localized, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

type Person = Schemas["Person"];
type Role = Person["roles"][number];
type OverseerRole = Extract<Role, { role: "overseer" }>;

/** The two roles that one person may have together, as one choice. */
const officerAndHead = "officer+head";

/** Registers an official, or changes the name and roles of one. */
export function PersonForm({ person, onClose }: { person?: Person; onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const { officer, head, personnel } = labels.roles;
  const single = Object.entries(labels.roles)
    .filter(([role]) => desk.hasRecords || (role !== "reviewer" && role !== "personnel"))
    .map(([role, label]): [string, string] => [role, text(label)]);
  const roles: [string, string][] = [...single, [officerAndHead, `${text(officer)} + ${text(head)}`]];
  const hasAgency = [officer, head, ...(desk.hasRecords ? [personnel] : [])];
  const fields: Field[] = [
    ...(person ? [] : [{ kind: "line", name: "sub", label: text(labels.fields.sub), max: 255 } as const]),
    { kind: "line", name: "name", label: text(labels.fields.name), max: 100 },
    { kind: "choice", name: "roles", label: text(labels.fields.role), options: roles },
    {
      kind: "select",
      name: "agencyId",
      label: `${text(labels.filters.agency)} (${hasAgency.map(text).join("، ")})`,
      hint: text(desk.hasRecords ? labels.admin.needsAgency : labels.admin.officerNeedsAgency),
      options: optionsOf(desk, "agencies"),
    },
    { kind: "line", name: "personnelId", label: officerLabel(labels.fields.personnelId), isOptional: true, max: 30 },
    {
      kind: "select",
      name: "authority",
      label: overseerLabel(labels.fields.authority),
      hint: text(labels.admin.needsAuthority),
      options: overseeingOptions(),
    },
    {
      kind: "several",
      name: "countyIds",
      label: overseerLabel(labels.fields.countyIds),
      isOptional: true,
      options: optionsOf(desk, "counties"),
    },
  ];
  return (
    <Form
      name={`person ${person?.sub ?? "new"}`}
      title={person && (person.name || person.sub)}
      fields={fields}
      start={person ? valuesOf(person) : {}}
      pathInForm={pathInPersonForm}
      onClose={onClose}
      send={async (values) => {
        // A space is no sub: the API refuses it by name, where an empty one would be another path.
        const sub = person?.sub ?? typed(values, "sub") ?? " ";
        const body = { name: typed(values, "name") ?? "", roles: rolesIn(values) };
        const header = person && { "If-Match": `"${person.version}"` };
        await desk.api.put("/v1/admin/people/{sub}", { params: { path: { sub }, ...(header && { header }) }, body });
      }}
    />
  );
}

/** The API has agency, authority and counties in a role; the form has a field for each. */
const pathInPersonForm = (path: string) =>
  path.replace(/^roles\[\d+\]\.(?=agencyId|personnelId|authority|countyIds)/, "");

/** The compiler names an overseeing authority that is missing here. */
const overseeing: Record<OverseerRole["authority"], Localized> = {
  "county-governor": authorities["county-governor"],
  "governor-general": authorities["governor-general"],
  "national-organization": authorities["national-organization"],
};
const overseeingOptions = () => Object.entries(overseeing).map(([id, name]): [string, string] => [id, text(name)]);

const officerLabel = (label: Localized) => `${text(label)} (${text(labels.roles.officer)})`;
const overseerLabel = (label: Localized) => `${text(label)} (${text(labels.roles.overseer)})`;

function valuesOf({ name, roles }: Person): Values {
  const officer = roles.find((one) => one.role === "officer");
  const overseer = roles.find((one) => one.role === "overseer");
  return {
    name,
    roles: roles
      .map(({ role }) => role)
      .sort()
      .reverse()
      .join("+"),
    agencyId: roles.find((one) => "agencyId" in one)?.agencyId ?? "",
    personnelId: officer?.personnelId ?? "",
    authority: overseer?.authority ?? "",
    countyIds: overseer?.countyIds?.join(",") ?? "",
  };
}

function rolesIn(values: Values): Person["roles"] {
  const [personnelId, counties] = [typed(values, "personnelId"), typed(values, "countyIds")?.split(",")];
  const agencyId = typed(values, "agencyId") ?? "";
  /** The roles that say more than their name. */
  const made: Record<string, Role> = {
    officer: { role: "officer", agencyId, ...(personnelId && { personnelId }) },
    head: { role: "head", agencyId },
    personnel: { role: "personnel", agencyId },
    overseer: {
      role: "overseer",
      authority: typed(values, "authority") as OverseerRole["authority"],
      ...(counties && { countyIds: counties }),
    },
  };
  const chosen = typed(values, "roles")?.split("+") ?? [];
  return chosen.map((role) => made[role] ?? ({ role } as Role));
}
