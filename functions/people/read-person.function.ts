import * as z from "zod";
import { PersonRole } from "#shared/people/people.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";

/** The official who signed in. An admin who is only in the province file, and not registered, has no name. */
const OwnPerson = z
  .object({ sub: z.string(), name: z.string().optional(), roles: z.array(PersonRole) })
  .meta({ id: "OwnPerson" });

/** GET /v1/me: the official who signed in, with name and roles. */
const readOwnPerson = route({
  caller: "person",
  summary: { en: "Read who signed in, and with which roles", fa: "کاربر واردشده و نقش‌های او" },
  answer: { status: 200, schema: OwnPerson },
  async run({ principal: { person, roles } }) {
    const names = await readPersonNames([person]);
    return { status: 200, body: { sub: person, name: names.get(person), roles } };
  },
});

/** The route that every official may call, with any role. */
export const routes = { "GET /v1/me": readOwnPerson };
export const handler = serve({ routes, authenticate: authenticateByToken("person") });
