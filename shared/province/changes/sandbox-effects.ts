import type { Province } from "../province.ts";
import { type Answer, byEntry, byField, comingAndGoing, refused, saying } from "./answer.ts";
import { nothingRunning } from "./any-effects.ts";

type Sandbox = NonNullable<Province["sandbox"]>;

const trying = 'may file to the agency "sandbox" and act as it';
const noMore = 'may neither file to the agency "sandbox" nor act as it from the deployment on';
const onceIssued = (whom: string) => `once the token issuer has ${whom} with the scopes foad/front-end and foad/agency`;

const clients: Answer<Sandbox["clients"]> = byEntry({
  noun: "client",
  key: ({ clientId }) => clientId,
  added: () => `new; ${trying}, ${onceIssued("it")}`,
  removed: () => `gone; ${noMore}`,
  each: byField<Sandbox["clients"][number]>({ clientId: refused, name: nothingRunning }),
});

const canaryComes = (clientId: string) =>
  `${clientId} takes a complaint the whole way every hour, once its secret is in Secrets Manager; the alarm CanaryLost tells where none came round in two hours`;
const canaryGoes =
  "no complaint is taken the whole way every hour any more, and the alarm CanaryLost goes; the secret leaves the Data stack and stays in Secrets Manager, at its price, until you delete it";

const canary: Answer<Sandbox["canary"]> = saying(({ was, is }) => {
  if (!is) return canaryGoes;
  if (!was) return canaryComes(is);
  return `${is} takes a complaint the whole way every hour, and ${was} no more: its secret must be put in the place of the other's in Secrets Manager`;
});

const names = (all: Sandbox["clients"]) => all.map(({ clientId }) => clientId).join(", ");

export const sandbox: Answer<Province["sandbox"]> = comingAndGoing<Sandbox>({
  added: (is) =>
    [
      `${names(is.clients)} ${trying}, ${onceIssued("them")}`,
      ...(is.canary ? [canaryComes(is.canary)] : []),
      "its queue, in the stack Agencies-sandbox, must be deployed before Processing and Api",
    ].join("; "),
  removed: (was) =>
    [
      `${names(was.clients)} ${noMore}`,
      "what was filed so lapses, and its queue is kept",
      ...(was.canary ? [canaryGoes] : []),
    ].join("; "),
  each: byField<Sandbox>({ clients, canary }),
});
