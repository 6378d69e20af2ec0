import { operationMap, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { defaultQuotas, Route53Account, type Route53Quotas } from './account.ts';
import { checkInvariants } from './check-invariants.ts';
import { createHostedZone } from './operations/create-hosted-zone.ts';
import { getChange } from './operations/get-change.ts';
import { hostedZoneOperations } from './operations/hosted-zone-operations.ts';
import { listHostedZonesOperations } from './operations/list-hosted-zones.ts';
import { recordSetOperations } from './operations/record-set-operations.ts';
import { tagOperations } from './operations/tag-operations.ts';
import { vpcAssociationOperations } from './operations/vpc-associations.ts';
import { type Asker, type Resolution, resolve } from './resolve.ts';
import { restXml } from './wire/rest-xml.ts';

/** Settings of the room; all have defaults. */
export interface Route53Options {
  readonly quotas?: Partial<Route53Quotas>;
  /** Whether a VPC exists; without it every VPC does. */
  readonly hasVpc?: (vpcId: string, region: string) => boolean;
}

/** Route 53, with what tests and the demo may ask beyond its API. */
export interface Route53 extends Service {
  /** What a client is answered now, from inside a VPC or from the internet. INSYNC changes only. */
  readonly resolve: (name: string, type: string, asker?: Asker) => Resolution;
  /**
   * For `windowMs` after a change its zone refuses the next one with PriorRequestNotComplete. Zero, the default,
   * switches it off: how long AWS takes is not documented.
   */
  readonly setPriorRequestWindow: (windowMs: number) => void;
}

/** An empty Route 53 of one account. */
export function createRoute53(surroundings: Surroundings, options: Route53Options = {}): Route53 {
  const quotas = { ...defaultQuotas, ...options.quotas };
  const account = new Route53Account(surroundings, quotas, options.hasVpc);
  return {
    name: 'route53',
    protocol: restXml,
    operations: operationMap([
      createHostedZone(account),
      ...hostedZoneOperations(account),
      ...listHostedZonesOperations(account),
      ...vpcAssociationOperations(account),
      ...recordSetOperations(account),
      getChange(account),
      ...tagOperations(account),
    ]),
    checkInvariants: () => checkInvariants(account),
    resolve: (name, type, asker = {}) => resolve(account, name, type, asker),
    setPriorRequestWindow: (windowMs) => {
      account.priorRequestWindowMs = windowMs;
    },
  };
}
