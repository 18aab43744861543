/** The closed list of obligations and what discharges each. An answer that carries another one is refused. */
export const OBLIGATIONS = {
  log: 'services kernel: an audit record before the first byte',
  mask: 'maskDocument, called with the mask of the decision',
  'unmask-with-reason': 'services kernel: the reason given stands in the audit record',
  'projection:summary': 'projectDocument for the public audience: title and summary',
  'projection:metadata': 'projectDocument: listed metadata',
  'projection:stub': 'projectDocument: stub',
  signed: 'egress worker: signature over the event',
  sequenced: 'egress worker: dense number per view',
  're-evaluate-grants': 'catalogue: grants are judged at every use, by the label of that moment',
  'tombstone-replicas': 'egress worker: a retraction where the new label gives a view nothing',
  'labelVersion+1': 'catalogue: the label version counts up with the change',
} as const satisfies Record<string, string>;

export type Obligation = keyof typeof OBLIGATIONS;
export const isObligation = (word: string): word is Obligation => Object.hasOwn(OBLIGATIONS, word);
