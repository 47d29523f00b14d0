import { citizenSmsText, officialSmsText, smsExcess } from "#shared/messages/sms.ts";
import { mostSmsParts } from "#shared/policy-numbers.ts";
import type { ProvinceFault } from "./fault-texts.ts";
import type { LooseProvince } from "./lenient-file.ts";

/** Faults of the messages (SMS): two providers of one kind would share a key, and a long address makes a message of more parts. */
export function smsFaults({ sms, publicUrl }: LooseProvince): ProvinceFault[] {
  if (!sms) return [];
  const kinds = sms.providers.map(({ kind }) => kind);
  const repeated = kinds.findIndex((kind, n) => kinds.indexOf(kind) < n);
  return [
    ...(repeated < 0
      ? []
      : [{ path: ["sms", "providers", repeated], message: `"${kinds[repeated]}" is there twice: take one out` }]),
    ...lengthFaults({ path: ["sms", "address"], text: citizenSmsText(sms.address) }),
    ...lengthFaults({ path: ["publicUrl"], text: officialSmsText(`${publicUrl}/desk`) }),
  ];
}

function lengthFaults({ path, text }: { path: string[]; text: string }): ProvinceFault[] {
  const excess = smsExcess(text);
  if (excess === 0) return [];
  const message = `makes messages (SMS) longer than ${mostSmsParts} parts: shorten it by ${excess} characters or more`;
  return [{ path, message }];
}
