import { readFixture } from '../../../builders/events.ts';

interface Event {
  readonly detail: object;
}

/** A fixture with fields of its detail, and of the event around it, replaced; undefined leaves a field out. */
export function editedFixture(path: string, detail: object, event: object = {}): object {
  const original: Event = JSON.parse(readFixture(path));
  return { ...original, ...event, detail: { ...original.detail, ...detail } };
}
