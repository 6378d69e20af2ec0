import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  ReplaceRouteCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import {
  aNetwork,
  anInterface,
  ec2Page,
  inState,
  present,
  primaryInterfaceId,
  refusal,
  running,
} from './ec2-world.ts';

const overlay = '192.168.100.1/32';

async function aRouteTable({ clients: { ec2 } }: Target, VpcId: string): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  return present(RouteTable?.RouteTableId);
}

async function routeTo({ clients: { ec2 } }: Target, RouteTableId: string, destination: string) {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
  return RouteTables?.[0]?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === destination);
}

conformanceCase(
  'an overlay route is created once, replaced, and deleted',
  { source: ec2Page('ReplaceRoute'), divergences: { moto: 'creates a route twice' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const RouteTableId = await aRouteTable(target, vpcId);
    const [first, second] = [
      await running(target, { SubnetId: subnetIds[0] }),
      await running(target, { SubnetId: subnetIds[1] }),
    ];
    const route = { RouteTableId, DestinationCidrBlock: overlay };

    await ec2.send(new CreateRouteCommand({ ...route, NetworkInterfaceId: primaryInterfaceId(first) }));
    const again = await refusal(
      ec2.send(new CreateRouteCommand({ ...route, NetworkInterfaceId: primaryInterfaceId(second) })),
    );
    await ec2.send(new ReplaceRouteCommand({ ...route, InstanceId: present(second.InstanceId) }));
    const replaced = await routeTo(target, RouteTableId, overlay);
    await ec2.send(new DeleteRouteCommand(route));

    expect(again).toMatchObject({ code: 'RouteAlreadyExists', status: 400 });
    expect(replaced).toMatchObject({
      NetworkInterfaceId: primaryInterfaceId(second),
      InstanceId: second.InstanceId,
      Origin: 'CreateRoute',
      State: 'active',
    });
    expect(await routeTo(target, RouteTableId, overlay)).toBeUndefined();
  },
);

conformanceCase(
  'a route that is not there cannot be replaced or deleted',
  { source: ec2Page('ReplaceRoute') },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const RouteTableId = await aRouteTable(target, vpcId);
    const route = { RouteTableId, DestinationCidrBlock: overlay };

    const replaced = await refusal(
      ec2.send(
        new ReplaceRouteCommand({ ...route, NetworkInterfaceId: await anInterface(target, subnetIds[0]) }),
      ),
    );
    const deleted = await refusal(ec2.send(new DeleteRouteCommand(route)));

    expect(replaced).toEqual({
      code: 'InvalidParameterValue',
      message: `There is no route defined for '${overlay}' in the route table. Use CreateRoute instead.`,
      status: 400,
    });
    expect(deleted).toMatchObject({ code: 'InvalidRoute.NotFound', status: 400 });
  },
);

conformanceCase(
  'a route to a stopped instance or a deleted interface is a blackhole',
  { source: ec2Page('Route'), divergences: { moto: 'routes stay active' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const RouteTableId = await aRouteTable(target, vpcId);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eni = await anInterface(target, subnetIds[0]);
    const other = '192.168.100.2/32';
    await ec2.send(
      new CreateRouteCommand({
        RouteTableId,
        DestinationCidrBlock: overlay,
        InstanceId: present(instance.InstanceId),
      }),
    );
    await ec2.send(
      new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: other, NetworkInterfaceId: eni }),
    );

    await ec2.send(new StopInstancesCommand({ InstanceIds: [present(instance.InstanceId)] }));
    await inState(target, present(instance.InstanceId), 'stopped');
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eni }));

    await target.eventually(async () => {
      expect((await routeTo(target, RouteTableId, overlay))?.State).toBe('blackhole');
      expect((await routeTo(target, RouteTableId, other))?.State).toBe('blackhole');
    });
  },
);

conformanceCase(
  'inside the VPC only the whole block of a subnet can be routed elsewhere',
  {
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    divergences: { moto: 'takes any block' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const route = {
      RouteTableId: await aRouteTable(target, vpcId),
      NetworkInterfaceId: await anInterface(target, subnetIds[0]),
    };

    const refused = await refusal(
      ec2.send(new CreateRouteCommand({ ...route, DestinationCidrBlock: '10.0.1.128/25' })),
    );
    const accepted = await ec2.send(
      new CreateRouteCommand({ ...route, DestinationCidrBlock: '10.0.1.0/24' }),
    );

    expect(refused).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
    expect(accepted.Return).toBe(true);
  },
);

conformanceCase(
  'a table starts with the local route, takes a gateway, and serves the subnets it is associated with',
  { source: ec2Page('AssociateRouteTable'), divergences: { moto: 'moves the association' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const [table, other] = [await aRouteTable(target, vpcId), await aRouteTable(target, vpcId)];
    const { InternetGateways } = await ec2.send(
      new DescribeInternetGatewaysCommand({ Filters: [{ Name: 'attachment.vpc-id', Values: [vpcId] }] }),
    );
    const gatewayId = present(InternetGateways?.[0]?.InternetGatewayId);
    await ec2.send(
      new CreateRouteCommand({
        RouteTableId: table,
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: gatewayId,
      }),
    );

    const first = await ec2.send(
      new AssociateRouteTableCommand({ RouteTableId: table, SubnetId: subnetIds[0] }),
    );
    const second = await refusal(
      ec2.send(new AssociateRouteTableCommand({ RouteTableId: other, SubnetId: subnetIds[0] })),
    );

    expect(second.code).toBe('Resource.AlreadyAssociated');
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [{ Name: 'association.subnet-id', Values: [subnetIds[0]] }],
      }),
    );
    expect(RouteTables).toHaveLength(1);
    expect(RouteTables?.[0]).toMatchObject({
      RouteTableId: table,
      Associations: [{ RouteTableAssociationId: first.AssociationId, SubnetId: subnetIds[0], Main: false }],
      Routes: expect.arrayContaining([
        expect.objectContaining({ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }),
        expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: gatewayId, State: 'active' }),
      ]),
    });
  },
);
