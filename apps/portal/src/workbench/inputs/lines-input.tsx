import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** A list of short texts, one a line. The text as typed is kept here, so that a line break does not vanish while typing. */
export function LinesInput(props: InputProps) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  const [text, setText] = useState(() => (Array.isArray(value) ? value.join('\n') : ''));
  return (
    <Input.TextArea
      {...controlProps(props)}
      value={text}
      placeholder={t('edit.perLine')}
      autoSize={{ minRows: 3, maxRows: 12 }}
      onChange={(event) => {
        setText(event.target.value);
        const lines = linesOf(event.target.value);
        onChange(lines.length === 0 ? undefined : lines);
      }}
    />
  );
}
