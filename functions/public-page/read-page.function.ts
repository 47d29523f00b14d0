import { authenticateNobody } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { deskRoute, employeePageRoute } from "./desk-route.ts";
import { pageRoute } from "./page-route.ts";

const addresses = [
  "/",
  "/agencies/{id}",
  "/definitions",
  "/feed.atom",
  "/en",
  "/en/agencies/{id}",
  "/en/definitions",
  "/en/feed.atom",
  "/embed/{language}/{file}",
  "/share/{language}/{file}",
  "/assets/{file}",
];

const deskAddresses = ["/desk", "/desk/{proxy+}"];
const employeeAddresses = ["/notice", "/notice/{proxy+}"];

/** Serves the rendered files of the public page, and the desk and the page of employees, which are in its bundle. It reads no table. */
export const routes = Object.fromEntries([
  ...addresses.map((address) => [`GET ${address}`, pageRoute(address)]),
  ...deskAddresses.map((address) => [`GET ${address}`, deskRoute(address)]),
  ...employeeAddresses.map((address) => [`GET ${address}`, employeePageRoute()]),
]);
export const handler = serve({ routes, authenticate: authenticateNobody });
