/** The functions behind the gateway: one per caller, and those that alone may touch identities. */
export const apiFunctions = ["public", "file-complaint", "citizen", "agency", "inspector", "admin"] as const;
export type ApiFunction = (typeof apiFunctions)[number];

/** The scope a token must have to reach a function; none where no token is asked for. */
export const scopes: Record<ApiFunction, string | undefined> = {
  public: undefined,
  citizen: undefined,
  "file-complaint": "foad/front-end",
  agency: "foad/agency",
  inspector: "foad/inspector",
  admin: "foad/admin",
};

/** The API as a table: what the gateway knows, and the function that answers. */
export const routes: Record<string, ApiFunction> = {
  "GET /v1/catalog": "public",
  "GET /v1/openapi.json": "public",
  "POST /v1/complaints": "file-complaint",
  "GET /v1/complaints/{id}": "citizen",
  "GET /v1/complaints/{id}/deadlines": "citizen",
  "POST /v1/complaints/{id}/acceptance": "citizen",
  "POST /v1/complaints/{id}/dispute": "citizen",
  "POST /v1/complaints/{id}/withdrawal": "citizen",
  "GET /v1/agency/complaints": "agency",
  "GET /v1/agency/complaints/{id}": "agency",
  "GET /v1/agency/complaints/{id}/deadlines": "agency",
  "POST /v1/agency/complaints/{id}/acknowledgement": "agency",
  "POST /v1/agency/complaints/{id}/transfer": "agency",
  "POST /v1/agency/complaints/{id}/extension": "agency",
  "POST /v1/agency/complaints/{id}/answer": "agency",
  "GET /v1/inspector/complaints/{id}/deadlines": "inspector",
  "GET /v1/admin/office-hours/{date}": "admin",
  "PUT /v1/admin/office-hours/{date}": "admin",
  "DELETE /v1/admin/office-hours/{date}": "admin",
};
