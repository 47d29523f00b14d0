import type { Endpoints } from "./local-cloud.ts";

type Welcome = { endpoints: Endpoints; files: string; state: string };

/** What a person sees once everything runs: where things are, and a first complaint to copy. */
export function welcome({ endpoints, files, state }: Welcome): string {
  const { api, tokenEndpoint, sqs, mail, clock } = endpoints;
  return `
FOAD 128 is running.

  page     ${api}/   (in the browser: what anybody sees of the province; English under ${api}/en)
  API      ${api}   (try ${api}/v1/catalog)
  to read  ${api}/v1/docs   (in the browser: the whole API in Persian and English)
  tokens   ${tokenEndpoint}
  queues   ${sqs}
  files    ${files}   (S3 of this machine: what citizens send along goes here and no further)
  mail     ${mail}
  clock    ${clock}
  state    ${state}   (endpoints.json has every address and client; logs/ has one file per function)

All of it listens on 127.0.0.1 alone, except DynamoDB Local: it cannot, and takes a random port on every address.

${firstComplaint(endpoints)}

npm run demo in a second terminal plays the whole story; npm run demo -- --web serves a citizen's page, to file and follow a
complaint in the browser. Ctrl-C stops; everything filed is there again at the next start.
`;
}

function firstComplaint({ api, tokenEndpoint, sqs, queues, clients }: Endpoints): string {
  const frontEnd = Object.values(clients).find(({ scope, operatedBy }) => scope === "foad/front-end" && !operatedBy);
  const agency = Object.values(clients).find(({ agencyId }) => agencyId && agencyId in queues);
  const queue = queues[agency?.agencyId ?? ""];
  return `File a complaint by hand (needs curl):

  TOKEN=$(curl -s -u '${frontEnd?.clientId}:${frontEnd?.clientSecret}' -d grant_type=client_credentials \\
    ${tokenEndpoint} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  curl -s -X POST ${api}/v1/complaints -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -H "Idempotency-Key: first-$(date +%s)" -d '{
    "agencyId": "${agency?.agencyId}", "countyId": "${agency?.countyIds?.[0]}", "category": "postponed-without-reason",
    "channel": "${frontEnd?.channels?.[0]}", "description": "بی‌هیچ دلیلی گفتند هفتهٔ دیگر بیا." }'

and see what the agency finds in its queue:

  curl -s ${sqs}/ -H 'Content-Type: application/x-amz-json-1.0' \\
    -H 'X-Amz-Target: AmazonSQS.ReceiveMessage' -d '{"QueueUrl": "${queue}"}'`;
}
