import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marshall } from "@aws-sdk/util-dynamodb";
import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import * as z from "zod";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { escalate, nextDueAt } from "#shared/complaints/escalation.ts";
import { escalationLevels, officeHours, visitPolicy } from "#shared/province/slices.static.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { list } from "./prices.ts";

const Step = z.object({ dueAt: z.string() });

const { perMillion } = list;
/** A function's memory and how long a raise is billed; the time is an assumption, an upper one. */
const functionUse = { gb: 0.5, seconds: 0.1 };
/** How many of the late are acknowledged after one, two, three… levels: an assumption; the last climb to the top. */
const acknowledgedAfter = [0.7, 0.2, 0.07, 0, 0.03];
const overdueShare = 0.1;
const budget = 15;

// The machine's own timeout is longer than a timer of this process can be.
const { TimeoutSeconds: _timeout, ...definition } = synthesizedDefinition();

if (import.meta.main) {
  const dollars = await costOfEscalation(console.log);
  console.log(
    `at ${overdueShare * 100} % overdue: $${dollars.toFixed(2)} per million complaints; the budget is $${budget}`,
  );
  process.exitCode = dollars <= budget ? 0 : 1;
}

/** Dollars per million complaints, of which one in ten is late; a line for each height of climb. */
export async function costOfEscalation(say: (line: string) => void = () => {}): Promise<number> {
  say("levels  share  transitions  raises  writes  reads  $ per late complaint");
  let total = 0;
  for (const [n, share] of acknowledgedAfter.entries()) {
    const counted = await climb(n + 1);
    const cost =
      (counted.transitions * perMillion.stateTransitions +
        (counted.calls + 1) * (perMillion.invocations + functionUse.gb * functionUse.seconds * perMillion.gbSeconds) +
        counted.writes * perMillion.tableWrites +
        counted.reads * perMillion.tableReads) /
      1e6;
    total += share * cost;
    const cells = [n + 1, share, counted.transitions, counted.raised, counted.writes, counted.reads, cost.toFixed(7)];
    say(cells.map((cell) => String(cell).padStart(6)).join(" "));
  }
  return total * overdueShare * 1_000_000;
}

/** Runs the deployed definition with the rules behind it until the complaint is acknowledged after so many levels. */
async function climb(levels: number) {
  let complaint = aComplaint();
  const subject = { kind: "complaint", id: complaint.id };
  const counted = { transitions: 0, calls: 0, raised: 0, writes: 0, reads: 0 };
  const step = async (input: unknown) => {
    const { dueAt } = Step.parse(input);
    counted.calls++;
    counted.reads++;
    const raised = counted.raised < levels ? raisedAt(complaint, dueAt) : undefined;
    if (raised) {
      counted.raised++;
      counted.writes += writesOf(raised.complaint, raised.events);
      complaint = raised.complaint;
    }
    if (!raised?.complaint.nextLevelAt) throw Object.assign(new Error(), { name: "NoLongerLate" });
    return {
      subject,
      dueAt: raised.complaint.nextLevelAt,
      nextLevelAt: raised.complaint.nextLevelAt,
    };
  };
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const run = machine.run(
    { subject, dueAt: nextDueAt(complaint, escalationLevels) ?? "" },
    {
      context: { Execution: { Name: "an execution" } },
      overrides: { taskResourceLocalHandlers: { Escalate: step }, waitTimeOverrides: { WaitForNextLevel: 0 } },
    },
  );
  for await (const { type } of run.eventLogs) if (/StateEntered$/.test(type)) counted.transitions++;
  await run.result;
  return counted;
}

function raisedAt(complaint: Complaint, due: string) {
  const calendar = { officeHours, countyId: complaint.countyId };
  return escalate(complaint, {
    due,
    now: due,
    escalationLevels,
    calendar,
    execution: "an execution of that name",
    visitPolicy,
    visitId: crypto.randomUUID(),
  });
}

/** A transaction's write costs two units a kilobyte and item; each of the head's two indexes one. */
function writesOf(head: Complaint, events: object[]): number {
  const kilobytes = (item: object) =>
    Math.ceil(JSON.stringify(marshall(item, { removeUndefinedValues: true })).length / 1_024);
  return [head, ...events].reduce((sum, item) => sum + 2 * kilobytes(item), 2 * kilobytes(head));
}

function synthesizedDefinition(): StateMachineDefinition {
  const outdir = mkdtempSync(join(tmpdir(), "foad-cost-"));
  execFileSync(process.execPath, ["infra/app.ts"], {
    env: { ...process.env, FOAD_PROVINCE: "qazvin", CDK_OUTDIR: outdir },
    stdio: "ignore",
  });
  const template = JSON.parse(readFileSync(join(outdir, "Foad-qazvin-Processing.template.json"), "utf8"));
  rmSync(outdir, { recursive: true });
  const machine = Object.values<{
    Type: string;
    Properties: { DefinitionString: { "Fn::Join": [string, unknown[]] } };
  }>(template.Resources).find(({ Type }) => Type === "AWS::StepFunctions::StateMachine");
  const parts = machine?.Properties.DefinitionString["Fn::Join"][1] ?? [];
  return JSON.parse(
    parts
      .map((part) => (typeof part === "string" ? part : "arn:aws:lambda:us-east-1:000000000000:function:raise"))
      .join(""),
  );
}
