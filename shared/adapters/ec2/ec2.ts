import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../../reconcile/ports.ts';
import type { LoadBalancing } from '../elastic-load-balancing/load-balancing.ts';
import { readElasticIps } from './describe-addresses.ts';
import { imageOwners } from './describe-images.ts';
import { readStatusChecks } from './describe-instance-status.ts';
import { instanceTypeLimits } from './describe-instance-types.ts';
import { readInstancesById, readInstancesTagged, readRoleTags } from './describe-instances.ts';
import { makeChange } from './make-change.ts';
import { readNetwork } from './network.ts';
import type { Waiting } from './wait-for.ts';

interface Ec2Options {
  readonly surroundings: Waiting;
  /** Asked for only where a role has a target group. */
  readonly loadBalancing: () => Promise<LoadBalancing>;
}

/** EC2 through the SDK. Everything is read with filters, never by id: an unknown id would fail the whole call. */
export function createEc2(client: EC2Client, roleTagKey: string, options: Ec2Options): Ec2 {
  const { surroundings, loadBalancing } = options;
  const limits = instanceTypeLimits(client);
  const targets: LoadBalancing['targets'] = async (groups) => (await loadBalancing()).targets(groups);
  return {
    roleTags: (instanceIds) => readRoleTags(client, roleTagKey, instanceIds),
    instancesTagged: (roles) => readInstancesTagged(client, roleTagKey, roles),
    instancesById: (instanceIds) => readInstancesById(client, instanceIds),
    elasticIps: () => readElasticIps(client),
    network: (needs) => readNetwork(client, needs, { limits, targets }),
    statusChecks: (instanceIds) => readStatusChecks(client, instanceIds),
    imageOwners: imageOwners(client),
    make: (change, mayBegin = () => undefined) =>
      makeChange({ client, making: { ...surroundings, mayBegin }, loadBalancing }, change),
  };
}
