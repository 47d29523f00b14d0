import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { AttachmentsBucket } from "../constructs/attachments-bucket.ts";
import { ComplaintsTable } from "../constructs/complaints-table.ts";
import { IdentitiesTable } from "../constructs/identities-table.ts";
import { SiteBucket } from "../constructs/public-page.ts";
import { EdgeKeys, SecretKey } from "../constructs/secrets.ts";
import { SmsKeys } from "../constructs/sms.ts";
import { environmentOf } from "../provinces/province-files.ts";

/** Tables, keys and files. This data must outlive every deployment. */
export class DataStack extends Stack {
  readonly complaints: ComplaintsTable;
  readonly identities: IdentitiesTable;
  readonly pepper: SecretKey;
  readonly maskKey: SecretKey;
  readonly addressKey: SecretKey;
  readonly webhookKey: SecretKey;
  readonly statisticsKey: SecretKey;
  /** Undefined in a province without a canary. */
  readonly canarySecret: SecretKey | undefined;
  /** Undefined in a province without an edge. */
  readonly edgeKeys: EdgeKeys | undefined;
  /** Undefined in a province that sends no messages (SMS). */
  readonly smsKeys: SmsKeys | undefined;
  readonly attachments: AttachmentsBucket;
  readonly site: SiteBucket;

  constructor(scope: Construct, id: string, { province }: { province: Province }) {
    super(scope, id, { ...environmentOf(province), terminationProtection: true });
    this.complaints = new ComplaintsTable(this, "Complaints", { restored: province.tables.complaints });
    this.identities = new IdentitiesTable(this, "Identities", {
      restored: province.tables.identities,
      idPrefix: province.idPrefix,
    });
    this.pepper = new SecretKey(this, "Pepper", {
      variable: "PEPPER_SECRET",
      description: "Key of complaint ids and secrets; never changed, or no citizen gets in any more",
      reasonNotRotated: "A rotated pepper would be another pepper: no citizen could open a complaint any more.",
    });
    this.maskKey = new SecretKey(this, "MaskKey", {
      variable: "MASK_KEY_SECRET",
      description: "Key by which names and numbers are known again in texts; opens no complaint",
      reasonNotRotated: "Under another key the names of open complaints would not be masked any more.",
    });
    this.addressKey = new SecretKey(this, "AddressKey", {
      variable: "ADDRESS_KEY_SECRET",
      description: "Key by which an e-mail address that bounced is known again",
      reasonNotRotated: "Under another key the addresses that bounced would be mailed once more.",
    });
    this.webhookKey = new SecretKey(this, "WebhookKey", {
      variable: "WEBHOOK_KEY_SECRET",
      description: "Key from which the secrets of webhooks are derived",
      reasonNotRotated: "Each webhook's secret is replaced by itself; another key would replace all of them at once.",
    });
    this.statisticsKey = new SecretKey(this, "StatisticsKey", {
      variable: "STATISTICS_KEY_SECRET",
      description: "Key by which published numbers are rounded; a person who knows it can narrow down the true numbers",
      reasonNotRotated: "Under another key the numbers that equal cells share would be rounded twice.",
    });
    this.canarySecret = province.sandbox?.canary === undefined ? undefined : this.createCanarySecret();
    this.smsKeys = province.sms && new SmsKeys(this, "SmsKeys");
    const { id: provinceId, region, edge } = province;
    this.edgeKeys = edge && new EdgeKeys(this, "EdgeKeys", { provinceId, region });
    const { attachments, publicUrl } = province;
    // The desk is a page of the public address.
    const corsOrigins = [...new Set([...province.corsOrigins, new URL(publicUrl).origin])];
    this.attachments = new AttachmentsBucket(this, "Attachments", { corsOrigins, nth: attachments.bucketNumber });
    this.site = new SiteBucket(this, "Site");
  }

  private createCanarySecret(): SecretKey {
    return new SecretKey(this, "CanarySecret", {
      variable: "CANARY_SECRET",
      description: "The secret of the canary's client at the token issuer",
      reasonNotRotated: "It is the issuer's to rotate; the operator writes the new one here.",
    });
  }
}
