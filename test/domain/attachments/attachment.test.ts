import { describe, expect, test } from "vitest";
import { announce } from "#shared/complaints/announced-files.ts";
import {
  Announcement,
  type Attachment,
  contentDispositionOf,
  keptAttachment,
  refusalFromResult,
  refusalFromScan,
  refusedAttachment,
  UploadRefusalReason,
  uploadStatus,
} from "#shared/files/attachment.ts";
import { aComplaint, morning } from "../../support/a-complaint.ts";

const announcement = { fileName: "نوبت.pdf", contentType: "application/pdf" as const, size: 1_000 };

function anAttachment(fields: Partial<Attachment> = {}): Attachment {
  const attachmentId = "0123456789abcdef0123456789abcdef";
  return { attachmentId, ...announcement, state: "pending", announcedAt: morning, ...fields };
}

/** Seconds since 1970, some hours after the morning. */
const hoursLater = (hours: number) => Date.parse(morning) / 1_000 + hours * 3_600;

describe("an announcement", () => {
  test.each([
    ["a path", { fileName: "../../etc/passwd" }],
    ["a Windows path", { fileName: "C:\\nobat.pdf" }],
    ["no name", { fileName: " " }],
    ["a name of 201 characters", { fileName: "ن".repeat(201) }],
    ["a type that a browser would run", { contentType: "text/html" }],
    ["a picture that can hold scripts", { contentType: "image/svg+xml" }],
    ["nothing to send", { size: 0 }],
    ["more than 10 MB", { size: 10_485_761 }],
    ["half a byte", { size: 1.5 }],
    ["a field that is not known", { acl: "public-read" }],
  ])("with %s is refused", (_, fields) => {
    expect(Announcement.safeParse({ ...announcement, ...fields }).success).toBe(false);
  });

  test("may be of 10 MB, under a Persian name", () => {
    expect(Announcement.parse({ ...announcement, fileName: " عكس نوبت.jpg", size: 10_485_760 })).toMatchObject({
      fileName: "عکس نوبت.jpg",
    });
  });

  test("on two lines is one name on one", () => {
    expect(Announcement.parse({ ...announcement, fileName: "nobat\r\n\t1.pdf" }).fileName).toBe("nobat 1.pdf");
  });

  const attachmentId = anAttachment().attachmentId;
  const others = (count: number, fields: Partial<Attachment>) =>
    Array.from({ length: count }, () => anAttachment(fields));

  test("is waited for a day", () => {
    expect(
      announce(aComplaint(), { attachmentId, announcement, others: [], announcedBefore: 0, now: morning }),
    ).toEqual(anAttachment({ expiresAt: hoursLater(24) }));
  });

  test("of a closed complaint is refused", () => {
    const closed = aComplaint({ status: "closed" });
    expect(() =>
      announce(closed, { attachmentId, announcement, others: [], announcedBefore: 0, now: morning }),
    ).toThrow("wrong-state");
  });

  test.each([
    [
      "20 that are awaited or kept is too many, and may be tried when one is forgotten",
      [
        ...others(10, { state: "ready" }),
        ...others(1, { expiresAt: hoursLater(5) }),
        ...others(1, { expiresAt: hoursLater(2) }),
        ...others(8, { expiresAt: hoursLater(24) }),
      ],
      { code: "too-many-requests", reason: "attachments-awaited", values: { retryAfter: "7200" } },
    ],
    [
      "20 that are kept never finds room",
      others(20, { state: "ready" }),
      { code: "wrong-state", reason: "attachment-limit" },
    ],
  ])("beside %s", (_, standing, fault) => {
    expect(() =>
      announce(aComplaint(), {
        attachmentId,
        announcement,
        others: standing,
        announcedBefore: standing.length,
        now: morning,
      }),
    ).toThrow(expect.objectContaining(fault));
  });

  test("is one of 60 at the most, whatever became of the others", () => {
    const beside = (announcedBefore: number) =>
      announce(aComplaint(), { attachmentId, announcement, others: [], announcedBefore, now: morning });
    expect(beside(59).state).toBe("pending");
    expect(() => beside(60)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "announcement-limit" }));
  });

  test("is not kept out by what was refused or is forgotten", () => {
    const gone = [...others(20, { state: "refused" }), ...others(20, { expiresAt: hoursLater(0) })];
    const standing = [...gone, ...others(19, { state: "ready" })];
    expect(
      announce(aComplaint(), {
        attachmentId,
        announcement,
        others: standing,
        announcedBefore: standing.length,
        now: morning,
      }).state,
    ).toBe("pending");
  });
});

describe("an upload", () => {
  const made = { size: 1_000, contentType: "application/pdf" };

  test("that is what was announced and was made anew is taken", () => {
    expect(refusalFromResult(anAttachment(), made)).toBeUndefined();
  });

  test.each([
    ["its size", { size: 999 }, "wrong-size"],
    ["its type", { contentType: "text/html" }, "wrong-type"],
    ["what its cleaning found", { reason: "unreadable" }, "unreadable"],
  ] as const)("is refused for %s", (_, fields, reason) => {
    expect(refusalFromResult(anAttachment(), { ...made, ...fields })).toBe(reason);
  });

  test.each([
    ["THREATS_FOUND", "malware-found"],
    ["FAILED", "scan-failed"],
    ["UNSUPPORTED", "scan-failed"],
    ["NO_THREATS_FOUND", undefined],
    [undefined, undefined],
  ])("of which a scanner says %s is refused as %s", (scan, reason) => {
    expect(refusalFromScan(scan)).toBe(reason);
  });
});

describe("an upload that was looked at", () => {
  const awaited = anAttachment({ expiresAt: hoursLater(24) });

  test("and is what it says is kept for ever", () => {
    const copy = { contentType: "application/pdf", size: 900 } as const;
    expect(keptAttachment(awaited, copy)).toEqual(anAttachment({ state: "ready", copy }));
    expect(keptAttachment(awaited, copy)).not.toHaveProperty("expiresAt");
  });

  test("and is not is refused, and for 30 days it is known why", () => {
    expect(refusedAttachment(awaited, { reason: "wrong-size", now: morning })).toEqual(
      anAttachment({ state: "refused", reason: "wrong-size", expiresAt: hoursLater(30 * 24) }),
    );
  });
});

test.each(UploadRefusalReason.options)("who is told that a file is refused as %s is told what to do", (reason) => {
  const { reasonText: why } = uploadStatus(refusedAttachment(anAttachment(), { reason, now: morning }));
  for (const text of [why?.fa, why?.en]) {
    const [what = "", todo = ""] = text?.split(/[؛;] /) ?? [];
    expect(Math.min(what.length, todo.length), text).toBeGreaterThan(10);
  }
});

test("a download is saved under a name of ours, which tells nothing", () => {
  expect(contentDispositionOf("a1", "application/pdf")).toBe('attachment; filename="a1.pdf"');
});
