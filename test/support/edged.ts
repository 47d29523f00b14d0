import type { Edit } from "./synthesized-with.ts";

/** Puts an edge before a province, as its file would say it. */
export const withEdge: Edit = (province) => {
  province.region = "me-central-1";
  province.publicUrl = `https://foad.${province.id}.example`;
  province.api = {
    domain: `gateway.foad.${province.id}.example`,
    certificateArn: "arn:aws:acm:me-central-1:012345678901:certificate/gateway",
  };
  province.edge = {
    domain: `foad.${province.id}.example`,
    certificateArn: "arn:aws:acm:us-east-1:012345678901:certificate/edge",
    activeKey: "a",
    required: true,
  };
  province.operations = { alarmEmails: ["operator@foad.example"], monthlyBudgetUsd: 50 };
};
