import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Language, text } from "../words/format.ts";
import type { Api, Schemas } from "./api.ts";
import type { Session } from "./session.ts";

/** What every part of the desk uses: the API, who signed in, and the names of the province. */
export type Desk = {
  api: Api;
  session: Session;
  person: Schemas["OwnPerson"];
  catalog: Schemas["Catalog"];
  /** Whether the province has notices to employees. */
  hasRecords: boolean;
  switchLanguage: (language: Language) => void;
};

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("outside of the desk");
  return desk;
}

type Named = "agencies" | "counties" | "categories" | "causes";

/** The name of an agency, county, category or cause; its id where the catalog has no such thing. */
export function nameOf({ catalog }: Desk, kind: Named, id: string): string {
  const found = catalog[kind].find((one) => one.id === id);
  return found ? text(found.name) : id;
}

/** The options of a select: everything of a kind that is in use today. */
export function optionsOf({ catalog }: Desk, kind: Named): [string, string][] {
  return catalog[kind]
    .filter(({ retiredFrom }) => retiredFrom === undefined)
    .map(({ id, name }): [string, string] => [id, text(name)]);
}

type Role = Schemas["OwnPerson"]["roles"][number];
export function roleOf<R extends Role["role"]>(
  { person }: Pick<Desk, "person">,
  role: R,
): Extract<Role, { role: R }> | undefined {
  return person.roles.find((one): one is Extract<Role, { role: R }> => one.role === role);
}
