import { CreateSubnetCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { launch } from '../../../../demo/actors.ts';
import { LocalOperator } from '../../cli/local-operator.ts';
import { tag } from '../tagging.ts';
import { assignPrivateIp, elasticIpOf } from './by-hand.ts';
import { Ground } from './ground.ts';

describe('an Elastic IP', () => {
  it('evicts no other role’s from the one private address of an instance, and waits for somebody with room', async () => {
    await using ground = await Ground.open();
    const [one = '', two = ''] = [await ground.elasticIp(), await ground.elasticIp()];
    await ground.theatre.define('one', { addresses: [{ elasticIp: one }] });
    await ground.theatre.define('two', { addresses: [{ elasticIp: two }] });

    const [both = ''] = await ground.launch('one,two', 'a');
    const whileAlone = [await elasticIpOf(ground, one), await elasticIpOf(ground, two)];
    const [other = ''] = await ground.launch('two', 'b');

    expect(whileAlone).toMatchObject([{ InstanceId: both }, { AllocationId: two }]);
    expect(whileAlone[1]?.InstanceId).toBeUndefined();
    expect(await elasticIpOf(ground, one)).toMatchObject({ InstanceId: both });
    expect(await elasticIpOf(ground, two)).toMatchObject({ InstanceId: other });
  });

  it('goes on another private address of the instance where there is one', async () => {
    await using ground = await Ground.open();
    const [one = '', two = ''] = [await ground.elasticIp(), await ground.elasticIp()];
    await ground.theatre.define('one', { addresses: [{ elasticIp: one }] });
    await ground.theatre.define('two', { addresses: [{ elasticIp: two }] });
    const [both = ''] = await ground.launch(undefined, 'a');
    await assignPrivateIp(ground, both, ground.privateIp());

    await tag(ground.theatre, both, 'one,two');
    await ground.theatre.settle();

    const [first, second] = [await elasticIpOf(ground, one), await elasticIpOf(ground, two)];
    expect([first, second]).toMatchObject([{ InstanceId: both }, { InstanceId: both }]);
    expect(first.PrivateIpAddress).not.toBe(second.PrivateIpAddress);
  });

  it('goes to the next candidate where the VPC of the first has no internet gateway', async () => {
    await using ground = await Ground.open();
    const elasticIp = await ground.elasticIp();
    await ground.theatre.define('db', { addresses: [{ elasticIp }] });
    const { Vpc } = await ground.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const { Subnet } = await ground.ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.9.1.0/24' }),
    );
    const cutOff = await launch(ground.theatre.stage, Subnet?.SubnetId ?? '', 'db');
    await ground.theatre.settle();

    const [next = ''] = await ground.launch('db', 'a');

    expect(await elasticIpOf(ground, elasticIp)).toMatchObject({ InstanceId: next });
    expect(await ground.theatre.slot('db')).toMatchObject({ holder: next });
    const { stdout } = await new LocalOperator(ground.theatre).run('explain db');
    expect(stdout).toMatch(
      new RegExp(`refused +${cutOff} +refused because EC2 said: .*Gateway\\.NotAttached`),
    );
  });
});
