import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { busName, requireDefaultBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { checkTarget } from './target.ts';
import { targetShape } from './target-shape.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const ofRule = { Rule: z.string(), EventBusName: busName };

/** Adding, removing and listing the targets of rules. */
export function targetOperations(bus: EventBus): readonly Operation[] {
  return [putTargets(bus), removeTargets(bus), listTargetsByRule(bus), listRuleNamesByTarget(bus)];
}

function putTargets(bus: EventBus): Operation {
  return operation({
    name: 'PutTargets',
    effect: 'write',
    input: z.strictObject({ ...ofRule, Targets: z.array(targetShape).min(1).max(100) }),
    run: ({ Rule, EventBusName, Targets }) => {
      requireDefaultBus(EventBusName, bus.arn);
      bus.rules.get(Rule);
      const FailedEntries: object[] = [];
      for (const target of Targets) {
        try {
          checkTarget(target);
          bus.rules.putTarget(Rule, target);
        } catch (error) {
          if (!(error instanceof AwsError) || error.code !== 'LimitExceededException') throw error;
          FailedEntries.push({ TargetId: target.Id, ErrorCode: error.code, ErrorMessage: error.message });
        }
      }
      return { FailedEntryCount: FailedEntries.length, FailedEntries };
    },
    honesty: {
      modelled: [
        'SQS standard queues and Lambda functions; whether they exist shows at delivery.',
        'Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy; at most 5 targets on a rule.',
        'A queue or function whose own policy does not let the rule in gets nothing: NO_PERMISSIONS, which is not tried again.',
      ],
      notModelled: ['Other targets and the parameters made for them.', 'RoleArn is kept, not used.'],
      sources: [
        `${api}/API_PutTargets.html`,
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html',
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
        'unverified: whether the limit of targets fails the entry or the call; what a missing value becomes in a template',
      ],
    },
  });
}

function removeTargets(bus: EventBus): Operation {
  return operation({
    name: 'RemoveTargets',
    effect: 'write',
    input: z.strictObject({
      ...ofRule,
      Ids: z.array(z.string()).min(1).max(100),
      Force: z.boolean().optional(),
    }),
    run: ({ Rule, EventBusName, Ids }) => {
      requireDefaultBus(EventBusName, bus.arn);
      for (const id of Ids) bus.rules.removeTarget(Rule, id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    honesty: {
      modelled: ['Succeeds for targets that are gone.'],
      sources: [`${api}/API_RemoveTargets.html`, 'unverified: targets that are gone'],
    },
  });
}

function listTargetsByRule(bus: EventBus): Operation {
  return operation({
    name: 'ListTargetsByRule',
    effect: 'read',
    input: z.strictObject({
      ...ofRule,
      NextToken: z.string().optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    run: ({ Rule, EventBusName, ...paging }) => {
      requireDefaultBus(EventBusName, bus.arn);
      const targets = [...bus.rules.get(Rule).targets.values()].sort((a, b) => (a.Id < b.Id ? -1 : 1));
      const { page, NextToken } = pageOf(targets, ({ Id }) => Id, paging);
      return { Targets: page, NextToken };
    },
    honesty: { modelled: ['In order of id, in pages.'], sources: [`${api}/API_ListTargetsByRule.html`] },
  });
}

function listRuleNamesByTarget(bus: EventBus): Operation {
  return operation({
    name: 'ListRuleNamesByTarget',
    effect: 'read',
    input: z.strictObject({
      TargetArn: z.string(),
      EventBusName: busName,
      NextToken: z.string().optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    run: ({ TargetArn, EventBusName, ...paging }) => {
      requireDefaultBus(EventBusName, bus.arn);
      const rules = bus.rules
        .list()
        .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn));
      const { page, NextToken } = pageOf(rules, ({ name }) => name, paging);
      return { RuleNames: page.map(({ name }) => name), NextToken };
    },
    honesty: {
      modelled: ['In order of name, in pages.'],
      sources: [`${api}/API_ListRuleNamesByTarget.html`],
    },
  });
}
