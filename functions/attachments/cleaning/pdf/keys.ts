/**
 * What may be copied, by what a thing is. Whatever is not named here stays behind, so a key that nobody has thought of
 * does too. Names, numbers and truth values pass as what they are; strings pass nowhere.
 */
export type Kind =
  | "plain"
  | "resources"
  | "states"
  | "state"
  | "mask"
  | "colours"
  | "colour"
  | "calibration"
  | "palette"
  | "patterns"
  | "pattern"
  | "shadings"
  | "shading"
  | "drawings"
  | "drawing"
  | "form"
  | "picture"
  | "group"
  | "fonts"
  | "font"
  | "descriptor"
  | "encoding"
  | "collection"
  | "glyphs"
  | "glyph"
  | "function"
  | "map"
  | "opaque";

/** A dictionary whose own keys are names that its author chose, and what is behind each of them. */
export const members: Partial<Record<Kind, Kind>> = {
  states: "state",
  colours: "colour",
  patterns: "pattern",
  shadings: "shading",
  drawings: "drawing",
  fonts: "font",
  glyphs: "glyph",
};

/** What is in a stream: drawing operators, a little program, or bytes that are taken as they are. */
export const bodies: Partial<Record<Kind, "content" | "program" | "opaque">> = {
  form: "content",
  pattern: "content",
  glyph: "content",
  encoding: "program",
  map: "program",
  function: "program",
  shading: "opaque",
  palette: "opaque",
  opaque: "opaque",
};

function plain(names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(" ").map((name) => [name, "plain"]));
}

/** The keys of a dictionary of a kind, and what is behind each. Kinds with no row have no dictionary. */
export const keys: Partial<Record<Kind, Record<string, Kind>>> = {
  resources: {
    ExtGState: "states",
    ColorSpace: "colours",
    Pattern: "patterns",
    Shading: "shadings",
    XObject: "drawings",
    Font: "fonts",
  },
  state: {
    ...plain("LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK"),
    Font: "font",
    SMask: "mask",
    TR: "function",
    TR2: "function",
  },
  mask: { ...plain("S BC"), G: "form", TR: "function" },
  calibration: plain("WhitePoint BlackPoint Gamma Matrix Range"),
  pattern: {
    ...plain("PatternType PaintType TilingType BBox XStep YStep Matrix"),
    Shading: "shading",
    ExtGState: "state",
    Resources: "resources",
  },
  shading: {
    ...plain("ShadingType Background BBox AntiAlias Domain Matrix Coords Extend Decode"),
    ...plain("BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow"),
    ColorSpace: "colour",
    Function: "function",
  },
  form: { ...plain("Subtype FormType BBox Matrix"), Resources: "resources", Group: "group" },
  picture: {
    ...plain("Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData Matte"),
    ColorSpace: "colour",
    Mask: "picture",
    SMask: "picture",
  },
  group: { ...plain("S I K"), CS: "colour" },
  font: {
    ...plain("Type Subtype BaseFont FirstChar LastChar Widths FontBBox FontMatrix DW W DW2 W2"),
    FontDescriptor: "descriptor",
    Encoding: "encoding",
    ToUnicode: "map",
    DescendantFonts: "font",
    CIDSystemInfo: "collection",
    CIDToGIDMap: "opaque",
    CharProcs: "glyphs",
    Resources: "resources",
  },
  descriptor: {
    ...plain("Type FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH"),
    ...plain("AvgWidth MaxWidth MissingWidth FontStretch FontWeight"),
    FontFile: "opaque",
    FontFile2: "opaque",
    FontFile3: "opaque",
  },
  encoding: { ...plain("Type BaseEncoding Differences CMapName WMode"), CIDSystemInfo: "collection", UseCMap: "map" },
  map: { ...plain("Type CMapName WMode"), CIDSystemInfo: "collection", UseCMap: "map" },
  function: {
    ...plain("FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds"),
    Functions: "function",
  },
  opaque: plain("Subtype Length1 Length2 Length3"),
};
