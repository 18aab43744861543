import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

const WIRE = 'YYYY-MM-DD';

/** A date without a clock; it can be picked, or typed in either form. */
export function DateInput(props: InputProps) {
  const { t } = useTranslation();
  const { value, onChange, isRequired } = props;
  const date = typeof value === 'string' ? dayjs(value, WIRE) : null;
  return (
    <DatePicker
      {...controlProps(props)}
      allowClear={!isRequired}
      value={date?.isValid() ? date : null}
      format={[t('edit.dateFormat'), WIRE]}
      placeholder={t('edit.dateHint')}
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} // it takes the date typed and must not send the form
      onChange={(next) => onChange(next?.format(WIRE))}
    />
  );
}
