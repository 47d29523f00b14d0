import * as z from "zod";
import { described } from "./described.ts";
import { HttpsAddress } from "./formats.ts";

const Domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "must be a host's name in lower case, like foad.example");
const Certificate = z
  .string()
  .regex(
    /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    "must be the ARN of a certificate of ACM, like arn:aws:acm:me-central-1:012345678901:certificate/0a1b",
  );

/** Under which name the gateway itself is reached. */
export const Api = z.strictObject({
  domain: described(Domain, "The gateway's own host; with it, the address that AWS gives it is switched off."),
  certificateArn: described(
    Certificate,
    "The domain's certificate, in ACM of the account and region that the province is deployed to.",
  ),
});

/** What stands before the gateway. */
export const Edge = z.strictObject({
  domain: described(Domain, "The host that callers know, which is that of `publicUrl`."),
  certificateArn: described(
    Certificate,
    "The domain's certificate, in ACM of the account, in the region of CloudFront's certificates.",
  ),
  sends: described(
    z.enum(["a", "b"]).default("a"),
    "Which of the two keys CloudFront sends to the functions. A new edge has `a` alone; the other comes with a rotation.",
  ),
  demanded: described(
    z.boolean().default(true),
    "Whether functions refuse what comes around it: false until the domain's DNS names the edge.",
  ),
});

/** What whoever runs the province is told. */
export const Operations = z.strictObject({
  alarmEmails: described(
    z.array(z.email()).min(1).max(10),
    "Who is mailed by each alarm; each must follow the link that SNS mails first.",
  ),
  alarmEndpoint: described(
    HttpsAddress.optional(),
    "Where each alarm is posted to as well, by SNS; it must confirm its subscription.",
  ),
  monthlyBudget: described(
    z.int().min(1).max(1_000_000).optional(),
    "Dollars that the account may cost in a month: `alarmEmails` are mailed at four fifths, and where more is foreseen.",
  ),
});
