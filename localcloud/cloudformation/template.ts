import { z } from 'zod';
import { TemplateError } from './template-error.ts';

/** What happens to a resource that leaves the stack or is replaced in it. */
const policy = z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']);

const resourceShape = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => (Array.isArray(value) ? value : [value])),
  Condition: z.string().optional(),
  DeletionPolicy: policy.default('Delete'),
  UpdateReplacePolicy: policy.default('Delete'),
  Metadata: z.record(z.string(), z.unknown()).optional(),
});

const parameterShape = z.strictObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
  Description: z.string().optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()])).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
});

const outputShape = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

const ruleShape = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() })),
});

const templateShape = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
  Parameters: z.record(z.string(), parameterShape).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Rules: z.record(z.string(), ruleShape).default({}),
  Resources: z.record(z.string(), resourceShape),
  Outputs: z.record(z.string(), outputShape).default({}),
});

/** A template, read; nothing in it is resolved yet. */
export type Template = z.output<typeof templateShape>;
export type TemplateResource = z.output<typeof resourceShape>;
export type TemplateParameter = z.output<typeof parameterShape>;

/**
 * Throws TemplateError that names the first thing that is not part of a template, or not known here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function parseTemplate(document: unknown): Template {
  const parsed = templateShape.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    throw new TemplateError([path, issue.keys[0]].filter(Boolean).join('.'), 'localcloud does not know this');
  throw new TemplateError(path === '' ? 'the template' : path, issue?.message ?? 'it is not valid');
}
