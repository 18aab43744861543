import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { FieldSchema } from '../../fields/field-schema.ts';
import { createTexts } from '../../i18n/index.ts';
import { FieldItem } from './field-item.tsx';
import type { FieldItemProps } from './input-props.ts';

const texts = createTexts();
const draw = (schema: FieldSchema, more: Partial<FieldItemProps> = {}): string =>
  renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <FieldItem pointer="/core/x" schema={schema} label="名称" value={undefined} onChange={() => {}} issues={[]} isRequired {...more} />
    </I18nextProvider>,
  );
const fault = (pointer: string, message: string) => ({ pointer, code: 'INPUT_INVALID', message, remedy: '改一下' });

describe('a field of a form', () => {
  it.each([
    ['a line', { type: 'string', maxLength: 60 }, '<input'],
    ['a paragraph', { type: 'string', maxLength: 4000 }, '<textarea'],
    ['a number', { type: 'integer' }, 'role="spinbutton"'],
    ['a date', { type: 'string', format: 'date' }, 'ant-picker'],
    ['many choices', { type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'role="combobox"'],
    ['a list of texts', { type: 'array', items: { type: 'string' } }, '每行一条'],
  ] as [string, FieldSchema, string][])('of %s is drawn with its name tied to its control', (_, schema, control) => {
    const text = draw(schema);
    expect(text).toContain('<label class="label" for="f-core-x">名称</label>');
    expect(text).toContain('id="f-core-x"');
    expect(text).toContain(control);
  });

  it('of few choices, yes or no, parts and rows is a group with a legend', () => {
    const parts: FieldSchema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', title: '甲' }, b: { type: 'string', title: '乙' } },
    };
    for (const schema of [
      { type: 'boolean' },
      { enum: ['a', 'b'], type: 'string' },
      parts,
      { type: 'array', items: parts },
    ] as FieldSchema[])
      expect(draw(schema)).toMatch(/^<fieldset class="item"[^>]*id="f-core-x"[^>]*><legend class="label">名称<\/legend>/);
    expect(draw(parts)).toContain('for="f-core-x-b">乙<span class="muted"> （选填）</span>');
  });

  it('says what is wrong beside the control and ties the words to it', () => {
    const text = draw(
      { type: 'string', maxLength: 60 },
      { hint: '写短一点', issues: [fault('/core/x', '太长'), fault('/core/y', '别处')] },
    );
    expect(text).toContain('<p class="hint" id="f-core-x-hint">写短一点</p>');
    expect(text).toContain('id="f-core-x-error">太长；改一下</p>');
    expect(text).toMatch(/aria-describedby="f-core-x-hint f-core-x-error"/);
    expect(text).toContain('aria-invalid="true"');
    expect(text).not.toContain('别处');
  });

  it('leads a fault inside a row to the part it means', () => {
    const rows: FieldSchema = { type: 'array', items: { type: 'object', properties: { goal: { type: 'string', title: '目标' } } } };
    const text = draw(rows, { value: [{ goal: '提升' }], issues: [fault('/core/x/0/goal', '要写数字。')] });
    expect(text).toContain('id="f-core-x-0-goal-error">要写数字；改一下');
    expect(text).toContain('value="提升"');
  });

  it('of a shape no control knows says so', () => {
    expect(draw({ type: 'array', items: {} })).toContain('这一项不能在这里填');
  });
});
