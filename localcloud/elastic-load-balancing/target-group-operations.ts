import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { targetGroupsNotFound, validationError } from './errors.ts';
import { elbPage } from './sources.ts';
import type { TargetGroup } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';
import { targetGroupView } from './target-group-view.ts';

const pageSizeMax = 400;

/** DescribeTargetGroups and DeleteTargetGroup. */
export function targetGroupOperations(groups: TargetGroups): readonly Operation[] {
  return [describeTargetGroups(groups), deleteTargetGroup(groups)];
}

function describeTargetGroups(groups: TargetGroups): Operation {
  return operation({
    name: 'DescribeTargetGroups',
    effect: 'read',
    input: z.strictObject({
      LoadBalancerArn: z.string().optional(),
      TargetGroupArns: z.array(z.string()).optional(),
      Names: z.array(z.string()).optional(),
      Marker: z.string().optional(),
      PageSize: z.number().int().min(1).max(pageSizeMax).optional(),
    }),
    honesty: {
      modelled: [
        'All groups, or those of one load balancer, of names or of ARNs; a name or ARN that is not there is TargetGroupNotFound for the whole call. Pages of 400 at most.',
      ],
      notModelled: ['Lag between a write and what Describe shows.'],
      sources: [elbPage('DescribeTargetGroups'), 'unverified: the order of groups'],
    },
    run: ({ LoadBalancerArn, TargetGroupArns, Names, Marker, PageSize = pageSizeMax }) => {
      const selections = [LoadBalancerArn, TargetGroupArns, Names].filter((each) => each !== undefined);
      if (selections.length > 1)
        throw validationError(
          'You can specify only one of a load balancer ARN, target group ARNs and target group names',
        );
      const wanted = selected(groups, { LoadBalancerArn, TargetGroupArns, Names });
      const start = Marker === undefined ? 0 : positionAfter(wanted, Marker);
      const page = wanted.slice(start, start + PageSize);
      const last = page.at(-1);
      const hasMore = last !== undefined && wanted.length > start + PageSize;
      return {
        TargetGroups: page.map(targetGroupView),
        NextMarker: hasMore ? Buffer.from(last.arn).toString('base64') : undefined,
      };
    },
  });
}

interface Selection {
  readonly LoadBalancerArn: string | undefined;
  readonly TargetGroupArns: readonly string[] | undefined;
  readonly Names: readonly string[] | undefined;
}

function selected(groups: TargetGroups, selection: Selection): readonly TargetGroup[] {
  const { LoadBalancerArn, TargetGroupArns, Names } = selection;
  const all = [...groups.all.values()];
  if (LoadBalancerArn !== undefined) {
    const used = all.filter(({ use }) => use?.loadBalancerArn === LoadBalancerArn);
    if (used.length === 0) throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
    return used;
  }
  for (const arn of TargetGroupArns ?? []) groups.expectArn(arn);
  const isMissing =
    TargetGroupArns?.some((arn) => !groups.all.has(arn)) ||
    Names?.some((name) => groups.named(name) === undefined);
  if (isMissing === true) throw targetGroupsNotFound();
  return all.filter(
    ({ arn, configuration }) =>
      (TargetGroupArns?.includes(arn) ?? true) && (Names?.includes(configuration.name) ?? true),
  );
}

function positionAfter(groups: readonly TargetGroup[], marker: string): number {
  const arn = Buffer.from(marker, 'base64').toString();
  const position = groups.findIndex((group) => group.arn === arn);
  if (position < 0) throw validationError(`Invalid marker '${marker}'`);
  return position + 1;
}

function deleteTargetGroup(groups: TargetGroups): Operation {
  return operation({
    name: 'DeleteTargetGroup',
    effect: 'write',
    input: z.strictObject({ TargetGroupArn: z.string() }),
    honesty: {
      modelled: [
        'A group that a load balancer uses is ResourceInUse; deleting one that is not there succeeds. Its targets go on running.',
      ],
      sources: [elbPage('DeleteTargetGroup'), 'unverified: that a group that is not there is no error'],
    },
    run: ({ TargetGroupArn }) => {
      groups.expectArn(TargetGroupArn);
      const group = groups.all.get(TargetGroupArn);
      if (group?.use !== undefined)
        throw new AwsError(
          'ResourceInUse',
          `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`,
        );
      if (group !== undefined) groups.forget(group);
      return {};
    },
  });
}
