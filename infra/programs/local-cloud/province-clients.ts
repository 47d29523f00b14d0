import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { plainFailure } from "./machine/errors.ts";
import type { StateFolder } from "./machine/state-folder.ts";
import type { SignInPerson } from "./sign-in.ts";

const Webhook = z.object({ url: z.string() });

/** The fields of a province file that the local cloud reads. */
const ProvinceFile = z.object({
  id: z.string(),
  name: z.object({ fa: z.string(), en: z.string() }),
  counties: z.array(z.object({ id: z.string(), name: z.object({ fa: z.string() }) })).default([]),
  agencies: z.array(
    z.object({
      id: z.string(),
      name: z.object({ fa: z.string() }).default({ fa: "" }),
      countyIds: z.array(z.string()),
      clientIds: z.array(z.string()),
      webhook: Webhook.optional(),
    }),
  ),
  frontEnds: z.array(
    z.object({
      clientId: z.string(),
      channels: z.array(z.string()),
      operatedBy: z.string().optional(),
      webhook: Webhook.optional(),
    }),
  ),
  records: z.literal(true).optional(),
  sandbox: z.object({ clients: z.array(z.object({ clientId: z.string() })), canary: z.string().optional() }).optional(),
  overseers: z.array(
    z.object({ clientId: z.string(), authority: z.string(), countyIds: z.array(z.string()).optional() }),
  ),
  escalationLevels: z.array(z.object({ authority: z.string() })).default([]),
  publicUrl: z.string(),
  tokens: z.object({
    issuer: z.string(),
    audience: z.string().optional(),
    tokenEndpoint: z.string().optional(),
    peopleClients: z.array(z.string()).min(1),
  }),
});
export type ProvinceFile = z.infer<typeof ProvinceFile>;

/** A registered client as `endpoints.json` lists it. */
export type LocalClient = {
  clientId: string;
  clientSecret: string;
  scope: string;
  sub?: string;
  agencyId?: string;
  channels?: string[];
  operatedBy?: string;
  authority?: string;
  countyIds?: string[];
};

export function readProvinceFile(file: string): ProvinceFile {
  try {
    return ProvinceFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw plainFailure(`${file} is not a province file: FOAD_PROVINCE must name one under infra/provinces.`, cause);
  }
}

const Key = z.object({ key: z.string() });

/** Every registered client by its name, each with a secret that stays the same while the state folder lives. */
export function localClients({
  province,
  state,
  canarySecret,
}: {
  province: ProvinceFile;
  state: StateFolder;
  /** The canary's secret in Secrets Manager. In AWS an operator registers it at the token issuer. */
  canarySecret: string | undefined;
}): Record<string, LocalClient> {
  const { key } = state.read("client-key.json", Key) ?? { key: randomBytes(32).toString("hex") };
  state.write("client-key.json", { key });
  const secretOf = (name: string) => createHmac("sha256", key).update(name).digest("base64url").slice(0, 24);
  const named = (name: string, client: Omit<LocalClient, "clientSecret">): [string, LocalClient] => [
    name,
    { ...client, clientSecret: (name === province.sandbox?.canary && canarySecret) || secretOf(name) },
  ];
  return Object.fromEntries([
    ...province.frontEnds.map(({ clientId, webhook: _, ...rest }) =>
      named(clientId, { clientId, scope: "foad/front-end", ...rest }),
    ),
    ...province.agencies.flatMap(({ id, clientIds, countyIds }) =>
      clientIds.map((clientId) => named(clientId, { clientId, scope: "foad/agency", agencyId: id, countyIds })),
    ),
    ...(province.sandbox?.clients ?? []).map(({ clientId }) =>
      named(clientId, { clientId, scope: "foad/front-end foad/agency", agencyId: "sandbox" }),
    ),
    ...province.overseers.map(({ clientId, ...rest }) =>
      named(clientId, { clientId, scope: "foad/overseer", sub: `${clientId}-officer`, ...rest }),
    ),
    ...localPeople(province).map(({ sub, clientId, roles: [role] }) =>
      named(sub, { clientId, scope: `foad/${scopes[role.role] ?? role.role}`, sub }),
    ),
  ]);
}

/** The gateway wants a scope that it knows. What a person may do is decided by the roles alone. */
const scopes: Partial<Record<Role["role"], string>> = {
  officer: "agency",
  reviewer: "inspector",
  personnel: "agency",
};

type Role =
  | { role: "inspector" | "admin" | "reviewer" }
  | { role: "officer"; agencyId: string; personnelId: string }
  | { role: "personnel"; agencyId: string }
  | { role: "overseer"; authority: string; countyIds?: string[] | undefined };

/** An official, as an admin would register them, and the client through which they sign in. */
export type LocalPerson = { sub: string; name: string; clientId: string; roles: [Role] };

/** An official who has a role now: an invented one, or one whom an admin registered. */
export type RegisteredPerson = {
  sub: string;
  name: string;
  roles: {
    role: string;
    agencyId?: string | undefined;
    authority?: string | undefined;
    countyIds?: string[] | undefined;
  }[];
};

/** The name of an invented person, who is called after the agency. The API takes 100 characters. */
const nameAtAgency = (role: string, agency: string) => `${role} ${agency}`.slice(0, 100).trim();

/** The names of the overseers of this machine. */
const titles: Record<string, string> = {
  "county-governor": "فرماندار",
  "governor-general": "استاندار",
  "national-organization": "سازمان اداری و استخدامی",
};

const reviewers = [
  ["reviewer", "نادر شریفی"],
  ["reviewer-2", "ژاله کرمانی"],
] as const;

/**
 * The officials of the local cloud: two inspectors, because an inspector may not decide again on the same complaint. If the
 * province has notices to employees, four inspectors, two reviewers and the personnel office of the first agency. An admin, an officer of each agency and each overseer. Each signs in through the application of the role, or through the desk.
 */
export function localPeople({ tokens, agencies, overseers, escalationLevels, records }: ProvinceFile): LocalPerson[] {
  const [desk = ""] = tokens.peopleClients;
  const clientFor = (application: string) => (tokens.peopleClients.includes(application) ? application : desk);
  const inspectors = ["مریم احمدی", "رضا کاظمی", ...(records ? ["لیلا حسینی", "حمید نوروزی"] : [])].map(
    (name, n): LocalPerson => ({
      sub: `inspector-${n + 1}`,
      name,
      clientId: clientFor("inspectors-application"),
      roles: [{ role: "inspector" }],
    }),
  );
  const personnelOf = ({ id, name }: ProvinceFile["agencies"][number]): LocalPerson => ({
    sub: `personnel-${id}`,
    name: nameAtAgency("کارگزینی", name.fa),
    clientId: desk,
    roles: [{ role: "personnel", agencyId: id }],
  });
  return [
    ...inspectors,
    ...(records
      ? reviewers.map(([sub, name]): LocalPerson => ({ sub, name, clientId: desk, roles: [{ role: "reviewer" }] }))
      : []),
    ...(records ? agencies.slice(0, 1).map(personnelOf) : []),
    { sub: "admin", name: "سارا رستمی", clientId: clientFor("admins-application"), roles: [{ role: "admin" }] },
    ...agencies.map(
      ({ id, name }, n): LocalPerson => ({
        sub: `officer-${id}`,
        name: nameAtAgency("کارشناس", name.fa),
        clientId: desk,
        roles: [{ role: "officer", agencyId: id, personnelId: String(1_001 + n) }],
      }),
    ),
    ...overseers.flatMap(({ clientId, authority, countyIds }): LocalPerson[] => {
      if (!(authority in titles) || !escalationLevels.some((level) => level.authority === authority)) return [];
      const role: Role = { role: "overseer", authority, ...(countyIds && { countyIds }) };
      return [{ sub: `overseer-${clientId}`, name: titles[authority] ?? "", clientId: desk, roles: [role] }];
    }),
  ];
}

/** Nobody has registered this person: who signs in so sees the `sub` to hand to an administrator. */
const newcomer = { sub: "newcomer", name: "تازه‌وارد", roles: [] };

/**
 * The officials who can sign in on this machine. First come officers of two agencies, the inspectors, the first overseer of
 * counties and the admin: one of each kind of work. People whom an admin registered follow the invented ones. `registered`:
 * everybody who is registered now, with the present names and roles; undefined if nobody can be.
 */
export function signInPeople(province: ProvinceFile, registered?: RegisteredPerson[]): SignInPerson[] {
  const people = localPeople(province);
  const of = (kind: Role["role"]) => people.filter(({ roles: [{ role }] }) => role === kind);
  const governors = of("overseer").filter(({ roles: [role] }) => "countyIds" in role);
  const first = [
    ...of("officer").slice(0, 2),
    ...of("inspector"),
    ...of("reviewer"),
    ...of("personnel"),
    ...governors.slice(0, 1),
    ...of("admin"),
  ];
  const invented = [...first, ...people.filter((person) => !first.includes(person)), newcomer];
  const subs = new Set(invented.map(({ sub }) => sub));
  const bySub = new Map(registered?.map((person) => [person.sub, person]));
  const present = registered
    ? invented.map(({ sub, name }) => bySub.get(sub) ?? { sub, name, roles: [] })
    : invented.map(({ sub, name, roles }) => ({ sub, name, roles }));
  const others = registered?.filter(({ sub }) => !subs.has(sub)) ?? [];
  return [...present, ...others].map(({ sub, name, roles }) => ({
    sub,
    name,
    about: aboutRoles({ name, roles }, province),
    isInvented: subs.has(sub),
  }));
}

/** The words of the desk for each role. */
const roleNames: Record<string, string> = {
  officer: "کارشناس",
  head: "رئیس دستگاه",
  operator: "کارشناس تلفن ۱۲۸",
  inspector: "بازرس",
  overseer: "مقام ناظر",
  admin: "مدیر سامانه",
  reviewer: "بازبین",
  personnel: "کارگزینی",
};

/** The roles of a person with their agency or counties; empty if the name says both, as those of invented officers do. */
function aboutRoles({ name, roles }: Pick<RegisteredPerson, "name" | "roles">, province: ProvinceFile): string {
  if (roles.length === 0) return "هنوز ثبت نشده است";
  const agencies = new Map(province.agencies.map((agency) => [agency.id, agency.name.fa]));
  const counties = new Map(province.counties.map((county) => [county.id, county.name.fa]));
  const about = roles.flatMap(({ role, agencyId, countyIds }) => {
    const words = roleNames[role] ?? role;
    const agency = agencyId && (agencies.get(agencyId) || agencyId);
    if (agency) return name === nameAtAgency(words, agency) ? [] : [`${words} ${agency}`];
    if (role !== "overseer") return [words];
    return [`${words}، ${countyIds?.map((id) => counties.get(id) ?? id).join("، ") ?? "همهٔ استان"}`];
  });
  return about.join("؛ ");
}
