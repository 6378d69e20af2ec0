import type { AddressStanding } from '../address-standing.ts';
import type { RecordStanding } from '../record-standing.ts';
import type { SlotOutlook } from '../slot-outlook.ts';
import type { Style } from '../terminal.ts';
import { addressSpecText } from './spec-texts.ts';

/** Where the addresses and records of a slot are, one each. */
export function standingTexts(slot: SlotOutlook, style: Style): readonly string[] {
  return [
    ...slot.addresses.map((each) => addressText(each, slot, style)),
    ...slot.records.map((each) => recordText(each, style)),
  ];
}

function addressText(address: AddressStanding, { holder }: SlotOutlook, style: Style): string {
  const { wanted, thing, on, privateIp } = address;
  if (thing === undefined) return style.red(`${addressSpecText(wanted)} not found`);
  if (on === undefined) return style.yellow(`${thing} with nobody`);
  if (on !== holder) return style.yellow(`${thing} with ${on}`);
  return privateIp === undefined ? thing : `${thing} at ${privateIp}`;
}

function recordText({ name, type, setIdentifier, content, isToStay }: RecordStanding, style: Style): string {
  const identifier = setIdentifier === undefined ? '' : ` (${setIdentifier})`;
  const what = `${name} ${type}${identifier}`;
  if (content === undefined) return style.yellow(`${what} missing`);
  const text =
    content.kind === 'alias' ? `${what} alias to ${content.target}` : `${what} ${content.values.join(' ')}`;
  return isToStay ? text : style.yellow(text);
}
