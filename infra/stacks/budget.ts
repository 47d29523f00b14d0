import { Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { edgeRegion } from "../province-files.ts";

type BudgetProps = { account: string | undefined; dollars: number; emails: string[] };

/** What the stack of a budget is made of: one where the province names what a month may cost, else none. */
export function budgetProps({ account, operations }: Province): BudgetProps[] {
  if (operations?.monthlyBudget === undefined) return [];
  return [{ account, dollars: operations.monthlyBudget, emails: operations.alarmEmails }];
}

/** By how much of it who is told: of what was spent, which AWS counts some hours behind, and of what it foresees. */
const budgetThresholds = [
  ["ACTUAL", 80],
  ["FORECASTED", 100],
] as const;

/** Says so before a month of the whole account costs too much. In the edge's region: few others know budgets. */
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
