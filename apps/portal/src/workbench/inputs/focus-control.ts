import { controlId } from '../../fields/pointer.ts';

/** Moves to the control that a pointer names, or to the nearest group round it that there is. */
export function focusControl(pointer: string): void {
  const parts = pointer.split('/');
  for (let length = parts.length; length > 1; length -= 1) {
    const control = document.getElementById(controlId(parts.slice(0, length).join('/')));
    if (!control) continue;
    control.focus();
    control.scrollIntoView({ block: 'center' });
    return;
  }
}
