/** The types of record that Understudy writes. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];
