import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { MailSender } from "#infra/constructs/notifications.ts";
import { ServiceFunction } from "#infra/constructs/service-function.ts";
import type { Province } from "#shared/province/schema.ts";
import { templateOf } from "../support/synthesized.ts";

const processing = templateOf("qazvin", "Processing");
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({ Action: oneOrMore, Resource: z.unknown(), Condition: z.unknown().optional() });
const Policy = z.object({ Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) }) });

/** What a function's role may do on the resources that are called so. */
function allowed(fn: string, resource: string) {
  const policies = Object.entries(processing.findResources("AWS::IAM::Policy"));
  return policies
    .filter(([id]) => id.startsWith(fn))
    .flatMap(([, policy]) => Policy.parse(policy).Properties.PolicyDocument.Statement)
    .filter(({ Resource }) => JSON.stringify(Resource).includes(resource))
    .map(({ Action, Condition }) => ({ Action, Condition }));
}

const sender = "Notifiersendnotification";
const bouncer = "Notifierrecordbounce";

describe("the function that mails", () => {
  test("reads no more of an identity than where to mail, and asks for it by name or not at all", () => {
    expect(allowed(sender, "IdentitiesTable")).toEqual([
      {
        Action: ["dynamodb:Query"],
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "email"] },
          StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
          StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
          Null: { "dynamodb:Attributes": "false" },
        },
      },
    ]);
  });

  test.each([":identity/", ":configuration-set/"])(
    "sends through the %s, as the province's sender alone",
    (resource) => {
      const Condition = { StringEquals: { "ses:FromAddress": "foad@qazvin.example" } };
      expect(allowed(sender, resource)).toEqual([{ Action: ["ses:SendRawEmail"], Condition }]);
    },
  );

  test("puts nothing into any queue", () => {
    expect(allowed(sender, "Queue").flatMap(({ Action }) => Action)).not.toContain("sqs:SendMessage");
  });
});

test("the function that notes bounces sees no identity", () => {
  expect(allowed(bouncer, "IdentitiesTable")).toEqual([]);
});

test("the dispatcher may fill the notification queue and not take from it", () => {
  expect(allowed("Dispatcher", "NotifierNotificationsQueue")).toEqual([
    { Action: ["sqs:SendMessage"], Condition: undefined },
  ]);
});

describe("a message that keeps failing", () => {
  test("is tried twelve times, then kept for two weeks among the dead letters", () => {
    const queues = Object.entries(processing.findResources("AWS::SQS::Queue"));
    for (const name of ["NotifierNotificationsQueue", "NotifierBouncesQueue"]) {
      const [, queue] = queues.find(([id]) => id.startsWith(name)) ?? [];
      const { deadLetterTargetArn, maxReceiveCount } = queue?.Properties.RedrivePolicy ?? {};
      expect(maxReceiveCount).toBe(12);
      const [, deadLetters] = queues.find(([id]) => id === deadLetterTargetArn["Fn::GetAtt"][0]) ?? [];
      expect(deadLetters?.Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
    }
  });

  test("takes no other of its batch with it", () => {
    const mappings = processing.findResources("AWS::Lambda::EventSourceMapping", {
      Properties: { ScalingConfig: Match.anyValue() },
    });
    const types = Object.values(mappings).map(({ Properties }) => Properties.FunctionResponseTypes);
    expect(types.length).toBeGreaterThanOrEqual(2);
    expect(types.filter((reported) => !reported.includes("ReportBatchItemFailures"))).toEqual([]);
  });
});

test("of a permanent bounce only the mark of the address reaches the queue, through the set that mails are sent by", () => {
  processing.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
    EventDestination: { Enabled: true, EventBridgeDestination: Match.anyValue(), MatchingEventTypes: ["bounce"] },
  });
  const [set] = Object.keys(processing.findResources("AWS::SES::ConfigurationSet"));
  processing.hasResourceProperties("AWS::Events::Rule", {
    EventPattern: {
      source: ["aws.ses"],
      "detail-type": ["Email Bounced"],
      detail: {
        bounce: { bounceType: ["Permanent"] },
        mail: { tags: { "ses:configuration-set": [{ Ref: set }] } },
      },
    },
    Targets: [
      Match.objectLike({
        InputTransformer: {
          InputPathsMap: { "detail-mail-tags-addressDigest-0-": "$.detail.mail.tags.addressDigest[0]" },
          InputTemplate: '{"addressDigest":<detail-mail-tags-addressDigest-0->}',
        },
      }),
    ],
  });
});

test("the province's domain is the identity that mails come from", () => {
  processing.hasResourceProperties("AWS::SES::EmailIdentity", { EmailIdentity: "qazvin.example" });
  templateOf("alborz", "Processing").hasResourceProperties("AWS::SES::EmailIdentity", {
    EmailIdentity: "alborz.example",
  });
});

describe("the sender's domain", () => {
  /** The stack of a mail sender, as a province file describes it. */
  function stackOf(mail: Province["mail"]): Template {
    const stack = new Stack(new App(), "Mail");
    const fn = new ServiceFunction(stack, "mailing", { bundle: import.meta.dirname, description: "Mails" });
    new MailSender(stack, "Sender", mail).grantSend(fn);
    return Template.fromStack(stack);
  }

  test("is made, and kept by a province that goes: others may mail from it, and its records are in the DNS", () => {
    stackOf({ sender: "foad@shared.example" }).hasResource("AWS::SES::EmailIdentity", {
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
  });

  test("is taken where it is there, and permitted as one that is made", () => {
    const taken = stackOf({ sender: "foad@shared.example", senderIdentity: "existing" });
    taken.resourceCountIs("AWS::SES::EmailIdentity", 0);
    const Condition = { StringEquals: { "ses:FromAddress": "foad@shared.example" } };
    const permitted = { Action: "ses:SendRawEmail", Condition };
    taken.hasResourceProperties("AWS::IAM::Policy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ ...permitted, Resource: arnThatEndsIn(":identity/shared.example") }),
          Match.objectLike({ ...permitted, Resource: Match.anyValue() }),
        ]),
      },
    });
  });
});

const arnThatEndsIn = (end: string) => ({ "Fn::Join": ["", Match.arrayWith([end])] });
