import type { ProvinceFault } from "./fault.ts";
import type { Skeleton } from "./skeleton.ts";

type Retiring = { retiredFrom?: string | undefined };

/** What retires on any day counts as gone already, so that a file that is right today is right for good. */
const goesOn = ({ retiredFrom }: Retiring) => !retiredFrom;

/** Counties that nobody serves, and parts of a province that nobody takes. */
export function vacancies(province: Skeleton): ProvinceFault[] {
  const { counties, agencies, categories, causes, frontEnds } = province;
  return [
    ...unservedCounties(province),
    ...missingRoles(province),
    ...governorsOfNothing(province),
    ...allRetired("filed", { counties, agencies, categories, frontEnds }),
    ...allRetired("answered or decided", { causes }),
  ];
}

function unservedCounties({ counties, agencies }: Skeleton): ProvinceFault[] {
  if (!agencies.some(goesOn)) return [];
  const served = new Set(agencies.filter(goesOn).flatMap(({ countyIds }) => countyIds));
  return counties.flatMap((county, c) => {
    if (!county.id || !goesOn(county) || served.has(county.id)) return [];
    const message = `no agency goes on in "${county.id}": add it to an agency's countyIds, or retire the county`;
    return [{ path: ["counties", c], message }];
  });
}

function missingRoles({ operators }: Skeleton): ProvinceFault[] {
  return (["inspector", "admin"] as const).flatMap((role) => {
    if (operators.some((operator) => operator.role === role && goesOn(operator))) return [];
    return [{ path: ["operators"], message: `there is no ${role} who goes on: add a client with the role "${role}"` }];
  });
}

/** Without counties an overseer sees the whole province. */
function governorsOfNothing({ overseers }: Skeleton): ProvinceFault[] {
  return overseers.flatMap(({ holder, countyIds }, o) => {
    if (holder !== "county-governor" || countyIds.length > 0) return [];
    return [{ path: ["overseers", o, "countyIds"], message: "is missing: name the counties of this governor" }];
  });
}

function allRetired(done: string, lists: Record<string, Retiring[]>): ProvinceFault[] {
  return Object.entries(lists).flatMap(([list, items]) => {
    if (items.length === 0 || items.some(goesOn)) return [];
    const message = `all of them retire, so nothing more could be ${done}: let one go on, or add one`;
    return [{ path: [list], message }];
  });
}
