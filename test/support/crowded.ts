import { agenciesThatFit } from "../../infra/province-walls.ts";
import type { Edit } from "./synthesized-with.ts";

/** Gives a province so many agencies, made after its own, in as few stacks as hold them. */
export function crowdedWith(count: number): Edit {
  return (province) => {
    const own = province.agencies;
    province.agencies = Array.from({ length: count }, (_, n) => {
      const agency = structuredClone(own[n % own.length] as (typeof own)[number]);
      const mark = n < own.length ? "" : `-${n}`;
      agency.id += mark;
      agency.stack = 1 + Math.floor(n / agenciesThatFit);
      agency.clientIds = agency.clientIds.map((id) => `${id}${mark}`);
      for (const office of agency.offices) office.id += mark;
      return agency;
    });
    for (const frontEnd of province.frontEnds)
      if (!province.agencies.some(({ id }) => id === frontEnd.operatedBy)) delete frontEnd.operatedBy;
  };
}
