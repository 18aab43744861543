import {
  isFloored,
  join,
  type ErrorCode,
  type FieldDirectory,
  type Issue,
  type ProjectedDocument,
  type RecordDocument,
  type View,
} from '@xiangjing/scenario-sdk';
import { effectiveLabel, fieldLabel, isWholeLabel } from './labels.ts';
import { splitPath, valueAt } from './project.ts';
import { AUDIENCE_OF_VIEW, isMailboxOnly, mayLeave, rowOf, smaller, type Audience } from './tier.ts';

const REMEDY = '整条消息已隔离，未显示任何内容；请来源节点按当前分级重新投影后再发';
const issue = (pointer: string, code: ErrorCode, message: string): Issue => ({ pointer, code, message, remedy: REMEDY });
const pointerOf = (path: string): string => `/${path.replace('.', '/')}`;

const pathsOf = (doc: ProjectedDocument): string[] =>
  (['core', 'attrs'] as const).flatMap((part) => Object.keys(doc[part]).map((name) => `${part}.${name}`));

/**
 * Judges a document by what it declares and what the schema here knows, without trusting whoever projected it: the receiver's check,
 * and part of the sender's guard. No issue means that nothing in it lies above the tier of the view.
 */
export function checkTier(doc: ProjectedDocument, view: View, fields: FieldDirectory): Issue[] {
  const audience = Object.hasOwn(AUDIENCE_OF_VIEW, view) ? AUDIENCE_OF_VIEW[view] : undefined;
  if (!audience) return [issue('', 'TIER_EXCEEDED', `没有名为“${String(view)}”的视图`)];
  if (!isWholeLabel(doc.label) || !isFloored(doc.label)) return [issue('/label', 'UNLABELLED', '记录的分级标签缺项、未知或低于下限')];
  const row = rowOf(audience, doc.label);
  if (row === null) return [issue('/label', 'TIER_EXCEEDED', '这一级别的记录不进入该视图')];
  const issues = pathsOf(doc).flatMap((path) => checkPath(doc, audience, path, fields));
  if (smaller(doc.shape, row) !== doc.shape)
    issues.push(issue('/shape', 'TIER_EXCEEDED', `该视图至多得到“${row}”，消息给出“${doc.shape}”`));
  for (const name of doc.withheld)
    if (splitPath(name)[1] === undefined || valueAt(doc, name) !== undefined)
      issues.push(issue('/withheld', 'TIER_EXCEEDED', '留存清单只能是未给出的字段名'));
  return issues;
}

function checkPath(doc: ProjectedDocument, audience: Audience, path: string, fields: FieldDirectory): Issue[] {
  const entry = fields.get(path);
  const declared = Object.hasOwn(doc.labels, path) ? doc.labels[path] : undefined;
  if (!isWholeLabel(declared)) return [issue(pointerOf(path), 'UNLABELLED', '字段没有完整的分级标签')];
  const label = join(doc.label, declared, ...(entry ? [entry.label] : []));
  if (entry?.personal || (entry && entry.label.pi !== 'none')) return [issue(pointerOf(path), 'TIER_EXCEEDED', '个人信息字段不离开本节点')];
  if (splitPath(path)[1] === undefined || !mayLeave(audience, doc.shape, path, label))
    return [issue(pointerOf(path), 'TIER_EXCEEDED', '字段的级别高于该视图')];
  const value = valueAt(doc, path);
  if (isMailboxOnly(audience, path, label) && Object.keys(Object(value)).some((key) => key !== 'mailbox'))
    return [issue(pointerOf(path), 'TIER_EXCEEDED', 'L3 起联系方式只给岗位邮箱')];
  return [];
}

/**
 * The sender's guard: {@link checkTier}, and each path judged again by the labels of the record itself, whatever the document
 * declares. It shares the egress table with the projection and nothing of the way it builds.
 */
export function checkEgress(doc: ProjectedDocument, view: View, record: RecordDocument, fields: FieldDirectory): Issue[] {
  const issues = checkTier(doc, view, fields);
  const audience = AUDIENCE_OF_VIEW[view];
  for (const path of pathsOf(doc)) {
    const label = effectiveLabel(record, path, fields);
    const isOutsideTitle = path === 'core.title' && rowOf(audience, label) === 'listed';
    if (!fields.has(path)) issues.push(issue(pointerOf(path), 'TIER_EXCEEDED', '本节点的模式里没有这个字段'));
    else if (fieldLabel(record, path, fields).pi !== 'none' || !mayLeave(audience, doc.shape, path, label))
      issues.push(issue(pointerOf(path), 'TIER_EXCEEDED', '字段的级别高于该视图'));
    else if (isOutsideTitle && valueAt(doc, path) !== valueAt(record, 'core.publicTitle'))
      issues.push(issue(pointerOf(path), 'TIER_EXCEEDED', 'L3 起只能给出对外名称'));
  }
  return issues;
}
