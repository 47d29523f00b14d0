import * as z from "zod";
import { defaultRetention } from "#shared/policy-numbers.ts";

const text = z.string().catch("");
const optional = z.string().optional().catch(undefined);
const texts = z.array(text).catch([]);
const listOf = <S extends z.ZodRawShape>(shape: S) => z.array(z.object(shape)).catch([]);
const name = z.object({ fa: text, en: text }).catch({ fa: "", en: "" });
const retirementFields = { retiredFrom: optional };
const successionFields = { ...retirementFields, successorId: optional };
const tile = z.object({ column: z.number(), row: z.number() }).optional().catch(undefined);
const policy = z.object({ clock: text, duration: text }).catch({ clock: "", duration: "" });

/** The fields that the checks between parts need, read leniently: other faults of the file do not stop these checks. */
export const LooseProvince = z.object({
  counties: listOf({ id: text, name, tile, ...successionFields }),
  peerGroups: listOf({ id: text }),
  agencies: listOf({
    id: text,
    name,
    countyIds: texts,
    offices: listOf({ id: text, countyId: text, ...successionFields }),
    clientIds: texts,
    peerGroup: optional,
    ...successionFields,
  }),
  categories: listOf({ id: text, name, acknowledge: policy, answer: policy, extension: policy, ...successionFields }),
  causes: listOf({ id: text, name, ...successionFields }),
  frontEnds: listOf({ clientId: text, channels: texts, operatedBy: optional, ...retirementFields }),
  callCentre: z.object({ clientId: optional }).optional().catch(undefined),
  sandbox: z
    .object({ clients: listOf({ clientId: text }), canary: optional })
    .optional()
    .catch(undefined),
  overseers: listOf({ clientId: text, authority: text, countyIds: texts }),
  tokens: z.object({ peopleClients: texts }).catch({ peopleClients: [] }),
  admins: texts,
  escalationLevels: listOf({ authority: text, after: policy.optional() }),
  review: policy,
  confirmation: policy,
  visits: policy.default({ clock: "office-hours", duration: "PT8H" }),
  retention: z
    .object({
      identity: text.default(defaultRetention.identity),
      texts: text.default(defaultRetention.texts),
      events: text.default(defaultRetention.events),
    })
    .prefault({})
    .catch(defaultRetention),
  officeHours: z
    .object({
      holidays: listOf({ date: text }),
      removedHolidays: texts,
      overrides: listOf({ date: text, countyId: optional }),
    })
    .catch({ holidays: [], removedHolidays: [], overrides: [] }),
  operations: z.object({ alarmEmails: texts }).catch({ alarmEmails: [] }),
  corsOrigins: texts,
  sms: z
    .object({ providers: listOf({ kind: text }), address: text })
    .optional()
    .catch(undefined),
  publicUrl: text,
});
export type LooseProvince = z.infer<typeof LooseProvince>;
