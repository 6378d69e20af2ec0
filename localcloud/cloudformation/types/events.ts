import { z } from 'zod';
import { targetShape } from '../../events/target-shape.ts';
import { resourceType, type Workshop, wholeNumber } from '../resource-type.ts';

const ruleShape = {
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.looseObject({}).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().optional(),
  RoleArn: z.string().optional(),
  Targets: z.array(targetShape).max(5).default([]),
};

type RuleProperties = z.output<z.ZodObject<typeof ruleShape>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const eventsRule = resourceType({
  name: 'AWS::Events::Rule',
  shape: ruleShape,
  withoutEffect: ['Tags'],
  attributeNames: ['Arn'],
  replacedBy: ['Name', 'EventBusName'],
  create: async ({ logicalId, properties, workshop }) => {
    const name = properties.Name ?? workshop.nameFor(logicalId, 64);
    return { ref: name, attributes: { Arn: await putRule(workshop, name, properties) } };
  },
  update: async ({ properties, workshop }, current, former) => {
    const kept = new Set(properties.Targets.map(({ Id }) => Id));
    const gone = former.Targets.map(({ Id }) => Id).filter((id) => !kept.has(id));
    await putRule(workshop, current.ref, properties);
    await removeTargets(workshop, current.ref, gone);
    return current;
  },
  remove: async ({ properties, workshop }, { ref }) => {
    const ids = properties.Targets.map(({ Id }) => Id);
    await removeTargets(workshop, ref, ids);
    await workshop.call('events', 'DeleteRule', { Name: ref });
  },
});

async function putRule(
  { call }: Workshop,
  Name: string,
  { Targets, EventPattern, ...settings }: RuleProperties,
): Promise<string> {
  const { RuleArn } = await call('events', 'PutRule', {
    ...settings,
    Name,
    ...(EventPattern !== undefined && { EventPattern: JSON.stringify(EventPattern) }),
  });
  if (Targets.length > 0) await call('events', 'PutTargets', { Rule: Name, Targets });
  return String(RuleArn);
}

async function removeTargets({ call }: Workshop, Rule: string, Ids: readonly string[]): Promise<void> {
  if (Ids.length > 0) await call('events', 'RemoveTargets', { Rule, Ids });
}

const archiveShape = {
  ArchiveName: z.string().optional(),
  Description: z.string().optional(),
  EventPattern: z.looseObject({}).optional(),
  RetentionDays: wholeNumber.optional(),
  SourceArn: z.string(),
  /** Empty for a key of AWS's own, which CDK writes. */
  KmsKeyIdentifier: z.literal('').optional(),
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html */
export const eventsArchive = resourceType({
  name: 'AWS::Events::Archive',
  shape: archiveShape,
  attributeNames: ['Arn'],
  replacedBy: ['ArchiveName', 'SourceArn'],
  create: async ({ logicalId, properties, workshop }) => {
    const ArchiveName = properties.ArchiveName ?? workshop.nameFor(logicalId, 48);
    const { ArchiveArn } = await workshop.call('events', 'CreateArchive', {
      ...archiveSettings(properties),
      ArchiveName,
      EventSourceArn: properties.SourceArn,
    });
    return { ref: ArchiveName, attributes: { Arn: String(ArchiveArn) } };
  },
  update: async ({ properties, workshop }, current) => {
    await workshop.call('events', 'UpdateArchive', {
      ...archiveSettings({ Description: '', RetentionDays: 0, ...properties }),
      ArchiveName: current.ref,
    });
    return current;
  },
  remove: async ({ workshop }, { ref }) => {
    await workshop.call('events', 'DeleteArchive', { ArchiveName: ref });
  },
});

function archiveSettings({
  Description,
  EventPattern,
  RetentionDays,
}: z.output<z.ZodObject<typeof archiveShape>>): object {
  return {
    ...(Description !== undefined && { Description }),
    ...(RetentionDays !== undefined && { RetentionDays }),
    ...(EventPattern !== undefined && { EventPattern: JSON.stringify(EventPattern) }),
  };
}
