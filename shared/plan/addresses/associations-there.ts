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

/**
 * Whether a change of the slot, which came to what is written, has replaced the association since: only a read that lags
 * shows it still. A call that came late would have made another one.
 */
export function wasReplaced(
  { written, intent, late = [] }: SlotState,
  { allocationId, associationId }: Pick<WrittenAssociation, 'allocationId' | 'associationId'>,
): boolean {
  const kept = written.associations.find((each) => each.allocationId === allocationId);
  return [...intent, ...late].some(
    (change) =>
      change.kind === 'associate-address' &&
      change.replaces === associationId &&
      change.networkInterfaceId === kept?.networkInterfaceId &&
      change.privateIp === kept.privateIp,
  );
}
