import { join, type FieldDirectory, type FieldEntry, type ProjectedDocument } from '@xiangjing/scenario-sdk';
import { isWholeLabel } from './labels.ts';
import { build, valueAt, type Piece } from './project.ts';
import { rowOf, smaller, type Audience } from './tier.ts';

/**
 * What of a received document an audience may have, or null. A path counts with the join of the record's label, the label it
 * declares and the one of the schema known here; one that this schema does not know stays in the bytes and is not shown.
 * Narrowing for the audience the document was made for changes nothing.
 */
export function narrowDocument(doc: ProjectedDocument, audience: Audience, fields: FieldDirectory): ProjectedDocument | null {
  const row = isWholeLabel(doc.label) ? rowOf(audience, doc.label) : null;
  if (row === null) return null;
  const pieceOf = ({ path, label, personal }: FieldEntry): Piece | null => {
    if (personal || label.pi !== 'none') return null;
    const declared = Object.hasOwn(doc.labels, path) ? doc.labels[path] : undefined;
    const value = valueAt(doc, path);
    if (value === undefined) return { value, label: join(doc.label, label, ...(isWholeLabel(declared) ? [declared] : [])) };
    return isWholeLabel(declared) ? { value, label: join(doc.label, label, declared) } : null;
  };
  return build(doc, { audience, shape: smaller(doc.shape, row), fields, pieceOf, descriptor: doc.descriptor, withheld: doc.withheld });
}
