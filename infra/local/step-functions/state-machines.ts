import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Service } from "../cloudformation/service.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/place.ts";
import { portInUse } from "../machine/ports.ts";
import { startStepFunctions } from "./step-functions.ts";

const Properties = z.object({
  StateMachineName: z.string().optional(),
  DefinitionString: z.string(),
  RoleArn: z.string(),
});

type Machine = { arn: string; name: string; definition: string; roleArn: string };

/** Step Functions, with the machines that the templates define; they run once every stack stands. */
export function createStateMachines({ port, clock, invoke }: { port: number; clock: Clock; invoke: Invoke }): Service {
  const machines: Machine[] = [];
  let stop = async () => {};
  return {
    environment: { AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${port}` },
    makes: {
      "AWS::StepFunctions::StateMachine": (declared) => {
        const { StateMachineName, DefinitionString, RoleArn } = Properties.parse(declared.properties);
        const name = StateMachineName ?? physicalName({ ...declared, longest: 80 });
        const arn = arnOf({ service: "states", resource: `stateMachine:${name}` });
        machines.push({ arn, name, definition: DefinitionString, roleArn: RoleArn });
        return { ref: arn, attributes: { Arn: arn, Name: name } };
      },
    },
    async begin() {
      const server = await startStepFunctions({ port, machines, invoke, clock }).catch((error: unknown) => {
        throw portInUse(port, error);
      });
      stop = server.stop;
    },
    stop: () => stop(),
  };
}
