import type { Endpoints } from "../../infra/local/local-cloud.ts";
import type { Intent } from "./load.ts";

const categories = ["postponed-without-reason", "disrespect", "systems-not-ready", "decision-not-transparent"];
/** So many of the province's agencies are complained of, several clients at the same one at once. */
const agencyCount = 8;

type Wanted = { endpoints: Endpoints; complaints: number; seed: number; random: () => number };

/** What the clients of a load are going to file: agencies, counties, front ends and moves at random. */
export function someIntents({ endpoints: { clients }, complaints, seed, random }: Wanted): Intent[] {
  const pick = <T>(from: T[]): T => {
    const picked = from[Math.floor(random() * from.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  };
  const named = Object.entries(clients).map(([name, client]) => ({ name, ...client }));
  const frontEnds = named.filter(({ channels, operatedBy }) => channels && !operatedBy);
  // The sandbox stands in no county.
  const all = named.flatMap(({ agencyId, countyIds, ...agency }) =>
    agencyId && countyIds ? [{ ...agency, agencyId, countyIds }] : [],
  );
  const agencies = all.sort(() => random() - 0.5).slice(0, agencyCount);
  return Array.from({ length: complaints }, (_, number) => {
    const { name: agency, agencyId, countyIds } = pick(agencies);
    const { name: frontEnd, channels = [] } = pick(frontEnds);
    const description = `شکایت شماره ${number + 1}: دو ساعت در نوبت ماندم و کسی پاسخگو نبود.`;
    const body = { agencyId, countyId: pick(countyIds), category: pick(categories), channel: channels[0], description };
    return { key: `soak-${seed}-${number + 1}`, frontEnd, agencyId, agency, body, moves: random() < 1 / 3 };
  });
}
