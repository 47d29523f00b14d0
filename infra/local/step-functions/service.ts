import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Service } from "../cloudformation/local-service.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Gate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";
import { listenOn } from "../machine/ports.ts";
import type { Machine } from "./definition.ts";
import { startStepFunctions } from "./step-functions.ts";

const Properties = z.object({
  StateMachineName: z.string().optional(),
  DefinitionString: z.string(),
  RoleArn: z.string(),
});

type Options = { port: number; clock: Clock; invoke: Invoke; gate?: Gate };

/**
 * Step Functions with the state machines of the templates; serves them once the resources of all stacks have been made.
 */
export function createStateMachines({ port, ...options }: Options): Service {
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
      const server = await listenOn(port, () => startStepFunctions({ port, machines, ...options }));
      stop = server.stop;
    },
    stop: () => stop(),
  };
}
