import { sandboxAgency } from "../directory.ts";
import { didYouMean, type ProvinceFault } from "./fault-texts.ts";
import type { LooseProvince } from "./lenient-file.ts";

/** The call centre must be a front end that is not retired and that no agency runs: citizens tell it about agencies. */
export function callCentreFaults({ callCentre, frontEnds }: LooseProvince): ProvinceFault[] {
  const clientId = callCentre?.clientId;
  if (!clientId) return [];
  const fault = (message: string) => [{ path: ["callCentre", "clientId"], message }];
  const frontEnd = frontEnds.find((one) => one.clientId === clientId);
  if (!frontEnd) {
    const suggestion = didYouMean(
      clientId,
      frontEnds.map((one) => one.clientId),
    );
    return fault(`there is no front end "${clientId}": add it, or name another${suggestion}`);
  }
  // If all front ends are retired, `vacancyFaults` reports it.
  if (frontEnd.retiredFrom && frontEnds.some((one) => !one.retiredFrom))
    return fault(`"${clientId}" retires: name one that goes on, or leave callCentre out`);
  if (!frontEnd.operatedBy) return [];
  return fault(
    `"${clientId}" is run by "${frontEnd.operatedBy}": name one that no agency runs, or leave callCentre out`,
  );
}

/** No agency may have the sandbox's id: its complaints would not be counted, and would expire. */
function reservedAgencyFaults({ agencies }: LooseProvince): ProvinceFault[] {
  return agencies.flatMap(({ id }, a) =>
    id === sandboxAgency
      ? [{ path: ["agencies", a, "id"], message: `"${id}" is where programs are tried: give it another id` }]
      : [],
  );
}

/** The canary files complaints, so it must be a sandbox client, which can file only there. */
function unknownCanaryFaults({ sandbox }: LooseProvince): ProvinceFault[] {
  const canary = sandbox?.canary;
  if (!canary || sandbox.clients.some(({ clientId }) => clientId === canary)) return [];
  return [{ path: ["sandbox", "canary"], message: `"${canary}" is none of the sandbox's clients: add it to them` }];
}

export const sandboxFaults = (province: LooseProvince) => [
  ...reservedAgencyFaults(province),
  ...unknownCanaryFaults(province),
];

type Retiring = { retiredFrom?: string | undefined };

/** An entry with any retirement day counts as retired, so that a correct file stays correct as days pass. */
const isNotRetired = ({ retiredFrom }: Retiring) => !retiredFrom;

/** Counties without an agency, roles without a client, and lists whose entries are all retired. */
export function vacancyFaults(province: LooseProvince): ProvinceFault[] {
  const { counties, agencies, categories, causes, frontEnds } = province;
  return [
    ...unservedCountyFaults(province),
    ...governorFaults(province),
    ...allRetiredFaults("filed", { counties, agencies, categories, frontEnds }),
    ...allRetiredFaults("answered or decided", { causes }),
  ];
}

function unservedCountyFaults({ counties, agencies }: LooseProvince): ProvinceFault[] {
  if (!agencies.some(isNotRetired)) return [];
  const served = new Set(agencies.filter(isNotRetired).flatMap(({ countyIds }) => countyIds));
  return counties.flatMap((county, c) => {
    if (!county.id || !isNotRetired(county) || served.has(county.id)) return [];
    const message = `no agency goes on in "${county.id}": add it to an agency's countyIds, or retire the county`;
    return [{ path: ["counties", c], message }];
  });
}

/** Without counties an overseer sees the whole province. */
function governorFaults({ overseers }: LooseProvince): ProvinceFault[] {
  return overseers.flatMap(({ authority, countyIds }, o) => {
    if (authority !== "county-governor" || countyIds.length > 0) return [];
    return [{ path: ["overseers", o, "countyIds"], message: "is missing: name the counties of this governor" }];
  });
}

function allRetiredFaults(done: string, lists: Record<string, Retiring[]>): ProvinceFault[] {
  return Object.entries(lists).flatMap(([list, items]) => {
    if (items.length === 0 || items.some(isNotRetired)) return [];
    const message = `all of them retire, so nothing more could be ${done}: let one go on, or add one`;
    return [{ path: [list], message }];
  });
}
