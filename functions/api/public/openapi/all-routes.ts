import { routes as admin } from "../../admin.ts";
import { routes as agency } from "../../agency.ts";
import { routes as citizen } from "../../citizen.ts";
import { routes as fileComplaint } from "../../file-complaint.ts";
import { routes as frontEnd } from "../../front-end.ts";
import { routes as inspector } from "../../inspector.ts";
import { routes as overseer } from "../../overseer.ts";
import { routes as everybody } from "../../public.ts";
import { routes as readIdentity } from "../../read-identity.ts";
import type { Routes } from "../../serve.ts";

/** Every route of every function: what the documents tell of. */
export const allRoutes: Routes = {
  ...everybody,
  ...fileComplaint,
  ...frontEnd,
  ...citizen,
  ...agency,
  ...inspector,
  ...readIdentity,
  ...overseer,
  ...admin,
};
