import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { reservationView } from './describe-instances.ts';
import { instanceView, realSight } from './instance-view.ts';
import { launch } from './launch.ts';
import { launchFromTemplate, launchTemplateInput } from './launch-from-template.ts';
import { launchInput } from './launch-input.ts';
import { planLaunch } from './launch-plan.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import type { World } from './state/world.ts';

/** RunInstances. */
export function runInstances(world: World): Operation {
  return ec2Operation({
    name: 'RunInstances',
    effect: 'write',
    input: { ...launchInput, LaunchTemplate: launchTemplateInput },
    honesty: {
      modelled: [
        'MinCount to MaxCount instances, as many as the subnet has addresses for; pending, then running with the clock.',
        'Idempotent by ClientToken: the same request answers the same reservation, another one is IdempotentParameterMismatch, and after the instances are gone IdempotentInstanceTerminated.',
        'Subnet or default subnet of the zone; interfaces given by specification, new or existing; fixed, secondary and IPv6 addresses.',
        'Tags for instance, network-interface and volume; user data; an instance profile by name or ARN, whose existence is not checked.',
        'Any well-formed image id that is not said to be deregistered; key names are taken as they are.',
        'A launch template by id or name and version: what the request itself gives goes before, tags are merged, and the instances are tagged aws:ec2launchtemplate:id and aws:ec2launchtemplate:version.',
        'Instance types of a table with their limits for interfaces and addresses.',
      ],
      notModelled: [
        'Key pairs, Spot, capacity, quotas for vCPUs, placement groups, dedicated tenancy, block device mappings',
      ],
      sources: [
        ec2Page('RunInstances'),
        'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html',
        'unverified: which zone AWS chooses (here the first), DeleteOnTermination of interfaces beyond the primary one (here false), events for launch-time tags (here none)',
      ],
    },
    run: (input) => {
      const { ClientToken, ...request } = input;
      const { LaunchTemplate, ...ownInput } = input;
      const known = world.clientTokens.recall('RunInstances', ClientToken, request);
      if (known !== undefined) return answer(world, known);
      const { input: wholeInput, awsTags } = launchFromTemplate(world, ownInput, LaunchTemplate);
      const plan = planLaunch(world, wholeInput);
      const tags = new Map([...plan.tags, ...awsTags]);
      const instanceIds = launch(world, { ...plan, tags }, ClientToken);
      world.clientTokens.remember('RunInstances', ClientToken, request, instanceIds);
      return answer(world, instanceIds);
    },
  });
}

function answer(world: World, instanceIds: readonly string[]): object {
  const instances = instanceIds.flatMap((id) => world.instances.get(id) ?? []);
  const alive = instances.find(({ state }) => state !== 'terminated');
  if (alive === undefined)
    throw new AwsError(
      'IdempotentInstanceTerminated',
      'The client token belongs to a request whose instances have been terminated.',
    );
  return reservationView(
    world,
    alive.reservationId,
    instances.map((instance) => instanceView(world, realSight(world, instance))),
  );
}
