import { narrowDocument, receivedJoint, type Audience } from '@xiangjing/authorization';
import type { ListedRow } from '@xiangjing/db';
import { AXIS_NAMES, rank, z, type Axis, type FieldDirectory, type Label, type ProjectedDocument } from '@xiangjing/scenario-sdk';
import { domainOf } from './judge-event.ts';

export interface ReplicaFacts {
  origin: string;
  fields: FieldDirectory;
  firstPublishedOn: string | null;
  changedAt: Date;
  receivedAt: Date;
}

/** The list row of a received record, from nothing but its projected document. */
export function listedRowOf(doc: ProjectedDocument, { origin, fields, ...dates }: ReplicaFacts): ListedRow {
  const outside = narrowest(doc, fields);
  const [own, joint] = [ranksOf(doc.label), ranksOf(receivedJoint(doc))];
  return {
    id: doc.id,
    origin,
    kind: doc.kind,
    rev: doc.rev,
    stage: doc.stage,
    suspended: doc.suspended,
    viewed: true,
    shape: doc.shape,
    title: textIn(doc, 'title', 'publicTitle'),
    summary: textIn(doc, 'summary', 'publicSummary'),
    outsideTitle: outside ? textIn(outside, 'title', 'publicTitle') : '',
    outsideSummary: outside ? textIn(outside, 'summary', 'publicSummary') : '',
    domain: domainOf(doc),
    domains: listIn(doc, 'domains'),
    scenarioTypes: listIn(doc, 'scenarioTypes'),
    region: textIn(doc, 'region'),
    scenarioKind: textIn(doc, 'scenarioKind'),
    ownerUscc: textIn(doc, 'ownerUscc'),
    ownerName: textIn(doc, 'ownerName'),
    ...own,
    jointLevel: joint.level,
    jointPi: joint.pi,
    jointSafety: joint.safety,
    jointShare: joint.share,
    jointOpen: joint.open,
    classified: true, // the home node's question; here every record has come with its label
    facets: {},
    responseDeadline: dateIn(doc, 'responseDeadline'),
    validUntil: dateIn(doc, 'validUntil'),
    ...dates,
  };
}

/** From the narrowest audience to the widest. */
const FROM_NARROW: readonly Audience[] = ['public', 'enterprise', 'city', 'province'];

/** One text serves all who have a projection only, so it is that of the narrowest audience which has the record at all. */
function narrowest(doc: ProjectedDocument, fields: FieldDirectory): ProjectedDocument | null {
  const told = toldFields(fields);
  for (const audience of FROM_NARROW) {
    const narrow = narrowDocument(doc, audience, told);
    if (narrow) return narrow;
  }
  return null;
}

const TOLD = ['core.title', 'core.publicTitle', 'core.summary', 'core.publicSummary'];
const toldOf = new WeakMap<FieldDirectory, FieldDirectory>();

/** The fields of which a list row tells those outside: narrowing the others would be for nothing. */
function toldFields(fields: FieldDirectory): FieldDirectory {
  const known = toldOf.get(fields);
  if (known) return known;
  const told = new Map(TOLD.flatMap((path) => fields.get(path) ?? []).map((entry) => [entry.path, entry]));
  toldOf.set(fields, told);
  return told;
}

const ranksOf = (label: Label) => Object.fromEntries(AXIS_NAMES.map((axis) => [axis, rank(axis, label[axis])])) as Record<Axis, number>;

function textIn(doc: ProjectedDocument, ...names: string[]): string {
  const found = names.map((name) => doc.core[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}
/** PostgreSQL would also take `tomorrow` for a date. */
const IsoDate = z.iso.date();
const dateIn = (doc: ProjectedDocument, name: string): string | null => IsoDate.safeParse(doc.core[name]).data ?? null;
function listIn(doc: ProjectedDocument, name: string): string[] {
  const value = doc.core[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
