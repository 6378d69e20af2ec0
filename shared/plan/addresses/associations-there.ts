import type { ObservedElasticIp } from '../../model/observed.ts';
import type { SlotState, WrittenAssociation } from '../../model/role-state.ts';

/** Associations that stand just as a claim that nobody settled meant to make them, or an earlier one whose call came late. */
export function associationsThere(
  { intent, late = [] }: SlotState,
  elasticIps: readonly ObservedElasticIp[],
): readonly WrittenAssociation[] {
  return [...intent, ...late].flatMap((change) => {
    if (change.kind !== 'associate-address') return [];
    const { allocationId, networkInterfaceId, privateIp } = change;
    const { association } = elasticIps.find((each) => each.allocationId === allocationId) ?? {};
    return association?.networkInterfaceId === networkInterfaceId && association.privateIp === privateIp
      ? [{ allocationId, associationId: association.associationId, networkInterfaceId, privateIp }]
      : [];
  });
}
