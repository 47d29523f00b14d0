import type { JSX } from "preact";
import type { Values } from "../forms/drafts.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import type { Schemas } from "../session/api.ts";
import { optionsOf, useDesk } from "../session/desk.ts";
import { type Localized, number, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

type Person = Schemas["Person"];
type Role = Person["roles"][number];

/** Registers an official, or changes the name and roles of one. */
export function PersonForm({ person, onClose }: { person?: Person; onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const roles = Object.entries(labels.roles)
    .filter(([role]) => desk.hasRecords || (role !== "reviewer" && role !== "personnel"))
    .map(([role, label]): [string, string] => [role, text(label)]);
  const hasAgency = [labels.roles.officer, ...(desk.hasRecords ? [labels.roles.personnel] : [])];
  const fields: Field[] = [
    ...(person ? [] : [{ kind: "line", name: "sub", label: text(labels.fields.sub), max: 255 } as const]),
    { kind: "line", name: "name", label: text(labels.fields.name), max: 100 },
    { kind: "several", name: "roles", label: text(labels.fields.role), options: roles },
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
      name: "level",
      label: overseerLabel(labels.fields.level),
      hint: text(labels.admin.needsLevel),
      options: levels(),
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
        await desk.api.put("/v1/admin/people/{sub}", { params: { path: { sub } }, body });
      }}
    />
  );
}

/** The API has agency, level and counties in a role; the form has a field for each. */
const pathInPersonForm = (path: string) => path.replace(/^roles\[\d+\]\.(?=agencyId|personnelId|level|countyIds)/, "");

const levels = () => [1, 2, 3, 4, 5].map((level): [string, string] => [String(level), number(level)]);

const officerLabel = (label: Localized) => `${text(label)} (${text(labels.roles.officer)})`;
const overseerLabel = (label: Localized) => `${text(label)} (${text(labels.roles.overseer)})`;

function valuesOf({ name, roles }: Person): Values {
  const officer = roles.find((one) => one.role === "officer");
  const overseer = roles.find((one) => one.role === "overseer");
  return {
    name,
    roles: roles.map(({ role }) => role).join(","),
    agencyId: officer?.agencyId ?? roles.find((one) => one.role === "personnel")?.agencyId ?? "",
    personnelId: officer?.personnelId ?? "",
    level: overseer ? String(overseer.level) : "",
    countyIds: overseer?.countyIds?.join(",") ?? "",
  };
}

function rolesIn(values: Values): Person["roles"] {
  const [personnelId, counties] = [typed(values, "personnelId"), typed(values, "countyIds")?.split(",")];
  /** The roles that say more than their name. */
  const made: Record<string, Role> = {
    officer: { role: "officer", agencyId: typed(values, "agencyId") ?? "", ...(personnelId && { personnelId }) },
    personnel: { role: "personnel", agencyId: typed(values, "agencyId") ?? "" },
    overseer: { role: "overseer", level: Number(typed(values, "level")), ...(counties && { countyIds: counties }) },
  };
  const chosen = String(values.roles ?? "").split(",");
  return chosen.filter(Boolean).map((role) => made[role] ?? ({ role } as Role));
}
