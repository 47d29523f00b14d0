import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "../../shared/domain/province.ts";
import { ComplaintsApi } from "../constructs/complaints-api.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { type ApiFunction, apiFunctions } from "../routes.ts";
import type { DataStack } from "./data.ts";

type ApiProps = { province: Province; data: DataStack; bundleOf: (name: string) => string };

const tasks: Record<ApiFunction, string> = {
  public: "What anybody may read",
  "file-complaint": "Front ends file complaints",
  citizen: "Citizens read and move their own complaint",
  agency: "Agencies read and move their own complaints",
  inspector: "Inspectors see every complaint",
  admin: "Admins set office hours",
};

/** The gateway and one function per caller, each with what that caller may do and no more. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { province, data, bundleOf }: ApiProps) {
    super(scope, id);
    const functions = Object.fromEntries(
      apiFunctions.map((name) => [
        name,
        new ServiceFunction(this, name, { bundle: bundleOf(name), description: tasks[name] }),
      ]),
    ) as Record<ApiFunction, ServiceFunction>;
    lend(functions, data);
    new ComplaintsApi(this, "Api", { province, functions });
  }
}

function lend(functions: Record<ApiFunction, ServiceFunction>, { complaints, identities, pepper }: DataStack): void {
  const { citizen, agency, inspector, admin, "file-complaint": fileComplaint } = functions;
  for (const fn of [fileComplaint, citizen, agency]) complaints.writtenBy(fn);
  complaints.readBy(inspector);
  complaints.listedBy(agency, "inbox");
  complaints.hoursWrittenBy(admin);
  for (const fn of [fileComplaint, citizen]) pepper.readBy(fn);
  identities.writtenBy(fileComplaint);
  identities.readWhereSharedBy(agency);
}
