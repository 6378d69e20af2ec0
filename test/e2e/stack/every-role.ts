import type { Ground } from '../controller/addresses/ground.ts';
import {
  ipv6Case,
  networkInterfaceCase,
  privateIpWithElasticIpCase,
  routeCase,
  targetGroupCase,
} from '../controller/addresses/kinds.ts';
import { createPrivateZone } from '../controller/zones.ts';

/** A file of roles that have everything that roles can have. */
export interface EveryRole {
  /** YAML, of which JSON is a part. */
  readonly file: string;
  /** All zones that the roles have records in. */
  readonly zoneIds: readonly string[];
}

/**
 * `everything` has an address of every kind and a record of every type, `mail` a reverse name; `chosen` is for who runs an
 * image of the account and passes its status checks; `db` leaves its instances time for handing over.
 */
export async function prepareEveryRole(ground: Ground): Promise<EveryRole> {
  const { cloud, world } = ground.theatre.stage;
  const cases = [privateIpWithElasticIpCase, networkInterfaceCase, routeCase, ipv6Case, targetGroupCase];
  const scenes = await Promise.all(cases.map((each) => each.prepare(ground)));
  const corp = (name: string) => ({ zone: 'corp.internal', name: `${name}.corp.internal` });
  const roles = {
    everything: {
      addresses: scenes.flatMap(({ addresses }) => addresses),
      records: [
        { zone: 'example.com', name: 'all.example.com', value: 'elasticIpName' },
        { ...corp('all'), value: 'privateIp', reverse: true },
        { ...corp('six'), value: 'ipv6' },
        { ...corp('about'), type: 'TXT', values: ['{instanceId}'] },
        { ...corp('_db._tcp'), type: 'SRV', values: ['0 5 5432 all.corp.internal.'] },
      ],
    },
    mail: {
      addresses: [{ elasticIp: await ground.elasticIp(), reverseName: 'mail.example.com' }],
      records: [{ zone: 'example.com', name: 'mail.example.com', value: 'elasticIp' }],
    },
    chosen: {
      records: [{ ...corp('chosen'), value: 'privateIp' }],
      allow: { imageOwner: cloud.surroundings.accountId },
      election: { ready: 'status-checks' },
    },
    db: { records: [{ ...corp('db'), value: 'privateIp' }], election: { handover: '20m' } },
  };
  const reverseZoneId = await createPrivateZone(ground.theatre, '10.in-addr.arpa');
  return {
    file: JSON.stringify({ roles }),
    zoneIds: [world.publicZoneId, world.privateZoneId, reverseZoneId],
  };
}
