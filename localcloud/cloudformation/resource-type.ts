import { z } from 'zod';
import type { Surroundings } from '../core/surroundings.ts';
import type { Iam } from '../iam/iam.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { TemplateError } from './template-error.ts';

/** What resources are made with. */
export interface Workshop {
  readonly surroundings: Surroundings;
  readonly iam: Iam;
  readonly lambda: Lambda;
  /** Calls an operation of a room past the front, as the service behind it would. Throws AwsError. */
  readonly call: (service: string, operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Where the asset of this bucket and key is; undefined when the assembly has none. */
  readonly assetPath: (bucket: string, key: string) => string | undefined;
  /** A physical name as CloudFormation makes them: `stack-logicalId-RANDOM`, no longer than `lengthMax`. */
  readonly nameFor: (logicalId: string, lengthMax: number) => string;
}

/** A resource that exists: what Ref and Fn::GetAtt give. */
export interface Made {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The resource that a type's functions work on. */
export interface Subject<Properties> {
  readonly logicalId: string;
  readonly properties: Properties;
  readonly workshop: Workshop;
}

/** How resources of one type are made, changed and removed. */
export interface ResourceType<Properties = never> {
  /** `AWS::SQS::Queue` */
  readonly name: string;
  /** The properties that have a behaviour here, and all that these may hold. */
  readonly properties: z.ZodType<Properties>;
  readonly propertyNames: readonly string[];
  /** Properties that are accepted and change nothing here. */
  readonly withoutEffect: readonly string[];
  /** What Fn::GetAtt knows. */
  readonly attributeNames: readonly string[];
  /** Properties whose change replaces the resource, by AWS's reference. */
  readonly replacedBy: readonly string[];
  readonly create: (subject: Subject<Properties>) => Made | Promise<Made>;
  /** Without it, any change replaces the resource. */
  readonly update?: (subject: Subject<Properties>, current: Made, former: Properties) => Made | Promise<Made>;
  readonly remove: (subject: Subject<Properties>, current: Made) => void | Promise<void>;
}

interface Definition<Shape extends z.ZodRawShape>
  extends Omit<
    ResourceType<z.output<z.ZodObject<Shape, z.core.$strict>>>,
    'properties' | 'propertyNames' | 'withoutEffect' | 'attributeNames' | 'replacedBy'
  > {
  readonly shape: Shape;
  readonly withoutEffect?: readonly string[];
  readonly attributeNames?: readonly string[];
  readonly replacedBy?: readonly string[];
}

/** Keeps the type of its properties while a map holds types side by side. */
export function resourceType<Shape extends z.ZodRawShape>(definition: Definition<Shape>): ResourceType {
  const { shape, withoutEffect = [], attributeNames = [], replacedBy = [], ...functions } = definition;
  const type = {
    ...functions,
    properties: z.strictObject(shape),
    propertyNames: Object.keys(shape),
    withoutEffect,
    attributeNames,
    replacedBy,
  };
  return type as unknown as ResourceType;
}

/** Resolved properties as a type's functions take them. Throws TemplateError that names what is not known or not valid. */
export function parseProperties(
  type: ResourceType,
  resolved: Readonly<Record<string, unknown>>,
  path: string,
): never {
  const effective = Object.fromEntries(
    Object.entries(resolved).filter(([name]) => !type.withoutEffect.includes(name)),
  );
  const parsed = type.properties.safeParse(effective);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = [path, ...(issue?.path.map(String) ?? [])].join('.');
  if (issue?.code === 'unrecognized_keys')
    throw new TemplateError(
      `${at}.${issue.keys[0]}`,
      `localcloud does not know this property of ${type.name}`,
    );
  throw new TemplateError(at, issue?.message ?? 'it is not valid');
}

/** Whole numbers, which templates also write as texts. */
export const wholeNumber = z.coerce.number().int();

/** True and false, which templates also write as texts. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** Tags as most types take them. */
export const tagList = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));
