import { Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { edgeRegion } from "../provinces/province-files.ts";

type BudgetProps = { account: string | undefined; dollars: number; emails: string[] };

/** Returns the props of the budget stack; an empty list if the province file names no monthly budget. */
export function budgetProps({ account, operations }: Province): BudgetProps[] {
  if (operations?.monthlyBudgetUsd === undefined) return [];
  return [{ account, dollars: operations.monthlyBudgetUsd, emails: operations.alarmEmails }];
}

/** Percent of the budget at which AWS sends a mail: of the actual costs, known some hours later, and of the forecast. */
const budgetThresholds = [
  ["ACTUAL", 80],
  ["FORECASTED", 100],
] as const;

/**
 * Warns by mail before a month of the whole account exceeds the budget. It is in the edge's region: few others have budgets.
 */
export class BudgetStack extends Stack {
  constructor(scope: Construct, id: string, { account, dollars, emails }: BudgetProps) {
    super(scope, id, { env: { account, region: edgeRegion } });
    const subscribers = emails.map((address) => ({ subscriptionType: "EMAIL", address }));
    new CfnBudget(this, "Budget", {
      budget: { budgetType: "COST", timeUnit: "MONTHLY", budgetLimit: { amount: dollars, unit: "USD" } },
      notificationsWithSubscribers: budgetThresholds.map(([notificationType, threshold]) => ({
        notification: { notificationType, threshold, comparisonOperator: "GREATER_THAN" },
        subscribers,
      })),
    });
  }
}
