import { exampleIds } from "../examples/example-values.ts";
import { addresses, asWhom, fillPlaces, noEndpoints, type PastedRequest } from "./requests.ts";

/**
 * Lines that a reader pastes once into PowerShell, before any request. Dates are read and written in the invariant culture: in
 * an Iranian Windows they would be of the Persian calendar.
 */
export const powershellBeginning = `$API = '${addresses.api}'
$ISSUER = '${addresses.issuer}'
$ID = '${exampleIds.id}'
$SECRET = '${exampleIds.secret}'
function clientOf($who) {
  if ($env:FOAD_CLIENT_CREDENTIALS) { return $env:FOAD_CLIENT_CREDENTIALS }
  if (-not (Test-Path .local/endpoints.json)) { throw '${noEndpoints}' }
  $all = @((Get-Content -Raw -Encoding utf8 .local/endpoints.json | ConvertFrom-Json).clients.PSObject.Properties)
  $found = @($all | Where-Object { $_.Name -eq $who }) + @($all | Where-Object {
      $_.Value.scope -eq "foad/$who" -and (-not $_.Value.agencyId -or $_.Value.agencyId -eq '${exampleIds.agencyId}') })
  if ($found.Count -eq 0) { throw "${asWhom}$($all.Name -join ' ')" }
  Write-Host "as $($found[0].Name) ($($found[0].Value.scope))"
  return "$($found[0].Value.clientId):$($found[0].Value.clientSecret)"
}
function as($who) {
  $basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((clientOf $who)))
  $endpoint = (Invoke-RestMethod -Uri "$ISSUER/.well-known/openid-configuration").token_endpoint
  $global:TOKEN = (Invoke-RestMethod -Method Post -Uri $endpoint -Headers @{ Authorization = "Basic $basic" } -Body @{
      grant_type = 'client_credentials' }).access_token
}
$invariant = [Globalization.CultureInfo]::InvariantCulture
function now { [DateTimeOffset]::Parse("$((Invoke-WebRequest -UseBasicParsing -Uri "$API/v1/catalog").Headers.Date)", $invariant).UtcDateTime }
function instant { (now).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", $invariant) }
$DAY = (now).AddDays(1).ToString('yyyy-MM-dd', $invariant)
as front-end`;

const proofFields = { token: 'Authorization = "Bearer $TOKEN"', secret: "'Foad-Secret' = $SECRET" };

const written: Record<string, string> = {
  INSTANT: "$(instant)",
  MIDNIGHT: "$((instant).Substring(0, 10))T00:00:00Z",
};
const fill = (text: string) => fillPlaces(text, (name) => written[name] ?? (name === "DAY" ? `\${DAY}` : `$${name}`));

/** The request as it is pasted into PowerShell, after `powershellBeginning`. The body is a here-string, in which quotes stay. */
export function powershellRequest({ method, address, proofs, hasKey, form, json, sets }: PastedRequest): string {
  const verb = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const headers = [
    ...proofs.map((proof) => proofFields[proof]),
    ...(hasKey ? ["'Idempotency-Key' = \"$(New-Guid)\""] : []),
  ];
  const words = [
    `Invoke-RestMethod -Method ${verb} -Uri "$API${fill(address)}"`,
    ...(headers.length === 0 ? [] : [`-Headers @{ ${headers.join("; ")} }`]),
    ...(form === undefined ? [] : [`-ContentType 'application/x-www-form-urlencoded' -Body '${form}'`]),
    ...(json === undefined ? [] : [`-ContentType 'application/json; charset=utf-8' -Body @"\n${fill(json)}\n"@`]),
  ];
  const request = words.join(" `\n  ");
  if (sets.length === 0) return request;
  return [`$answer = ${request}`, ...sets.map(([name, field]) => `$${name} = $answer.${field}`), "$answer"].join("\n");
}
