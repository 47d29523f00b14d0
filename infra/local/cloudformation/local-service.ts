/** A resource as its template declares it, with every reference in its properties already replaced by its value. */
export type Declared = {
  type: string;
  stack: string;
  logicalId: string;
  properties: unknown;
  /** The folder or file behind the object key by which the template names an asset. */
  asset(objectKey: string): string;
};

/** What the rest of the assembly may ask of a resource: its `Ref`, and its attributes by `Fn::GetAtt`. */
export type Made = { ref: string; attributes?: Record<string, string> };

export type Maker = (declared: Declared) => Made | Promise<Made>;

/** One AWS service on this machine. */
export type Service = {
  /** The resource types it makes. */
  makes: Record<string, Maker>;
  /** Environment variables by which a function's SDK client finds this service. */
  environment?: Record<string, string>;
  /** Called once the resources of all stacks have been made. */
  begin?(): void | Promise<void>;
  stop?(): void | Promise<void>;
};
