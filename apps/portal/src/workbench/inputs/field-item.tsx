import { useTranslation } from 'react-i18next';
import { controlId } from '../../fields/pointer.ts';
import { IssueText } from './issue-text.tsx';
import type { FieldItemProps } from './input-props.ts';
import { isGroup, isShort } from './input-kind.ts';
import { ValueInput } from './value-input.tsx';

/** One field of a form: name, hint, what is wrong with it, control. The same words stand in the summary on top. */
export function FieldItem({ hint, remark, ...input }: FieldItemProps) {
  const { t } = useTranslation();
  const { pointer, schema, label, issues } = input;
  const id = controlId(pointer);
  const own = issues.filter((issue) => issue.pointer === pointer);
  const describedBy = [hint && `${id}-hint`, own.length > 0 && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const name = (
    <>
      {label}
      {remark && <span className="muted"> {remark}</span>}
    </>
  );
  const notes = (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {own.length > 0 && (
        <p className="err" id={`${id}-error`}>
          {own.map((issue) => (
            <IssueText key={issue.code + issue.message} issue={issue} />
          ))}
        </p>
      )}
    </>
  );
  const control = <ValueInput {...input} Item={FieldItem} describedBy={describedBy} isWrong={own.length > 0} />;
  const className = `item${own.length > 0 ? ' wrong' : ''}${isShort(schema) ? ' short' : ''}`;
  if (isGroup(schema, input.isRequired))
    return (
      <fieldset className={className} id={id} tabIndex={-1} aria-describedby={describedBy}>
        <legend className="label">{name}</legend>
        {notes}
        {control}
      </fieldset>
    );
  return (
    <div className={className}>
      <label className="label" htmlFor={id}>
        {name}
      </label>
      {notes}
      {control}
      {schema['x-unit'] && <span className="unit">{schema['x-unit'] === 'CNY' ? t('words.yuan') : schema['x-unit']}</span>}
    </div>
  );
}
