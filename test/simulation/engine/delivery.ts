import type { Deliver } from '../../../localcloud/events/delivery.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

const soonMs = 90_000;
const hourMs = 3_600_000;

/** EventBridge delivers at least once and in no order, and what services send it is best effort: at times it is none. */
export function deliveryWithFaults(
  deliver: Deliver,
  { time, faults }: { readonly time: VirtualTime; readonly faults: Faults },
): Deliver {
  return (invocation) => {
    const name = faults.nameOf('delivery');
    const later = (longestMs: number): void => {
      const delayMs = Math.ceil(longestMs * faults.chance(name, 'how late'));
      time.clock.after(delayMs, () => void deliver(invocation));
    };
    switch (faults.onDelivery(name)) {
      case 'drop':
        return { kind: 'delivered' };
      case 'duplicate':
        later(soonMs);
        return deliver(invocation);
      case 'late':
        later(soonMs);
        return { kind: 'delivered' };
      case 'hours-late':
        later(4 * hourMs);
        return { kind: 'delivered' };
      default:
        return deliver(invocation);
    }
  };
}
