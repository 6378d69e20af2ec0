/** Every variant of a kind is a spec that its operator may change to any other. */
export interface RoleKind {
  readonly name: string;
  readonly variants: readonly object[];
}

const corp = (name: string, more: object = {}) => ({
  zone: 'corp.internal',
  name: `${name}.corp.internal`,
  value: 'privateIp',
  ...more,
});
const example = (name: string, value: string, more: object = {}) => ({
  zone: 'example.com',
  name: `${name}.example.com`,
  value,
  ...more,
});

const service = (name: string) => ({
  zone: 'corp.internal',
  name: `_${name}._tcp.corp.internal`,
  values: [`0 5 5432 ${name}.example.com`],
  type: 'SRV',
});

/** Roles of each kind that there is; `$eip0` and the like stand for the ids of the world. */
export const roleKinds: readonly RoleKind[] = [
  {
    name: 'db',
    variants: [
      { addresses: [{ elasticIp: '$eip0' }], records: [corp('db'), example('db', 'elasticIpName')] },
      { addresses: [{ elasticIp: '$eip0' }], records: [corp('db', { ttl: 30 }), example('db', 'elasticIp')] },
      { addresses: [{ elasticIp: '$eip1' }], records: [corp('db'), corp('db-alias')] },
      { addresses: [], records: [corp('db')], election: { prefer: 'newest', failback: true } },
      // That one is somebody else's.
      { addresses: [{ elasticIp: '$foreignEip' }], records: [corp('db')] },
    ],
  },
  {
    name: 'web',
    variants: [
      {
        slots: 2,
        addresses: [{ elasticIp: { pool: { tags: { pool: 'web' } } } }],
        records: [example('web', 'elasticIp', { routing: 'multivalue' }), corp('web-{slot}')],
      },
      {
        slots: 3,
        addresses: [{ elasticIp: { pool: { tags: { pool: 'web' } } } }],
        records: [example('web', 'elasticIp', { routing: 'multivalue' }), corp('web-{slot}')],
      },
      { slots: 2, records: [corp('web-{slot}'), corp('web', { routing: { weight: 10 } })] },
    ],
  },
  {
    name: 'vip',
    variants: [
      { addresses: [{ privateIp: '10.0.1.200' }], records: [corp('vip', { reverse: true })] },
      {
        addresses: [{ elasticIp: '$eip2' }, { privateIp: '10.0.1.200' }],
        records: [corp('vip', { reverse: true }), example('vip', 'elasticIp')],
      },
    ],
  },
  {
    name: 'six',
    variants: [
      {
        addresses: [{ ipv6: '$ipv6' }],
        records: [corp('six', { value: 'ipv6' }), corp('six-host', { value: 'privateName' })],
      },
      {
        addresses: [{ ipv6: '$ipv6' }, { elasticIp: '$eip4' }],
        records: [corp('six', { value: 'ipv6', reverse: true })],
      },
    ],
  },
  {
    name: 'licence',
    variants: [
      {
        addresses: [{ elasticIp: { tags: { pool: 'licence' } }, reverseName: 'licence.example.com' }],
        records: [example('licence', 'elasticIp'), service('licence')],
      },
      {
        addresses: [{ elasticIp: { tags: { pool: 'licence' } } }],
        records: [example('licence', 'elasticIp')],
        election: { ready: 'alarm' },
      },
      {
        addresses: [{ elasticIp: { tags: { pool: 'licence' } } }],
        records: [corp('licence')],
        election: { ready: { tag: 'ready=yes' } },
      },
    ],
  },
  {
    name: 'farm',
    variants: [
      {
        slots: 2,
        addresses: [{ targetGroup: '$targetGroup', port: 8080 }],
        records: [example('farm', 'publicIp', { routing: { weight: 5 } })],
      },
      { slots: 2, addresses: [{ targetGroup: '$targetGroup' }], records: [corp('farm-{slot}')] },
    ],
  },
  {
    name: 'edge',
    variants: [
      {
        records: [
          example('edge', 'publicName'),
          {
            zone: 'corp.internal',
            name: 'edge-balancer.corp.internal',
            alias: { target: 'edge.eu-west-1.elb.amazonaws.com', zone: 'Z32O12XQLNTSW2' },
          },
        ],
        election: { ready: 'status-checks' },
      },
      { records: [example('edge', 'publicName')], election: { ready: 'hook' } },
    ],
  },
  {
    name: 'nics',
    variants: [
      {
        slots: 2,
        addresses: [{ networkInterface: ['$eni1', '$eni2'] }],
        records: [corp('nics-{slot}', { reverse: true })],
      },
    ],
  },
  {
    name: 'nic',
    variants: [
      { addresses: [{ networkInterface: '$eni0' }], records: [corp('nic')] },
      { addresses: [{ networkInterface: '$eni0' }], records: [corp('nic', { ttl: 10 }), corp('nic-alias')] },
    ],
  },
  {
    name: 'overlay',
    variants: [
      {
        addresses: [{ route: '10.99.0.1/32', routeTables: ['$routeTable'] }],
        records: [{ zone: 'corp.internal', name: 'overlay.corp.internal', values: ['10.99.0.1'], type: 'A' }],
      },
      {
        addresses: [{ route: '10.99.0.1/32', routeTables: ['$routeTable', '$routeTable2'] }],
        records: [corp('overlay-host')],
      },
    ],
  },
  {
    name: 'parked',
    variants: [
      {
        records: [corp('parked', { parking: ['10.0.0.250'] })],
        vacant: 'park',
        election: { prefer: 'priority', failback: true, cooldown: '30s' },
      },
      { records: [corp('parked')], election: { prefer: 'oldest', failback: true } },
    ],
  },
  {
    name: 'guarded',
    variants: [
      { addresses: [{ elasticIp: '$eip3' }], records: [corp('guarded')], allow: { subnets: ['$subnetA'] } },
      { addresses: [{ elasticIp: '$eip3' }], records: [corp('guarded')], allow: { subnets: ['$subnetB'] } },
      { addresses: [{ elasticIp: '$eip3' }], records: [corp('guarded')], allow: { tags: { trust: 'yes' } } },
    ],
  },
  {
    name: 'notes',
    variants: [
      {
        records: [
          {
            zone: 'corp.internal',
            name: 'notes.corp.internal',
            values: ['holder {instanceId} in {zone}'],
            type: 'TXT',
          },
          corp('notes-a'),
        ],
      },
      // Somebody else's record stands there.
      { records: [corp('notes-a'), corp('foreign')] },
      // So it is there, and the operator wants it to be the role's.
      { records: [corp('notes-a'), corp('legacy', { adopt: true })] },
      {
        records: [corp('notes-a', { ttl: 5 })],
        election: { zones: ['eu-west-1b'], prefer: 'newest', failback: true },
      },
    ],
  },
];
