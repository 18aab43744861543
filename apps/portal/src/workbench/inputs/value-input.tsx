import { useTranslation } from 'react-i18next';
import { ChoiceInput } from './choice-input.tsx';
import { DateInput } from './date-input.tsx';
import { FlagInput } from './flag-input.tsx';
import { inputKind } from './input-kind.ts';
import type { InputProps } from './input-props.ts';
import { LineInput } from './line-input.tsx';
import { LinesInput } from './lines-input.tsx';
import { NumberInput } from './number-input.tsx';
import { PartsInput } from './parts-input.tsx';
import { RadioInput } from './radio-input.tsx';
import { RowsInput } from './rows-input.tsx';
import { TextInput } from './text-input.tsx';

/** The control for a value, chosen by its schema: forms are drawn from what core and plug-ins say of their fields. */
export function ValueInput(props: InputProps) {
  const { t } = useTranslation();
  switch (inputKind(props.schema, props.isRequired)) {
    case 'flag':
      return <FlagInput {...props} />;
    case 'radio':
      return <RadioInput {...props} />;
    case 'select':
    case 'several':
      return <ChoiceInput {...props} />;
    case 'date':
      return <DateInput {...props} />;
    case 'number':
      return <NumberInput {...props} />;
    case 'text':
    case 'long':
      return <TextInput {...props} />;
    case 'lines':
      return <LinesInput {...props} />;
    case 'line':
      return <LineInput {...props} />;
    case 'parts':
      return <PartsInput {...props} />;
    case 'rows':
      return <RowsInput {...props} />;
    case 'none':
      return <p className="note">{t('edit.readOnly')}</p>;
  }
}
