import { z } from 'zod';
import type { Operation } from '../core/service.ts';
import { invalidParameterValue } from './errors.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import type { Address } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

const reverseDnsPage =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html';

/** ModifyAddressAttribute, ResetAddressAttribute and DescribeAddressesAttribute: the reverse DNS record. */
export function addressAttributeOperations(world: World): readonly Operation[] {
  return [modifyAddressAttribute(world), resetAddressAttribute(world), describeAddressesAttribute(world)];
}

function modifyAddressAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ModifyAddressAttribute',
    effect: 'write',
    input: { AllocationId: z.string(), DomainName: z.string().optional() },
    honesty: {
      modelled: [
        'The reverse DNS record: PENDING, then set with the clock; an address that has one cannot be released.',
      ],
      notModelled: ['The forward record that AWS looks up first'],
      sources: [ec2Page('ModifyAddressAttribute'), reverseDnsPage, 'unverified: how long a change takes'],
    },
    run: ({ AllocationId, DomainName }) => {
      const address = expectResource(world.addresses, 'elastic-ip', AllocationId);
      if (
        DomainName === undefined ||
        !/^(?=.{1,255}$)(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}\.?$/i.test(DomainName)
      )
        throw invalidParameterValue(`Invalid value for domain-name: ${DomainName ?? ''}`);
      return { Address: attributeView(beginUpdate(world, address, `${DomainName.replace(/\.$/, '')}.`)) };
    },
  });
}

function resetAddressAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ResetAddressAttribute',
    effect: 'write',
    input: { AllocationId: z.string(), Attribute: z.literal('domain-name') },
    honesty: {
      modelled: ['Removes the reverse DNS record: PENDING, then gone with the clock.'],
      sources: [ec2Page('ResetAddressAttribute'), reverseDnsPage],
    },
    run: ({ AllocationId }) => {
      const address = expectResource(world.addresses, 'elastic-ip', AllocationId);
      return { Address: attributeView(beginUpdate(world, address, undefined)) };
    },
  });
}

function beginUpdate(world: World, address: Address, name: string | undefined): Address {
  const pending = { name };
  const updating: Address = { ...address, ptr: { name: address.ptr?.name, pending } };
  world.addresses.put(updating);
  world.after(world.settings.ptrUpdateMs, () => {
    const current = world.addresses.get(address.id);
    // A later change has replaced this one.
    if (current?.ptr?.pending !== pending) return;
    world.addresses.put({ ...current, ptr: name === undefined ? undefined : { name, pending: undefined } });
  });
  return updating;
}

function attributeView({ id, publicIp, ptr }: Address): object {
  return {
    PublicIp: publicIp,
    AllocationId: id,
    PtrRecord: ptr?.name,
    PtrRecordUpdate:
      ptr?.pending === undefined ? undefined : { Value: ptr.pending.name ?? '', Status: 'PENDING' },
  };
}

function describeAddressesAttribute(world: World): Operation {
  return ec2Operation({
    name: 'DescribeAddressesAttribute',
    effect: 'read',
    input: {
      AllocationIds: z.array(z.string()).optional(),
      Attribute: z.literal('domain-name').optional(),
      ...pagingInput,
    },
    honesty: {
      modelled: ['The reverse DNS record of each address, and its update while that is PENDING.'],
      sources: [ec2Page('DescribeAddressesAttribute')],
    },
    run: ({ AllocationIds, Attribute: _, ...paging }) => {
      const { items, nextToken } = selectPage(world.addresses, {
        kind: 'elastic-ip',
        ids: AllocationIds,
        Filters: undefined,
        paging,
        fields: {},
        idFilter: 'allocation-id',
        limits: { min: 1, max: 1000 },
      });
      return { Addresses: items.map((address) => attributeView(address)), ...nextToken };
    },
  });
}
