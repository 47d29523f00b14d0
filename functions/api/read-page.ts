import { authenticateNobody } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { deskRoute } from "./read-page/desk.ts";
import { pageRoute } from "./read-page/page-route.ts";

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

/** Serves the rendered files of the public page, and the files of the desk, which are in its bundle. It reads no table. */
export const routes = Object.fromEntries([
  ...addresses.map((address) => [`GET ${address}`, pageRoute(address)]),
  ...deskAddresses.map((address) => [`GET ${address}`, deskRoute(address)]),
]);
export const handler = serve({ routes, authenticate: authenticateNobody });
