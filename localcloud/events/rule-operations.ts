import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import { type Operation, operation } from '../core/service.ts';
import { busName, requireDefaultBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { compilePattern } from './pattern-parameter.ts';
import type { Rule, RuleSettings } from './rule.ts';
import { parseSchedule } from './schedule-expression.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const ruleName = z.string().regex(/^[\w.-]{1,64}$/);
const namedRule = z.strictObject({ Name: ruleName, EventBusName: busName });
const putRuleInput = z.strictObject({
  Name: ruleName,
  ScheduleExpression: z.string().max(256).optional(),
  EventPattern: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).optional(),
  Description: z.string().max(512).optional(),
  RoleArn: z.string().max(1600).optional(),
  EventBusName: busName,
});

/** Making, changing, listing and deleting rules. */
export function ruleOperations(bus: EventBus, clock: Clock): readonly Operation[] {
  return [putRule(bus, clock), deleteRule(bus), ...switchOperations(bus), describeRule(bus), listRules(bus)];
}

function putRule(bus: EventBus, clock: Clock): Operation {
  return operation({
    name: 'PutRule',
    effect: 'write',
    input: putRuleInput,
    run: (input) => {
      requireDefaultBus(input.EventBusName, bus.arn);
      return { RuleArn: bus.rules.put(input.Name, settingsOf(input, clock.now())).arn };
    },
    honesty: {
      modelled: [
        'Pattern or schedule (rate and cron), validated; an existing rule is replaced and keeps its targets.',
        'At most 300 rules. A schedule fires by the clock with source `aws.events`.',
      ],
      notModelled: [
        'Tags.',
        'The short period until a change takes effect: it does at once.',
        'CloudTrail management events.',
        'A schedule that fires late or twice, but by delivery faults.',
      ],
      sources: [
        `${api}/API_PutRule.html`,
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html',
        'unverified: that a rate counts from each PutRule and EnableRule',
      ],
    },
  });
}

function settingsOf(input: z.output<typeof putRuleInput>, nowMs: number): RuleSettings {
  const { EventPattern, ScheduleExpression } = input;
  if (!EventPattern && !ScheduleExpression)
    throw new AwsError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  if (input.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    throw notModelled('CloudTrail management events on rules');
  const schedule = ScheduleExpression ? parseSchedule(ScheduleExpression, nowMs) : undefined;
  if (ScheduleExpression && schedule === undefined)
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  return {
    description: input.Description,
    roleArn: input.RoleArn,
    patternText: EventPattern,
    pattern: EventPattern ? compilePattern(EventPattern) : undefined,
    scheduleExpression: ScheduleExpression,
    schedule,
    isEnabled: input.State !== 'DISABLED',
  };
}

function deleteRule(bus: EventBus): Operation {
  return operation({
    name: 'DeleteRule',
    effect: 'write',
    input: namedRule.extend({ Force: z.boolean().optional() }),
    run: ({ Name, EventBusName }) => {
      requireDefaultBus(EventBusName, bus.arn);
      bus.rules.delete(Name);
      return {};
    },
    honesty: {
      modelled: ['Refused while the rule has targets; succeeds for a rule that is gone.'],
      sources: [`${api}/API_DeleteRule.html`],
    },
  });
}

function switchOperations(bus: EventBus): readonly Operation[] {
  return [
    { name: 'EnableRule', isEnabled: true },
    { name: 'DisableRule', isEnabled: false },
  ].map(({ name, isEnabled }) =>
    operation({
      name,
      effect: 'write',
      input: namedRule,
      run: ({ Name, EventBusName }) => {
        requireDefaultBus(EventBusName, bus.arn);
        bus.rules.setEnabled(Name, isEnabled);
        return {};
      },
      honesty: {
        modelled: ['A disabled rule neither matches nor fires.'],
        notModelled: ['The short period until it takes effect.'],
        sources: [`${api}/API_${name}.html`],
      },
    }),
  );
}

function describeRule(bus: EventBus): Operation {
  return operation({
    name: 'DescribeRule',
    effect: 'read',
    input: namedRule,
    run: ({ Name, EventBusName }) => {
      requireDefaultBus(EventBusName, bus.arn);
      return shown(bus.rules.get(Name));
    },
    honesty: { modelled: ['All that PutRule sets.'], sources: [`${api}/API_DescribeRule.html`] },
  });
}

function listRules(bus: EventBus): Operation {
  return operation({
    name: 'ListRules',
    effect: 'read',
    input: z.strictObject({
      NamePrefix: z.string().optional(),
      EventBusName: busName,
      NextToken: z.string().optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    run: ({ NamePrefix = '', EventBusName, ...paging }) => {
      requireDefaultBus(EventBusName, bus.arn);
      const rules = bus.rules.list().filter(({ name }) => name.startsWith(NamePrefix));
      const { page, NextToken } = pageOf(rules, ({ name }) => name, paging);
      return { Rules: page.map(shown), NextToken };
    },
    honesty: { modelled: ['By prefix, in order of name, in pages.'], sources: [`${api}/API_ListRules.html`] },
  });
}

function shown({ name, arn, settings }: Rule): object {
  return {
    Name: name,
    Arn: arn,
    EventPattern: settings.patternText,
    ScheduleExpression: settings.scheduleExpression,
    State: settings.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: settings.description,
    RoleArn: settings.roleArn,
    EventBusName: 'default',
  };
}
