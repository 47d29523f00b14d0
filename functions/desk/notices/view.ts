import type { Schemas } from "../api.ts";

export type NoticeView = Schemas["NoticeView"];
