import type { Made, ResourceType } from './resource-type.ts';

/** A resource of a stack as it was deployed last. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: ResourceType;
  readonly made: Made;
  /** Resolved, as the template gave them: what the next deployment is compared with. */
  readonly resolved: Readonly<Record<string, unknown>>;
  /** The same as the type's functions take them. */
  readonly properties: never;
  readonly deletionPolicy: string;
  readonly changedMs: number;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_FAILED';

/** A deployed template. */
export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly createdMs: number;
  updatedMs: number | undefined;
  status: StackStatus;
  description: string | undefined;
  parameters: ReadonlyMap<string, string | readonly string[]>;
  outputs: readonly StackOutput[];
  /** In the order in which they were made. */
  readonly resources: Map<string, StackResource>;
}
