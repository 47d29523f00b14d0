import { readFileSync } from "node:fs";
import { type Province, parseProvince } from "../shared/domain/province.ts";

/** The province that this assembly is for: `FOAD_PROVINCE`, Qazvin if silent. */
export const provinceId = process.env.FOAD_PROVINCE ?? "qazvin";

/** Reads and checks the province's file; throws one error that names every fault. */
export function readProvince(id: string): Province {
  const file = new URL(`./provinces/${id}.json`, import.meta.url);
  return parseProvince(JSON.parse(readFileSync(file, "utf8")), `infra/provinces/${id}.json`);
}
