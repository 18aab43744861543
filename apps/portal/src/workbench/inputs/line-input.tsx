import { z } from '@xiangjing/scenario-sdk';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

const Line = z.object({ coordinates: z.array(z.array(z.number())) });

const textOf = (value: unknown): string => {
  const line = Line.safeParse(value);
  return line.success ? line.data.coordinates.map((point) => point.join(',')).join('\n') : '';
};

/** A line on the map as longitude and latitude, a point a line; what is no number is the node's to refuse. */
export function LineInput(props: InputProps) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  const [text, setText] = useState(() => textOf(value));
  return (
    <Input.TextArea
      {...controlProps(props)}
      value={text}
      placeholder={t('edit.points')}
      autoSize={{ minRows: 3, maxRows: 12 }}
      onChange={(event) => {
        setText(event.target.value);
        const points = event.target.value.split('\n').filter((line) => line.trim() !== '');
        onChange(
          points.length === 0 ? undefined : { type: 'LineString', coordinates: points.map((point) => point.split(/[,，\s]+/).map(Number)) },
        );
      }}
    />
  );
}
