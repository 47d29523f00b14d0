/** A resource of the assembly whose properties hold no reference any more. */
export type Declared = {
  type: string;
  stack: string;
  logicalId: string;
  properties: unknown;
  /** The folder or file of an asset by the object key the template names. */
  asset(objectKey: string): string;
};

/** What the rest of the assembly may ask of a resource: its `Ref`, and its attributes by `Fn::GetAtt`. */
export type Made = { ref: string; attributes?: Record<string, string> };

export type Maker = (declared: Declared) => Made | Promise<Made>;

/** One AWS service on this machine. */
export type Service = {
  /** The resource types it makes. */
  makes: Record<string, Maker>;
  /** By what a function's SDK client finds it. */
  environment?: Record<string, string>;
  /** Called once every stack stands. */
  begin?(): void | Promise<void>;
  stop?(): void | Promise<void>;
};
